"""The notes from shift to shift that nobody has ended yet."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.tickets.bench_models import HandOver


def open_notes(session: Session) -> Sequence[HandOver]:
    """The newest first; one query."""
    return session.scalars(select(HandOver).where(HandOver.ended_at.is_(None)).order_by(HandOver.id.desc())).all()
