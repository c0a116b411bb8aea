"""Putting into the outbox, taking out, and what becomes of a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service_center.core.errors import NotFound
from service_center.core.outside import Letter
from service_center.outbox.models import OutboxRow, SentLetter, State

# Twice the same letter is worse than a person looking once: what may have left is not sent again by itself.
NEVER_TWICE = frozenset({"letter", "complaint_letter", "complaint_alarm_letter", "late_letter"})
# Letters that follow from no step: words that somebody said stay said when a step is taken back.
OF_NO_STEP = ("message", "late")


def enqueue(
    session: Session, kind: str, facts: Mapping[str, Any], *, now: datetime, ticket_id: int | None = None, not_before: datetime | None = None, key: str | None = None
) -> OutboxRow:  # fmt: skip
    """Something must happen outside, in the same transaction as the change it is about; the same `key` only once."""
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
    if key is None:
        session.add(row)
        session.flush()
        return row
    return _known(session, key) or _added_once(session, row, key)


def _known(session: Session, key: str) -> OutboxRow | None:
    return session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one_or_none()


def _added_once(session: Session, row: OutboxRow, key: str) -> OutboxRow:
    """Of two who ask for the same thing at once, one finds what the other put there."""
    try:
        with session.begin_nested():
            session.add(row)
        return row
    except IntegrityError:
        return session.scalars(select(OutboxRow).where(OutboxRow.key == key)).one()


def withdraw(session: Session, *, ticket_id: int, since: datetime) -> int:
    """Take back what has not left yet since a moment: a wrong step was undone. Returns how many."""
    template = OutboxRow.facts["template"].as_string()
    taken = session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.ticket_id == ticket_id,
            OutboxRow.state == State.WAITING,
            OutboxRow.created_at >= since,
            template.is_(None) | template.not_in(OF_NO_STEP),
        )
        .values(state=State.WITHDRAWN)
        .execution_options(synchronize_session=False)
    )
    return taken.rowcount  # type: ignore[attr-defined, no-any-return]


def withdraw_letters(session: Session, *, ticket_id: int, templates: Collection[str]) -> list[dict[str, Any]]:
    """Take back letters of these kinds that have not left yet; returns their facts, the oldest first."""
    taken = session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.ticket_id == ticket_id,
            OutboxRow.state == State.WAITING,
            OutboxRow.kind == "letter",
            OutboxRow.facts["template"].as_string().in_(templates),
        )
        .values(state=State.WITHDRAWN)
        .returning(OutboxRow.id, OutboxRow.facts)
        .execution_options(synchronize_session=False)
    )
    return [row.facts for row in sorted(taken, key=lambda row: row.id)]


def requeue(session: Session, row_id: int, *, now: datetime) -> OutboxRow:
    """Try a dead or uncertain row again, from the beginning; any other is not there to be tried."""
    row = session.get(OutboxRow, row_id, populate_existing=True, with_for_update=True)
    if row is None or row.state not in (State.DEAD, State.UNCERTAIN):
        raise NotFound
    row.state, row.attempts, row.not_before, row.lease_id, row.lease_until = State.WAITING, 0, now, None, None
    return row


# --- what the worker does with a row ------------------------------------------------------------------------------


def claim(
    session: Session, lease: str, *, now: datetime, until: datetime, only: Collection[str] = (), but: Collection[str] = ()
) -> OutboxRow | None:  # fmt: skip
    """Take the row that has been due longest, of these kinds or of all but those; what another worker is just taking is passed over."""
    kinds = OutboxRow.kind.in_(only) if only else OutboxRow.kind.not_in(but)
    due = (
        select(OutboxRow.id)
        .where(OutboxRow.state == State.WAITING, OutboxRow.not_before <= now, kinds)
        .order_by(OutboxRow.not_before, OutboxRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalars(
        update(OutboxRow)
        .where(OutboxRow.id == due, OutboxRow.state == State.WAITING)
        .values(state=State.LEASED, lease_id=lease, lease_until=until, attempts=OutboxRow.attempts + 1)
        .returning(OutboxRow)
        .execution_options(synchronize_session=False)
    ).one_or_none()


def settle(session: Session, row_id: int, lease: str, **columns: Any) -> bool:
    """Note what became of a row, unless its lease was lost meanwhile."""
    done = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.lease_id == lease, OutboxRow.state == State.LEASED)
        .values(lease_id=None, lease_until=None, **columns)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def release_lapsed(session: Session, *, now: datetime, most: int) -> None:
    """Whoever held these died: what may have left waits for a person, the rest is tried again while it may be."""
    lapsed = (OutboxRow.state == State.LEASED) & (OutboxRow.lease_until < now)
    over = OutboxRow.attempts >= most
    ends = (
        (State.UNCERTAIN, OutboxRow.kind.in_(NEVER_TWICE)),
        (State.DEAD, OutboxRow.kind.not_in(NEVER_TWICE) & over),
        (State.WAITING, OutboxRow.kind.not_in(NEVER_TWICE)),
    )
    for state, which in ends:
        session.execute(
            update(OutboxRow)
            .where(lapsed, which)
            .values(state=state, lease_id=None, lease_until=None, last_error="the process ended while it had the row")
            .execution_options(synchronize_session=False)
        )


def keep_letter(
    session: Session, letter: Letter, *, outbox_id: int, ticket_id: int | None, provider_id: str, secret: str, now: datetime
) -> SentLetter:  # fmt: skip
    """Keep a letter as it left, but for the secret of its link: that is known to the recipient alone."""
    kept = SentLetter(
        outbox_id=outbox_id, ticket_id=ticket_id, recipient=letter.recipient, subject=letter.subject[:400],
        text=_without(letter.text, secret), html=_without(letter.html, secret), language=letter.language, sent_at=now,
        provider_id=provider_id[:120],
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def _without(text: str, secret: str) -> str:
    return text.replace(secret, "…") if secret else text
