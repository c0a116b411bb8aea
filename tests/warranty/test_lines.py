"""Claims by the line: in order, as they come, and never more than one in memory."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from itertools import count, cycle, islice

from service_center.warranty.lines import assess_lines
from tests.warranty.claims import BOOK, claim

FINDINGS = (
    "crown manufacturing_defect",
    "glass impact",
    "movement wear",
    "battery battery_end_of_life",
    "crown firmware",
)
VERDICTS = ("COVERED", "NOT_COVERED", "AMBIGUOUS", "COVERED", "INVALID_INPUT")


def claims() -> Iterator[str]:
    """Claims without end, each with its number."""
    for number, finding in zip(count(), cycle(FINDINGS), strict=False):
        yield json.dumps(claim(finding, id=str(number)))


def test_ten_thousand_claims_are_answered_in_order_and_right() -> None:
    for number, line in enumerate(assess_lines(islice(claims(), 10_000), BOOK)):
        verdict = json.loads(line)
        assert (verdict["id"], verdict["verdict"]) == (str(number), VERDICTS[number % len(VERDICTS)])
    assert number == 9_999


def test_an_answer_does_not_wait_for_the_next_claim() -> None:
    answers = assess_lines(claims(), BOOK)  # without end: it would never come back if it collected
    assert json.loads(next(answers))["id"] == "0"


def test_memory_does_not_grow_with_the_number_of_claims() -> None:
    for _answer in assess_lines(islice(claims(), 500), BOOK):
        pass
    tracemalloc.start()
    for _answer in assess_lines(islice(claims(), 5_000), BOOK):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
