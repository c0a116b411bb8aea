"""What must hold for any claim, and the contract's steps against a second writing of them."""

from __future__ import annotations

import json
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_center.warranty.assess import answer
from tests.warranty.claims import BOOK, REQUEST_DAY, TERMS, claims
from tests.warranty.second_opinion import ORDER, second_opinion

WORST = {
    "void": {"tampering": "opened_by_third_party"},
    "card": {"seller": "unlisted_retailer"},
    "foreign": {"tampering": "foreign_parts"},
    "papers": {"proof": "none"},
    "illegible": {"proof": "illegible"},
    "registered_only": {"proof": "registration_only"},
    "statement": {"proof": "statement_and_confirmation"},
    "repaired_elsewhere": {"tampering": "unauthorised_repair"},
    "second_hand": {"second_hand": True},
    "unmarked": {"water_mark": False},
    "late": {"requested_at": f"{REQUEST_DAY + timedelta(days=900)}T10:00:00+01:00"},
}
DEFAULTS = ["second_hand", "card_dated_on", "registered_on", "delivered_on", "noticed_on", "request_evidence"]
DEFAULTS += ["carrier_accepted_on", "card", "water_mark", "tampering", "previous_repairs", "findings", "id"]


def verdict_on(raw: Any) -> dict[str, Any]:
    return answer(raw, BOOK).as_dict()


@settings(max_examples=2_000)
@given(claims())
def test_the_steps_agree_with_a_second_opinion(raw: dict[str, Any]) -> None:
    verdict = verdict_on(raw)
    verdict["findings"] = [(each["verdict"], each["reason"], each["reasons"]) for each in verdict["findings"]]
    expected = second_opinion(raw, REQUEST_DAY.isoformat())
    assert {name: verdict[name] for name in expected} == expected


@given(claims(), st.sampled_from(sorted(WORST)))
def test_a_disqualifying_fact_never_turns_a_denial_into_cover(raw: dict[str, Any], worse: str) -> None:
    before, after = verdict_on(raw), verdict_on(raw | WORST[worse])
    for was, now in zip(before["findings"] or [before], after["findings"] or [after], strict=True):
        if was["verdict"] == "NOT_COVERED":
            assert now["verdict"] == "NOT_COVERED"


EXCLUDED = ("impact", "misuse", "chemicals", "liquid_unmarked", "liquid_beyond_limits")


@given(claims(min_findings=1), st.sampled_from(EXCLUDED))
def test_an_excluded_cause_never_turns_a_denial_into_cover(raw: dict[str, Any], cause: str) -> None:
    worse = [finding | {"cause": cause} for finding in raw["findings"]]
    for was, now in zip(verdict_on(raw)["findings"], verdict_on(raw | {"findings": worse})["findings"], strict=True):
        assert now["verdict"] == "NOT_COVERED"
        assert was["verdict"] != "NOT_COVERED" or set(now["reasons"]) >= {"CAUSE"}


@given(claims(min_findings=1), st.sampled_from(EXCLUDED))
def test_one_more_excluded_finding_never_turns_the_headline_into_cover(raw: dict[str, Any], cause: str) -> None:
    more = [*raw["findings"], {"component": TERMS.families[raw["family"]][0], "cause": cause}]
    assert verdict_on(raw | {"findings": more})["verdict"] in ("NOT_COVERED", "MIXED")


@given(claims(min_findings=2), st.randoms(use_true_random=False))
def test_the_order_of_findings_never_matters_for_the_headline(raw: dict[str, Any], random: Random) -> None:
    shuffled = list(raw["findings"])
    random.shuffle(shuffled)
    first, second = verdict_on(raw), verdict_on(raw | {"findings": shuffled})
    assert first | {"findings": None} == second | {"findings": None}


@given(claims(min_findings=1))
def test_each_finding_goes_through_the_steps_by_itself(raw: dict[str, Any]) -> None:
    together = verdict_on(raw)["findings"]
    alone = [verdict_on(raw | {"findings": [finding]})["findings"][0] for finding in raw["findings"]]
    assert together == alone


@given(claims())
def test_every_verdict_cites_rules_that_have_a_clause(raw: dict[str, Any]) -> None:
    verdict = verdict_on(raw)
    for each in [verdict, *verdict["findings"]]:
        assert each["rules"]
        assert each["rules"] == sorted(set(each["rules"]))
        assert set(each["rules"]) <= set(TERMS.clauses) & set(verdict["rules"])


@given(claims())
def test_reasons_stand_in_the_order_of_the_steps_and_the_first_is_the_reason(raw: dict[str, Any]) -> None:
    verdict = verdict_on(raw)
    for each in [verdict, *verdict["findings"]]:
        assert each["reasons"] == [reason for reason in ORDER if reason in each["reasons"]]
        assert each["reason"] == next(iter(each["reasons"]), None)
        assert (each["reason"] is not None) == (each["verdict"] == "NOT_COVERED" or "NOT_COVERED" in _parts(each))


def _parts(verdict: dict[str, Any]) -> set[str]:
    return {each["verdict"] for each in verdict.get("findings", [])}


@given(claims())
def test_advice_speaks_of_doubts_and_of_no_fault_found_only(raw: dict[str, Any]) -> None:
    for finding in verdict_on(raw)["findings"]:
        tested = finding["verdict"] == "COVERED" and finding["cause"] == "no_fault_found"
        assert (finding["advice"] is not None) == (finding["verdict"] == "AMBIGUOUS" or tested)


@pytest.mark.parametrize("field", DEFAULTS)
@given(raw=claims())
def test_null_is_the_default(field: str, raw: dict[str, Any]) -> None:
    absent = {name: value for name, value in raw.items() if name != field}
    assert verdict_on(absent) == verdict_on(raw | {field: None})


@given(claims())
def test_the_answer_survives_json_and_names_its_claim(raw: dict[str, Any]) -> None:
    verdict = verdict_on(raw)
    assert json.loads(json.dumps(verdict)) == verdict
    assert verdict["id"] == raw["id"]
    assert "problem" not in verdict


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["watch", "none"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(
    claims(), st.dictionaries(st.sampled_from([*DEFAULTS, "family", "seller", "proof", "requested_at"]), json_values)
)
def test_whatever_stands_in_a_field_there_is_an_answer(raw: dict[str, Any], changes: dict[str, Any]) -> None:
    verdict = verdict_on(raw | changes)
    assert ("problem" in verdict) == (verdict["verdict"] == "INVALID_INPUT")


@given(json_values)
def test_what_is_no_claim_gets_a_verdict_too(raw: object) -> None:
    verdict = verdict_on(raw)
    assert verdict["verdict"] == "INVALID_INPUT"
    assert verdict["problem"].endswith(".")
