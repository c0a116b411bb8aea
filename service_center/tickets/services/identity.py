"""Knowing a thing again: a second visit of one item is linked to the first, and what replaced an item keeps its guarantee (R09)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets.lifecycle import OVER
from service_center.tickets.lineage import item_with_serial, likely, plain_serial, visits
from service_center.tickets.models import Customer, Item, Ticket
from service_center.tickets.services.assessing import reassess

FACTS = (
    "kind", "seller", "document", "seller_name", "vat_number", "shop_id", "purchased_on", "number", "total_cents", "currency", "card",
    "card_dated_on", "registered_on", "delivered_on", "legible", "checked_by_id", "checked_at",
)  # fmt: skip


def recognise(session: Session, ticket: Ticket, *, now: datetime, serial: str = "") -> bool:
    """Link the ticket to the thing whose serial number it bears, if there is exactly one of this family.

    `serial` is what a person reads on the item in hand: it counts more than what was said before.
    """
    if serial.strip() and plain_serial(serial) != plain_serial(ticket.item.serial):
        _read_serial(session, ticket, serial.strip().upper(), now)
    known = item_with_serial(session, ticket.item.family, ticket.item.serial, besides=ticket.item_id)
    if known is not None:
        _become(session, ticket, known)
    return repeat(session, ticket, now=now)


def _read_serial(session: Session, ticket: Ticket, serial: str, now: datetime) -> None:
    """Another number than was said: it was said wrong, and where other visits knew the item by it, this is another thing."""
    said = ticket.item
    if said.serial and _others(session, ticket, said):
        ticket.item = Item(
            family=said.family, model_id=said.model_id, model_text=said.model_text, water_mark=said.water_mark, created_at=now
        )  # fmt: skip
        ticket.item.model = said.model
        ticket.repeats_id = None
    ticket.item.serial = serial
    session.add(ticket.item)
    session.flush()


def _others(session: Session, ticket: Ticket, item: Item) -> bool:
    """Whether other visits are this item's too."""
    asked = select(Ticket.id).where(Ticket.item_id == item.id, Ticket.id != ticket.id).limit(1)
    return session.scalars(asked).first() is not None


def repeat(session: Session, ticket: Ticket, *, now: datetime) -> bool:
    """Note which visit this one follows, and count the guarantee from the first purchase; whether it follows any."""
    before = next((each for each in visits(session, ticket) if each.requested_at < ticket.requested_at), None)
    if before is None:
        return False
    ticket.repeats_id, ticket.compared_at = before.id, now
    inherit(session, ticket, before, now=now)
    return True


def inherit(session: Session, ticket: Ticket, before: Ticket, *, now: datetime) -> None:
    """The proof that counts: of what was replaced the first one's, else the ticket's own, else the earlier visit's.

    To another person no papers are shown that are not theirs: only what stood on them goes over.
    """
    own, first = ticket.proof, session.get(ProofOfPurchase, before.proof_id) if before.proof_id else None
    if first is None or first.purchased_on is None or (own is not None and own.id == first.id):
        return
    from_replaced = ticket.item.replaces_id is not None
    same_person = _same_person(session, ticket, before)
    dated = own is not None and own.purchased_on is not None
    if dated and (not from_replaced or own is None or own.purchased_on == first.purchased_on):
        return
    if not from_replaced and (not same_person or ticket.second_hand):
        return
    proof = first if same_person else ProofOfPurchase(**{name: getattr(first, name) for name in FACTS}, created_at=now)
    session.add(proof)
    session.flush()
    ticket.proof, ticket.proof_id = proof, proof.id
    ticket.proof_line_id = before.proof_line_id if same_person else None


def confirm(session: Session, ticket: Ticket, earlier_id: int, *, actor: Actor, now: datetime, house: House) -> Ticket:
    """A person compared the two and says that they are the same thing."""
    found = next((each.ticket for each in likely(session, ticket) if each.ticket.id == earlier_id), None)
    if found is None or ticket.status in OVER:
        raise Refused("nothing_to_compare")
    _become(session, ticket, found.item)
    ticket.repeats_id, ticket.compared_at = found.id, now
    inherit(session, ticket, found, now=now)
    ticket.version += 1
    session.flush()
    reassess(session, ticket, "identity", actor=actor, now=now, house=house)
    return found


def deny(session: Session, ticket: Ticket, *, now: datetime) -> None:
    """A person compared them and says that this is another thing."""
    if not likely(session, ticket):
        raise Refused("nothing_to_compare")
    ticket.compared_at = now
    ticket.version += 1


def _become(session: Session, ticket: Ticket, known: Item) -> None:
    """The ticket's item is one that was here before; what this visit says of it and nobody knew is kept."""
    said = ticket.item
    known.serial = known.serial or said.serial
    known.model_id = known.model_id or said.model_id
    known.model_text = known.model_text or said.model_text
    known.water_mark = said.water_mark if known.water_mark is None else known.water_mark
    ticket.item, ticket.item_id = known, known.id
    session.flush()
    heirs = session.scalars(select(Item.id).where(Item.replaces_id == said.id).limit(1)).first()
    if heirs is None and not _others(session, ticket, said):
        session.delete(said)
        session.flush()


def _same_person(session: Session, ticket: Ticket, before: Ticket) -> bool:
    other = session.get_one(Customer, before.customer_id)
    mine = ticket.customer
    if mine.email or other.email:
        return mine.email.casefold() == other.email.casefold()
    if mine.phone or other.phone:
        return mine.phone == other.phone
    return (
        mine.name.casefold() == other.name.casefold()
        and ticket.shop_id is not None
        and ticket.shop_id == before.shop_id
    )
