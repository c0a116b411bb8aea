"""A parcel on the lab's table: what lies in it, what joins it, what did not come, and who is told so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from service_center.accounts.actor import Actor
from service_center.accounts.models import Shop
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.outbox.services import enqueue, withdraw_letters
from service_center.parcels.couriers.courier import compact
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Direction, Parcelled, Shipment
from service_center.tickets.lifecycle import COMING
from service_center.tickets.models import Item, Ticket

SEALS = ("intact", "broken", "missing")
LETTER = "parcel_missing"
SETTLES = timedelta(minutes=30)
"""What was overlooked at the bottom of the box is found at once: so long the letter about it waits."""


def parcel(session: Session, shipment_id: int) -> Sequence[Shipment]:
    """The announcements of one parcel: senders that name the same courier's number share it. NotFound when there is none."""
    own = session.get(Shipment, shipment_id)
    if own is None or own.direction is not Direction.IN or own.cancelled_at is not None:
        raise NotFound
    if not own.tracking:
        return [own]
    return session.scalars(
        select(Shipment)
        .where(Shipment.tracking == own.tracking, Shipment.direction == Direction.IN, Shipment.cancelled_at.is_(None))
        .order_by(Shipment.id)
    ).all()


def parcel_with(session: Session, number: str) -> int | None:
    """The parcel that bears this courier's number."""
    if not number:
        return None
    return session.scalars(
        select(Shipment.id)
        .where(Shipment.tracking == number, Shipment.direction == Direction.IN, Shipment.cancelled_at.is_(None))
        .order_by(Shipment.id)
        .limit(1)
    ).first()


def parcel_of(session: Session, ticket: Ticket) -> int | None:
    """The parcel in which this item came, or should: the newest that it was named in; else the open one of its request."""

    def newest(*where: Any) -> int | None:
        return session.scalars(
            select(Shipment.id)
            .join(Parcelled, Parcelled.shipment_id == Shipment.id)
            .join(Ticket, Ticket.id == Parcelled.ticket_id)
            .where(Shipment.direction == Direction.IN, Shipment.cancelled_at.is_(None), *where)
            .order_by(Parcelled.found_at.is_(None), Shipment.id.desc())
            .limit(1)
        ).first()

    return newest(Parcelled.ticket_id == ticket.id) or newest(
        Ticket.request_id == ticket.request_id, Shipment.checked_at.is_(None), Shipment.tracking == ""
    )


def appear(session: Session, number: str, *, actor: Actor, now: datetime, house: House) -> Shipment:
    """A parcel stands on the table that nobody announced, or without a number."""
    lab, tracking = house.brand.lab, compact(number)[:40]
    # Several couriers may know a number of this shape: then nobody guesses.
    accepting = [each.code for each in COURIERS.values() if tracking and each.accepts(tracking)]
    shipment = Shipment(
        direction=Direction.IN, courier=accepting[0] if len(accepting) == 1 else "", tracking=tracking, booked_at=now, booked_by_id=actor.user_id,
        delivered_at=now, name=lab.name, street=", ".join(lab.lines), postal_code=lab.postal_code, city=lab.city,
        province=lab.province, country=lab.country, phone=lab.phone,
    )  # fmt: skip
    session.add(shipment)
    session.flush()
    return shipment


def find(
    session: Session,
    ticket: Ticket,
    shipments: Sequence[Shipment],
    *,
    now: datetime,
    house: House,
    surplus: bool = True,
) -> bool:
    """This item lies in this parcel. Returns whether nobody had announced it there: then it joins, as surplus or not."""
    ids = [each.id for each in shipments]
    row = session.scalars(
        select(Parcelled).where(Parcelled.shipment_id.in_(ids), Parcelled.ticket_id == ticket.id).limit(1)
    ).first()
    joins = row is None
    if row is None:
        row = Parcelled(shipment_id=ids[0], ticket_id=ticket.id, surplus=surplus)
        session.add(row)
    row.found_at = row.found_at or now
    row.missing_at = None
    session.flush()
    _tell_again(session, shipments, now=now, house=house)
    return joins


