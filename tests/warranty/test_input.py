"""Step 1: what is no claim, and what cannot be true, is INVALID_INPUT with a sentence; everything else is judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from service_center.warranty.assess import assess
from service_center.warranty.claim import NotAClaim, parse, read_json
from tests.warranty.claims import REMOVE, TERMS, ask, claim, findings

EMPTY = {
    "id": "T1", "verdict": "INVALID_INPUT", "reason": None, "reasons": [], "rules": [], "last_covered_day": None,
    "legal_review": False, "preliminary": False, "statutory_until": None, "needs": [], "advice": None,
    "terms": "opsobjects-1", "findings": [],
}  # fmt: skip
NO_FAULT = {"component": "crown", "cause": "no_fault_found"}
REPAIR = {"component": "crown", "completed_on": "2026-08-15"}


def refused(**changes: Any) -> str:
    """The problem of a claim that must be invalid, whose verdict is empty otherwise."""
    verdict = ask(**changes)
    problem: str = verdict.pop("problem")
    assert verdict == EMPTY
    assert problem.endswith(".")
    return problem


@pytest.mark.parametrize("field", ["family", "seller", "purchased_on", "requested_at", "proof"])
def test_a_required_field_is_neither_missing_nor_null(field: str) -> None:
    assert f"{field} is missing" in refused(**{field: REMOVE})
    assert f"{field} is missing" in refused(**{field: None})


@pytest.mark.parametrize(
    "changes",
    [
        {"colour": "red"},
        {"colour": None},
        {"Family": "watch"},
        {"findings": [NO_FAULT | {"note": "x"}]},
        {"previous_repairs": [REPAIR | {"by": None}]},
    ],
)
def test_an_unknown_field_is_refused_also_in_lists(changes: dict[str, Any]) -> None:
    assert "unknown field" in refused(**changes)


@pytest.mark.parametrize("field", ["family", "seller", "request_evidence", "proof", "card", "tampering"])
@pytest.mark.parametrize("value", ["", "WATCH", " none", "own shop", "nothing"])
def test_an_unknown_word_is_refused(field: str, value: str) -> None:
    refused(**{field: value})


WRONG_TYPES = {
    "id": [7, True, ["T1"], {}],
    "family": [7, True, ["watch"], {"watch": 1}],
    "seller": [0, False, [], {}],
    "second_hand": [0, 1, "false", "", []],
    "water_mark": [0, 1, "true", {}],
    "purchased_on": [20250505, 1.5, True, ["2025-05-05"], {}],
    "requested_at": [1795000000, True, [], {}],
    "proof": [1, True, ["invoice"]],
    "card": [True, ["absent"]],
    "tampering": [False, []],
    "previous_repairs": [{}, "movement", True, [None], ["movement"], [[REPAIR]], 0],
    "findings": [{}, "", False, 0, [None], [[]], ["crown"], [NO_FAULT, None]],
}


@pytest.mark.parametrize(("field", "value"), [(name, each) for name, values in WRONG_TYPES.items() for each in values])
def test_a_wrong_type_is_refused(field: str, value: Any) -> None:
    verdict = ask(**{field: value})
    assert verdict["verdict"] == "INVALID_INPUT"
    assert verdict["id"] == (None if field == "id" else "T1")


@pytest.mark.parametrize("value", [7, True, None, "", "Crown", "bezels", [], {}])
def test_values_inside_lists_are_checked_as_strictly(value: Any) -> None:
    refused(findings=[NO_FAULT | {"component": value}])
    refused(findings=[NO_FAULT | {"cause": value}])
    refused(findings=[NO_FAULT, NO_FAULT | {"component": value}])
    refused(previous_repairs=[REPAIR | {"component": value}])
    refused(previous_repairs=[REPAIR | {"completed_on": value}])


@pytest.mark.parametrize("inside", [{"component": "crown"}, {"cause": "wear"}, {}])
def test_a_finding_names_its_component_and_its_cause(inside: dict[str, str]) -> None:
    assert "is missing" in refused(findings=[inside])
    refused(previous_repairs=[inside])


DATES = ["purchased_on", "card_dated_on", "registered_on", "delivered_on", "noticed_on", "carrier_accepted_on"]


@pytest.mark.parametrize("field", DATES)
@pytest.mark.parametrize(
    "text",
    ["", "2025-5-5", "20250505", "2025-W19-1", "05/05/2025", "2025-02-29", "2025-13-01", "2025-05-05T00:00:00", " 2025-05-05",
     "2025-05-05 ", "2025-05-0٥", "-025-05-05", "0000-05-05", "12025-05-05", "2025-05-05Z", "2025‑05‑05", "2025-125"],
)  # fmt: skip
def test_a_date_is_a_day_that_exists_written_in_one_way(field: str, text: str) -> None:
    assert f"{field} must be a date" in refused(**{field: text})


@pytest.mark.parametrize(
    "text",
    ["2026-11-20T10:00:00+01:00", "2026-11-20T09:00:00Z", "2026-11-20T09:00:00z", "2026-11-20t09:00:00.123456Z",
     "2026-11-20 09:00:00+00:00", "2026-11-20T09:00:00-00:00", "2026-11-20T10:00+01:00", "2026-11-20T10:00:00+0100",
     "2026-11-20T09:00:00.1234567891Z", "2026-11-20T23:59:59+14:00", "2026-11-20T00:00:00-12:00"],
)  # fmt: skip
def test_an_instant_is_iso_8601_with_an_offset(text: str) -> None:
    assert ask(requested_at=text)["verdict"] == "COVERED"


@pytest.mark.parametrize("text", ["2026-11-20T10:00:00", "2026-11-20T10:00", "2026-11-20 10:00:00.5"])
def test_an_instant_without_an_offset_is_refused(text: str) -> None:
    assert "has no offset" in refused(requested_at=text)


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-20", "2026-11-20Z", "now", "2026-11-31T10:00:00Z", "2026-02-29T10:00:00Z", "2026-11-20T24:00:00Z",
     "2026-11-20T10:60:00Z", "2026-11-20T10:00:60Z", "2026-11-20T10:00:00+24:00", "2026-11-20T10:00:00+01:60",
     "20261120T100000Z", "2026-W47-5T10:00:00Z", "2026-11-20T10:00:00 Europe/Rome", "2026-11-20T10:00:00+01:00 "],
)  # fmt: skip
def test_an_instant_that_is_none_is_refused(text: str) -> None:
    assert "must be an instant" in refused(requested_at=text)


def test_a_component_of_another_family_is_refused_in_repairs_too() -> None:
    assert "no part of a watch" in refused(findings=findings("display wear"))
    assert "no part of a jewel" in refused(family="jewel", findings=findings("setting wear", "movement wear"))
    assert "no part of a watch" in refused(previous_repairs=[REPAIR | {"component": "charger"}])


@pytest.mark.parametrize(
    ("family", "finding"),
    [
        ("watch", "movement battery_end_of_life"),
        ("smartwatch", "mainboard battery_end_of_life"),
        ("jewel", "stone battery_end_of_life"),
        ("watch", "electronic_module firmware"),
        ("jewel", "clasp firmware"),
    ],
)
def test_a_cause_that_the_component_cannot_have_is_refused(family: str, finding: str) -> None:
    assert "cannot fail by" in refused(family=family, findings=findings(finding))


def test_any_component_of_a_smartwatch_may_fail_by_firmware() -> None:
    for component in TERMS.families["smartwatch"]:
        assert ask(f"{component} firmware", family="smartwatch")["verdict"] != "INVALID_INPUT"


FUTURE = ["purchased_on", "delivered_on", "noticed_on", "carrier_accepted_on", "card_dated_on"]


@pytest.mark.parametrize("field", FUTURE)
def test_nothing_has_happened_after_the_day_of_the_request(field: str) -> None:
    assert f"{field} is after the day of the request" in refused(**{field: "2026-11-21"})
    assert ask(**{field: "2026-11-20"})["verdict"] != "INVALID_INPUT"


def test_the_day_of_the_request_is_the_day_in_rome() -> None:
    late = {"purchased_on": "2026-11-21", "requested_at": "2026-11-20T23:00:00Z"}
    assert ask(**late)["verdict"] == "COVERED"
    assert "is after" in refused(**late | {"requested_at": "2026-11-20T22:59:59Z"})
    assert "is after" in refused(**late | {"requested_at": "2026-11-21T07:59:59+09:00"})


def test_no_repair_was_completed_after_the_day_of_the_request() -> None:
    assert "completed after" in refused(previous_repairs=[REPAIR, REPAIR | {"completed_on": "2026-11-21"}])
    assert ask(previous_repairs=[REPAIR | {"completed_on": "2026-11-20"}])["verdict"] == "COVERED"


def test_the_other_dates_may_lie_before_the_purchase_and_a_registration_may_come_later() -> None:
    early = {"delivered_on": "2025-01-01", "noticed_on": "2020-01-01", "carrier_accepted_on": "2020-01-01"}
    assert ask(**early, registered_on="2027-01-01")["verdict"] == "COVERED"
    assert ask(previous_repairs=[REPAIR | {"completed_on": "2020-01-01"}])["verdict"] == "COVERED"


@pytest.mark.parametrize("field", ["purchased_on", "card_dated_on", "registered_on", "delivered_on"])
def test_a_date_whose_window_cannot_be_computed_is_refused(field: str) -> None:
    then = {"purchased_on": "9997-06-01", "requested_at": "9998-06-01T10:00:00Z"}
    assert ask(**then)["verdict"] == "COVERED"
    assert "beyond the calendar" in refused(**then | {field: "9998-01-01"})


def test_the_last_window_of_the_calendar_is_computed() -> None:
    verdict = ask(purchased_on="9997-12-31", requested_at="9999-12-31T10:00:00+01:00")
    assert (verdict["verdict"], verdict["last_covered_day"]) == ("COVERED", "9999-12-31")
    denied = ask(purchased_on="9997-12-31", requested_at="9999-12-31T10:00:00+01:00", tampering="foreign_parts")
    assert denied["legal_review"] is True


@pytest.mark.parametrize("text", ["9999-12-31T23:30:00Z", "0001-01-01T00:00:00+05:00"])
def test_an_instant_outside_the_calendar_of_rome_is_refused(text: str) -> None:
    assert "beyond the calendar" in refused(purchased_on="0001-01-01", requested_at=text)


def test_a_request_after_today_is_fine() -> None:
    assert ask(purchased_on="2098-01-01", requested_at="2099-01-01T10:00:00Z")["verdict"] == "COVERED"


@pytest.mark.parametrize("raw", [None, [], [claim()], "claim", 7, 1.5, True])
def test_only_an_object_is_a_claim(raw: object) -> None:
    with pytest.raises(NotAClaim) as fault:
        parse(raw)
    assert fault.value.problem == "A claim is a JSON object."
    assert fault.value.id is None


@pytest.mark.parametrize("text", ["", "{", "{'id': 1}", "[1,]", "NaN", '{"id": Infinity}', '{"a": 1} x', "[" * 100_000])
def test_what_is_no_json_is_told_so(text: str) -> None:
    with pytest.raises(NotAClaim, match="not JSON"):
        read_json(text)


def test_a_field_given_twice_is_refused_also_in_lists() -> None:
    twice = '{"id": "D", "family": "watch", "seller": "own_shop", "proof": "invoice", "card": "absent", "card": "complete", '
    once = '{"id": "D", "family": "watch", "seller": "own_shop", "proof": "invoice", '
    rest = '"purchased_on": "2025-05-05", "requested_at": "2026-11-20T10:00:00Z"%s}'
    inside = ', "findings": [{"component": "crown", "cause": "wear", "cause": "wear"}]'
    for text in (twice + rest % "", once + rest % inside):
        with pytest.raises(NotAClaim, match="twice") as fault:
            parse(read_json(text))
        assert fault.value.id == "D"
    assert parse(read_json(once + rest % "")).id == "D"


def test_long_and_nested_values_are_not_repeated_in_the_problem() -> None:
    nested: list[Any] = []
    for _ in range(50_000):
        nested = [nested]
    assert len(refused(seller="x" * 10_000)) < 250
    assert "not a list" in refused(seller=nested)


def test_a_claim_made_by_hand_is_checked_as_well() -> None:
    good = parse(claim())
    naive = parse(claim())
    object.__setattr__(naive, "requested_at", datetime(2026, 11, 20, 10, 0))
    assert assess(good, TERMS).problem is None
    assert "no offset" in (assess(naive, TERMS).problem or "")
