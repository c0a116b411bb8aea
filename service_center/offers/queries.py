"""Questions about quotes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.offers.models import Quote


def open_quote(session: Session, ticket_id: int) -> Quote | None:
    """The quote that waits for an answer."""
    return session.scalars(
        select(Quote).where(Quote.ticket_id == ticket_id, Quote.answer.is_(None)).order_by(Quote.id.desc()).limit(1)
    ).first()


def quotes(session: Session, ticket_id: int) -> Sequence[Quote]:
    """All quotes of a ticket, the oldest first."""
    return session.scalars(select(Quote).where(Quote.ticket_id == ticket_id).order_by(Quote.id)).all()
