"""What a manager looks at first thing in the morning."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from service_center.tickets import lateness
from service_center.tickets.lifecycle import OVER, Status
from service_center.tickets.models import Item, SafetyReport, Ticket

DONE = (*OVER, Status.DELIVERED, Status.SHIPPED_OUT)
SHOWN, FIRST = 50, 8


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


def _lines(session: Session, *conditions: ColumnElement[bool], shown: int = SHOWN) -> list[Line]:
    asked = select(Ticket.code, Item.family, Ticket.status, Ticket.due_on, Ticket.requested_at, Ticket.symptoms).join(
        Item, Item.id == Ticket.item_id
    )
    found = asked.where(*conditions).order_by(Ticket.due_on.nulls_last(), Ticket.id).limit(shown)
    return [Line(*row) for row in session.execute(found)]


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return session.execute(select(func.count()).select_from(Ticket).where(*conditions)).scalar_one()


def late(session: Session, *, today: date) -> tuple[int, list[Line]]:
    """Over the promise while it is the lab's turn: how many, and the oldest."""
    return _count(session, lateness.late(today)), _lines(session, lateness.late(today), shown=FIRST)


def due_by(session: Session, *, today: date, day: date) -> tuple[int, list[Line]]:
    """Not late yet, but promised up to that day: how many, and the first."""
    return _count(session, lateness.soon(today, day)), _lines(session, lateness.soon(today, day), shown=FIRST)


def unsafe(session: Session) -> tuple[int, list[Line]]:
    """Flagged for safety and not over: how many, and the first, each with its open report."""
    flagged = Ticket.status.not_in(DONE) & Ticket.safety
    found = _lines(session, flagged)
    rows = session.execute(
        select(Ticket.code, func.max(SafetyReport.id).label("report_id"))
        .join(SafetyReport, SafetyReport.ticket_id == Ticket.id)
        .where(Ticket.code.in_([line.code for line in found]), SafetyReport.ended_at.is_(None))
        .group_by(Ticket.code)
    )
    reports = {row.code: row.report_id for row in rows}
    return _count(session, flagged), [replace(line, report_id=reports.get(line.code)) for line in found]


def open_count(session: Session) -> int:
    """Tickets in the house or on the way to it."""
    return _count(session, Ticket.status.not_in(DONE))
