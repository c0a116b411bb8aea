"""Rows of readings as the report's table has them: the last one before and the last one after, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.catalogue.queries import Test, tests_for
from service_center.core.brand import Brand
from service_center.core.i18n import _, number
from service_center.documents.gauge import Reading
from service_center.tickets.models import Measurement
from service_center.tickets.wording import vocabulary


def paired(rows: Sequence[Measurement], family: str, brand: Brand) -> tuple[Reading, ...]:
    """One line a test, in the order in which they were first taken; the limits are those of the last reading."""
    latest: dict[str, dict[str, Measurement]] = {}
    for row in rows:
        latest.setdefault(row.test, {})[row.phase] = row
    known = tests_for(brand, family)
    return tuple(_one(test, phases, known.get(test)) for test, phases in latest.items())


def _one(test: str, phases: dict[str, Measurement], known: Test | None) -> Reading:
    before, after = phases.get("before"), phases.get("after")
    last = after or before
    assert last is not None, "a test without a reading has no line"
    places = known.places if known else 2
    return Reading(
        test=vocabulary.bench_test(test), limits=limits(last.low, last.high, last.unit, places), before=_figure(before, places),
        after=_figure(after, places), passed=after.passed if after else None, scale=known.scale if known else None, low=last.low, high=last.high,
        values=(before.value if before else None, after.value if after else None),
    )  # fmt: skip


def limits(low: float | None, high: float | None, unit: str, places: int) -> str:
    """`at least 1.50 V`, `from −0.70 to 0.70 s/d`; empty without limits."""
    named = vocabulary.unit(unit)
    if low is not None and high is not None:
        return _("%(low)s to %(high)s %(unit)s", low=number(low, places), high=number(high, places), unit=named)
    if low is not None:
        return _("at least %(low)s %(unit)s", low=number(low, places), unit=named)
    return _("at most %(high)s %(unit)s", high=number(high, places), unit=named) if high is not None else ""


def _figure(row: Measurement | None, places: int) -> str:
    return f"{number(row.value, places)} {vocabulary.unit(row.unit)}" if row else ""
