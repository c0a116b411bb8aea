"""The window against an oracle that shares nothing with it: days are counted by hand, Rome's clock by its own rule."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service_center.warranty.assess import answer
from tests.warranty.claims import BOOK, claim

Day = tuple[int, int, int]
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else LENGTHS[month - 1]


def tomorrow(day: Day) -> Day:
    year, month, number = day
    if number < length(year, month):
        return year, month, number + 1
    return (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)


def yesterday(day: Day) -> Day:
    year, month, number = day
    if number > 1:
        return year, month, number - 1
    return (year, month - 1, length(year, month - 1)) if month > 1 else (year - 1, 12, 31)


def days(first: Day, last: Day) -> Iterator[Day]:
    while first <= last:
        yield first
        first = tomorrow(first)


def last_covered(bought: Day) -> Day:
    year, month, number = bought
    return year + 2, month, min(number, length(year + 2, month))


def weekday(day: Day) -> int:
    """0 is Sunday (Sakamoto)."""
    year, month, number = day
    year -= month < 3
    return (year + year // 4 - year // 100 + year // 400 + (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)[month - 1] + number) % 7


def switch(year: int, month: int) -> Day:
    """The last Sunday of March or October, when Rome changes its clock at 01:00 UTC."""
    return next((year, month, number) for number in range(31, 24, -1) if weekday((year, month, number)) == 0)


def in_summer(day: Day, minute_of_day: int) -> bool:
    """Whether Rome keeps summer time at that minute of UTC."""
    moment = (*day, minute_of_day)
    return (*switch(day[0], 3), 60) <= moment < (*switch(day[0], 10), 60)


def roman_day(day: Day, minute_of_day: int) -> Day:
    """The day in Rome at that minute of UTC."""
    offset = 120 if in_summer(day, minute_of_day) else 60
    return tomorrow(day) if minute_of_day + offset >= 24 * 60 else day


def zulu(day: Day, minute_of_day: int, second: int) -> str:
    hour, minute = divmod(minute_of_day, 60)
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}T{hour:02}:{minute:02}:{second:02}Z"


def around_midnight(day: Day) -> Iterator[tuple[str, Day]]:
    """The first and the last second of a Roman day, and their neighbours, with the day each belongs to."""
    for this, before in ((day, yesterday(day)), (tomorrow(day), day)):
        start = 22 * 60 if in_summer(before, 22 * 60) else 23 * 60  # midnight in Rome, by UTC the day before
        yield zulu(before, start - 1, 59), before
        yield zulu(before, start, 0), this


def check(bought: Day, requested_at: str, requested: Day) -> None:
    text = "{:04}-{:02}-{:02}"
    last = last_covered(bought)
    verdict = answer(claim(purchased_on=text.format(*bought), requested_at=requested_at), BOOK)
    expected = ("COVERED", None) if requested <= last else ("NOT_COVERED", "WINDOW")
    assert (verdict.headline.verdict, verdict.headline.reason) == expected, (bought, requested_at)
    assert str(verdict.last_covered_day) == text.format(*last)


@pytest.mark.parametrize("year", range(2020, 2028))
def test_every_purchase_day_ends_at_midnight_in_rome_of_its_last_covered_day(year: int) -> None:
    for bought in days((year, 1, 1), (year, 12, 31)):
        last = last_covered(bought)
        for around in (yesterday(last), last, tomorrow(last)):
            for requested_at, requested in around_midnight(around):
                check(bought, requested_at, requested)


@pytest.mark.parametrize("year", range(2022, 2031))
@pytest.mark.parametrize("month", [3, 10])
def test_no_minute_of_a_switching_night_falls_on_the_wrong_day(year: int, month: int) -> None:
    sunday = switch(year, month)
    for bought in (sunday[0] - 2, *yesterday(sunday)[1:]), (sunday[0] - 2, *sunday[1:]):
        for day in (yesterday(sunday), sunday):
            for minute in range(0, 24 * 60, 10):
                check(bought, zulu(day, minute, 0), roman_day(day, minute))


def test_the_oracle_knows_the_calendar() -> None:
    assert switch(2026, 3) == (2026, 3, 29)
    assert switch(2026, 10) == (2026, 10, 25)
    assert last_covered((2024, 2, 29)) == (2026, 2, 28)
    assert sum(1 for _ in days((2020, 1, 1), (2027, 12, 31))) == 2_922
    assert list(around_midnight((2026, 11, 20)))[:2] == [
        ("2026-11-19T22:59:59Z", (2026, 11, 19)),
        ("2026-11-19T23:00:00Z", (2026, 11, 20)),
    ]
