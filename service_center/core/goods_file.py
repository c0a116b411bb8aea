"""Reading a goods file: TOML in, checked words out; every fault is noted with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain

from service_center.core.goods import Danger, Family, Goods, ListedCheck, Outcome, Stage, Symptom, Tip, Words, Work
from service_center.core.i18n import LANGUAGES
from service_center.warranty.toml_table import Table

DRAWINGS = frozenset({"watch", "smartwatch", "jewel", "part", "pen", "parcel", "shop", "seal", "wrench"})
"""The drawings of static/icons.svg that may stand for a family."""

MOST_SIGNS = 32

EMPTY = Goods({}, "", {}, {}, {}, {}, {}, {}, {}, {}, ())
"""No goods, where the file cannot be read."""


def read(table: Table) -> Goods:
    """Everything in the file; what it names elsewhere must be named in it."""
    components, zones = _said(table, "components"), _said(table, "zones")
    accessories = _said(table, "accessories", optional=True)
    goods = Goods(
        range=table.table("range").worded(LANGUAGES), model_example=table.word("model_example"),
        families=_families(table.table("families"), zones, accessories),
        components=components, zones=zones, accessories=accessories,
        tests=_said(table, "tests", optional=True), units=_said(table, "units", optional=True),
        symptoms=_symptoms(table.table("symptoms"), components), work=_work(table.table("work"), components), tips=(),
    )  # fmt: skip
    tips, checks = _tips(table, goods), _checks(table.table("checks", optional=True), goods)
    table.end()
    return replace(goods, tips=tips, checks=checks)


def _said(table: Table, name: str, *, optional: bool = False) -> dict[str, Words]:
    inner = table.table(name, optional=optional)
    return {code: inner.table(code).worded(LANGUAGES) for code in inner.names()}


def _families(table: Table, zones: Mapping[str, Words], accessories: Mapping[str, Words]) -> dict[str, Family]:
    found: dict[str, Family] = {}
    for code in table.names():
        entry = table.table(code)
        icon, letter = entry.word("icon"), entry.word("letter")
        if icon not in DRAWINGS:
            entry.fault(f"is no drawing of ours: {icon!r}", "icon")
        if len(letter) > 1:
            entry.fault("is more than one letter", "letter")
        found[code] = Family(
            code, {language: entry.word(language) for language in LANGUAGES}, icon, letter, _known(entry, "zones", zones),
            entry.truth("water_mark"), entry.truth("rechargeable"), entry.truth("serial"),
            entry.table("packing").worded(LANGUAGES) if "packing" in entry.names() else None, entry.truth("seal"),
            _known(entry, "accessories", accessories),
        )  # fmt: skip
        entry.end()
    return found


def _symptoms(table: Table, components: Mapping[str, Words]) -> dict[str, Symptom]:
    found: dict[str, Symptom] = {}
    for code in table.names():
        entry = table.table(code)
        found[code] = Symptom(
            code, {language: entry.word(language) for language in LANGUAGES}, frozenset(_known(entry, "components", components)),
            entry.choice("danger", Danger) if "danger" in entry.names() else None, entry.truth("told"),
        )  # fmt: skip
        entry.end()
    return found


def _work(table: Table, components: Mapping[str, Words]) -> dict[str, Work]:
    found: dict[str, Work] = {}
    for code in table.names():
        entry = table.table(code)
        found[code] = Work(
            code, {language: entry.word(language) for language in LANGUAGES}, frozenset(_known(entry, "components", components)),
            entry.truth("opens_case"), entry.truth("consent"), entry.choice("outcome", Outcome) if "outcome" in entry.names() else None,
        )  # fmt: skip
        entry.end()
    for outcome in sorted(set(Outcome) - {each.outcome for each in found.values()}):
        table.fault(f"has none whose outcome is {str(outcome)!r}")
    return found


def _tips(table: Table, goods: Goods) -> tuple[Tip, ...]:
    return tuple(
        Tip(
            frozenset(_known(entry, "families", goods.families)),
            frozenset(_known(entry, "symptoms", goods.symptoms)),
            entry.worded(LANGUAGES),
        )
        for entry in table.tables("tips", optional=True)
    )


def _checks(table: Table, goods: Goods) -> dict[str, ListedCheck]:
    """The check lists: their names go on cards and into a column of 32 signs."""
    found: dict[str, ListedCheck] = {}
    for code in table.names():
        entry = table.table(code)
        stages = entry.some("stages")
        for each in stages:
            if each not in set(Stage):
                entry.fault(f"is none of {', '.join(Stage)}: {each!r}", "stages")
        if not stages or len(code) > MOST_SIGNS:
            entry.fault(f"needs a stage, and a name of at most {MOST_SIGNS} signs")
        found[code] = ListedCheck(
            code, {language: entry.word(language) for language in LANGUAGES}, frozenset(_known(entry, "families", goods.families)),
            frozenset(Stage(each) for each in stages if each in set(Stage)), entry.truth("needed"),
        )  # fmt: skip
        entry.end()
    return found


def _known(table: Table, name: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """A list that may be missing, of names that have words."""
    named = table.some(name)
    for each in named:
        if each not in known:
            table.fault(f"names something without words: {each!r}", name)
    return named


def unworded(goods: Goods, families: Mapping[str, tuple[str, ...]]) -> list[str]:
    """What the terms speak of and the goods have no words for."""
    parts = dict.fromkeys(chain.from_iterable(families.values()))
    faults = [f"families.{code} has no words" for code in families if code not in goods.families]
    return faults + [f"components.{code} has no words" for code in parts if code not in goods.components]
