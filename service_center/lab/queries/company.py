"""Who is at a ticket: whose hands it is in, who has its page open, how long people were at it, and to whom it may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from service_center.accounts.actor import Actor
from service_center.accounts.models import LAB, User
from service_center.tickets.bench_models import BenchSpan, Presence
from service_center.tickets.models import Ticket
from service_center.tickets.services.claims import HELD
from service_center.tickets.services.presence import GONE
from service_center.tickets.services.spans import length


@dataclass(frozen=True)
class Company:
    """A ticket and its people; `holder` has it in hand, `here` have its page open besides the reader."""

    holder: str
    mine: bool
    holdable: bool
    here: Sequence[str]
    worked: timedelta
    workers: int
    colleagues: Sequence[tuple[int, str]]


def company(session: Session, ticket: Ticket, *, reader: Actor, now: datetime) -> Company:
    """All of it, in two queries."""
    people = _people(session, ticket, now)
    worked, workers = _worked(session, ticket.id, now)
    names = {row.id: row.name for row in people}
    held = ticket.status in HELD
    return Company(
        holder=names.get(ticket.claimed_by_id or 0, "") if held else "",
        mine=held and ticket.claimed_by_id is not None and ticket.claimed_by_id == reader.user_id,
        holdable=held,
        here=[row.name for row in people if row.seen_at is not None and row.id != reader.user_id],
        worked=worked,
        workers=workers,
        colleagues=[(row.id, row.name) for row in people if row.active and row.id not in (reader.user_id, ticket.claimed_by_id)],
    )  # fmt: skip


def _people(session: Session, ticket: Ticket, now: datetime) -> Sequence[Any]:
    """The lab's people, each with when they had the page open, if they have it still."""
    there = (Presence.user_id == User.id) & (Presence.ticket_id == ticket.id) & (Presence.seen_at > now - GONE)
    asked = select(User.id, User.name, User.active, Presence.seen_at).outerjoin(Presence, there)
    mine = or_(User.role.in_(LAB) & User.active, User.id == ticket.claimed_by_id)
    return session.execute(asked.where(mine).order_by(User.name, User.id)).all()


def who_is_here(session: Session, ticket_id: int, *, besides: int | None, now: datetime) -> Sequence[str]:
    """Who has the page open now; one query."""
    return session.scalars(
        select(User.name)
        .join(Presence, Presence.user_id == User.id)
        .where(Presence.ticket_id == ticket_id, Presence.seen_at > now - GONE, User.id != (besides or 0))
        .order_by(User.name, User.id)
    ).all()


def _worked(session: Session, ticket_id: int, now: datetime) -> tuple[timedelta, int]:
    """How long people were at this ticket, and how many of them."""
    later = aliased(BenchSpan)
    following = (
        select(func.min(later.started_at))
        .where(
            later.user_id == BenchSpan.user_id,
            or_(
                later.started_at > BenchSpan.started_at,
                (later.started_at == BenchSpan.started_at) & (later.id > BenchSpan.id),
            ),
        )
        .correlate(BenchSpan)
        .scalar_subquery()
    )
    rows = session.execute(select(BenchSpan, following).where(BenchSpan.ticket_id == ticket_id)).all()
    total = sum((length(span, then, now) for span, then in rows), timedelta())
    return total, len({span.user_id for span, _then in rows})
