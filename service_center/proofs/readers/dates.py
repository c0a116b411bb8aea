"""Dates in print, day first, slips of the machine forgiven; each with what speaks for its being the day of purchase.

The American order is never guessed: 03/04/2025 is the 3rd of April. Only what cannot be read otherwise (03/25/2025) counts as
month first, with a low score. Two-digit years are of this century.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

OLDEST = date(1990, 1, 1)

# What print that faded, or a machine that guesses, makes of a digit.
SLIPS = str.maketrans({
    "O": "0", "o": "0", "Q": "0", "D": "0", "l": "1", "I": "1", "i": "1", "|": "1", "!": "1", "Z": "2", "z": "2",
    "S": "5", "s": "5", "B": "8", "b": "6", "G": "6", "g": "9", "q": "9",
})  # fmt: skip
LETTERS = str.maketrans({"0": "o", "1": "l", "5": "s", "8": "b", "9": "g", "6": "g"})
D = r"[0-9OoQDlIi|!ZzSsBbGgq]"
FIRST = rf"(?:(?<![0-9])(?<![0-9][./])[0-9]{D}?|(?<![0-9A-Za-z])[OoQDlI|]{D})"
MARK = r"\s?[-–—/.,·'\\~_]\s?"
TIME = r"(?P<hour>[0-2]?[0-9OoQlI|]|1[0-9OoQlI|])\s?[:;.hH]\s?(?P<minute>[0-5OoQlI|SB]{D})(?:\s?[:;.]\s?[0-9]{2})?\s*(?P<half>[ap]\.?m\b)?".replace(
    "{D}", D
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "gennaio january janvier enero januar gen jan ene", "febbraio february fevrier febrero februar feb fev",
            "marzo march mars marz mar mrt", "aprile april avril abril apr avr abr", "maggio may mai mayo mei mag",
            "giugno june juin junio juni giu jun", "luglio july juillet julio juli juil lug jul",
            "agosto august aout agustus ago aug agu agt ags", "settembre september septembre septiembre set sep sept",
            "ottobre october octobre octubre oktober ott oct okt", "novembre november noviembre nov",
            "dicembre december decembre diciembre dezember desember dic dec dez des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH = r"(?P<month>[A-Za-z0159]{3,10})"

# In this order: at each place the first that gives a day wins; the number is what its shape is worth.
SHAPES: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), worth)
    for pattern, worth in (
        (rf"(?<![0-9])(?P<year>(?:19|2[0O])[0-9OolIS]{{2}}){MARK}(?P<month>{D}{{1,2}}){MARK}(?P<day>{D}{{1,2}}?)(?=$|[^0-9]|[0-2]?\d:\d\d|[0-2]\d{{3}}:)", 0.06),
        (rf"(?P<day>{FIRST}){MARK}(?P<month>{D}{{1,2}}){MARK}(?P<year>[12Zz]{D}{{3}})(?=$|[^0-9]|[0-2]?\d[:.]\d\d)", 0.06),
        (rf"(?P<day>{FIRST}){MARK}(?P<month>{D}{{1,2}}){MARK}'?(?P<year>[0-9]{D})(?=$|[^0-9,./-]|[,.](?!\d)|[-/]?\s|[0-2]?\d[:.]\d\d)", 0.02),
        (rf"(?<![0-9])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|°|º)?[\s.,/-]{{0,3}}(?:de |of )?{MONTH}[\s.,/'’-]{{0,3}}(?:de |del )?(?P<year>[12Zz]{D}{{3}})(?![0-9])", 0.08),
        (rf"(?<![0-9])(?P<day>[0-9]{{1,2}})[\s.,/-]{{0,3}}{MONTH}[\s.,/'’-]{{0,3}}(?P<year>[0-9]{{2}})(?![0-9,.])", 0.04),
        (rf"(?<![A-Za-z]){MONTH}[\s.,/-]{{0,2}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s.,/'’-]{{1,3}}(?P<year>[12Zz]{D}{{3}})(?![0-9])", 0.06),
        (rf"(?P<day>{FIRST})\s(?P<month>{D}{{2}})\s(?P<year>20{D}{{2}})(?![0-9])", -0.08),
        (r"(?<![0-9])(?P<day>[0-3][0-9])[-/.](?P<month>[01][0-9])(?P<year>20[0-9]{2})(?![0-9])", -0.10),
        (r"(?<![0-9])(?P<day>[0-3][0-9])(?P<month>[01][0-9])[-/.](?P<year>20[0-9]{2})(?![0-9])", -0.10),
        (r"(?<![0-9])(?P<day>[0-3][0-9])[1lI|](?P<month>[01][0-9])[/1lI|](?P<year>20[0-9]{2})(?![0-9])", -0.15),
        (r"(?<=[Dd][Aa][Tt][AaEe])[\s:.]{0,3}(?P<day>[0-3][0-9])(?P<month>[01][0-9])(?P<year>20[0-9]{2})(?![0-9])", -0.10),
        (r"(?<![0-9])(?P<day>[0-3]?[0-9])\s?[:;]\s?(?P<month>[01]?[0-9])\s?[:;]\s?(?P<year>20[0-9]{2})(?![0-9])", -0.10),
        # With a number glued to it, before or after.
        (r"(?P<day>[0-3][0-9])(?P<mark>[-/.])(?P<month>[01][0-9])(?P=mark)(?P<year>20[0-3][0-9])", -0.12),
    )
)  # fmt: skip
AFTER = re.compile(rf"[\s,;:/-]{{0,3}}(?:ore|h\.?|alle|at|ora|time|T)?[\s:]{{0,2}}{TIME}(?![0-9%])", re.IGNORECASE)
BEFORE = re.compile(rf"(?<![0-9.,]){TIME}[\s,;/-]{{0,3}}(?:del|il)?[\s]{{0,2}}$", re.IGNORECASE)


@dataclass(frozen=True)
class Printed:
    """A date as it stands in a line: the characters from `begin` to `end`, a time of day beside it where there is one."""

    value: date
    begin: int
    end: int
    worth: float
    time: str | None = None
    month_first: bool = False


def in_text(text: str, *, today: date) -> list[Printed]:
    """Every date of a line that may be a day of purchase, from left to right; none before 1990, none to come."""
    found: list[Printed] = []
    for pattern, worth in SHAPES:
        for hit in _hits(pattern, text):
            if any(hit.start() < other.end and hit.end() > other.begin for other in found):
                continue
            read = _day(hit, today)
            if read:
                value, month_first = read
                time, begin, end = _time(text, hit.start("day"), hit.end("year"), hit)
                found.append(Printed(value, begin, end, worth + _tidiness(hit), time, month_first))
    return sorted(found, key=lambda each: each.begin)


def _hits(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Also those that overlap: a wrong beginning must not hide the right one."""
    at = 0
    while hit := pattern.search(text, at):
        yield hit
        at = hit.start() + 1


