"""Steps 3 to 9, by table: what voids, what is outside, which causes are denied, what is missing, what is in doubt."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warranty.claims import BOOK, TERMS, ask, said

STAMPED = {"seller": "authorised_retailer", "card": "complete"}


@pytest.mark.parametrize(
    ("tampering", "answer"),
    [
        ("none", "COVERED"),
        ("opened_by_third_party", "NOT_COVERED:VOID"),
        ("unauthorised_repair", "NOT_COVERED:VOID"),
        ("foreign_parts", "NOT_COVERED:VOID"),
        ("dealer_battery_change", "AMBIGUOUS!decide"),
    ],
)
def test_step_3_what_others_did_voids_the_guarantee_but_a_dealers_battery_is_a_doubt(
    tampering: str, answer: str
) -> None:
    for changes in ({}, {"findings": []}):
        verdict = ask(tampering=tampering, **changes)
        assert said(verdict) == answer
        assert ("R25" in verdict["rules"]) == (tampering != "none")


OUTSIDE = ["strap", "buckle", "case", "button", "charger", "cable"]


def test_step_4_outside_parts_of_a_smartwatch_are_denied_whatever_the_cause() -> None:
    for component in TERMS.families["smartwatch"]:
        for cause in TERMS.causes_of("smartwatch", component):
            verdict = ask(f"{component} {cause}", family="smartwatch")
            assert ("COMPONENT" in verdict["reasons"]) == (component in OUTSIDE)
            assert verdict["reason"] != "CAUSE" or component not in OUTSIDE


@pytest.mark.parametrize("family", ["watch", "jewel"])
def test_step_4_no_part_of_a_watch_or_jewel_is_outside(family: str) -> None:
    for component in TERMS.families[family]:
        assert said(ask(f"{component} material_defect", family=family)) == "COVERED"


def test_a_worn_strap_of_a_smartwatch_meets_both_reasons() -> None:
    assert said(ask("strap wear", family="smartwatch")) == "NOT_COVERED:COMPONENT+CAUSE"
    assert said(ask("strap no_fault_found", family="smartwatch")) == "NOT_COVERED:COMPONENT"


DENIED = "NOT_COVERED:CAUSE"
MATRIX = {
    # cause: watch crown, watch movement, watch battery, smartwatch display, battery_cell, firmware, jewel clasp
    "material_defect": ["COVERED", "COVERED", "COVERED", "COVERED", "AMBIGUOUS!decide", "AMBIGUOUS!cover", "COVERED"],
    "manufacturing_defect": ["COVERED"] * 4 + ["AMBIGUOUS!decide", "AMBIGUOUS!cover", "COVERED"],
    "battery_end_of_life": [None, None, "COVERED", None, DENIED, None, None],
    "wear": [DENIED, "AMBIGUOUS!cover", "COVERED", DENIED, DENIED, DENIED, DENIED],
    "ageing": [DENIED, "AMBIGUOUS!cover", "COVERED", DENIED, DENIED, DENIED, DENIED],
    "impact": [DENIED] * 7,
    "misuse": [DENIED] * 7,
    "chemicals": [DENIED] * 7,
    "liquid_unmarked": [DENIED] * 7,
    "liquid_beyond_limits": [DENIED] * 7,
    "liquid_within_limits": ["AMBIGUOUS!decide"] * 6 + [DENIED],
    "transport_damage": ["AMBIGUOUS!carrier_claim"] * 7,
    "firmware": [None, None, None, "AMBIGUOUS!cover", "AMBIGUOUS!cover", "AMBIGUOUS!cover", None],
    "no_fault_found": ["COVERED!return_tested"] * 7,
    "undetermined": ["AMBIGUOUS!decide"] * 7,
}
PLACES = [
    ("watch", "crown"), ("watch", "movement"), ("watch", "battery"), ("smartwatch", "display"),
    ("smartwatch", "battery_cell"), ("smartwatch", "firmware"), ("jewel", "clasp"),
]  # fmt: skip


@pytest.mark.parametrize("cause", MATRIX)
def test_step_5_and_8_component_by_cause(cause: str) -> None:
    for (family, component), answer in zip(PLACES, MATRIX[cause], strict=True):
        verdict = ask(f"{component} {cause}", family=family)
        assert said(verdict) == (answer or "INVALID_INPUT"), (family, component)


@pytest.mark.parametrize("component", ["movement", "electronic_module", "coil"])
@pytest.mark.parametrize("cause", ["wear", "ageing"])
def test_what_drives_a_watch_is_in_doubt_when_it_wears_with_the_advice_to_cover(component: str, cause: str) -> None:
    verdict = ask(f"{component} {cause}")
    assert (said(verdict), said(verdict["findings"][0])) == ("AMBIGUOUS!cover", "AMBIGUOUS!cover")
    assert "R17" in verdict["rules"]


@pytest.mark.parametrize(
    ("family", "component", "mark", "answer"),
    [
        ("watch", "movement", True, "AMBIGUOUS!decide"),
        ("watch", "movement", None, "AMBIGUOUS!decide"),
        ("watch", "movement", False, DENIED),
        ("watch", "battery", False, DENIED),
        ("smartwatch", "display", False, "AMBIGUOUS!decide"),
        ("smartwatch", "display", True, "AMBIGUOUS!decide"),
        ("jewel", "plating", True, DENIED),
        ("jewel", "plating", None, DENIED),
    ],
)
def test_liquid_within_limits_turns_on_the_mark_of_a_watch(
    family: str, component: str, mark: bool | None, answer: str
) -> None:
    assert said(ask(f"{component} liquid_within_limits", family=family, water_mark=mark)) == answer


@pytest.mark.parametrize("card", ["complete", "unstamped", "incomplete", "absent"])
@pytest.mark.parametrize("proof", ["none", "receipt", "registration_only"])
def test_step_6_an_unlisted_shop_is_denied_whatever_card_and_proof(card: str, proof: str) -> None:
    for changes in ({}, {"findings": []}):
        verdict = ask(seller="unlisted_retailer", card=card, proof=proof, **changes)
        assert said(verdict) == "NOT_COVERED:CARD"
        assert verdict["needs"] == []
        assert verdict["rules"] == ["R12"]


@pytest.mark.parametrize(
    ("changes", "needs"),
    [
        ({"proof": "none"}, ["proof"]),
        ({"proof": "illegible"}, ["proof"]),
        ({"proof": "registration_only"}, ["proof"]),
        ({"seller": "unknown"}, ["seller"]),
        ({"seller": "authorised_retailer"}, ["card"]),
        ({"seller": "authorised_retailer", "card": "unstamped"}, ["stamp"]),
        ({"seller": "authorised_retailer", "card": "incomplete"}, ["card_fields"]),
        ({"seller": "unknown", "proof": "illegible", "card": "unstamped"}, ["proof", "seller"]),
        ({"seller": "authorised_retailer", "proof": "none", "card": "unstamped"}, ["proof", "stamp"]),
    ],
)
def test_step_7_names_each_missing_thing(changes: dict[str, Any], needs: list[str]) -> None:
    for more in ({}, {"findings": []}, {"second_hand": True}):
        verdict = ask(**changes, **more)
        assert (verdict["verdict"], verdict["needs"], verdict["advice"]) == ("PENDING_DOCS", needs, None)


@pytest.mark.parametrize("seller", ["own_shop", "marketplace"])
@pytest.mark.parametrize("card", ["complete", "unstamped", "incomplete", "absent"])
def test_step_7_asks_card_and_stamp_only_of_shops(seller: str, card: str) -> None:
    assert said(ask(seller=seller, card=card)) == "COVERED"


@pytest.mark.parametrize("proof", ["receipt", "invoice", "gift_receipt"])
def test_any_fiscal_paper_will_do(proof: str) -> None:
    assert said(ask(proof=proof, **STAMPED)) == "COVERED"


@pytest.mark.parametrize("changes", [{"second_hand": True}, {"proof": "statement_and_confirmation"}])
def test_step_8_what_only_a_person_can_decide(changes: dict[str, Any]) -> None:
    for more in ({}, {"findings": []}):
        assert said(ask(**changes, **more)) == "AMBIGUOUS!decide"


def test_doubts_that_advise_differently_leave_the_decision_open() -> None:
    assert said(ask("movement wear", second_hand=True)) == "AMBIGUOUS!decide"
    assert said(ask("crown no_fault_found", second_hand=True)) == "AMBIGUOUS!decide"


def test_denial_beats_missing_papers_and_these_beat_doubt() -> None:
    assert said(ask("crown wear", proof="none")) == DENIED
    assert said(ask("crown undetermined", proof="none")) == "PENDING_DOCS?proof"


@pytest.mark.parametrize(
    ("finding", "family", "rules"),
    [
        ("crown material_defect", "watch", ["R16"]),
        ("battery wear", "watch", ["R17"]),
        ("mainboard material_defect", "smartwatch", ["R18"]),
        ("strap material_defect", "smartwatch", ["R18"]),
        ("chain material_defect", "jewel", ["R16"]),
        ("setting manufacturing_defect", "jewel", ["R16", "R19"]),
        ("glass impact", "watch", ["R20"]),
        ("silicone chemicals", "jewel", ["R21"]),
        ("movement liquid_unmarked", "watch", ["R22"]),
        ("movement liquid_beyond_limits", "watch", ["R23"]),
        ("movement liquid_within_limits", "watch", ["R24"]),
        ("crown no_fault_found", "watch", ["R28"]),
    ],
)
def test_a_finding_cites_the_rules_that_decided_it(finding: str, family: str, rules: list[str]) -> None:
    assert ask(finding, family=family)["findings"][0]["rules"] == rules


def test_a_denial_for_another_reason_does_not_cite_the_window() -> None:
    assert ask("crown wear")["rules"] == ["R20"]
    assert ask(findings=[])["rules"] == list(BOOK.newest.window.rules)