def check_in(session: Session, ticket: Ticket, seal: str, *, actor: Actor, now: datetime, house: House) -> None:
    """The item is received: it was found in its parcel; one without a parcel gets its own."""
    number = parcel_of(session, ticket)
    shipments = parcel(session, number) if number else [appear(session, "", actor=actor, now=now, house=house)]
    find(session, ticket, shipments, now=now, house=house, surplus=False)
    if seal:
        note_seal(shipments, seal)
    for each in shipments:
        each.delivered_at = each.delivered_at or now


def note_seal(shipments: Sequence[Shipment], seal: str) -> None:
    """How the tape of the parcel was."""
    if seal not in SEALS:
        raise Refused("seal_unknown", field="seal")
    for each in shipments:
        each.seal = seal


def finish(session: Session, shipment_id: int, *, actor: Actor, now: datetime, house: House) -> list[Ticket]:
    """The box is empty: what was named on its manifest and is not here is missing, and its sender is told. Returns that."""
    shipments = parcel(session, shipment_id)
    session.execute(select(Shipment.id).where(Shipment.id.in_([each.id for each in shipments])).with_for_update())
    if all(each.checked_at for each in shipments):
        raise Refused("parcel_checked")
    missing = _not_found(session, shipments)
    for row, _ticket in missing:
        row.missing_at = now
    for each in shipments:
        each.checked_at, each.checked_by_id, each.delivered_at = now, actor.user_id, each.delivered_at or now
    session.flush()
    tickets = [ticket for _row, ticket in missing]
    _tell(session, shipments[0], tickets, now=now, house=house)
    return tickets


def _not_found(session: Session, shipments: Sequence[Shipment]) -> list[tuple[Parcelled, Ticket]]:
    rows = session.execute(
        select(Parcelled, Ticket)
        .options(joinedload(Ticket.customer), joinedload(Ticket.item).joinedload(Item.model))
        .join(Ticket, Ticket.id == Parcelled.ticket_id)
        .where(Parcelled.shipment_id.in_([each.id for each in shipments]), Parcelled.found_at.is_(None), Ticket.status.in_(COMING))
        .order_by(Ticket.id)
    )  # fmt: skip
    return [(row, ticket) for row, ticket in rows]


def _tell(session: Session, shipment: Shipment, missing: Sequence[Ticket], *, now: datetime, house: House) -> None:
    """One letter a sender: the shop where a shop sent it, else the customer; each names all that did not come."""
    senders: dict[tuple[str, str], list[Ticket]] = {}
    for ticket in missing:
        shop = session.get(Shop, ticket.shop_id) if ticket.shop_id is not None else None
        senders.setdefault(
            (shop.email, shop.name) if shop else (ticket.customer.email, ticket.customer.name), []
        ).append(ticket)
    for (email, name), theirs in senders.items():
        if not email:
            continue
        facts = {
            "template": LETTER, "language": theirs[0].language, "recipient": email, "recipient_name": name, "ticket": theirs[0].code,
            "missing": [[each.code, each.item.family, _model(each)] for each in theirs], "tracking": shipment.tracking,
        }  # fmt: skip
        enqueue(session, "letter", facts, now=now, not_before=now + SETTLES, ticket_id=theirs[0].id)


def _model(ticket: Ticket) -> str:
    return ticket.item.model.name if ticket.item.model else ticket.item.model_text


def _tell_again(session: Session, shipments: Sequence[Shipment], *, now: datetime, house: House) -> None:
    """Something turned up while the letter waits: it names what is still missing, or does not leave at all."""
    if not any(each.checked_at for each in shipments):
        return
    ids = session.scalars(select(Parcelled.ticket_id).where(Parcelled.shipment_id.in_([each.id for each in shipments])))
    waiting = [facts for each in ids.all() for facts in withdraw_letters(session, ticket_id=each, templates=(LETTER,))]
    if waiting:
        _tell(session, shipments[0], [ticket for _row, ticket in _not_found(session, shipments)], now=now, house=house)
