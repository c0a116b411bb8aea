"""What a manager looks at first thing in the morning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.tickets.lifecycle import OVER, Status, WaitKind, Whom
from service_center.tickets.models import Item, Ticket, Wait

DONE = (*OVER, Status.DELIVERED, Status.SHIPPED_OUT)
SHOWN = 50


@dataclass(frozen=True)
class Line:
    """A ticket in a list: its code, family, status, promise, and since when it waits."""

    code: str
    family: str
    status: Status
    due_on: date | None
    since: datetime | None
    symptoms: list[str]


def _lines(session: Session, *conditions: object, since: object = None) -> list[Line]:
    asked = select(Ticket.code, Item.family, Ticket.status, Ticket.due_on, Ticket.requested_at, Ticket.symptoms).join(
        Item, Item.id == Ticket.item_id
    )
    for condition in conditions:
        asked = asked.where(condition)  # type: ignore[arg-type]
    return [Line(*row) for row in session.execute(asked.order_by(Ticket.due_on.nulls_last(), Ticket.id).limit(SHOWN))]


def late(session: Session, *, today: date) -> list[Line]:
    """Over the promise, the oldest first."""
    return _lines(session, Ticket.status.not_in(DONE), Ticket.due_on < today)


def due_by(session: Session, *, today: date, day: date) -> list[Line]:
    """Not late yet, but promised up to that day."""
    return _lines(session, Ticket.status.not_in(DONE), Ticket.due_on >= today, Ticket.due_on <= day)


def unsafe(session: Session) -> list[Line]:
    """Flagged for safety and not over."""
    return _lines(session, Ticket.status.not_in(DONE), Ticket.safety)


def to_decide(session: Session) -> list[Line]:
    """Waiting for a person's decision, the longest wait first."""
    asked = (
        select(Ticket.code, Item.family, Ticket.status, Ticket.due_on, Wait.opened_at, Ticket.symptoms)
        .join(Item, Item.id == Ticket.item_id)
        .join(Wait, Wait.ticket_id == Ticket.id)
        .where(Wait.kind == WaitKind.DECISION, Wait.closed_at.is_(None), Ticket.safety.is_(False))
        .order_by(Wait.opened_at)
        .limit(SHOWN)
    )
    return [Line(*row) for row in session.execute(asked)]


def waiting_on(session: Session) -> Sequence[tuple[Whom, int]]:
    """How many tickets wait for whom."""
    asked = (
        select(Wait.on_whom, func.count(func.distinct(Wait.ticket_id)))
        .where(Wait.closed_at.is_(None))
        .group_by(Wait.on_whom)
        .order_by(Wait.on_whom)
    )
    return [(whom, number) for whom, number in session.execute(asked)]


def open_count(session: Session) -> int:
    """Tickets in the house or on the way to it."""
    return session.execute(select(func.count()).select_from(Ticket).where(Ticket.status.not_in(DONE))).scalar_one()
