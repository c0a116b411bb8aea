"""What was done as a courtesy, out of which budget, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.models import Shop, User
from service_center.tickets.models import Finding, Goodwill, GoodwillBudget, Item, PartUsed, Ticket


@dataclass(frozen=True)
class Budget:
    """An allowance of a season: a shop's, or the house's own (no shop); None: nobody set it."""

    shop_id: int | None
    shop: str
    limit_cents: int | None
    spent_cents: int
    granted: int

    @property
    def left_cents(self) -> int:
        """What may still be spent; less than nothing where it was exceeded."""
        return (self.limit_cents or 0) - self.spent_cents


@dataclass(frozen=True)
class Granted:
    """One courtesy."""

    code: str
    family: str
    component: str
    shop: str
    cost_cents: int
    reason: str
    over_budget: str
    approved_by: str
    approved_at: datetime
    taken_back_at: datetime | None


def budgets(session: Session, season: str) -> list[Budget]:
    """All budgets of a season, and all that spent without one; the house's own first."""
    limits = {row.shop_id: row.limit_cents for row in session.scalars(select(GoodwillBudget).where(GoodwillBudget.season == season))}  # fmt: skip
    spent = {
        row.shop_id: (int(row.cents or 0), int(row.number))
        for row in session.execute(
            select(Goodwill.shop_id, func.sum(Goodwill.cost_cents).label("cents"), func.count().label("number"))
            .where(Goodwill.season == season, Goodwill.taken_back_at.is_(None))
            .group_by(Goodwill.shop_id)
        )
    }
    named = [each for each in {*limits, *spent} if each is not None]
    names = {row.id: row.name for row in session.execute(select(Shop.id, Shop.name).where(Shop.id.in_(named)))}
    found = [
        Budget(shop_id, names.get(shop_id or 0, ""), limits.get(shop_id), *spent.get(shop_id, (0, 0)))
        for shop_id in {None, *limits, *spent}
    ]
    return sorted(found, key=lambda each: (each.shop_id is not None, each.shop, each.shop_id or 0))


def budget(session: Session, season: str, shop_id: int | None) -> Budget:
    """One allowance as it stands."""
    known = next((each for each in budgets(session, season) if each.shop_id == shop_id), None)
    return known or Budget(shop_id, "", None, 0, 0)


def granted(session: Session, season: str, *, most: int | None = None) -> Sequence[Granted]:
    """The courtesies of a season, the newest first, those taken back too."""
    asked = (
        select(
            Ticket.code, Item.family, Finding.component, Shop.name.label("shop"), Goodwill.cost_cents, Goodwill.reason, Goodwill.over_budget,
            User.name.label("approved_by"), Goodwill.approved_at, Goodwill.taken_back_at,
        )
        .join(Ticket, Ticket.id == Goodwill.ticket_id)
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Finding, Finding.id == Goodwill.finding_id)
        .outerjoin(Shop, Shop.id == Goodwill.shop_id)
        .outerjoin(User, User.id == Goodwill.approved_by_id)
        .where(Goodwill.season == season)
        .order_by(Goodwill.id.desc())
        .limit(most)
    )  # fmt: skip
    return [
        Granted(r.code, r.family, r.component or "", r.shop or "", r.cost_cents, r.reason, r.over_budget, r.approved_by or "", r.approved_at, r.taken_back_at)
        for r in session.execute(asked)
    ]  # fmt: skip


def parts_cents(session: Session, ticket_id: int) -> int:
    """What the parts that went into a ticket cost."""
    total = session.execute(
        select(func.sum(PartUsed.price_cents * PartUsed.quantity)).where(PartUsed.ticket_id == ticket_id)
    ).scalar_one()
    return int(total or 0)
