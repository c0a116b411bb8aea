"""Verdicts in figures, in words: rows and columns, each figure with the list behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask import url_for

from service_center.core.i18n import Later, _, day, language, later
from service_center.management.queries.verdicts import Figures, Judged
from service_center.tickets import codes
from service_center.tickets.wording import changes, vocabulary
from service_center.tickets.wording.verdicts import outcome
from service_center.warranty.vocabulary import Reason

_ORDER = ("COVERED", "NOT_COVERED", "AMBIGUOUS", "PENDING_DOCS")
_KINDS: dict[str, Later] = {
    "kept": later("As the rules say"),
    "open": later("Not yet decided"),
    "decided": later("Left open by the terms, decided by a person"),
    "overruled": later("Overruled by a person"),
    "goodwill": later("Done free as a courtesy"),
}


@dataclass(frozen=True)
class Cell:
    """A figure and the address of the findings behind it."""

    number: int
    url: str


@dataclass(frozen=True)
class Line:
    """A row of figures: its word, one cell a month, all together."""

    word: str
    months: list[Cell]
    all: Cell


def kind(code: str) -> str:
    """What people did with a verdict."""
    return str(_KINDS[code])


def month(code: str) -> str:
    """`nov 2026`."""
    year, _dash, number = code.partition("-")
    return format_date(date(int(year), int(number), 1), "MMM y", locale=language())


def by_rules(found: Figures, season: str) -> list[Line]:
    """What the rules said, month by month."""
    return [
        _line(outcome(each), found.rules[each], found.months, season, rules=each)
        for each in _ORDER
        if each in found.rules
    ]


def by_kind(found: Figures, season: str) -> list[Line]:
    """What people made of it, month by month."""
    return [
        _line(kind(each), found.kinds[each], found.months, season, kind=each) for each in _KINDS if each in found.kinds
    ]


def turned(found: Figures, season: str) -> list[tuple[str, str, Cell]]:
    """What became of verdicts that did not stay: from, to, how many."""
    return [
        (outcome(rules), outcome(now), Cell(number, _list(season, rules=rules, outcome=now)))
        for (rules, now), number in found.turned.most_common()
    ]


def reasons(found: Figures, season: str) -> list[tuple[str, Cell]]:
    """Why the rules denied."""
    known = [each.value for each in Reason]
    return [
        (changes.reason(code), Cell(number, _list(season, reason=code)))
        for code, number in found.reasons.most_common()
        if code in known
    ]


def _line(word: str, counted: Counter[str], months: list[str], season: str, **asked: str) -> Line:
    cells = [Cell(counted[each], _list(season, month=each, **asked)) for each in months]
    return Line(word, cells, Cell(counted.total(), _list(season, **asked)))


def _list(season: str, **asked: Any) -> str:
    return url_for("management.verdict_list", season=season, **asked)


def spreadsheet_head() -> list[str]:
    """The columns of the export."""
    return [_("Ticket"), _("Day"), _("Item"), _("Component"), _("Cause"), _("By the rules"), _("Reason"), _("What counts"), _("Decision"), _("Why")]  # fmt: skip


def spreadsheet_rows(found: Iterable[Judged]) -> Iterable[list[str]]:
    """The findings as the export has them."""
    for each in found:
        yield [
            codes.grouped(each.code), day(each.found_at), vocabulary.family(each.family), vocabulary.component(each.component), vocabulary.cause(each.cause),
            outcome(each.rules), changes.reason(each.reason or None), outcome(each.outcome), kind(each.kind), each.decided_reason,
        ]  # fmt: skip
