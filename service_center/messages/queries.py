"""Questions about threads."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.messages.models import Message


def thread(session: Session, ticket_id: int) -> Sequence[Message]:
    """A ticket's messages, the oldest first."""
    return session.scalars(select(Message).where(Message.ticket_id == ticket_id).order_by(Message.id)).all()
