"""An item that nobody announced: who, what and which shelf are enough for a ticket; the rest is asked later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.parcels import arriving
from service_center.parcels.models import Parcelled, Shipment
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Channel, Ticket
from service_center.tickets.services import bench, opening
from service_center.warranty.vocabulary import Evidence


def take_unannounced(
    session: Session, sender: str, family: str, shelf: str, *, parcel: int | None, number: str, actor: Actor, now: datetime, house: House
) -> Ticket:  # fmt: skip
    """Open its ticket, put it on its shelf and into its parcel; that day counts for the guarantee (R08)."""
    if not sender.strip():
        raise Refused("sender_needed", field="sender")
    asking = opening.Asking(
        channel=Channel.ARRIVAL, evidence=Evidence.ARRIVAL.value, requested_at=now, customer=opening.NewCustomer(sender.strip()),
        return_to=opening.ReturnTo(sender.strip(), "", "", "", ""), action=Action.ARRIVE_UNANNOUNCED,
    )  # fmt: skip
    new = opening.NewItem(family=family, symptoms=())
    [opened] = opening.open(session, asking, [new], actor=actor, now=now, house=house)
    bench.place(opened.ticket, shelf)
    box = _box(session, parcel, number, actor=actor, now=now, house=house)
    session.add(Parcelled(shipment_id=box[0].id, ticket_id=opened.ticket.id, surplus=True, found_at=now))
    session.flush()
    return opened.ticket


def _box(
    session: Session, parcel: int | None, number: str, *, actor: Actor, now: datetime, house: House
) -> Sequence[Shipment]:
    known = parcel or arriving.parcel_with(session, number)
    if known is not None:
        return arriving.parcel(session, known)
    return [arriving.appear(session, number, actor=actor, now=now, house=house)]
