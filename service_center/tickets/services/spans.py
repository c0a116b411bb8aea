"""Time on the bench without a stopwatch: a stretch begins when somebody opens or works on what they have in hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from service_center.tickets.bench_models import BenchSpan

IDLE = timedelta(minutes=10)
"""After so long without an act nobody was at it any more; the stretch ended with the last act."""
SEEN_EVERY = timedelta(minutes=1)
"""Looking at the page again prolongs no oftener than this."""


def latest(session: Session, user_id: int) -> BenchSpan | None:
    """What this person was at last."""
    return session.scalars(select(BenchSpan).where(BenchSpan.id == last_of(user_id).scalar_subquery())).first()


def last_of(user_id: int) -> Select[int]:
    """Its number, for a query that asks more."""
    asked = select(BenchSpan.id).where(BenchSpan.user_id == user_id)
    return asked.order_by(BenchSpan.started_at.desc(), BenchSpan.id.desc()).limit(1)


def runs(span: BenchSpan | None, ticket_id: int, now: datetime) -> bool:
    """Whether this stretch goes on: the same ticket, not ended, not idle."""
    return span is not None and span.ticket_id == ticket_id and span.ended_at is None and now - span.seen_at <= IDLE


def fresh(span: BenchSpan | None, ticket_id: int, now: datetime) -> bool:
    """Whether nothing needs to be written: it runs, and was seen a moment ago."""
    return span is not None and runs(span, ticket_id, now) and now - span.seen_at < SEEN_EVERY


def at_it(session: Session, ticket_id: int, user_id: int, *, now: datetime) -> None:
    """Begin or prolong; one row. A stretch on another ticket ends where this one begins, without a word about it."""
    span = latest(session, user_id)
    if span is not None and runs(span, ticket_id, now):
        span.seen_at = max(span.seen_at, now)
    else:
        session.add(BenchSpan(ticket_id=ticket_id, user_id=user_id, started_at=now, seen_at=now))


def done(session: Session, ticket_id: int, user_id: int, *, now: datetime) -> None:
    """The ticket left this person's hands."""
    span = latest(session, user_id)
    if span is not None and runs(span, ticket_id, now):
        span.seen_at = span.ended_at = max(span.seen_at, now)


def length(span: BenchSpan, following: datetime | None, now: datetime) -> timedelta:
    """How long a stretch was: to its end, to the next ticket in hand, to now, or to its last act before it was left idle."""
    end = span.ended_at or span.seen_at
    if span.ended_at is None and following is not None and following - span.seen_at <= IDLE:
        end = following
    elif span.ended_at is None and following is None and now - span.seen_at <= IDLE:
        end = now
    return max(timedelta(), min(end, following or end) - span.started_at)
