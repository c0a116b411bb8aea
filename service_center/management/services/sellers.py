"""Retailers and shops; what other days of authorisation would change, and changing it with a yes (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from service_center.accounts import vat
from service_center.accounts.actor import Actor
from service_center.accounts.models import Retailer, Shop
from service_center.accounts.sellers import seller_on
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.offers.services.quotes import withdraw_needless
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets.lifecycle import COMING, IN_HOUSE
from service_center.tickets.models import Item, Ticket
from service_center.tickets.queries import latest_verdict
from service_center.tickets.services import papers
from service_center.tickets.services.assessing import claim_of, reassess
from service_center.tickets.services.deadlines import lapsed
from service_center.warranty.assess import answer


@dataclass(frozen=True)
class Change:
    """An open repair whose seller counts otherwise: the rules' verdict as it is, and as it would be."""

    ticket: Ticket
    seller: str
    before: str
    after: str
    visible: bool


def add_retailer(session: Session, *, name: str, vat_number: str, email: str, now: datetime) -> Retailer:
    """A new retailer; its shops follow."""
    number = vat.compact(vat_number)
    if number and not vat.valid(number):
        raise Refused("vat_number_wrong", field="vat_number")
    retailer = Retailer(name=name, vat_number=number, email=email, language="it", created_at=now)
    session.add(retailer)
    session.flush()
    return retailer


def save_shop(session: Session, shop: Shop, **facts: str | date | None) -> Shop:
    """Write a shop's facts; the authorisation ends after it begins."""
    for field, value in facts.items():
        setattr(shop, field, value)
    if shop.authorised_from and shop.authorised_to and shop.authorised_to < shop.authorised_from:
        raise Refused("authorised_backwards", field="authorised_to")
    session.add(shop)
    session.flush()
    return shop


def changes(session: Session, shop_id: int, begins: date | None, ends: date | None, *, house: House) -> list[Change]:
    """What other days would change in repairs that are not over: counted first, nothing is saved."""
    planned = Shop(name="", authorised_from=begins, authorised_to=ends)
    found = []
    for ticket in _open_tickets(session, shop_id):
        assert ticket.proof is not None
        seller = seller_on(planned, ticket.proof.purchased_on)
        if seller != ticket.proof.seller:
            found.append(_change(session, ticket, seller, house))
    return found


def _open_tickets(session: Session, shop_id: int) -> Sequence[Ticket]:
    """Repairs of what this shop sold, on a day that is known."""
    asked = (
        select(Ticket)
        .join(ProofOfPurchase, ProofOfPurchase.id == Ticket.proof_id)
        .where(ProofOfPurchase.shop_id == shop_id, ProofOfPurchase.purchased_on.is_not(None), Ticket.status.in_(COMING | IN_HOUSE))
        .options(
            joinedload(Ticket.request), joinedload(Ticket.item).joinedload(Item.model), joinedload(Ticket.customer),
            joinedload(Ticket.proof), selectinload(Ticket.findings), selectinload(Ticket.waits),
        )
        .order_by(Ticket.requested_at)
    )  # fmt: skip
    return session.scalars(asked).all()


def _change(session: Session, ticket: Ticket, seller: str, house: House) -> Change:
    claim = claim_of(session, ticket)
    before = latest_verdict(session, ticket.id).record
    after = lapsed(answer({**claim, "seller": seller}, house.rulebook).as_dict(), ticket, house) if claim else before
    return Change(ticket, seller, before["verdict"], after["verdict"], _said(before) != _said(after))


def _said(record: dict[str, Any]) -> tuple[Any, ...]:
    """What people see of a verdict."""
    return record["verdict"], record["reason"], record["needs"]


def judge_again(session: Session, shop: Shop, *, actor: Actor, now: datetime, house: House) -> int:
    """The shop's days are saved: every open repair of what it sold is judged by them, visibly. Returns how many changed."""
    found = changes(session, shop.id, shop.authorised_from, shop.authorised_to, house=house)
    for each in found:
        assert each.ticket.proof is not None
        each.ticket.proof.seller = each.seller
        each.ticket.version += 1
        verdict = reassess(session, each.ticket, "authorisation", actor=actor, now=now, house=house)
        papers.settle(session, each.ticket, verdict.record["needs"], actor=actor, now=now, house=house)
        withdraw_needless(session, each.ticket, actor=actor, now=now, house=house)
    return sum(each.visible for each in found)
