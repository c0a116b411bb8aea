"""A second opinion: the contract's steps once more, written straight from its text, without terms and tables."""

from __future__ import annotations

from datetime import date
from typing import Any

ORDER = ["WINDOW", "VOID", "COMPONENT", "CAUSE", "CARD"]
NEEDS = ["proof", "seller", "card", "stamp", "card_fields"]
DEFECTS = ("material_defect", "manufacturing_defect")


def years_later(text: str, years: int = 2, months: int = 0) -> str:
    """The end of a window, on ISO texts, which sort as days do."""
    year, month, day = (int(part) for part in text.split("-"))
    year, month = year + years + (month + months - 1) // 12, (month + months - 1) % 12 + 1
    while True:
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            day -= 1


def denials(claim: dict[str, Any], finding: dict[str, str] | None, day: str) -> list[str]:
    """The reasons met at steps 2 to 6, for a claim that is possible."""
    met = []
    last = years_later(claim["purchased_on"])
    if day > last and not saved(claim, finding, day, last):
        met.append("WINDOW")
    if claim["tampering"] in ("opened_by_third_party", "unauthorised_repair", "foreign_parts"):
        met.append("VOID")
    outside = ("strap", "buckle", "case", "button", "charger", "cable")
    if finding and claim["family"] == "smartwatch" and finding["component"] in outside:
        met.append("COMPONENT")
    if finding and cause_denied(claim, finding["component"], finding["cause"]):
        met.append("CAUSE")
    if claim["seller"] == "unlisted_retailer":
        met.append("CARD")
    return met


def saved(claim: dict[str, Any], finding: dict[str, str] | None, day: str, last: str) -> bool:
    """Whether an ambiguity of dates saves a late request."""
    late = (date.fromisoformat(day) - date.fromisoformat(last)).days
    if claim["request_evidence"] == "retailer_entry" and late <= 30:
        return True
    accepted = claim["carrier_accepted_on"]
    if claim["request_evidence"] == "arrival" and accepted and accepted <= last:
        return True
    registered = claim["registered_on"]
    if registered and claim["purchased_on"] <= registered <= last and years_later(registered) >= day:
        return True
    if claim["card_dated_on"] and years_later(claim["card_dated_on"]) >= day:
        return True
    return finding is not None and any(
        repair["component"] == finding["component"] and repair["completed_on"] >= claim["purchased_on"]
        for repair in claim["previous_repairs"]
    )


def cause_denied(claim: dict[str, Any], component: str, cause: str) -> bool:
    """Step 5."""
    if cause in ("impact", "misuse", "chemicals", "liquid_unmarked", "liquid_beyond_limits"):
        return True
    if cause == "liquid_within_limits":
        return claim["family"] == "jewel" or (claim["family"] == "watch" and claim["water_mark"] is False)
    if cause == "battery_end_of_life":
        return component == "battery_cell"
    spared = claim["family"] == "watch" and component in ("battery", "movement", "electronic_module", "coil")
    return cause in ("wear", "ageing") and not spared


def missing(claim: dict[str, Any]) -> list[str]:
    """Step 7."""
    needs = []
    if claim["proof"] in ("none", "illegible", "registration_only"):
        needs.append("proof")
    if claim["seller"] == "unknown":
        needs.append("seller")
    if claim["seller"] == "authorised_retailer" and claim["card"] != "complete":
        needs.append({"absent": "card", "unstamped": "stamp", "incomplete": "card_fields"}[claim["card"]])
    return needs


def doubtful(claim: dict[str, Any], finding: dict[str, str] | None, day: str) -> bool:
    """Step 8, for what no earlier step has stopped."""
    last = years_later(claim["purchased_on"])
    card = claim["card_dated_on"]
    if day > last or (card and years_later(card) < day):
        return True
    if claim["tampering"] == "dealer_battery_change" or claim["second_hand"]:
        return True
    if claim["proof"] == "statement_and_confirmation":
        return True
    if finding is None:
        return False
    component, cause = finding["component"], finding["cause"]
    if cause in ("liquid_within_limits", "firmware", "transport_damage", "undetermined"):
        return True
    if component in ("battery_cell", "firmware") and cause in DEFECTS:
        return True
    return cause in ("wear", "ageing") and component in ("movement", "electronic_module", "coil")


def opinion(claim: dict[str, Any], finding: dict[str, str] | None, day: str) -> tuple[str, list[str]]:
    """The verdict on one finding, and its reasons."""
    reasons = denials(claim, finding, day)
    if reasons:
        return "NOT_COVERED", reasons
    if missing(claim):
        return "PENDING_DOCS", []
    return ("AMBIGUOUS" if doubtful(claim, finding, day) else "COVERED"), []


def second_opinion(claim: dict[str, Any], day: str) -> dict[str, Any]:
    """The parts of the verdict that the contract fixes, for a claim that names every field."""
    each = [opinion(claim, finding, day) for finding in claim["findings"]]
    judged = each or [opinion(claim, None, day)]
    verdicts = {verdict for verdict, _ in judged}
    reasons = [reason for reason in ORDER if any(reason in met for _, met in judged)]
    start = claim["delivered_on"] or claim["purchased_on"]
    denied = "NOT_COVERED" in verdicts
    return {
        "verdict": verdicts.pop() if len(verdicts) == 1 else "MIXED",
        "reason": reasons[0] if reasons else None,
        "reasons": reasons,
        "needs": missing(claim) if any(verdict == "PENDING_DOCS" for verdict, _ in judged) else [],
        "last_covered_day": years_later(claim["purchased_on"]),
        "statutory_until": years_later(start),
        "legal_review": denied and claim["seller"] == "own_shop" and day <= years_later(start, months=2),
        "preliminary": not claim["findings"],
        "findings": [(verdict, met[0] if met else None, met) for verdict, met in each],
    }
