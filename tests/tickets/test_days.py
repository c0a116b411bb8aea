"""Whose day is it: fifteen working days, split by who had to act (R31)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_center.core.brand import Closure
from service_center.tickets.days import DayKind, Days, WaitSpan, split
from service_center.tickets.lifecycle import WaitKind, Whom

MONDAY = date(2026, 11, 9)


def at(day: int, hour: int = 7) -> datetime:
    """An instant of November 2026, in UTC (one hour behind Rome)."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def wait(kind: WaitKind, opened: datetime, closed: datetime | None, whom: Whom = Whom.CUSTOMER) -> WaitSpan:
    return WaitSpan(kind, whom, opened, closed)


def count(*waits: WaitSpan, until: date = date(2026, 11, 20), closures: tuple[Closure, ...] = ()) -> Days:
    return split(MONDAY, waits, until=until, promised=15, closures=closures)


def test_day_zero_is_not_counted_and_weekends_are_no_days() -> None:
    days = count()
    assert days.used == 9  # Tue 10 – Fri 13, Mon 16 – Fri 20
    assert days.due_on == date(2026, 11, 30)
    assert days.cells.count(DayKind.LAB) == 9
    assert days.cells.count(DayKind.LEFT) == 6


@pytest.mark.parametrize(
    ("opened", "closed", "paused"),
    [
        (at(10, 7), at(10, 18), 1),  # 8:00 to 19:00 in Rome: the whole working day
        (at(10, 9), at(10, 18), 0),  # opened at ten: the morning was the lab's
        (at(10, 7), at(10, 15), 0),  # answered at four: the evening was the lab's
        (at(10, 9), at(12, 9), 1),  # only the 11th was open from nine to six
        (at(13, 18), at(16, 7), 0),  # a weekend is nobody's
    ],
)
def test_a_day_is_the_customers_only_if_the_wait_was_open_all_of_it(
    opened: datetime, closed: datetime, paused: int
) -> None:
    days = count(wait(WaitKind.QUOTE, opened, closed))
    assert (days.paused, days.used) == (paused, 9 - paused)


def test_a_paused_day_moves_the_promise() -> None:
    assert count(wait(WaitKind.PAPERS, at(9), at(12, 18))).due_on == date(2026, 12, 3)


def test_waiting_for_a_part_is_drawn_but_counts() -> None:
    days = count(wait(WaitKind.PART, at(9), at(12, 18), Whom.SUPPLIER))
    assert days.cells.count(DayKind.PART) == 3
    assert days.paused == 0


def test_a_shops_day_is_told_from_a_customers() -> None:
    assert DayKind.SHOP in count(wait(WaitKind.PAPERS, at(9), None, Whom.SHOP)).cells


def test_the_labs_closing_days_are_no_days() -> None:
    closed = Closure(date(2026, 11, 16), date(2026, 11, 18), {"it": "ponte", "en": "bridge"})
    assert count(closures=(closed,)).used == 6


def test_late_is_counted_in_working_days() -> None:
    assert count(until=date(2026, 12, 2)).late_by == 2


@given(st.integers(9, 28), st.integers(0, 12))
def test_every_working_day_is_exactly_one_persons(opened: int, lasts: int) -> None:
    """Used and paused together are the working days, whatever the waits are."""
    with_wait = count(wait(WaitKind.QUOTE, at(opened), at(min(30, opened + lasts))), until=date(2026, 12, 1))
    without = count(until=date(2026, 12, 1))
    assert with_wait.used + with_wait.paused == without.used
