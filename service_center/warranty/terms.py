"""A brand's guarantee as data: one version of the terms, and the book of all versions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter

from service_center.warranty.statutory import Law
from service_center.warranty.vocabulary import Advice, Cause, Doubt, Need, Reason, Section, VerdictValue

Facts = Mapping[str, object]
"""Values by the names in FACTS."""

When = Mapping[str, frozenset[object]]
"""Conditions: every fact named must have one of the values."""

FACTS = (
    "family",
    "seller",
    "request_evidence",
    "proof",
    "card",
    "tampering",
    "second_hand",
    "water_mark",
    "component",
    "cause",
)
"""What a row may ask about: the claim's own fields, then the finding's two."""

_OF_FINDINGS = frozenset({"component", "cause"})


def holds(when: When, facts: Facts) -> bool:
    """Whether the facts meet every condition."""
    return all(facts[fact] in values for fact, values in when.items())


@dataclass(frozen=True, eq=False)
class Ruling:
    """What one row of the terms says, and the rules that it cites."""

    verdict: VerdictValue
    rules: tuple[str, ...]
    reason: Reason | None = None
    need: Need | None = None
    advice: Advice | None = None


@dataclass(frozen=True, eq=False)
class Row:
    """A ruling and when it speaks."""

    when: When
    ruling: Ruling


@dataclass(frozen=True)
class Clause:
    """A rule's title and meaning in our own words, by language, its place in the book, and the documents behind it."""

    rule: str
    key: str
    section: Section
    sources: tuple[str, ...]
    title: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Terms:
    """One version of a brand's guarantee; `first` and `last` are the purchase days for which it is in force."""

    id: str
    first: date | None
    last: date | None
    months: int
    families: Mapping[str, tuple[str, ...]]
    only: Mapping[Cause, When]
    window: Ruling
    retailer_entry_days: int
    doubts: Mapping[Doubt, Ruling]
    rows: tuple[Row, ...]
    causes: tuple[Row, ...]
    law: Law
    sources: Mapping[str, Mapping[str, str]]
    clauses: Mapping[str, Clause]

    def in_force(self, purchased_on: date) -> bool:
        """Whether this version applies to a purchase of that day."""
        return (self.first or date.min) <= purchased_on <= (self.last or date.max)

    @cached_property
    def rows_of_claims(self) -> tuple[Row, ...]:
        """The rows that ask nothing about a finding."""
        return tuple(row for row in self.rows if not _OF_FINDINGS & row.when.keys())

    @cached_property
    def rows_of_findings(self) -> tuple[Row, ...]:
        """The rows that ask about a finding's component or cause."""
        return tuple(row for row in self.rows if _OF_FINDINGS & row.when.keys())

    @cached_property
    def asked_of_findings(self) -> tuple[str, ...]:
        """The facts on which the answer to a finding depends, in the order of FACTS; at least two."""
        asked = _OF_FINDINGS.union(*(row.when for row in (*self.rows_of_findings, *self.causes)))
        return tuple(fact for fact in FACTS if fact in asked)

    @cached_property
    def facts_of_findings(self) -> Callable[[tuple[object, ...]], tuple[object, ...]]:
        """Picks the values of those facts out of the values of all FACTS."""
        return itemgetter(*(FACTS.index(fact) for fact in self.asked_of_findings))

    @cached_property
    def possible(self) -> frozenset[tuple[str, str, Cause]]:
        """Every finding that can exist: a family, a component of it, and a cause that the component can have."""
        return frozenset(
            (family, component, cause)
            for family, components in self.families.items()
            for component in components
            for cause in Cause
            if holds(self.only.get(cause, {}), {"family": family, "component": component})
        )

    def causes_of(self, family: str, component: str) -> tuple[Cause, ...]:
        """The causes that a component can have, for the menus of the bench."""
        return tuple(cause for cause in Cause if (family, component, cause) in self.possible)


class NoTerms(LookupError):
    """No version of the terms was in force on the day of purchase."""


@dataclass(frozen=True)
class Rulebook:
    """All versions of one brand's terms, oldest first; no two are in force on the same day."""

    versions: tuple[Terms, ...]

    @property
    def newest(self) -> Terms:
        """The latest version, for what names no day of purchase."""
        return self.versions[-1]

    def terms_for(self, purchased_on: date) -> Terms:
        """The version in force on the day of purchase; raises NoTerms."""
        for terms in self.versions:
            if terms.in_force(purchased_on):
                return terms
        raise NoTerms(f"no terms were in force on {purchased_on}")

    def clause(self, rule: str, terms_id: str = "") -> Clause | None:
        """A rule as that version has it, else the newest that has it; None where no terms know it."""
        found = [terms.clauses[rule] for terms in self.versions if rule in terms.clauses]
        own = [terms.clauses[rule] for terms in self.versions if terms.id == terms_id and rule in terms.clauses]
        return next(reversed(own or found), None)

    def version(self, terms_id: str) -> Terms:
        """The version of that id, for verdicts made in the past; raises NoTerms."""
        for terms in self.versions:
            if terms.id == terms_id:
                return terms
        raise NoTerms(f"there are no terms called {terms_id}")
