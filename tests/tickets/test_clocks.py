"""The two terms by date, seller and switch; what is not settled in law is a setting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from service_center.core.i18n import speaking
from service_center.tickets.clocks import Answers, Bought, Clock, State, Term, clocks
from service_center.tickets.wording import clocks as wording
from service_center.warranty.statutory import Law, choice_is_told

LAW = Law(24, 26, 12, 12, date(2026, 7, 31), repair_extension_in_force=True, choice_notice_from=date(2026, 7, 31))
RECORD = {"last_covered_day": "2028-08-01", "statutory_until": "2028-08-01", "legal_review": False}
BOUGHT = Bought(date(2026, 8, 1), None, "own_shop")


def legal(bought: Bought, law: Law = LAW, today: date = date(2026, 11, 20)) -> Clock:
    return next(each for each in clocks(RECORD, bought, law, today=today) if each.term is Term.LEGAL)


@pytest.mark.parametrize(
    ("sold", "law", "longer"),
    [
        (date(2026, 7, 30), LAW, None),
        (date(2026, 7, 31), LAW, date(2029, 7, 31)),
        (date(2026, 8, 1), LAW, date(2029, 8, 1)),
        (date(2026, 8, 1), replace(LAW, repair_extension_in_force=False), None),
        (date(2026, 8, 1), replace(LAW, repair_extension_from=None), None),
        (date(2026, 8, 1), replace(LAW, repair_extension_from=date(2027, 1, 1)), None),
    ],
)  # fmt: skip
def test_a_repair_extends_the_sellers_term_once_for_sales_from_the_settings_day(
    sold: date, law: Law, longer: date | None
) -> None:
    bought = replace(BOUGHT, purchased_on=sold)
    assert legal(bought, law).after_repair == longer
    after = legal(replace(bought, repaired=True), law)
    assert after.after_repair is None
    assert (after.state, after.until) == (
        (State.EXTENDED, longer) if longer else (State.RUNNING, legal(bought, law).until)
    )


@pytest.mark.parametrize(
    ("today", "state", "presumed"),
    [
        (date(2027, 8, 1), State.RUNNING, date(2027, 8, 1)),
        (date(2027, 8, 2), State.RUNNING, None),
        (date(2028, 8, 1), State.RUNNING, None),
        (date(2028, 8, 2), State.CLAIMABLE, None),
        (date(2028, 10, 1), State.CLAIMABLE, None),
        (date(2028, 10, 2), State.ENDED, None),
    ],
)  # fmt: skip
def test_the_sellers_term_runs_24_months_can_be_claimed_26_and_presumes_12(
    today: date, state: State, presumed: date | None
) -> None:
    clock = legal(BOUGHT, today=today)
    assert (clock.until, clock.claim_until) == (date(2028, 8, 1), date(2028, 10, 1))
    assert (clock.state, clock.presumed_until) == (state, presumed)


def test_the_law_counts_from_delivery_and_the_brand_from_purchase() -> None:
    found = clocks(RECORD, replace(BOUGHT, delivered_on=date(2026, 8, 20)), LAW, today=date(2028, 8, 10))
    assert [(each.until, each.state) for each in found] == [
        (date(2028, 8, 1), State.ENDED),
        (date(2028, 8, 20), State.RUNNING),
    ]


@pytest.mark.parametrize(
    ("seller", "answers"),
    [
        ("own_shop", Answers.BRAND),
        ("authorised_retailer", Answers.SHOP),
        ("unlisted_retailer", Answers.SHOP),
        ("marketplace", Answers.MARKETPLACE),
        ("unknown", Answers.SELLER),
        ("nobody", Answers.SELLER),
    ],
)  # fmt: skip
def test_each_term_says_who_answers(seller: str, answers: Answers) -> None:
    guarantee, law = clocks(RECORD, replace(BOUGHT, seller=seller), LAW, today=date(2026, 11, 20))
    assert (guarantee.answers, law.answers) == (Answers.LAB, answers)


def test_without_a_purchase_nothing_is_counted() -> None:
    assert clocks({"last_covered_day": None, "statutory_until": None}, None, None, today=date(2026, 11, 20)) == ()


@pytest.mark.parametrize(("sold", "law", "told"), [
    (date(2026, 7, 30), LAW, False),
    (date(2026, 7, 31), LAW, True),
    (date(2026, 12, 1), replace(LAW, choice_notice_from=None), False),
    (date(2026, 12, 1), replace(LAW, choice_notice_from=date(2027, 1, 1)), False),
])  # fmt: skip
def test_the_choice_before_the_remedy_is_told_from_the_settings_day(sold: date, law: Law, told: bool) -> None:
    assert choice_is_told(law, sold) is told


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("state", list(State))
def test_every_state_is_worded_and_names_the_seller(app: Flask, language: str, state: State) -> None:
    clock = Clock(
        Term.LEGAL, date(2028, 8, 1), state, Answers.SHOP, "Gioielleria Esempio", date(2028, 10, 1), None, None
    )
    with speaking(language):
        [words] = wording.clocks([clock], brand="Marca")
        assert "Gioielleria Esempio" in words.who
        assert words.state
        assert wording.sentence(words).endswith(".")


def test_a_legal_review_is_told_with_its_last_day_and_only_where_the_rules_raised_it() -> None:
    found = clocks(RECORD, BOUGHT, LAW, today=date(2026, 11, 20))
    with speaking("en"):
        assert wording.legal_review(RECORD, found) == ""
        assert "2028" in wording.legal_review({**RECORD, "legal_review": True}, found)
