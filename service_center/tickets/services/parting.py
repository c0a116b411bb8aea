"""A ticket parts from what was kept for it in stock, as soon as it needs no parts any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.outbox.services import enqueue
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import PartReserved, Ticket

NEEDS_NO_PARTS = frozenset({Status.READY, Status.RETURNING})


def part_from_stock(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """Ask that what is still kept for a finished ticket be let go, after this step."""
    mine = select(PartReserved.id).where(PartReserved.ticket_id == ticket.id, PartReserved.ended_at.is_(None))
    if ticket.status in NEEDS_NO_PARTS and session.scalars(mine.limit(1)).first() is not None:
        enqueue(session, "parts_let_go", {"ticket": ticket.code}, now=now, ticket_id=ticket.id)
