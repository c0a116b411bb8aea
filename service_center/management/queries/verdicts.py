"""Figures of verdicts, counted by finding: what the rules said, and what people made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.i18n import ROME, civil_day
from service_center.tickets.models import Finding, Item, Ticket

OPEN = frozenset({"AMBIGUOUS", "PENDING_DOCS"})
"""What is no answer yet: a person or a paper is awaited."""


@dataclass(frozen=True)
class Judged:
    """One finding: what the rules said of it, why, and what counts."""

    code: str
    family: str
    component: str
    cause: str
    found_at: datetime
    rules: str
    reason: str
    outcome: str
    decided_reason: str

    @property
    def month(self) -> str:
        """`2026-11`, as it was in Rome."""
        return f"{civil_day(self.found_at):%Y-%m}"

    @property
    def kind(self) -> str:
        """What people did with the rules' verdict."""
        if self.outcome == "GOODWILL":
            return "goodwill"
        if self.outcome in OPEN:
            return "open"
        if self.outcome == self.rules:
            return "kept"
        return "decided" if self.rules == "AMBIGUOUS" else "overruled"


def judged(session: Session, first: date, after: date) -> Sequence[Judged]:
    """All findings of a span of days, the newest first."""
    start, end = (datetime.combine(day, time(), ROME) for day in (first, after))
    rows = session.execute(
        select(
            Ticket.code, Item.family, Finding.component, Finding.cause, Finding.found_at, Finding.verdict, Finding.record["reason"].as_string().label("reason"),
            Finding.decision, Finding.decision_reason,
        )
        .join(Ticket, Ticket.id == Finding.ticket_id)
        .join(Item, Item.id == Ticket.item_id)
        .where(Finding.found_at >= start, Finding.found_at < end)
        .order_by(Finding.found_at.desc(), Finding.id.desc())
    )  # fmt: skip
    return [
        Judged(r.code, r.family, r.component, r.cause, r.found_at, r.verdict, r.reason or "", r.decision or r.verdict, r.decision_reason)
        for r in rows
    ]  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Counted by what the rules said and what counts, by the rules' reason, and by what people did, all over months."""

    months: list[str]
    rules: dict[str, Counter[str]]
    kinds: dict[str, Counter[str]]
    turned: Counter[tuple[str, str]]
    reasons: Counter[str]


def figures(found: Sequence[Judged]) -> Figures:
    """Count them."""
    rules: dict[str, Counter[str]] = {}
    kinds: dict[str, Counter[str]] = {}
    for each in found:
        rules.setdefault(each.rules, Counter())[each.month] += 1
        kinds.setdefault(each.kind, Counter())[each.month] += 1
    turned = Counter((each.rules, each.outcome) for each in found if each.rules != each.outcome)
    reasons = Counter(each.reason for each in found if each.reason)
    return Figures(sorted({each.month for each in found}), rules, kinds, turned, reasons)


def chosen(found: Sequence[Judged], *, month: str, rules: str, outcome: str, reason: str, kind: str) -> list[Judged]:
    """The findings behind one figure; an empty filter lets all through."""
    asked = {"month": month, "rules": rules, "outcome": outcome, "reason": reason, "kind": kind}
    return [each for each in found if all(not value or getattr(each, name) == value for name, value in asked.items())]
