"""What the lab records on a ticket: readings, parts, photographs, notes, place, condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.catalogue.models import Part
from service_center.catalogue.queries import tests_of
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.tickets.goods import zones
from service_center.tickets.models import Measurement, Note, PartUsed, Photo, Ticket
from service_center.tickets.services import stock
from service_center.tickets.services.opening import NewPhoto

PHASES = ("before", "after")
OLD_PARTS = ("recycled", "returned", "analysed")
GRADES = ("A", "B", "C", "D", "E")
STAGES = ("asked", "reception", "bench", "test", "complaint")


def measure(
    session: Session, ticket: Ticket, test: str, phase: str, value: float, *, actor: Actor, now: datetime, house: House
) -> Measurement:
    """Record a reading in the test's unit, judged by the limits of today; later readings stand beside it."""
    known = tests_of(house.brand, ticket.item.family, ticket.item.model).get(test)
    if known is None or phase not in PHASES:
        raise Refused("test_unknown", field="test")
    if not -1e6 < value < 1e6:
        raise Refused("value_impossible", field="value")
    reading = Measurement(
        ticket_id=ticket.id, test=test, phase=phase, value=value, unit=known.unit, low=known.low, high=known.high,
        passed=known.passes(value), at=now, by_id=actor.user_id,
    )  # fmt: skip
    session.add(reading)
    return reading


def take_reading_back(session: Session, ticket: Ticket, reading_id: int) -> None:
    """A reading was entered by mistake: the one before it counts again."""
    found = session.get(Measurement, reading_id)
    if found is None or found.ticket_id != ticket.id:
        raise NotFound
    session.delete(found)
    ticket.version += 1


def use_part(
    session: Session, ticket: Ticket, part: Part, *, quantity: int, old_part: str, actor: Actor, now: datetime
) -> PartUsed:
    """Record a part that went in and what becomes of the old one (B.7)."""
    if old_part not in OLD_PARTS:
        raise Refused("old_part_unknown", field="old_part")
    if not 1 <= quantity <= 50:
        raise Refused("quantity_impossible", field="quantity")
    if ticket.item.family not in part.families:
        raise Refused("part_of_another_family", field="part")
    used = PartUsed(
        ticket_id=ticket.id, part_id=part.id, code=part.code, name=part.name, quantity=quantity, old_part=old_part,
        price_cents=part.price_cents, at=now, by_id=actor.user_id,
    )  # fmt: skip
    stock.use(session, ticket, part, quantity, actor=actor, now=now)
    session.add(used)
    return used


def take_part_back(
    session: Session, ticket: Ticket, part_used_id: int, *, actor: Actor, now: datetime, house: House
) -> None:
    """A part was scanned by mistake: it lies in the drawer again."""
    used = session.get(PartUsed, part_used_id)
    if used is None or used.ticket_id != ticket.id:
        raise NotFound
    session.delete(used)
    if used.part_id is not None:
        stock.give_back(session, ticket, used.part_id, used.quantity, actor=actor, now=now, house=house)


def settle_old_part(session: Session, ticket: Ticket, part_used_id: int, fate: str) -> str:
    """Say anew what becomes of the part that came out; returns what was said before."""
    used = session.get(PartUsed, part_used_id)
    if used is None or used.ticket_id != ticket.id:
        raise NotFound
    if fate not in OLD_PARTS:
        raise Refused("old_part_unknown", field="old_part")
    before, used.old_part = used.old_part, fate
    ticket.version += 1
    return before


def add_photos(
    session: Session, ticket: Ticket, stage: str, photos: Sequence[NewPhoto], *, actor: Actor, now: datetime
) -> None:
    """Put stored photographs on the ticket."""
    if stage not in STAGES:
        raise Refused("stage_unknown", field="photos")
    session.add_all(
        Photo(
            ticket_id=ticket.id, stage=stage, subject=p.subject, storage_key=p.storage_key, thumb_key=p.thumb_key, sha256=p.sha256,
            width=p.width, height=p.height, at=now, by_id=actor.user_id,
        )
        for p in photos
    )  # fmt: skip


def write_note(session: Session, ticket: Ticket, text: str, *, actor: Actor, now: datetime) -> Note:
    """Words between colleagues."""
    if not text.strip():
        raise Refused("note_needed", field="note")
    note = Note(ticket_id=ticket.id, text=text.strip(), at=now, by_id=actor.user_id, author=actor.name)
    session.add(note)
    return note


def place(ticket: Ticket, location: str) -> None:
    """Shelf, tray or bench where the item lies now."""
    ticket.location = location.strip()
    ticket.version += 1


def inspect(
    ticket: Ticket, *, accessories: Sequence[str], condition: Mapping[str, str], tampering: str, water_mark: bool | None
) -> None:
    """What came out of the parcel: contents, a grade A–E a zone, marks of opening, what stands on the back."""
    if not set(condition) <= set(zones()) or not set(condition.values()) <= set(GRADES):
        raise Refused("condition_unknown", field="condition")
    ticket.accessories, ticket.condition, ticket.tampering = list(accessories), dict(condition), tampering
    ticket.item.water_mark = water_mark
    ticket.version += 1
