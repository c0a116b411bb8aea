"""Packing and sending: a parcel leaves with its courier and number, and the tickets in it with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.parcels.couriers.courier import compact
from service_center.parcels.couriers.register import courier as courier_by
from service_center.parcels.models import Direction, Parcelled, Shipment
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import advance, check_version, reader_of
from service_center.tickets.services.opening import ReturnTo
from service_center.tickets.services.safety import on_the_ground


def usual_courier(country: str, *, house: House) -> str:
    """The courier that the brand uses for a country (R35)."""
    rows = house.brand.couriers
    named = next((row.code for row in rows if country in row.countries), None)
    return named or next(row.code for row in rows if not row.countries)


def book(
    session: Session, tickets: Sequence[Ticket], courier: str, *, actor: Actor, now: datetime, house: House,
    tracking: str = "", weight_grams: int | None = None,
) -> Shipment:  # fmt: skip
    """Make up a parcel for tickets that go to one address; the number may come later."""
    if not tickets:
        raise Refused("parcel_empty")
    first = tickets[0]
    if any(ticket.status is not Status.READY for ticket in tickets):
        raise Refused("not_ready")
    refuse_unsafe(session, tickets, courier)
    if any(where(ticket) != where(first) for ticket in tickets):
        raise Refused("several_addresses")
    if first.return_country in house.brand.not_served:
        raise Refused("country_not_served", field="country", country=first.return_country)
    for ticket in tickets:
        for old in open_shipments(session, ticket):
            old.cancelled_at = now
    to = where(first)
    shipment = Shipment(
        direction=Direction.OUT, courier=courier_by(courier).code, tracking=_checked(courier, tracking), booked_at=now, booked_by_id=actor.user_id,
        weight_grams=weight_grams, name=to.name, street=to.street, postal_code=to.postal_code, city=to.city,
        province=to.province, country=to.country, phone=to.phone,
    )  # fmt: skip
    session.add(shipment)
    session.flush()
    session.add_all(Parcelled(shipment_id=shipment.id, ticket_id=ticket.id) for ticket in tickets)
    session.flush()
    return shipment


def ship(
    session: Session, shipment: Shipment, tickets: Sequence[Ticket], tracking: str, *, actor: Actor, now: datetime, house: House
) -> None:  # fmt: skip
    """The parcel leaves: every ticket in it is shipped, and each owner is told the number."""
    shipment.tracking = _checked(shipment.courier, tracking)
    if not shipment.tracking:
        raise Refused("tracking_needed", field="tracking")
    refuse_unsafe(session, tickets, shipment.courier)
    shipment.left_at = now
    used = courier_by(shipment.courier)
    facts = {"courier": used.name, "tracking": shipment.tracking, "follow": used.follow(shipment.tracking)}
    for together in _by_reader(session, tickets):
        told = facts | {"parcel": [[ticket.code, ticket.item.family, _model(ticket)] for ticket in together]}
        for place, ticket in enumerate(together):
            advance(session, ticket, Action.SHIP, actor=actor, now=now, house=house, facts=told, silent=place > 0)


def _by_reader(session: Session, tickets: Sequence[Ticket]) -> list[list[Ticket]]:
    """Who has several items in one parcel reads one letter about all of them."""
    readers: dict[tuple[str, ...], list[Ticket]] = {}
    for ticket in tickets:
        address, _name = reader_of(session, ticket)
        readers.setdefault((address, ticket.language) if address else ("", ticket.code), []).append(ticket)
    return list(readers.values())


def _model(ticket: Ticket) -> str:
    return ticket.item.model.name if ticket.item.model else ticket.item.model_text


def deliver(session: Session, ticket: Ticket, signed_by: str, *, actor: Actor, now: datetime, house: House) -> None:
    """It has arrived; who signed for it stands with the parcel, and in the history."""
    advance(session, ticket, Action.DELIVER, actor=actor, now=now, house=house, note=signed_by)
    gone = session.scalars(
        select(Shipment)
        .join(Parcelled, Parcelled.shipment_id == Shipment.id)
        .where(Parcelled.ticket_id == ticket.id, Shipment.direction == Direction.OUT, Shipment.cancelled_at.is_(None), Shipment.left_at.is_not(None))
        .order_by(Shipment.id.desc())
    ).first()  # fmt: skip
    if gone is not None:
        gone.delivered_at, gone.signed_by = gone.delivered_at or now, gone.signed_by or signed_by


def refuse_unsafe(session: Session, tickets: Sequence[Ticket], courier: str) -> None:
    """What is flagged goes to no courier; a battery that may be damaged never flies, also after the flag (E.4)."""
    if any(ticket.safety for ticket in tickets):
        raise Refused("safety_open")
    used = courier_by(courier)
    if used.air and on_the_ground(session, [ticket.item_id for ticket in tickets]):
        raise Refused("ground_only", field="courier", courier=used.name)


def announce(
    session: Session, ticket: Ticket, courier: str, tracking: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """The sender posted the item; courier and number are welcome but not needed."""
    if courier or tracking:
        lab = house.brand.lab
        shipment = Shipment(
            direction=Direction.IN, courier=courier_by(courier).code if courier else "", tracking=compact(tracking)[:40], booked_at=now,
            booked_by_id=actor.user_id, left_at=now, name=lab.name, street=", ".join(lab.lines), postal_code=lab.postal_code,
            city=lab.city, province=lab.province, country=lab.country, phone=lab.phone,
        )  # fmt: skip
        session.add(shipment)
        session.flush()
        session.add(Parcelled(shipment_id=shipment.id, ticket_id=ticket.id))
    used = courier_by(courier).name if courier else ""
    advance(session, ticket, Action.POST, actor=actor, now=now, house=house, facts={"courier": used})


def change_address(
    session: Session,
    ticket: Ticket,
    to: ReturnTo,
    *,
    actor: Actor,
    now: datetime,
    house: House,
    version: int | None = None,
) -> None:
    """Another way back, until a parcel is booked."""
    check_version(ticket, version)
    if to.country in house.brand.not_served:
        raise Refused("country_not_served", field="country", country=to.country)
    if open_shipments(session, ticket):
        raise Refused("already_booked")
    advance(session, ticket, Action.CHANGE_ADDRESS, actor=actor, now=now, house=house)
    ticket.return_name, ticket.return_street, ticket.return_postal_code = to.name, to.street, to.postal_code
    ticket.return_city, ticket.return_province, ticket.return_country, ticket.return_phone = (
        to.city,
        to.province,
        to.country,
        to.phone,
    )


def where(ticket: Ticket) -> ReturnTo:
    """The ticket's address on the way back."""
    return ReturnTo(
        ticket.return_name, ticket.return_street, ticket.return_postal_code, ticket.return_city,
        ticket.return_province, ticket.return_country, ticket.return_phone,
    )  # fmt: skip


def open_shipments(session: Session, ticket: Ticket) -> Sequence[Shipment]:
    """Parcels on the way out that were booked for this ticket and have not left."""
    return session.scalars(
        select(Shipment)
        .join(Parcelled, Parcelled.shipment_id == Shipment.id)
        .where(
            Parcelled.ticket_id == ticket.id,
            Shipment.direction == Direction.OUT,
            Shipment.cancelled_at.is_(None),
            Shipment.left_at.is_(None),
        )
    ).all()


def _checked(courier: str, tracking: str) -> str:
    number = compact(tracking)
    if number and not courier_by(courier).accepts(number):
        raise Refused("tracking_wrong", field="tracking", courier=courier_by(courier).name)
    return number
