"""Seasons of the courtesy budget: parts of a calendar year, named like 2026-2."""

from __future__ import annotations

from datetime import date


def season_of(day: date, months: int) -> str:
    """The season in which a day lies; `months` is a season's length, from January on."""
    return f"{day.year}-{(day.month - 1) // months + 1}"


def bounds(season: str, months: int) -> tuple[date, date]:
    """The first day of a season and of the one after it; raises ValueError for what is no season."""
    year, _dash, place = season.partition("-")
    first = (int(place) - 1) * months
    if not 0 <= first < 12 or not 2000 <= int(year) <= 9998:
        raise ValueError(season)
    after = first + months
    return date(int(year), first + 1, 1), date(int(year) + after // 12, after % 12 + 1, 1)


def around(season: str, months: int, number: int) -> list[str]:
    """This season and those before it, the newest first."""
    first, _after = bounds(season, months)
    found, year, month = [], first.year, first.month
    for _each in range(number):
        found.append(season_of(date(year, month, 1), months))
        month -= months
        if month < 1:
            year, month = year - 1, month + 12
    return found
