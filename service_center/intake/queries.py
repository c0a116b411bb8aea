"""Drafts by the secret of a browser, shops by the name that people type, and requests that look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from service_center.accounts.models import Shop
from service_center.accounts.queries import shops_matching
from service_center.accounts.tokens import digest
from service_center.intake.models import IntakeDraft
from service_center.proofs.models import ProofFile, Registration
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Customer, Item, Photo, Ticket

DRAFT_LASTS = timedelta(days=30)
_PIECES = re.compile(r"[,;/()\n–-]+")
_OVER = (Status.CLOSED, Status.CANCELLED)


def find_draft(session: Session, token: str, *, now: datetime, lock: bool = False) -> IntakeDraft | None:
    """The draft that this browser began, while it lasts; locked for whoever is about to change it."""
    if not token:
        return None
    asked = select(IntakeDraft).where(
        IntakeDraft.token_hash == digest(token), IntakeDraft.updated_at > now - DRAFT_LASTS
    )
    return session.scalars(asked.with_for_update() if lock else asked).one_or_none()


def tickets_of(session: Session, request_id: int) -> Sequence[Ticket]:
    """What became of a request, an item each, in the order in which they were named."""
    asked = select(Ticket).where(Ticket.request_id == request_id).order_by(Ticket.id)
    return session.scalars(asked.options(joinedload(Ticket.item).joinedload(Item.model))).all()


def alike(session: Session, *, email: str, serials: Sequence[str], sha256: Sequence[str]) -> Sequence[str]:
    """The codes of open tickets of the same person, with the same serial number, or with a picture that was sent again."""
    signs = []
    if email:
        signs.append(Ticket.customer_id.in_(select(Customer.id).where(Customer.email == email)))
    if serials:
        signs.append(Ticket.item_id.in_(select(Item.id).where(Item.serial.in_(serials))))
    if sha256:
        signs.append(Ticket.proof_id.in_(select(ProofFile.proof_id).where(ProofFile.sha256.in_(sha256))))
        signs.append(Ticket.id.in_(select(Photo.ticket_id).where(Photo.sha256.in_(sha256))))
    if not signs:
        return []
    asked = select(Ticket.code).where(Ticket.status.not_in(_OVER), or_(*signs)).order_by(Ticket.id.desc()).limit(5)
    return session.scalars(asked).all()


def abandoned(session: Session, *, now: datetime) -> Sequence[IntakeDraft]:
    """The drafts that are over: nobody touched them for so long."""
    return session.scalars(select(IntakeDraft).where(IntakeDraft.updated_at <= now - DRAFT_LASTS).limit(500)).all()


def shops_like(session: Session, words: str) -> Sequence[Shop]:
    """The shops that somebody may mean: by all words, by a piece between commas, by the first two words, by the first."""
    typed = " ".join(words.split())
    pieces = [piece.strip() for piece in _PIECES.split(typed)]
    first = typed.split()
    for asked in (typed, *pieces, " ".join(first[:2]), first[0] if first else ""):
        if len(asked) >= 3 and (found := shops_matching(session, asked)):
            return found
    return []


def registration(session: Session, number: str) -> Registration | None:
    """The registration with this number."""
    return session.scalars(select(Registration).where(Registration.number == number)).one_or_none()


def named(shops: Sequence[Shop], words: str) -> Shop | None:
    """The one shop that is called exactly so, with or without its town."""
    typed = _plain(words)
    exact = [shop for shop in shops if typed in (_plain(shop.name), _plain(f"{shop.name} {shop.city}"))]
    return exact[0] if len(exact) == 1 else None


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words).casefold().split())
