"""Late, and about to be late, while it is the lab's turn: one condition for the strip, the managers' list and the warnings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists

from service_center.tickets.lifecycle import IN_HOUSE, STOPS_CLOCK, Status
from service_center.tickets.models import Ticket, Wait

SOON = 2
"""Working days before the promise from which somebody is told."""


def waiting_for_others() -> ColumnElement[bool]:
    """An answer is missing that stops the clock."""
    return exists().where(Wait.ticket_id == Ticket.id, Wait.closed_at.is_(None), Wait.kind.in_(STOPS_CLOCK))


def labs_turn() -> ColumnElement[bool]:
    """In the lab's hands with a promise: finished tickets and those that wait for the asker are not."""
    return and_(
        Ticket.status.in_(IN_HOUSE), Ticket.status != Status.READY, Ticket.due_on.is_not(None), ~waiting_for_others()
    )


def late(today: date) -> ColumnElement[bool]:
    """Past the promised day."""
    return and_(labs_turn(), Ticket.due_on < today)


def soon(today: date, until: date) -> ColumnElement[bool]:
    """Not late yet, but promised up to that day."""
    return and_(labs_turn(), Ticket.due_on >= today, Ticket.due_on <= until)
