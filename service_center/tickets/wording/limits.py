"""The limits of a bench test in words."""

from __future__ import annotations

from service_center.catalogue.queries import Test
from service_center.core.i18n import number
from service_center.tickets.wording.vocabulary import unit


def limit(test: Test) -> str:
    """The limits as people write them."""
    low = number(test.low, test.places) if test.low is not None else ""
    high = number(test.high, test.places) if test.high is not None else ""
    if low and high:
        both = f"± {high}" if test.low == -(test.high or 0) else f"{low} – {high}"
        return f"{both} {unit(test.unit)}"
    if low:
        return f"≥ {low} {unit(test.unit)}"
    return f"≤ {high} {unit(test.unit)}" if high else ""
