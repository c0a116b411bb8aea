"""What stands on the shelves and who waits for it: stock beside the tickets' demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Part
from service_center.tickets.models import PartReserved, Ticket

FIRST = (Ticket.due_on.is_(None), Ticket.due_on)
"""Who was promised the earliest day gets the piece; what has no day yet comes last."""


@dataclass(frozen=True)
class Shelf:
    """A part with what tickets still wait for."""

    part: Part
    awaited: int

    @property
    def free(self) -> int:
        """What is promised to nobody."""
        return self.part.on_hand - self.part.reserved

    @property
    def to_order(self) -> int:
        """So many bring it back to its level, with all who wait served; none while it is above."""
        return max(self.part.reorder_at - self.free + self.awaited, 0)


def shelves(session: Session, text: str = "", *, short: bool = False) -> list[Shelf]:
    """The parts by code, found by code, name or place; `short`: those to order alone."""
    missing = func.sum(PartReserved.quantity - PartReserved.granted)
    demand = (
        select(PartReserved.part_id, missing.label("awaited"))
        .where(PartReserved.ended_at.is_(None))
        .group_by(PartReserved.part_id)
        .subquery()
    )
    asked = select(Part, demand.c.awaited).outerjoin(demand, demand.c.part_id == Part.id).order_by(Part.code)
    if text.strip():
        like = f"%{text.strip()}%"
        asked = asked.where(or_(Part.code.ilike(like), Part.name.ilike(like), Part.place.ilike(like)))
    found = [Shelf(part, int(awaited or 0)) for part, awaited in session.execute(asked)]
    return [shelf for shelf in found if shelf.to_order] if short else found


def waiting(session: Session, part_id: int) -> Sequence[PartReserved]:
    """Who still lacks pieces of a part: who was promised the earliest day first, then who came first."""
    return session.scalars(
        select(PartReserved)
        .join(Ticket, Ticket.id == PartReserved.ticket_id)
        .where(
            PartReserved.part_id == part_id,
            PartReserved.ended_at.is_(None),
            PartReserved.granted < PartReserved.quantity,
        )
        .order_by(*FIRST, PartReserved.at, PartReserved.id)
        .execution_options(populate_existing=True)
    ).all()


def kept_for(session: Session, ticket_id: int) -> Sequence[tuple[PartReserved, Part]]:
    """What is kept for a ticket, or awaited."""
    rows = session.execute(
        select(PartReserved, Part)
        .join(Part, Part.id == PartReserved.part_id)
        .where(PartReserved.ticket_id == ticket_id, PartReserved.ended_at.is_(None))
        .order_by(PartReserved.id)
        .execution_options(populate_existing=True)
    )
    return [(row.PartReserved, row.Part) for row in rows]


def claims_on(session: Session, part_id: int) -> Sequence[tuple[PartReserved, str]]:
    """The tickets for which a part is kept or awaited, by code."""
    rows = session.execute(
        select(PartReserved, Ticket.code)
        .join(Ticket, Ticket.id == PartReserved.ticket_id)
        .where(PartReserved.part_id == part_id, PartReserved.ended_at.is_(None))
        .order_by(*FIRST, PartReserved.at, PartReserved.id)
    )
    return [(row.PartReserved, row.code) for row in rows]
