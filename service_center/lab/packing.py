"""A parcel on the table: every item of it in hand, weighed, its own label on it; then it leaves, and may come back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused, Stale
from service_center.core.house import House
from service_center.lab.queries.boxes import label_owner
from service_center.lab.queries.packing import in_hand, left_parcel, row_of, rows_of
from service_center.parcels.couriers.courier import compact
from service_center.parcels.couriers.register import courier as courier_by
from service_center.parcels.models import Parcelled, Shipment
from service_center.parcels.queries import codes_in
from service_center.parcels.services import open_shipments, ship, where
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import locked
from service_center.tickets.services.advancing import advance, last_step
from service_center.tickets.services.opening import ReturnTo

HEAVIEST = 70_000
"""Grams that no courier takes in one parcel any more."""


def pack(session: Session, shipment: Shipment, ticket: Ticket, *, now: datetime) -> None:
    """This item was in hand, and lies in the box."""
    _refuse_gone(shipment)
    row = row_of(session, shipment, ticket)
    if row is None:
        raise Refused("item_of_another")
    row.found_at = now


def unpack(session: Session, shipment: Shipment, ticket: Ticket) -> None:
    """It was scanned by mistake, and is still to be scanned."""
    _refuse_gone(shipment)
    row = row_of(session, shipment, ticket)
    if row is not None:
        row.found_at = None


def take_out(session: Session, shipment: Shipment, ticket: Ticket, *, now: datetime) -> bool:
    """This item goes in no parcel for now; says whether the parcel still has another, else it is cancelled."""
    _refuse_gone(shipment)
    if row_of(session, shipment, ticket) is None:
        raise Refused("item_of_another")
    if len(rows_of(session, shipment)) == 1:
        shipment.cancelled_at = now
        return False
    session.execute(delete(Parcelled).where(Parcelled.shipment_id == shipment.id, Parcelled.ticket_id == ticket.id))
    return True


def put_back(session: Session, shipment: Shipment, ticket: Ticket) -> None:
    """It goes with this parcel after all, unless it lies in another one meanwhile."""
    _refuse_gone(shipment)
    if ticket.status is not Status.READY:
        raise Refused("not_ready")
    if open_shipments(session, ticket) or where(ticket) != _address(shipment):
        raise Refused("item_of_another")
    session.add(Parcelled(shipment_id=shipment.id, ticket_id=ticket.id))
    session.flush()


def weigh(shipment: Shipment, grams: int) -> int | None:
    """What the parcel weighs; returns what was noted before."""
    _refuse_gone(shipment)
    if not 1 <= grams <= HEAVIEST:
        raise Refused("weight_impossible", field="weight")
    before, shipment.weight_grams = shipment.weight_grams, grams
    return before


def unweigh(shipment: Shipment, before: int | None) -> None:
    """The weight of before."""
    _refuse_gone(shipment)
    shipment.weight_grams = before


def close(
    session: Session, shipment: Shipment, tickets: Sequence[Ticket], tracking: str, *, actor: Actor, now: datetime, house: House
) -> None:  # fmt: skip
    """All belongs together, so the parcel leaves: every item was in hand, and the label is this parcel's own."""
    _refuse_gone(shipment)
    held = in_hand(session, shipment)
    if set(codes_in(session, shipment)) != {ticket.code for ticket in tickets}:
        raise Stale  # a colleague put an item in, or took one out, since this hand looked
    missing = [grouped(ticket.code) for ticket in tickets if ticket.code not in held]
    if missing:
        raise Refused("items_unscanned", missing=", ".join(missing))
    number = compact(tracking)
    if (shipment.tracking and shipment.tracking != number) or label_owner(session, number, besides=shipment.id):
        raise Refused("label_of_another", field="tracking")
    if courier_by(shipment.courier).weighs and not shipment.weight_grams:
        raise Refused("weight_needed", field="weight", courier=courier_by(shipment.courier).name)
    ship(session, shipment, tickets, number, actor=actor, now=now, house=house)


def reopen(
    session: Session, shipment: Shipment, tickets: Sequence[Ticket], words: str, *, actor: Actor, now: datetime, house: House
) -> None:  # fmt: skip
    """The parcel has not left after all, nor has anything in it; all of it is scanned anew."""
    if shipment.left_at is None:
        raise Refused("nothing_to_undo")
    for ticket in tickets:
        undone = last_step(session, ticket)
        if undone is None or undone.action is not Action.SHIP:
            raise Refused("parcel_went_on")
        advance(session, ticket, Action.UNDO, actor=actor, now=now, house=house, note=words)
    shipment.left_at, shipment.tracking = None, ""
    for row in rows_of(session, shipment):
        row.found_at = None


def bring_back(session: Session, ticket: Ticket, words: str, *, actor: Actor, now: datetime, house: House) -> None:
    """The step that sent one item is taken back: its whole parcel stands on the table again."""
    gone = left_parcel(session, ticket)
    if gone is None:
        advance(session, ticket, Action.UNDO, actor=actor, now=now, house=house, note=words)
        return
    others = [locked(session, code, seen_by=actor) for code in codes_in(session, gone) if code != ticket.code]
    reopen(session, gone, [ticket, *others], words, actor=actor, now=now, house=house)


def _refuse_gone(shipment: Shipment) -> None:
    if shipment.left_at is not None or shipment.cancelled_at is not None:
        raise Refused("parcel_gone")


def _address(shipment: Shipment) -> ReturnTo:
    return ReturnTo(
        shipment.name, shipment.street, shipment.postal_code, shipment.city, shipment.province, shipment.country, shipment.phone
    )  # fmt: skip
