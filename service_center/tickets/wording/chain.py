"""How a verdict came about, in words: each that was made, on what occasion, and what was different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service_center.tickets import differences, outcomes
from service_center.tickets.models import Verdict
from service_center.tickets.wording import changes
from service_center.tickets.wording.verdicts import outcome as outcome_word


@dataclass(frozen=True)
class Made:
    """One verdict of the chain: when, by whom, on what occasion, what it said, and what was different."""

    at: datetime
    by: str
    occasion: str
    headline: str
    reason: str
    changes: list[str]


def chain(made: Sequence[Verdict]) -> list[Made]:
    """How the verdict came about, the newest first, each with what was different."""
    found: list[Made] = []
    before: Verdict | None = None
    for each in made:
        told = changes.sentences(differences.between(before.record, each.record)) if before else []
        found.append(
            Made(each.made_at, each.made_by, changes.occasion(each.occasion), outcome_word(outcomes.headline(each.record)), changes.reason(outcomes.reason(each.record)), told)
        )  # fmt: skip
        before = each
    return found[::-1]
