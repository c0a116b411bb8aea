"""House rules of what the bench says: nothing twice, and nothing that does not help."""

from __future__ import annotations

import pytest
from flask import Flask

from service_center.lab.commands import Card, Deed
from service_center.lab.wording import cards
from service_center.lab.wording.boxes import from_where


@pytest.mark.parametrize(
    ("name", "city", "said"),
    [("Chiara Sottocasa", "Salerno", "Chiara Sottocasa, Salerno"), ("Oreficeria Tramonti Lecce", "LECCE", "Oreficeria Tramonti Lecce"), ("Zoë Lindqvist", "", "Zoë Lindqvist")],
)  # fmt: skip
def test_a_town_is_said_once(name: str, city: str, said: str) -> None:
    assert from_where(name, city) == said


def test_a_card_that_does_nothing_here_is_not_offered_in_the_same_breath(app: Flask) -> None:
    with app.test_request_context("/lab/?lang=en"):
        said = cards.wrong("not_here", Card(Deed.ENTER), "*ENTER", [Deed.MINUS, Deed.ENTER, Deed.PRINT])
        others = ", ".join(str(cards.LABELS[each]) for each in (Deed.MINUS, Deed.PRINT))
    assert said.endswith(f": {others}.")
