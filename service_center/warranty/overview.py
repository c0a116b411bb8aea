"""The terms read the other way round: what happens to every part by every cause, and which rows cite a rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from service_center.warranty.assess import assess
from service_center.warranty.claim import Claim, Finding
from service_center.warranty.terms import Ruling, Terms, When
from service_center.warranty.verdict import Decision
from service_center.warranty.vocabulary import Cause, Doubt, Proof, Seller, VerdictValue

_BOUGHT, _ASKED = date(2001, 1, 1), datetime(2001, 1, 2, 12, tzinfo=UTC)


class Answer(NamedTuple):
    """Parts of a family that fare alike; `marked` is the mark of water resistance where that decides."""

    components: tuple[str, ...]
    marked: bool | None
    verdict: VerdictValue
    rules: tuple[str, ...]


class Cited(NamedTuple):
    """A row that cites a rule: its conditions, or the doubt that it settles; neither for the window."""

    ruling: Ruling
    when: When
    doubt: Doubt | None = None
    last: bool = False


def answers(terms: Terms, family: str, cause: Cause) -> tuple[Answer, ...]:
    """What happens by a cause, on a timely request with good papers: the smaller groups of parts first."""
    groups: dict[tuple[bool | None, VerdictValue], dict[str, Decision]] = {}
    for component in terms.families[family]:
        if (family, component, cause) not in terms.possible:
            continue
        with_mark, without = (_decision(terms, family, Finding(component, cause), mark) for mark in (True, False))
        both = {None: with_mark} if with_mark.verdict is without.verdict else {True: with_mark, False: without}
        for marked, decision in both.items():
            groups.setdefault((marked, decision.verdict), {})[component] = decision
    found = [
        Answer(tuple(parts), marked, verdict, tuple(sorted({rule for made in parts.values() for rule in made.rules})))
        for (marked, verdict), parts in groups.items()
    ]
    return tuple(sorted(found, key=lambda answer: len(answer.components)))


def _decision(terms: Terms, family: str, finding: Finding, mark: bool) -> Decision:
    claim = Claim(
        family=family, seller=Seller.OWN_SHOP, purchased_on=_BOUGHT, requested_at=_ASKED, proof=Proof.INVOICE, water_mark=mark,
        findings=(finding,),
    )  # fmt: skip
    return assess(claim, terms).findings[0].decision


def citing(terms: Terms, rule: str) -> Iterator[Cited]:
    """Every row of the terms that cites a rule, in the order of the steps."""
    if rule in terms.window.rules:
        yield Cited(terms.window, {})
    for doubt, ruling in terms.doubts.items():
        if rule in ruling.rules:
            yield Cited(ruling, {}, doubt)
    for row in (*terms.rows, *terms.causes):
        if rule in row.ruling.rules:
            yield Cited(row.ruling, row.when, last=not row.when)
