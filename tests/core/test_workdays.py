"""Working days: weekends, holidays that move, the new 4 October, the house's own closures."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_center.core.workdays import OutOfCalendar, due, is_working_day, national_holidays, working_days_between


@dataclass(frozen=True)
class Shut:
    first: date
    last: date


AUGUST = Shut(date(2026, 8, 10), date(2026, 8, 21))
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


HOLIDAYS = """2026-01-01 2026-01-06 2026-04-06 2023-04-25 2026-05-01 2026-06-02 2025-08-15 2027-10-04
2027-11-01 2026-12-08 2026-12-25 2024-12-26 2025-04-21 2027-03-29 2038-04-26"""


@pytest.mark.parametrize("day", [date.fromisoformat(each) for each in HOLIDAYS.split()], ids=str)
def test_nobody_works_on_a_national_holiday(day: date) -> None:
    assert day.weekday() < 5
    assert not is_working_day(day)


def test_saint_francis_is_a_holiday_from_2026_on() -> None:
    assert date(2026, 10, 4) in national_holidays(2026)
    assert date(2025, 10, 4) not in national_holidays(2025)
    assert is_working_day(date(2024, 10, 4))
    assert not is_working_day(date(2027, 10, 4))


def test_names_of_holidays_are_italian_whatever_the_locale() -> None:
    assert national_holidays(2026)[date(2026, 1, 1)] == "Capodanno"


@pytest.mark.parametrize(
    ("start", "days", "answer"),
    [
        ("2026-11-20", 15, "2026-12-14"),  # Friday; 8 December is a holiday
        ("2026-11-21", 1, "2026-11-23"),  # from a Saturday
        ("2026-04-03", 1, "2026-04-07"),  # over Easter Monday
        ("2026-12-24", 1, "2026-12-28"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-10-02", 1, "2026-10-05"),  # 4 October 2026 is a Sunday
        ("2027-10-01", 1, "2027-10-05"),
        ("2028-02-28", 1, "2028-02-29"),
        ("2026-11-21", 0, "2026-11-21"),
    ],
)
def test_day_zero_is_not_counted(start: str, days: int, answer: str) -> None:
    assert due(date.fromisoformat(start), days) == date.fromisoformat(answer)


def test_closures_of_the_house_are_no_working_days() -> None:
    assert due(date(2026, 8, 7), 1) == date(2026, 8, 10)
    assert due(date(2026, 8, 7), 1, closures=[AUGUST]) == date(2026, 8, 24)
    assert not is_working_day(AUGUST.first, [AUGUST])
    assert not is_working_day(AUGUST.last, [AUGUST])


def test_complaint_of_friday_evening_is_answered_by_wednesday() -> None:
    assert due(date(2026, 11, 20), 3) == date(2026, 11, 25)


@given(DAYS, st.integers(0, 60))
def test_counting_back_gives_the_days_that_were_added(start: date, days: int) -> None:
    end = due(start, days, closures=[AUGUST])
    assert working_days_between(start, end, closures=iter([AUGUST])) == days
    assert days == 0 or is_working_day(end, [AUGUST])


@given(DAYS, st.integers(0, 400))
def test_nothing_is_counted_backwards(start: date, days: int) -> None:
    assert working_days_between(start, start - timedelta(days=days)) == 0


def test_a_negative_number_of_days_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        due(date(2026, 11, 20), -1)


def test_years_without_known_holidays_are_refused_and_not_guessed() -> None:
    with pytest.raises(OutOfCalendar):
        due(date(2100, 12, 31), 1)
    with pytest.raises(OutOfCalendar):
        is_working_day(date(9999, 12, 31))
    with pytest.raises(OutOfCalendar):
        due(date(2026, 1, 1), 10**9)
