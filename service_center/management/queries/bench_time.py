"""Time on the bench, summed by model and work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from service_center.catalogue.models import Model
from service_center.core.i18n import ROME
from service_center.tickets.bench_models import BenchSpan
from service_center.tickets.models import Finding, Item, Ticket
from service_center.tickets.services.spans import length

SHOWN = 40


@dataclass(frozen=True)
class Spent:
    """What one model took for one work, or for works that were done together."""

    family: str
    model: str
    works: tuple[str, ...]
    tickets: int
    total: timedelta

    @property
    def each(self) -> timedelta:
        """On an average ticket."""
        return self.total / self.tickets


def bench_time(session: Session, first: date, after: date, *, now: datetime) -> list[Spent]:
    """All stretches that began in a span of days, what took longest first; two queries."""
    start, end = (datetime.combine(day, time(), ROME) for day in (first, after))
    following = func.lead(BenchSpan.started_at, type_=BenchSpan.started_at.type).over(
        partition_by=BenchSpan.user_id, order_by=(BenchSpan.started_at, BenchSpan.id)
    )
    began = (BenchSpan.started_at >= start, BenchSpan.started_at < end)
    within = select(BenchSpan, following.label("following")).where(*began).subquery()
    span = aliased(BenchSpan, within)
    rows = session.execute(
        select(span, within.c.following, Item.family, func.coalesce(Model.code, Item.model_text).label("model"))
        .join(Ticket, Ticket.id == span.ticket_id)
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
    ).all()
    works = _works(session)
    totals: dict[tuple[str, str, tuple[str, ...]], timedelta] = defaultdict(timedelta)
    tickets: dict[tuple[str, str, tuple[str, ...]], set[int]] = defaultdict(set)
    for stretch, then, family, model in rows:
        key = (family, model, tuple(sorted(works[stretch.ticket_id])))
        totals[key] += length(stretch, then, now)
        tickets[key].add(stretch.ticket_id)
    spent = [Spent(*key, len(tickets[key]), total) for key, total in totals.items()]
    return sorted(spent, key=lambda each: (-each.total, each.model, each.works))


def _works(session: Session) -> dict[int, set[str]]:
    """What was done to each ticket that somebody was at, each work once."""
    found: dict[int, set[str]] = defaultdict(set)
    worked_on = Finding.ticket_id.in_(select(BenchSpan.ticket_id))
    rows = session.execute(select(Finding.ticket_id, Finding.action).where(worked_on, Finding.action != ""))
    for row in rows:
        found[row.ticket_id].add(row.action)
    return found
