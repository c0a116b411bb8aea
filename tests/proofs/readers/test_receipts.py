"""Forty drawn receipts, the real engine: the right date is among the first two nineteen times of twenty."""

from __future__ import annotations

from service_center.proofs.readers.apart import Reader
from service_center.proofs.readers.engine import RapidOcr
from tests.proofs.readers.receipts import TODAY, drawn

RIGHT, RIGHT_AT_FIRST = 38, 36


def test_the_right_date_is_among_the_first_two() -> None:
    assert RapidOcr.installed(), "the reader of receipts is missing: ./dev test installs requirements-ocr.txt"
    table, places = [], []
    with Reader() as reader:
        for each in drawn():
            found = reader.read(each.content, today=TODAY)
            days = [one["value"] for one in found["dates"]]
            place = days.index(each.day.isoformat()) + 1 if each.day.isoformat() in days else 0
            places.append(place)
            table.append(f"{each.name:26} {each.day} place {place} of {len(days)}  {found['document']} {days[:3]}")
    assert len(places) == 40
    assert sum(place in (1, 2) for place in places) >= RIGHT, "\n" + "\n".join(table)
    assert sum(place == 1 for place in places) >= RIGHT_AT_FIRST, "\n" + "\n".join(table)
