"""Whatever the rule book answers is said in both languages: reasons, advice, needs, and every rule by its title."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from service_center.app import create_app
from service_center.core.i18n import LANGUAGES, speaking
from service_center.tickets.wording import needs, rulebook, verdicts, vocabulary
from service_center.tickets.wording.voices import Reader
from service_center.warranty.assess import answer
from service_center.warranty.vocabulary import Cause, Need, Reason, Section, VerdictValue
from tests.conftest import settings_for
from tests.warranty.claims import BOOK, TERMS, claims

READERS: tuple[Reader, ...] = get_args(Reader)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("words")
    made = create_app(settings_for(f"sqlite:///{folder / 'none.sqlite'}", folder))
    with made.app_context():
        yield made


def both(word: Any) -> tuple[str, str]:
    """What is said in Italian and in English."""
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said.append(str(word()))
    return said[0], said[1]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(claims())
def test_every_verdict_is_worded_whole_and_the_same_after_json(app: Flask, raw: dict[str, Any]) -> None:
    record = answer(raw, BOOK).as_dict()
    again = json.loads(json.dumps(record))
    for language in LANGUAGES:
        with speaking(language):
            said = verdicts.verdict(record, reader="customer")
            assert said == verdicts.verdict(again, reader="customer")
            assert said.headline
            assert all(said.reasons)
            assert said.reasons or record["verdict"] == "COVERED"
            assert said.rules
            assert all(rule.title for rule in said.rules)


@pytest.mark.parametrize("rule", TERMS.clauses)
def test_every_rule_has_a_title_and_a_meaning_in_both_languages(app: Flask, rule: str) -> None:
    italian, english = both(lambda: verdicts.rules([rule])[0].title)
    assert italian
    assert english
    assert italian != english
    assert TERMS.clauses[rule].text["it"] != TERMS.clauses[rule].text["en"]


def test_all_forty_rules_are_there_each_in_its_section() -> None:
    assert list(TERMS.clauses) == [f"R{number:02}" for number in range(1, 41)]
    assert {clause.section for clause in TERMS.clauses.values()} == set(Section)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("need", Need)
def test_every_need_is_worded(app: Flask, need: Need, reader: Reader) -> None:
    italian, english = both(lambda: needs.need(need, reader=reader))
    assert italian != english


@pytest.mark.parametrize("reason", [each for each in Reason if each not in ("WINDOW", "COMPONENT", "CAUSE")])
def test_every_reason_is_worded(app: Flask, reason: Reason) -> None:
    italian, english = both(lambda: verdicts.denial(reason, {}, {}))
    assert italian != english


@pytest.mark.parametrize("value", VerdictValue)
def test_every_outcome_is_worded(app: Flask, value: VerdictValue) -> None:
    italian, english = both(lambda: verdicts.outcome(value))
    assert italian != english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_by_every_cause_has_its_place_in_the_book(app: Flask, language: str) -> None:
    with speaking(language):
        book = rulebook.book(BOOK, TERMS)
        for family in book.families:
            assert {fate.cause for fate in family.fates} >= {
                vocabulary.cause(Cause.WEAR),
                vocabulary.cause(Cause.IMPACT),
            }
            assert all(fate.rules and fate.parts for fate in family.fates)
    assert [rule.ref for section in book.sections for rule in section.rules] == list(TERMS.clauses)


def test_a_clerk_reads_what_happens_to_a_worn_movement(app: Flask) -> None:
    with speaking("en"):
        fates = rulebook.book(BOOK, TERMS).families[0].fates
    start = next(number for number, fate in enumerate(fates) if fate.cause == "Normal wear")
    assert [(fate.parts, fate.outcome) for fate in fates[start : start + 3]] == [
        ("Watch battery", "Covered"),
        ("Movement, electronic module, coil", "A person decides"),
        ("Every other part", "Not covered"),
    ]
