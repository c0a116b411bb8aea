"""Drafts by the secret of a browser, shops by the name that people type, and requests that look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import SYSTEM
from service_center.accounts.models import Shop
from service_center.accounts.queries import shops_matching
from service_center.accounts.tokens import digest
from service_center.intake.models import IntakeDraft
from service_center.proofs.models import ProofFile
from service_center.tickets.models import Customer, Item, Photo, Ticket
from service_center.tickets.queries import visible

DRAFT_LASTS = timedelta(days=30)
_PIECES = re.compile(r"[,;/()\n–-]+")


def find_draft(session: Session, token: str, *, now: datetime) -> IntakeDraft | None:
    """The draft that this browser began, while it lasts."""
    if not token:
        return None
    asked = select(IntakeDraft).where(IntakeDraft.token_hash == digest(token), IntakeDraft.updated_at > now - DRAFT_LASTS)
    return session.scalars(asked).one_or_none()


def shops_like(session: Session, words: str) -> Sequence[Shop]:
    """The shops that somebody may mean: by all words, by a piece between commas, by the first two words, by the first."""
    typed = " ".join(words.split())
    pieces = [piece.strip() for piece in _PIECES.split(typed)]
    first = typed.split()
    for asked in (typed, *pieces, " ".join(first[:2]), first[0] if first else ""):
        if len(asked) >= 3 and (found := shops_matching(session, asked)):
            return found
    return []


def named(shops: Sequence[Shop], words: str) -> Shop | None:
    """The one shop that is called exactly so, with or without its town."""
    typed = _plain(words)
    exact = [shop for shop in shops if typed in (_plain(shop.name), _plain(f"{shop.name} {shop.city}"))]
    return exact[0] if len(exact) == 1 else None


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words).casefold().split())
