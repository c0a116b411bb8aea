"""What a manager looks at first thing in the morning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.tickets import lateness
from service_center.tickets.lifecycle import OVER, Status
from service_center.tickets.models import Item, SafetyReport, Ticket

DONE = (*OVER, Status.DELIVERED, Status.SHIPPED_OUT)
SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A ticket in a list: its code, family, status, promise, since when it waits, and its open safety report."""

    code: str
    family: str
    status: Status
    due_on: date | None
    since: datetime | None
    symptoms: list[str]
    report_id: int | None = None


def _lines(session: Session, *conditions: object, since: object = None) -> list[Line]:
    asked = select(Ticket.code, Item.family, Ticket.status, Ticket.due_on, Ticket.requested_at, Ticket.symptoms).join(
        Item, Item.id == Ticket.item_id
    )
    for condition in conditions:
        asked = asked.where(condition)  # type: ignore[arg-type]
    return [Line(*row) for row in session.execute(asked.order_by(Ticket.due_on.nulls_last(), Ticket.id).limit(SHOWN))]


def late(session: Session, *, today: date) -> list[Line]:
    """Over the promise while it is the lab's turn, the oldest first."""
    return _lines(session, lateness.late(today))


def due_by(session: Session, *, today: date, day: date) -> list[Line]:
    """Not late yet, but promised up to that day."""
    return _lines(session, lateness.soon(today, day))


def unsafe(session: Session) -> list[Line]:
    """Flagged for safety and not over, each with its open report."""
    found = _lines(session, Ticket.status.not_in(DONE), Ticket.safety)
    rows = session.execute(
        select(Ticket.code, func.max(SafetyReport.id).label("report_id"))
        .join(SafetyReport, SafetyReport.ticket_id == Ticket.id)
        .where(Ticket.code.in_([line.code for line in found]), SafetyReport.ended_at.is_(None))
        .group_by(Ticket.code)
    )
    reports = {row.code: row.report_id for row in rows}
    return [replace(line, report_id=reports.get(line.code)) for line in found]


def open_count(session: Session) -> int:
    """Tickets in the house or on the way to it."""
    return session.execute(select(func.count()).select_from(Ticket).where(Ticket.status.not_in(DONE))).scalar_one()
