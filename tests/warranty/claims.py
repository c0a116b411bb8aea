"""Claims to ask about: one that is covered, changed as a test wants, and strategies for any claim that is possible."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import service_center.warranty
from service_center.warranty.assess import answer
from service_center.warranty.terms_file import load_rulebook
from service_center.warranty.vocabulary import Card, Evidence, Proof, Seller, Tampering

TERMS_FILE = Path(service_center.warranty.__file__).parent / "terms" / "opsobjects-1.toml"
BOOK = load_rulebook([TERMS_FILE])
TERMS = BOOK.newest

COVERED: dict[str, Any] = {
    "id": "T1",
    "family": "watch",
    "seller": "own_shop",
    "purchased_on": "2025-05-05",
    "requested_at": "2026-11-20T10:00:00+01:00",
    "proof": "invoice",
    "water_mark": True,
    "findings": [{"component": "crown", "cause": "manufacturing_defect"}],
}
REMOVE = object()


def claim(finding: str = "", **changes: Any) -> dict[str, Any]:
    """The covered claim with changes; `finding` is "component cause"; REMOVE takes a field out."""
    raw = COVERED | changes
    if finding:
        raw["findings"] = findings(finding)
    return {name: value for name, value in raw.items() if value is not REMOVE}


def findings(*texts: str) -> list[dict[str, str]]:
    """Findings written as "component cause"."""
    return [dict(zip(("component", "cause"), text.split(), strict=True)) for text in texts]


def ask(finding: str = "", **changes: Any) -> dict[str, Any]:
    """The verdict on such a claim, as its JSON has it."""
    return answer(claim(finding, **changes), BOOK).as_dict()


def said(verdict: dict[str, Any]) -> str:
    """A verdict in short: `NOT_COVERED:WINDOW+VOID`, `PENDING_DOCS?card`, `AMBIGUOUS!decide`, `COVERED`."""
    mark = f"!{verdict['advice']}" if verdict["advice"] else ""
    return verdict["verdict"] + (
        ":" + "+".join(verdict["reasons"])
        if verdict["reasons"]
        else "?" + "+".join(verdict["needs"])
        if verdict.get("needs")
        else mark
    )


REQUEST_DAY = date(2026, 11, 20)
_days_back = st.one_of(st.integers(0, 1_200), st.integers(715, 800))
_past_days = _days_back.map(lambda back: (REQUEST_DAY - timedelta(days=back)).isoformat())
_maybe_past = st.one_of(st.none(), _past_days)


def finding_of(family: str) -> st.SearchStrategy[dict[str, str]]:
    """Any finding that the family can have."""
    possible = sorted((part, str(cause)) for kind, part, cause in TERMS.possible if kind == family)
    return st.sampled_from(possible).map(lambda found: {"component": found[0], "cause": found[1]})


@st.composite
def claims(draw: st.DrawFn, *, min_findings: int = 0) -> dict[str, Any]:
    """Any claim that is possible, with most of its dates near the end of the window."""
    family = draw(st.sampled_from(sorted(TERMS.families)))
    repaired = st.fixed_dictionaries(
        {"component": st.sampled_from(TERMS.families[family]), "completed_on": _past_days},
    )
    return {
        "id": draw(st.text(max_size=5)),
        "family": family,
        "seller": draw(st.sampled_from([str(each) for each in Seller])),
        "second_hand": draw(st.booleans()),
        "purchased_on": draw(_past_days),
        "card_dated_on": draw(_maybe_past),
        "registered_on": draw(_maybe_past),
        "delivered_on": draw(_maybe_past),
        "noticed_on": draw(_maybe_past),
        "requested_at": f"{REQUEST_DAY}T10:00:00+01:00",
        "request_evidence": draw(st.sampled_from([str(each) for each in Evidence])),
        "carrier_accepted_on": draw(_maybe_past),
        "proof": draw(st.sampled_from([str(each) for each in Proof])),
        "card": draw(st.sampled_from([str(each) for each in Card])),
        "water_mark": draw(st.sampled_from([True, False, None])),
        "tampering": draw(st.sampled_from([str(each) for each in Tampering])),
        "previous_repairs": draw(st.lists(repaired, max_size=2)),
        "findings": draw(st.lists(finding_of(family), min_size=min_findings, max_size=4)),
    }
