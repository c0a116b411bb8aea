"""Putting into the outbox, taking out, and what becomes of a row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.core.errors import NotFound
from service_center.outbox.models import OutboxRow, State


def enqueue(
    session: Session, kind: str, facts: Mapping[str, Any], *, now: datetime, ticket_id: int | None = None, not_before: datetime | None = None, key: str | None = None
) -> OutboxRow:  # fmt: skip
    """Something must happen outside, in the same transaction as the change it is about; the same `key` only once."""
    if key is not None:
        known = session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one_or_none()
        if known is not None:
            return known
    row = OutboxRow(
        kind=kind,
        facts=dict(facts),
        ticket_id=ticket_id,
        key=key,
        state=State.WAITING,
        created_at=now,
        not_before=not_before or now,
        attempts=0,
    )
    session.add(row)
    session.flush()
    return row


def withdraw(session: Session, *, ticket_id: int, since: datetime) -> int:
    """Take back what has not left yet since a moment: a wrong step was undone. Returns how many."""
    taken = session.execute(
        update(OutboxRow)
        .where(OutboxRow.ticket_id == ticket_id, OutboxRow.state == State.WAITING, OutboxRow.created_at >= since)
        .values(state=State.WITHDRAWN)
    )
    return taken.rowcount  # type: ignore[attr-defined, no-any-return]


def requeue(session: Session, row_id: int, *, now: datetime) -> OutboxRow:
    """Try a dead or uncertain row again, from the beginning."""
    row = session.get(OutboxRow, row_id)
    if row is None:
        raise NotFound
    row.state, row.attempts, row.not_before, row.lease_id, row.lease_until = State.WAITING, 0, now, None, None
    return row
