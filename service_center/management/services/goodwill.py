"""Granting a courtesy out of a budget, and setting the budgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.management.queries.goodwill import budget, parts_cents
from service_center.offers.services.quotes import withdraw_needless
from service_center.tickets import outcomes
from service_center.tickets.models import Goodwill, GoodwillBudget, Ticket
from service_center.tickets.seasons import bounds, season_of
from service_center.tickets.services import deciding

DEAREST = 1_000_000
LARGEST = 100_000_000


@dataclass(frozen=True)
class Courtesy:
    """What a manager grants: for one finding or for all, at whose cost, and why.

    Without a cost it is the parts that went in and the minutes at the bench. `over_budget` says why the budget is exceeded.
    """

    finding_id: int | None
    reason: str
    cost_cents: int | None = None
    minutes: int = 0
    shop_id: int | None = None
    over_budget: str = ""


def grant(
    session: Session, ticket: Ticket, courtesy: Courtesy, *, actor: Actor, now: datetime, house: House, version: int | None = None
) -> Goodwill:  # fmt: skip
    """Not covered, and done free all the same: recorded with its cost, told as a courtesy."""
    cost = cost_of(session, ticket, courtesy, house=house)
    if not 0 < cost <= DEAREST:
        raise Refused("cost_needed", field="cost")
    season = season_of(house.today(), house.brand.setting("goodwill_season_months"))
    deciding.decide(
        session, ticket, courtesy.finding_id, outcomes.GOODWILL, courtesy.reason, actor=actor, now=now, house=house, version=version
    )  # fmt: skip
    session.flush()
    exceeded = _refuse_beyond(session, courtesy, season, cost)
    row = Goodwill(
        ticket_id=ticket.id, finding_id=courtesy.finding_id, shop_id=courtesy.shop_id, season=season, cost_cents=cost, reason=courtesy.reason.strip(),
        over_budget=courtesy.over_budget.strip() if exceeded else "", approved_by_id=actor.user_id, approved_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.flush()
    withdraw_needless(session, ticket, actor=actor, now=now, house=house)
    return row


def cost_of(session: Session, ticket: Ticket, courtesy: Courtesy, *, house: House) -> int:
    """What it costs the house, in cents."""
    if courtesy.cost_cents is not None:
        return courtesy.cost_cents
    work = courtesy.minutes * house.brand.setting("bench_hour_cents") // 60
    return parts_cents(session, ticket.id) + work


def _refuse_beyond(session: Session, courtesy: Courtesy, season: str, cost: int) -> bool:
    """Whether it exceeds the budget, with a reason of its own; without one it is refused.

    The budget's row is held meanwhile: two who grant at once do not both take the last euro.
    """
    session.execute(select(GoodwillBudget.id).where(GoodwillBudget.season == season).with_for_update()).all()
    stands = budget(session, season, courtesy.shop_id)
    if cost > stands.left_cents and not courtesy.over_budget.strip():
        code = "budget_missing" if stands.limit_cents is None else "budget_spent"
        raise Refused(code, field="over_budget", left=max(0, stands.left_cents), cost=cost)
    return cost > stands.left_cents


def set_budget(session: Session, season: str, shop_id: int | None, limit_cents: int, *, house: House) -> GoodwillBudget:
    """What may be spent in a season, by a shop or by the house."""
    try:
        bounds(season, house.brand.setting("goodwill_season_months"))
    except ValueError:
        raise Refused("season_unknown", field="season") from None
    if not 0 <= limit_cents <= LARGEST:
        raise Refused("amount_impossible", field="limit")
    of_whom = GoodwillBudget.shop_id.is_(None) if shop_id is None else GoodwillBudget.shop_id == shop_id
    known = session.scalars(
        select(GoodwillBudget).where(GoodwillBudget.season == season, of_whom).order_by(GoodwillBudget.id).limit(1)
    ).one_or_none()
    if known is None:
        known = GoodwillBudget(shop_id=shop_id, season=season, limit_cents=limit_cents)
        session.add(known)
    known.limit_cents = limit_cents
    session.flush()
    return known
