"""What a shop does: posts the parcel, sends the papers that were asked for, and takes in its own people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts import queries as accounts
from service_center.accounts import services as account_services
from service_center.accounts.actor import Actor
from service_center.accounts.models import Purpose, Role, User
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.messages.services import say
from service_center.outbox.services import enqueue
from service_center.parcels.services import announce
from service_center.proofs.models import ProofOfPurchase
from service_center.proofs.services import attach
from service_center.tickets.lifecycle import OVER, Action, Status
from service_center.tickets.models import Ticket
from service_center.warranty.vocabulary import Card, Proof, Seller


def post(
    session: Session, ticket: Ticket, courier: str, tracking: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """The parcel left; what may be dangerous is not sent before a person has read it."""
    if ticket.status is Status.REQUESTED:
        raise Refused("not_from_here", action=Action.POST.value, status=ticket.status.value)
    announce(session, ticket, courier, tracking, actor=actor, now=now, house=house)


def send_papers(
    session: Session, ticket: Ticket, files: Sequence[Kept], words: str, *, actor: Actor, now: datetime
) -> None:
    """Hang documents on the proof and tell the lab, which looks at them and lets the days go on."""
    if not files:
        raise Refused("papers_empty", field="papers")
    if ticket.status in OVER:
        raise Refused("not_from_here", action=Action.PAPERS_ARRIVED.value, status=ticket.status.value)
    if ticket.proof is None:
        ticket.proof = ProofOfPurchase(
            kind=Proof.NONE.value, seller=Seller.UNKNOWN.value, card=Card.ABSENT.value, created_at=now
        )
    attach(session, ticket.proof, files, now=now)
    say(session, ticket, words, actor=actor, now=now)


def invite_clerk(session: Session, *, name: str, email: str, shop_id: int, actor: Actor, now: datetime) -> User:
    """Somebody new at one of the retailer's own shops; the link for their password leaves by e-mail."""
    shop = accounts.shop(session, shop_id, seen_by=actor)
    user = account_services.add_user(
        session, email=email, name=name, role=Role.RETAILER_CLERK, now=now, shop=shop, retailer=shop.retailer
    )
    enqueue(session, "password_link", {"user_id": user.id, "purpose": Purpose.INVITE.value}, now=now)
    return user


def switch_off(session: Session, user_id: int, *, actor: Actor, now: datetime) -> User:
    """A clerk of the own retailer left; administrators are the lab's to switch off."""
    user = session.get(User, user_id)
    if user is None or user.retailer_id != actor.retailer_id or user.role is not Role.RETAILER_CLERK:
        raise NotFound
    account_services.switch_off(session, user, now=now)
    return user
