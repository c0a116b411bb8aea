"""What lies in stock: every change is a move, and nothing falls below nothing, also when two reach for the last piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from service_center.catalogue.models import Part, PartMove
from service_center.core.errors import NotFound, Refused

MOST_PIECES = 100_000


@dataclass(frozen=True)
class By:
    """Who moves something, when, and in what words why."""

    user_id: int | None
    at: datetime
    note: str = ""
    ticket_id: int | None = None


def held(session: Session, part_id: int) -> Part:
    """A part as it is now, held until the transaction ends; NotFound when there is none."""
    found = session.scalars(
        select(Part).where(Part.id == part_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def arrive(session: Session, part_id: int, quantity: int, by: By) -> None:
    """Pieces came in."""
    _refuse_impossible(quantity)
    if not _change(session, part_id, Part.on_hand <= MOST_PIECES - quantity, {Part.on_hand: Part.on_hand + quantity}):
        raise Refused("quantity_impossible", field="quantity")
    _note(session, part_id, "arrived", quantity, by)


def reserve(session: Session, part_id: int, quantity: int) -> bool:
    """Promise pieces that are free; False when there are not so many."""
    return _change(
        session, part_id, Part.on_hand - Part.reserved >= quantity, {Part.reserved: Part.reserved + quantity}
    )


def release(session: Session, part_id: int, quantity: int) -> None:
    """Promised pieces are free again."""
    _change(session, part_id, Part.reserved >= quantity, {Part.reserved: Part.reserved - quantity})


def take(session: Session, part_id: int, quantity: int, by: By, *, promised: int = 0) -> bool:
    """Pieces go into an item: `promised` of them from those kept for it, the rest from free ones; False when too few are free."""
    enough = Part.on_hand - Part.reserved >= quantity - promised
    left = {Part.on_hand: Part.on_hand - quantity, Part.reserved: Part.reserved - promised}
    if not _change(session, part_id, enough & (Part.reserved >= promised), left):
        return False
    _note(session, part_id, "used", -quantity, by)
    return True


def give_back(session: Session, part_id: int, quantity: int, by: By) -> None:
    """Pieces that were noted as used lie in the drawer again."""
    _change(session, part_id, Part.id == part_id, {Part.on_hand: Part.on_hand + quantity})
    _note(session, part_id, "taken_back", quantity, by)


def count(session: Session, part_id: int, counted: int, by: By) -> int:
    """Somebody counted; returns by how much it differs. Refused without a reason, or where more is promised than is there."""
    if not by.note.strip():
        raise Refused("count_reason_needed", field="reason")
    if not 0 <= counted <= MOST_PIECES:
        raise Refused("quantity_impossible", field="counted")
    part = held(session, part_id)
    difference = counted - part.on_hand
    if not _change(session, part_id, Part.reserved <= counted, {Part.on_hand: counted}):
        raise Refused("stock_promised", field="counted", number=part.reserved)
    if difference:
        _note(session, part_id, "counted", difference, by)
    return difference


def _refuse_impossible(quantity: int) -> None:
    if not 1 <= quantity <= MOST_PIECES:
        raise Refused("quantity_impossible", field="quantity")


def _change(
    session: Session, part_id: int, possible: ColumnElement[bool], values: Mapping[InstrumentedAttribute[int], object]
) -> bool:
    """One statement decides and changes; what the session knew of the part is read anew."""
    changed = session.scalars(
        update(Part)
        .where(Part.id == part_id, possible)
        .values({column.key: value for column, value in values.items()})
        .returning(Part.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.get(Part, part_id, populate_existing=True)
    return changed is not None


def _note(session: Session, part_id: int, kind: str, quantity: int, by: By) -> None:
    session.add(
        PartMove(
            part_id=part_id, kind=kind, quantity=quantity, ticket_id=by.ticket_id, note=by.note.strip()[:200], at=by.at, by_id=by.user_id
        )
    )  # fmt: skip
    session.flush()
