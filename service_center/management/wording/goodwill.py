"""Courtesies and their budgets in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service_center.core.i18n import _, day, money
from service_center.management.queries.goodwill import Budget, Granted
from service_center.tickets import codes
from service_center.tickets.wording import vocabulary

WIDE = 1000


@dataclass(frozen=True)
class BudgetRow:
    """A budget: whose, how much, and the width of its bar in thousandths."""

    whose: str
    limit: str
    spent: str
    left: str
    granted: int
    width: int
    over: bool


@dataclass(frozen=True)
class Row:
    """One courtesy."""

    code: str
    what: str
    whose: str
    cost_cents: int
    reason: str
    over_budget: str
    by: str
    at: datetime
    taken_back_at: datetime | None


def budget(found: Budget) -> BudgetRow:
    """A budget in words; one that nobody set says so."""
    limit = found.limit_cents
    width = min(WIDE, found.spent_cents * WIDE // limit) if limit else (WIDE if found.spent_cents else 0)
    return BudgetRow(
        found.shop or _("The house"), money(limit) if limit is not None else _("not set"), money(found.spent_cents), money(found.left_cents) if limit is not None else "–",
        found.granted, width, found.left_cents < 0,
    )  # fmt: skip


def row(found: Granted) -> Row:
    """A courtesy in the list."""
    parts = (
        vocabulary.family(found.family),
        vocabulary.component(found.component) if found.component else _("the whole ticket"),
    )
    return Row(
        found.code, ", ".join(parts), found.shop or _("The house"), found.cost_cents, found.reason, found.over_budget, found.approved_by, found.approved_at, found.taken_back_at,
    )  # fmt: skip


def spreadsheet_head() -> list[str]:
    """The columns of the export."""
    return [_("Ticket"), _("Day"), _("What"), _("Whose budget"), _("Cost"), _("Reason"), _("Why over the budget"), _("Approved by"), _("Taken back")]  # fmt: skip


def spreadsheet_rows(found: Iterable[Granted]) -> Iterable[list[str]]:
    """The courtesies as the export has them; the cost with a decimal comma and no sign."""
    for each in found:
        told = row(each)
        cost = f"{each.cost_cents // 100},{each.cost_cents % 100:02d}"
        back = day(each.taken_back_at) if each.taken_back_at else ""
        yield [codes.grouped(each.code), day(each.approved_at), told.what, told.whose, cost, each.reason, each.over_budget, each.approved_by, back]  # fmt: skip
