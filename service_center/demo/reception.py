"""A parcel of several items on its way in, and a sender who questions what came out of another."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.messages.contents import object_to_contents
from service_center.parcels.arriving import appear
from service_center.parcels.models import Parcelled
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services.contents import tell_contents

NUMBER = "084119355207"
ITEMS = 3
WORDS = "Nel pacco c’era anche il secondo cinturino, nell’elenco non lo vedo."


def show(session: Session, house: House) -> None:
    """Both stand on shops' tickets, as the shops' own people would have typed them."""
    _parcel(session, house)
    _objection(session, house)


def _clerk(session: Session, ticket: Ticket) -> Actor | None:
    user = session.scalars(
        select(User).where(User.retailer_id == ticket.retailer_id, User.role == Role.RETAILER_ADMIN).order_by(User.id)
    ).first()
    return Actor(user.role.value, user.id, user.name, user.retailer_id, user.shop_id) if user else None


def _parcel(session: Session, house: House) -> None:
    """What one shop has on its way lies in one box."""
    coming = session.scalars(
        select(Ticket)
        .where(Ticket.status == Status.IN_TRANSIT_IN, Ticket.shop_id.is_not(None), ~Ticket.id.in_(select(Parcelled.ticket_id)))
        .order_by(Ticket.shop_id, Ticket.id)
    ).all()  # fmt: skip
    shops: dict[int | None, list[Ticket]] = {}
    for each in coming:
        shops.setdefault(each.shop_id, []).append(each)
    together = max(shops.values(), key=len, default=[])[:ITEMS]
    clerk = _clerk(session, together[0]) if together else None
    if clerk is not None:
        box = appear(session, NUMBER, actor=clerk, now=house.now(), house=house)
        box.left_at, box.delivered_at = house.now(), None
        session.add_all(Parcelled(shipment_id=box.id, ticket_id=each.id) for each in together)


def _objection(session: Session, house: House) -> None:
    here = session.scalars(
        select(Ticket).where(Ticket.status == Status.TAKEN_IN_CHARGE, Ticket.shop_id.is_not(None)).order_by(Ticket.id.desc()).limit(1)
    ).first()  # fmt: skip
    clerk = _clerk(session, here) if here is not None else None
    if here is None or clerk is None:
        return
    mine = queries.locked(session, here.code, seen_by=clerk)
    tell_contents(mine, now=house.now(), house=house)
    object_to_contents(session, mine, WORDS, (), actor=clerk, now=house.now(), house=house)
