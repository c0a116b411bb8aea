"""Questions about the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.outbox.models import OutboxRow, SentLetter, State


def counts(session: Session) -> dict[str, int]:
    """How many rows stand in which state."""
    rows = session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
    return {state.value: number for state, number in rows}


def oldest_waiting_age(session: Session, *, now: datetime) -> timedelta | None:
    """How long the oldest row has been due; None when nothing is."""
    oldest = session.scalar(
        select(func.min(OutboxRow.not_before)).where(OutboxRow.state == State.WAITING, OutboxRow.not_before <= now)
    )
    return None if oldest is None else now - oldest


def dead(session: Session) -> Sequence[OutboxRow]:
    """What could not be done and waits for a person."""
    return session.scalars(
        select(OutboxRow).where(OutboxRow.state.in_((State.DEAD, State.UNCERTAIN))).order_by(OutboxRow.id)
    ).all()


def letters(session: Session, ticket_id: int) -> Sequence[SentLetter]:
    """What was sent about a ticket, the newest first."""
    return session.scalars(
        select(SentLetter).where(SentLetter.ticket_id == ticket_id).order_by(SentLetter.id.desc())
    ).all()
