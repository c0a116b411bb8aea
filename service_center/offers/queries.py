"""Questions about quotes and replacements."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.offers.models import Quote, ReplacementOffer


def open_quote(session: Session, ticket_id: int) -> Quote | None:
    """The quote that waits for an answer."""
    return session.scalars(
        select(Quote).where(Quote.ticket_id == ticket_id, Quote.answer.is_(None)).order_by(Quote.id.desc()).limit(1)
    ).first()


def quotes(session: Session, ticket_id: int) -> Sequence[Quote]:
    """All quotes of a ticket, the oldest first."""
    return session.scalars(select(Quote).where(Quote.ticket_id == ticket_id).order_by(Quote.id)).all()


def replacements(session: Session, ticket_id: int) -> Sequence[ReplacementOffer]:
    """All replacements that were offered for a ticket's item, the oldest first."""
    return session.scalars(
        select(ReplacementOffer).where(ReplacementOffer.ticket_id == ticket_id).order_by(ReplacementOffer.id)
    ).all()


def standing_offer(session: Session, ticket_id: int) -> ReplacementOffer | None:
    """The newest offer, unless it was refused or taken back."""
    newest = next(iter(reversed(replacements(session, ticket_id))), None)
    return newest if newest is not None and newest.answer in (None, "chosen") else None
