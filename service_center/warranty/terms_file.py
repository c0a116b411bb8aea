"""Reading terms files: TOML in, checked terms out, or every fault of the file at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path

from service_center.warranty.statutory import Law
from service_center.warranty.terms import FACTS, Clause, Row, Rulebook, Ruling, Terms, When
from service_center.warranty.toml_table import Table
from service_center.warranty.vocabulary import (
    Advice,
    Card,
    Cause,
    Doubt,
    Evidence,
    Need,
    Proof,
    Reason,
    Section,
    Seller,
    Tampering,
    VerdictValue,
)

LANGUAGES = ("it", "en")
"""The languages in which every clause is worded."""

_RULE = re.compile(r"R[0-9]{2}")
_TRUTH: frozenset[object] = frozenset({True, False})
_WORDS: dict[str, frozenset[object]] = {
    "seller": frozenset(Seller),
    "request_evidence": frozenset(Evidence),
    "proof": frozenset(Proof),
    "card": frozenset(Card),
    "tampering": frozenset(Tampering),
    "cause": frozenset(Cause),
    "second_hand": _TRUTH,
    "water_mark": _TRUTH,
}
# WINDOW is the calendar's to give, PROOF the ticket's; INVALID_INPUT and MIXED are no rulings.
_REASONS = frozenset(Reason) - {Reason.WINDOW, Reason.PROOF}
_VERDICTS = frozenset(VerdictValue) - {VerdictValue.INVALID_INPUT, VerdictValue.MIXED}


_Families = Mapping[str, tuple[str, ...]]


class TermsFault(Exception):
    """Terms files are wrong; `faults` are all of them, each with its file and place."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def load_rulebook(paths: Iterable[Path]) -> Rulebook:
    """Read all versions of a brand's terms; raises TermsFault with every fault of every file and of their days."""
    versions: list[tuple[str, Terms]] = []
    faults: list[str] = []
    for path in paths:
        try:
            versions.append((path.name, load(path)))
        except TermsFault as fault:
            faults += fault.faults
    versions.sort(key=lambda named: named[1].first or date.min)
    faults += _between(versions)
    if not versions and not faults:
        faults.append("no terms file is named")
    if faults:
        raise TermsFault(faults)
    return Rulebook(tuple(terms for _name, terms in versions))


def _between(versions: Sequence[tuple[str, Terms]]) -> Iterator[str]:
    """What is wrong with versions beside each other, in the order of their days."""
    for (before, earlier), (after, later) in pairwise(versions):
        ends, begins = earlier.last or date.max, later.first or date.min
        if ends >= begins:
            yield f"{before} and {after}: {earlier.id} and {later.id} are in force on the same day, {begins}"
        elif ends + timedelta(days=1) < begins:
            yield f"{before} and {after}: no terms are in force between {ends} and {begins}"
    named = [terms.id for _name, terms in versions]
    for name, terms in versions:
        if named.count(terms.id) > 1:
            yield f"{name}: id {terms.id!r} is used by another version"