def _day(hit: re.Match[str], today: date) -> tuple[date, bool] | None:
    """The day, and whether it could only be read month first."""
    digits = {name: _number(hit[name]) for name in ("day", "year")}
    day, year, month = digits["day"], digits["year"], _month(hit["month"])
    if day is None or year is None or month is None:
        return None
    for first, second, turned in ((day, month, False), (month, day, True)):
        value = _civil(year if year > 99 else 2000 + year, second, first)
        if value and OLDEST <= value <= today and not (turned and hit["month"].isalpha()):
            return value, turned
        if value or turned:
            # A date that exists and does not fit (to come, too old) is not turned round until it does.
            return None
    return None


def _civil(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """A number whose slips are mended, if at least half of it was read as digits."""
    if 2 * sum(each.isdigit() for each in text) < len(text) and len(text) > 2:
        return None
    mended = text.translate(SLIPS)
    return int(mended) if mended.isdigit() else None


def _month(text: str) -> int | None:
    if sum(each.isalpha() for each in text) >= 2 and len(text) >= 3:
        word = text.lower().translate(LETTERS)
        return MONTHS.get(word) or (MONTHS.get(word[:3]) if len(word) > 5 and _long(word) else None)
    return _number(text)


def _long(word: str) -> bool:
    """Whether it is a month's long name but for a letter or two."""
    return any(
        len(name) > 5 and abs(len(name) - len(word)) < 2 and sum(a != b for a, b in zip(name, word, strict=False)) <= 2
        for name in MONTHS
        if name[:3] == word[:3]
    )


def _tidiness(hit: re.Match[str]) -> float:
    """Less where letters had to be read as digits, or the two marks differ."""
    text = hit.group()
    numbers = hit["day"] + hit["year"] + ("" if hit["month"].isalpha() else hit["month"])
    marks = [each for each in text if not each.isalnum() and not each.isspace()]
    return -0.03 * sum(not each.isdigit() for each in numbers) - (0.04 if len(set(marks)) > 1 else 0)


def _time(text: str, day: int, year: int, hit: re.Match[str]) -> tuple[str | None, int, int]:
    """The time of day just after or before the date, and where both begin and end."""
    begin, end = min(day, hit.start("year")), max(year, hit.end("day"))
    begin = min(begin, hit.start("month"))
    after = AFTER.match(text, end)
    if after and (clock := _clock(after)):
        return clock, begin, after.end()
    before = BEFORE.search(text, 0, begin)
    if before and (clock := _clock(before)):
        return clock, before.start(), end
    return None, begin, end


def _clock(hit: re.Match[str]) -> str | None:
    hour, minute = _number(hit["hour"]), _number(hit["minute"])
    if hour is None or minute is None or minute > 59:
        return None
    if hit["half"] and hour <= 12:
        hour = hour % 12 + (12 if hit["half"][0] in "pP" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else None


def clocks(text: str) -> Sequence[str]:
    """Times of day anywhere in a line, with a colon only: 12.50 is a price."""
    return [each.group() for each in re.finditer(r"(?<![0-9])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)", text)]
