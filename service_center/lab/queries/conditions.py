"""What the board, the lists and the next ticket ask in SQL: open waits, late, where a ticket stands."""

from __future__ import annotations

import enum

from sqlalchemy import ColumnElement, and_, case, exists

from service_center.tickets import lateness
from service_center.tickets.lifecycle import IN_HOUSE, ON_BENCH, OVER, STOPS_CLOCK, Status, WaitKind
from service_center.tickets.models import Ticket, Wait

S = Status
ASKED = STOPS_CLOCK - {WaitKind.FORCE_MAJEURE}
BEFORE_REPAIR = frozenset({S.RECEIVED, S.TAKEN_IN_CHARGE, S.DIAGNOSING})


class Queue(enum.Enum):
    """Where a ticket stands on the board; waiting tickets leave the queue of their status."""

    DIAGNOSE = "diagnose"
    REPAIR = "repair"
    PART = "part"
    ASKER = "asker"
    TESTING = "testing"
    RETURNING = "returning"
    READY = "ready"


def waits_open(*kinds: WaitKind) -> ColumnElement[bool]:
    """Whether an answer of one of these kinds is missing."""
    return exists().where(Wait.ticket_id == Ticket.id, Wait.closed_at.is_(None), Wait.kind.in_(kinds))


# Who can go on goes on: a covered part is repaired while the quote for the rest is open.
QUEUE: ColumnElement[str] = case(
    (and_(Ticket.status.in_(BEFORE_REPAIR), waits_open(*ASKED)), Queue.ASKER.value),
    (and_(Ticket.status.in_(ON_BENCH), waits_open(WaitKind.PART)), Queue.PART.value),
    (Ticket.status.in_(BEFORE_REPAIR), Queue.DIAGNOSE.value),
    (Ticket.status.in_(ON_BENCH), Queue.REPAIR.value),
    (Ticket.status == S.TESTING, Queue.TESTING.value),
    (Ticket.status == S.RETURNING, Queue.RETURNING.value),
    else_=Queue.READY.value,
)
IN_LAB = Ticket.status.in_(IN_HOUSE)
UNSAFE = and_(Ticket.safety, Ticket.status.not_in(OVER))


late = lateness.late
