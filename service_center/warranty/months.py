"""Adding months to a civil date, day-exact."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date
from functools import lru_cache


@lru_cache(maxsize=1 << 14)  # claims name the days of a few years, again and again
def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months later; where it does not exist, the last of that month (R05).

    Not associative: add the total to the original date. Raises OverflowError past the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        raise OverflowError(f"{months} months after {day} is past the year {MAXYEAR}")
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year, month + 1, monthrange(year, month + 1)[1])
