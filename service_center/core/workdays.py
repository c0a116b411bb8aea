"""Working days in Italy: Monday to Friday, without the national holidays and without the house's own closures (R31)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Protocol

import holidays

KNOWN_YEARS = range(1870, 2101)
"""The years whose national holidays are known; outside of them nothing is guessed."""

_SATURDAY = 5
_DAY = timedelta(days=1)


class OutOfCalendar(ValueError):
    """A day lies outside the years whose holidays are known."""


class Closed(Protocol):
    """Days without work, both included."""

    @property
    def first(self) -> date: ...

    @property
    def last(self) -> date: ...


@cache
def national_holidays(year: int) -> dict[date, str]:
    """Italy's national holidays with their Italian names, 4 October from 2026 on; raises OutOfCalendar."""
    if year not in KNOWN_YEARS:
        raise OutOfCalendar(f"national holidays are known from {KNOWN_YEARS[0]} to {KNOWN_YEARS[-1]}, not in {year}")
    # Without a language the names, and the speed, depend on the locale of the process.
    return dict(holidays.country_holidays("IT", years=year, language="it_IT"))


def is_working_day(day: date, closures: Iterable[Closed] = ()) -> bool:
    """Whether the lab works on a civil day; raises OutOfCalendar."""
    if day.weekday() >= _SATURDAY or day in national_holidays(day.year):
        return False
    return not any(closed.first <= day <= closed.last for closed in closures)


def due(start: date, days: int, *, closures: Iterable[Closed] = ()) -> date:
    """The civil day `days` working days after `start`, which is day 0 and does not count (R31, R32).

    Raises ValueError for a negative number, OutOfCalendar when the answer lies beyond the known years.
    """
    if days < 0:
        raise ValueError(f"a number of working days is not negative: {days}")
    shut = tuple(closures)
    day = start
    for _ in range(days):
        day += _DAY
        while not is_working_day(day, shut):
            day += _DAY
    return day


def working_days_between(start: date, end: date, *, closures: Iterable[Closed] = ()) -> int:
    """How many working days lie after `start` and up to `end`, `end` included; 0 when it is not later.

    It is the inverse of `due`: working_days_between(start, due(start, n)) == n. Raises OutOfCalendar.
    """
    shut = tuple(closures)
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=each), shut) for each in span)
