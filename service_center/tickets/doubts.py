"""What exactly the terms leave open on a ticket: one name for each doubt, read off a verdict and its claim."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from service_center.tickets import outcomes
from service_center.warranty.vocabulary import VerdictValue as V

Record = Mapping[str, Any]


class Question(StrEnum):
    """What a person is asked; each has two readings."""

    CARD_LATER = "card_later"
    CARD_EARLIER = "card_earlier"
    REGISTRATION = "registration"
    RETAILER_ENTRY = "retailer_entry"
    CARRIER_IN_TIME = "carrier_in_time"
    REPAIRED_BEFORE = "repaired_before"
    DEALER_BATTERY = "dealer_battery"
    SECOND_HAND = "second_hand"
    STATEMENT = "statement"
    WATER_WITHIN = "water_within"
    WORN_MOVEMENT = "worn_movement"
    CELL = "cell"
    FIRMWARE = "firmware"
    TRANSPORT = "transport"
    UNDETERMINED = "undetermined"
    DENIED = "denied"
    LATE = "late"
    OTHER_FACTS = "other_facts"
    REFUSED_REPLACEMENT = "refused_replacement"
    COVERED = "covered"


_BY_DATES = (
    ("R06", Question.REGISTRATION), ("R14", Question.RETAILER_ENTRY), ("R09", Question.REPAIRED_BEFORE), ("R04", Question.SECOND_HAND),
    ("R25", Question.DEALER_BATTERY), ("R11", Question.STATEMENT), ("R24", Question.WATER_WITHIN), ("R37", Question.TRANSPORT), ("R20", Question.WORN_MOVEMENT),
)  # fmt: skip


def questions(part: Record, claim: Record) -> tuple[Question, ...]:
    """All that is asked about one finding, or about dates and papers; never nothing."""
    if part["verdict"] == V.NOT_COVERED:
        late = "WINDOW" in part["reasons"] and len(part["reasons"]) == 1
        return (Question.LATE,) if late else (Question.DENIED,)
    if part["verdict"] != V.AMBIGUOUS:
        return (Question.OTHER_FACTS,) if outcomes.outdated(part) else (Question.COVERED,)
    rules = set(part["rules"])
    found = [_dates(claim)] if "R07" in rules else []
    found += [question for rule, question in _BY_DATES if rule in rules]
    if "R08" in rules and "R14" not in rules:
        found.append(Question.CARRIER_IN_TIME)
    if "R18" in rules:
        found.append(Question.FIRMWARE if "firmware" in (part.get("cause"), part.get("component")) else Question.CELL)
    return tuple(found) or (Question.UNDETERMINED,)


def _dates(claim: Record) -> Question:
    card, bought = claim.get("card_dated_on"), claim.get("purchased_on")
    return Question.CARD_EARLIER if card and bought and card < bought else Question.CARD_LATER
