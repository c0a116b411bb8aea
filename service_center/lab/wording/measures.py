"""Readings against their limits, in words and on a scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service_center.catalogue.queries import Test
from service_center.core.i18n import _, number
from service_center.tickets.models import Measurement
from service_center.tickets.wording.limits import limit
from service_center.tickets.wording.statuses import Badge
from service_center.tickets.wording.vocabulary import bench_test, unit


@dataclass(frozen=True)
class Gauge:
    """A scale with its limits and readings, as the macro `gauge` draws it."""

    start: float
    end: float
    low: float | None
    high: float | None
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Row:
    """A test with its last readings; `field` names the input of the final checks."""

    name: str
    test: str
    limit: str
    before: str
    after: str
    value: str
    gauge: Gauge
    badge: Badge
    needed: bool

    @property
    def field(self) -> str:
        return f"reading_{self.name}"


def rows(readings: Sequence[Measurement], tests: Mapping[str, Test], needed: Sequence[str]) -> list[Row]:
    """A row for each test of the family."""
    latest = {(reading.test, reading.phase): reading for reading in readings}
    return [
        _row(test, latest.get((name, "before")), latest.get((name, "after")), name in needed)
        for name, test in tests.items()
    ]


def _row(test: Test, before: Measurement | None, after: Measurement | None, needed: bool) -> Row:
    low, high = test.scale
    gauge = Gauge(low, high, test.low, test.high, before.value if before else None, after.value if after else None)
    return Row(
        test.name, bench_test(test.name), limit(test), _value(before, test), _value(after, test), _value(after or before, test), gauge, _badge(after or before, needed), needed
    )  # fmt: skip


def _value(reading: Measurement | None, test: Test) -> str:
    return f"{number(reading.value, test.places)} {unit(test.unit)}" if reading else ""


def _badge(reading: Measurement | None, needed: bool) -> Badge:
    if reading is None:
        return Badge(_("Required"), "rest", "lock") if needed else Badge(_("Not read"), "rest", "gauge")
    return Badge(_("Passes"), "ok", "check") if reading.passed else Badge(_("Does not pass"), "stop", "x")
