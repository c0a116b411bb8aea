"""Claims that differ, for the benchmark of the rule book: no answer may come from remembering the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from service_center.warranty.terms import Terms
from service_center.warranty.vocabulary import Card, Evidence, Proof, Seller, Tampering

_ASKED = date(2026, 11, 20)


def lines(terms: Terms, number: int, *, seed: int = 1) -> Iterator[bytes]:
    """So many possible claims, a JSON object a line, most of them near the end of the window."""
    chance = Random(seed)  # nosec B311 — the same claims every time
    possible = {
        family: sorted((part, str(cause)) for kind, part, cause in terms.possible if kind == family)
        for family in terms.families
    }
    for each in range(number):
        yield json.dumps(_claim(chance, possible, each)).encode() + b"\n"


def _claim(chance: Random, possible: dict[str, list[tuple[str, str]]], number: int) -> dict[str, object]:
    family = chance.choice(list(possible))
    bought = _ASKED - timedelta(days=chance.randrange(1, 1_000))
    found = chance.choices(possible[family], k=chance.randrange(4))
    odd = chance.random() < 0.1
    return {
        "id": str(number), "family": family, "seller": chance.choice([*Seller]), "second_hand": chance.random() < 0.05,
        "purchased_on": bought.isoformat(), "card_dated_on": (bought + timedelta(days=chance.randrange(3))).isoformat(),
        "delivered_on": bought.isoformat(), "requested_at": f"{_ASKED}T{chance.randrange(10, 20)}:{chance.randrange(10, 60)}:00+01:00",
        "request_evidence": chance.choice([*Evidence]) if odd else Evidence.OWN_CONTACT, "proof": chance.choice([*Proof]), "card": chance.choice([*Card]),
        "water_mark": chance.choice([True, False, None]), "tampering": chance.choice([*Tampering]) if odd else Tampering.NONE,
        "findings": [{"component": part, "cause": cause} for part, cause in found],
    }  # fmt: skip
