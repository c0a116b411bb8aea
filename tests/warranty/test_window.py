"""Step 2: the last covered day is exact and included, and only a real doubt about dates saves a late request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.warranty.claims import ask, findings, said

LATE = {"purchased_on": "2024-11-20", "requested_at": "2026-11-21T10:00:00+01:00"}
IN_TIME = {"purchased_on": "2024-11-20", "requested_at": "2026-11-20T10:00:00+01:00"}


@pytest.mark.parametrize(
    ("purchased_on", "last"),
    [
        ("2024-11-20", "2026-11-20"),
        ("2024-02-29", "2026-02-28"),
        ("2022-02-28", "2024-02-28"),
        ("2023-03-01", "2025-03-01"),
        ("2024-12-31", "2026-12-31"),
        ("2025-01-01", "2027-01-01"),
        ("2024-08-31", "2026-08-31"),
    ],
)
def test_the_last_covered_day_is_the_same_day_two_years_later_or_the_last_of_its_month(
    purchased_on: str, last: str
) -> None:
    verdict = ask(purchased_on=purchased_on, requested_at=f"{last}T12:00:00Z")
    assert (verdict["verdict"], verdict["last_covered_day"]) == ("COVERED", last)
    assert verdict["rules"][:3] == ["R01", "R03", "R05"]


def test_the_day_after_the_last_is_out_whatever_day_it_is() -> None:
    assert said(ask(**IN_TIME)) == "COVERED"
    assert said(ask(**LATE)) == "NOT_COVERED:WINDOW"
    saturday = {"purchased_on": "2024-11-21", "requested_at": "2026-11-23T10:00:00+01:00"}
    assert said(ask(**saturday)) == "NOT_COVERED:WINDOW"


def test_midnight_in_rome_divides_the_days() -> None:
    assert said(ask(**LATE | {"requested_at": "2026-11-20T22:59:59Z"})) == "COVERED"
    assert said(ask(**LATE | {"requested_at": "2026-11-20T23:00:00Z"})) == "NOT_COVERED:WINDOW"


def at(day: str) -> dict[str, str]:
    return LATE | {"requested_at": f"{day}T10:00:00+01:00"}


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        (at("2026-11-21") | {"request_evidence": "retailer_entry"}, "AMBIGUOUS!ask_retailer"),
        (at("2026-12-20") | {"request_evidence": "retailer_entry"}, "AMBIGUOUS!ask_retailer"),
        (at("2026-12-21") | {"request_evidence": "retailer_entry"}, "NOT_COVERED:WINDOW"),
        (at("2026-11-21") | {"request_evidence": "retailer_slip"}, "NOT_COVERED:WINDOW"),
        (at("2027-06-01") | {"request_evidence": "arrival", "carrier_accepted_on": "2026-11-20"}, "AMBIGUOUS!goodwill"),
        (LATE | {"request_evidence": "arrival", "carrier_accepted_on": "2026-11-21"}, "NOT_COVERED:WINDOW"),
        (LATE | {"request_evidence": "arrival"}, "NOT_COVERED:WINDOW"),
        (LATE | {"request_evidence": "own_contact", "carrier_accepted_on": "2026-11-19"}, "NOT_COVERED:WINDOW"),
        (LATE | {"request_evidence": "retailer_slip", "carrier_accepted_on": "2026-11-19"}, "NOT_COVERED:WINDOW"),
        (LATE | {"registered_on": "2024-11-21"}, "AMBIGUOUS!goodwill"),
        (LATE | {"registered_on": "2024-11-20"}, "NOT_COVERED:WINDOW"),  # its own 24 months do not reach
        (LATE | {"registered_on": "2024-11-19"}, "NOT_COVERED:WINDOW"),
        (at("2028-11-20") | {"registered_on": "2026-11-20"}, "AMBIGUOUS!goodwill"),
        (at("2028-11-21") | {"registered_on": "2026-11-20"}, "NOT_COVERED:WINDOW"),
        (at("2026-11-25") | {"registered_on": "2026-11-21"}, "NOT_COVERED:WINDOW"),  # after the window ended
        (LATE | {"card_dated_on": "2024-11-21"}, "AMBIGUOUS!ask_retailer"),
        (LATE | {"card_dated_on": "2024-11-20"}, "NOT_COVERED:WINDOW"),
        (LATE | {"card_dated_on": "2026-11-21", "card": "complete"}, "AMBIGUOUS!ask_retailer"),
        (LATE | {"card_dated_on": "2025-01-01", "seller": "marketplace", "card": "unstamped"}, "AMBIGUOUS!ask_retailer"),
        (LATE | {"registered_on": "2025-01-01", "card_dated_on": "2025-01-01"}, "AMBIGUOUS!decide"),
    ],
)  # fmt: skip
def test_only_these_doubts_save_a_late_request(changes: dict[str, Any], answer: str) -> None:
    assert said(ask(**changes)) == answer


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({"card_dated_on": "2024-11-19"}, "AMBIGUOUS!ask_retailer"),  # the card's window ends a day before
        ({"card_dated_on": "2024-11-20"}, "COVERED"),
        ({"card_dated_on": "2026-01-01"}, "COVERED"),
        ({"card_dated_on": "2020-01-01", "seller": "marketplace"}, "AMBIGUOUS!ask_retailer"),
        ({"registered_on": "2020-01-01"}, "COVERED"),
        ({"registered_on": "2030-01-01"}, "COVERED"),
        ({"request_evidence": "arrival"}, "COVERED"),
        ({"request_evidence": "retailer_entry"}, "COVERED"),
        ({"noticed_on": "2024-11-19"}, "COVERED"),
    ],
)
def test_in_time_only_an_earlier_card_raises_a_doubt(changes: dict[str, Any], answer: str) -> None:
    assert said(ask(**IN_TIME, **changes)) == answer


def repaired(component: str, day: str) -> list[dict[str, str]]:
    return [{"component": component, "completed_on": day}]


def test_a_component_that_we_repaired_is_a_doubt_for_its_own_finding_only() -> None:
    both = findings("crown manufacturing_defect", "dial manufacturing_defect")
    verdict = ask(**LATE, previous_repairs=repaired("crown", "2024-11-20"), findings=both)
    assert [said(each) for each in verdict["findings"]] == ["AMBIGUOUS!decide", "NOT_COVERED:WINDOW"]
    assert said(verdict) == "MIXED:WINDOW"
    assert verdict["findings"][0]["rules"] == ["R09"]


@pytest.mark.parametrize(
    ("day", "answer"), [("2024-11-19", "NOT_COVERED:WINDOW"), ("2024-11-20", "AMBIGUOUS!decide"), ("2026-11-21", "AMBIGUOUS!decide")]
)  # fmt: skip
def test_a_repair_before_the_purchase_was_somebody_elses(day: str, answer: str) -> None:
    assert said(ask("crown wear", **LATE, previous_repairs=repaired("crown", day))).startswith("NOT_COVERED:")
    assert said(ask(**LATE, previous_repairs=repaired("crown", day))) == answer


def test_a_repair_saves_nothing_while_no_finding_names_its_component() -> None:
    assert said(ask(**LATE, previous_repairs=repaired("crown", "2026-01-01"), findings=[])) == "NOT_COVERED:WINDOW"
    assert said(ask(**IN_TIME, previous_repairs=repaired("crown", "2026-01-01"))) == "COVERED"


def test_a_saved_request_still_meets_the_later_steps() -> None:
    saved = LATE | {"registered_on": "2025-01-01"}
    assert said(ask("crown wear", **saved)) == "NOT_COVERED:CAUSE"
    assert said(ask(**saved, proof="none")) == "PENDING_DOCS?proof"
    assert said(ask(**saved, tampering="foreign_parts")) == "NOT_COVERED:VOID"
    assert said(ask(**saved, findings=[])) == "AMBIGUOUS!goodwill"


def test_a_repair_or_replacement_never_moves_the_last_covered_day() -> None:
    verdict = ask(**IN_TIME, previous_repairs=repaired("crown", "2026-10-01"), delivered_on="2024-12-01")
    assert (verdict["last_covered_day"], verdict["statutory_until"]) == ("2026-11-20", "2026-12-01")