def load(path: Path) -> Terms:
    """Read one terms file; raises TermsFault naming every fault that it has."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise TermsFault([f"{path.name}: {fault}"]) from fault
    faults: list[str] = []
    terms = _terms(Table(raw, "", faults))
    if faults:
        raise TermsFault([f"{path.name}: {fault}" for fault in faults])
    return terms


def _terms(table: Table) -> Terms:
    first, last = table.day("first"), table.day("last")
    if first and last and first > last:
        table.fault("is after last", "first")
    sources = _sources(table.table("sources"))
    clauses = _clauses(table.table("clauses"), frozenset(sources))
    families = _families(table.table("families"))
    cited = frozenset(clauses)
    window = table.table("window")
    terms = Terms(
        id=table.word("id"),
        first=first,
        last=last,
        months=table.number("months"),
        families=families,
        only=_only(table.table("only", optional=True), families),
        window=Ruling(VerdictValue.NOT_COVERED, _rules(window, cited), reason=Reason.WINDOW),
        retailer_entry_days=window.number("retailer_entry_days"),
        doubts=_doubts(table.table("doubts", optional=True), cited),
        rows=tuple(_row(each, families, cited) for each in table.tables("rows")),
        causes=tuple(_row(each, families, cited) for each in table.tables("causes")),
        law=_law(table.table("law")),
        sources=sources,
        clauses=clauses,
    )
    window.end()
    table.end()
    if not terms.causes or terms.causes[-1].when:
        table.fault("must end with a row for whatever is left, without conditions", "causes")
    if not all(row.when for row in terms.rows):
        table.fault("has a row without conditions", "rows")
    return terms


def _sources(table: Table) -> dict[str, dict[str, str]]:
    return {name: table.table(name).worded(LANGUAGES) for name in table.names()}


def _clauses(table: Table, sources: frozenset[str]) -> dict[str, Clause]:
    clauses: dict[str, Clause] = {}
    for rule in table.names():
        entry = table.table(rule)
        if not _RULE.fullmatch(rule):
            entry.fault("is no rule number")
        key, named = entry.word("key"), entry.words("sources")
        if key in {clause.key for clause in clauses.values()}:
            entry.fault(f"is used twice: {key!r}", "key")
        for source in set(named) - sources:
            entry.fault(f"names an unknown source: {source!r}", "sources")
        section, title = entry.choice("section", Section), entry.table("title").worded(LANGUAGES)
        clauses[rule] = Clause(rule, key, section, named, title, entry.worded(LANGUAGES))
    return clauses


def _families(table: Table) -> dict[str, tuple[str, ...]]:
    if not table.names():
        table.fault("names no family")
    return {family: table.words(family) for family in table.names()}


def _only(table: Table, families: _Families) -> dict[Cause, When]:
    only: dict[Cause, When] = {}
    for name in table.names():
        entry = table.table(name)
        when = _conditions(entry, ("family", "component"), families)
        if name in set(Cause):
            only[Cause(name)] = when
        else:
            entry.fault("is no cause")
    return only


def _doubts(table: Table, cited: frozenset[str]) -> dict[Doubt, Ruling]:
    doubts: dict[Doubt, Ruling] = {}
    for name in table.names():
        entry = table.table(name)
        ruling = Ruling(VerdictValue.AMBIGUOUS, _rules(entry, cited), advice=entry.choice("advice", Advice))
        entry.end()
        if name in set(Doubt):
            doubts[Doubt(name)] = ruling
        else:
            entry.fault("is no doubt that dates can raise")
    return doubts


def _row(table: Table, families: _Families, cited: frozenset[str]) -> Row:
    when = _conditions(table.table("when", optional=True), FACTS, families)
    verdict = table.choice("verdict", VerdictValue)
    if verdict not in _VERDICTS:
        table.fault(f"cannot be {verdict}", "verdict")
    reason = table.choice("reason", Reason) if verdict is VerdictValue.NOT_COVERED else None
    if reason and reason not in _REASONS:
        table.fault(f"cannot be {reason}", "reason")
    need = table.choice("need", Need) if verdict is VerdictValue.PENDING_DOCS else None
    advised = verdict is VerdictValue.AMBIGUOUS or "advice" in table.names()
    advice = table.choice("advice", Advice) if advised else None
    ruling = Ruling(verdict, _rules(table, cited), reason, need, advice)
    table.end()
    return Row(when, ruling)


def _conditions(table: Table, facts: tuple[str, ...], families: _Families) -> When:
    when: dict[str, frozenset[object]] = {}
    for fact in table.names():
        if fact in facts:
            when[fact] = frozenset(table.values(fact))
    table.end()
    parts = [families[name] for name in families if name in when.get("family", families)]
    known = _WORDS | {"family": frozenset(families), "component": frozenset(chain.from_iterable(parts))}
    for fact, values in when.items():
        for value in values - known[fact]:
            table.fault(f"has an unknown value: {value!r}", fact)
    return when


def _rules(table: Table, cited: frozenset[str]) -> tuple[str, ...]:
    rules = table.words("rules")
    for rule in set(rules) - cited:
        table.fault(f"cites a rule without a clause: {rule}", "rules")
    return rules


def _law(table: Table) -> Law:
    extended = "repair_extension_months" in table.names()
    law = Law(
        months=table.number("months"),
        action_months=table.number("action_months"),
        presumption_months=table.number("presumption_months"),
        repair_extension_months=table.number("repair_extension_months") if extended else 0,
        repair_extension_from=table.day("repair_extension_from"),
        repair_extension_in_force=table.truth("repair_extension_in_force"),
        choice_notice_from=table.day("choice_notice_from"),
    )
    table.end()
    return law
