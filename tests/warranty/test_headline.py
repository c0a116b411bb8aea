"""The headline of several findings, the seller's own duty, the preliminary verdict, and the shape of the answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.warranty.claims import ask, findings, said

IN_CONTRACT = {
    "id": "W01", "family": "watch", "seller": "own_shop", "second_hand": False, "purchased_on": "2024-11-20", "card_dated_on": None,
    "registered_on": None, "delivered_on": None, "noticed_on": None, "requested_at": "2026-11-20T10:00:00+01:00",
    "request_evidence": "own_contact", "carrier_accepted_on": None, "proof": "invoice", "card": "absent", "water_mark": True,
    "tampering": "none", "previous_repairs": [{"component": "movement", "completed_on": "2026-08-15"}],
    "findings": [{"component": "movement", "cause": "manufacturing_defect"}],
}  # fmt: skip
OUT_CONTRACT = {
    "id": "W01", "verdict": "COVERED", "reason": None, "reasons": [], "rules": ["R01", "R03", "R05", "R17"],
    "last_covered_day": "2026-11-20", "legal_review": False, "preliminary": False, "statutory_until": "2026-11-20",
    "needs": [], "advice": None, "terms": "opsobjects-1",
    "findings": [
        {"component": "movement", "cause": "manufacturing_defect", "verdict": "COVERED", "reason": None, "reasons": [], "advice": None, "rules": ["R17"]}
    ],
}  # fmt: skip


def test_the_answer_of_the_contract_is_given_name_by_name_in_its_order() -> None:
    assert json.dumps(ask(**IN_CONTRACT)) == json.dumps(OUT_CONTRACT)


@pytest.mark.parametrize(
    ("found", "answer"),
    [
        (["crown material_defect", "dial material_defect"], "COVERED"),
        (["crown material_defect", "dial wear"], "MIXED:CAUSE"),
        (["crown material_defect", "dial undetermined"], "MIXED"),
        (["crown wear", "dial impact"], "NOT_COVERED:CAUSE"),
        (["movement wear", "coil ageing"], "AMBIGUOUS!cover"),
        (["movement wear", "coil undetermined"], "AMBIGUOUS"),
        (["crown no_fault_found", "dial no_fault_found"], "COVERED!return_tested"),
        (["crown no_fault_found", "dial material_defect"], "COVERED"),
        (["crown wear", "crown wear"], "NOT_COVERED:CAUSE"),
    ],
)
def test_the_headline_is_the_common_verdict_else_mixed(found: list[str], answer: str) -> None:
    assert said(ask(findings=findings(*found))) == answer


def test_denials_for_different_reasons_stay_one_denial_with_all_its_reasons() -> None:
    verdict = ask(family="smartwatch", findings=findings("display impact", "strap material_defect"))
    assert said(verdict) == "NOT_COVERED:COMPONENT+CAUSE"
    assert verdict["reason"] == "COMPONENT"
    assert [each["reasons"] for each in verdict["findings"]] == [["CAUSE"], ["COMPONENT"]]


def test_a_finding_collects_every_reason_in_the_order_of_the_steps() -> None:
    late = {"purchased_on": "2020-01-01", "tampering": "foreign_parts", "seller": "unlisted_retailer"}
    verdict = ask("strap wear", family="smartwatch", **late)
    assert said(verdict) == "NOT_COVERED:WINDOW+VOID+COMPONENT+CAUSE+CARD"
    assert verdict["rules"] == ["R01", "R03", "R05", "R12", "R18", "R20", "R25"]


def test_a_mixed_headline_names_what_is_missing_for_the_rest() -> None:
    verdict = ask(proof="none", findings=findings("crown material_defect", "dial impact"))
    assert (verdict["verdict"], verdict["reason"], verdict["needs"]) == ("MIXED", "CAUSE", ["proof"])


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({}, True),
        ({"seller": "marketplace"}, False),
        ({"seller": "authorised_retailer", "card": "complete"}, False),
        ({"requested_at": "2026-09-19T10:00:00Z", "purchased_on": "2024-07-19"}, True),
        ({"requested_at": "2026-09-20T10:00:00Z", "purchased_on": "2024-07-19"}, False),
        ({"requested_at": "2026-09-20T10:00:00Z", "purchased_on": "2024-07-19", "delivered_on": "2024-07-20"}, True),
        ({"requested_at": "2026-09-21T10:00:00Z", "purchased_on": "2024-07-19", "delivered_on": "2024-07-20"}, False),
        ({"requested_at": "2027-02-28T10:00:00Z", "purchased_on": "2024-12-31"}, True),
        ({"requested_at": "2027-03-01T10:00:00Z", "purchased_on": "2024-12-31"}, False),
    ],
)
def test_our_own_shops_denials_are_reviewed_until_26_months_from_delivery(changes: dict[str, Any], flag: bool) -> None:
    assert ask("crown wear", **changes)["legal_review"] is flag


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"findings": findings("crown material_defect")}, False),
        ({"findings": findings("crown material_defect", "dial wear")}, True),
        ({"findings": findings("crown undetermined")}, False),
        ({"proof": "none"}, False),
        ({"findings": []}, False),
        ({"findings": [], "tampering": "foreign_parts"}, True),
        ({"findings": [], "purchased_on": "2024-11-19"}, True),
    ],
)
def test_only_a_denial_is_reviewed(changes: dict[str, Any], flag: bool) -> None:
    assert ask(**changes)["legal_review"] is flag


def test_the_statutory_term_runs_from_delivery_else_from_purchase() -> None:
    assert ask(purchased_on="2025-05-05")["statutory_until"] == "2027-05-05"
    assert ask(purchased_on="2025-05-05", delivered_on="2025-05-09")["statutory_until"] == "2027-05-09"
    assert ask(seller="marketplace", delivered_on="2024-02-29")["statutory_until"] == "2026-02-28"


def test_without_findings_the_verdict_is_preliminary_and_skips_component_and_cause() -> None:
    verdict = ask(family="smartwatch", findings=[])
    assert (verdict["preliminary"], verdict["findings"], said(verdict)) == (True, [], "COVERED")
    assert ask()["preliminary"] is False


def test_the_id_passes_through_untouched() -> None:
    for claim_id in ("", "W01", " w ", "è\u2028\ud800", None):
        assert ask(id=claim_id)["id"] == claim_id
        assert ask(id=claim_id, seller="?")["id"] == claim_id
