"""Whose day it was, in words: the bar of working days, its key, the promise and how late it is (R31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from service_center.core.i18n import Later, _, day, later, ngettext, weekday
from service_center.tickets.days import DayKind, Days
from service_center.tickets.wording.voices import Reader


class DayKey(NamedTuple):
    """A row of the key: the kind's picture, how many days, and whose they were."""

    kind: str
    number: int
    words: str


_WORDS: dict[DayKind, Later] = {
    DayKind.LAB: later("in the lab"),
    DayKind.PART: later("waiting for a part"),
    DayKind.COURIER: later("with the courier"),
    DayKind.LEFT: later("left"),
}


@dataclass(frozen=True)
class DaysWords:
    """Plain data for the days bar, as the macros `days_bar` and `days_key` take it.

    `now` counts the cells before today's line; `label` says all of it in one sentence, for who cannot see the bar.
    """

    cells: tuple[str, ...]
    now: int
    label: str
    figures: str
    keys: tuple[DayKey, ...]
    explanation: str
    due: str
    late: str
    used: int
    promised: int
    due_on: date | None
    stopped: bool


def days(
    counted: Days | None, *, reader: Reader, day_zero: date | None = None, finished_on: date | None = None
) -> DaysWords:  # fmt: skip
    """Word a count of days; None is a ticket that was not taken in charge yet."""
    if counted is None:
        return DaysWords(
            (), 0, _not_yet(reader), _not_yet(reader), (), _explanation(reader, None), "", "", 0, 0, None, False
        )
    keys = tuple(
        DayKey(kind.value, number, _whose(kind, number, reader))
        for kind in DayKind
        if kind is not DayKind.LEFT and (number := counted.cells.count(kind))
    )
    figures, due, late = _figures(counted), _due(counted, finished_on), _late(counted)
    whole = [figures, ", ".join(f"{key.number} {key.words}" for key in keys), due, late]
    return DaysWords(
        cells=tuple(cell.value for cell in counted.cells), now=sum(cell is not DayKind.LEFT for cell in counted.cells),
        label=". ".join(part.rstrip(".") for part in whole if part) + ".", figures=figures, keys=keys,
        explanation=_explanation(reader, day_zero), due=due, late=late, used=counted.used, promised=counted.promised,
        due_on=None if finished_on else counted.due_on, stopped=counted.stopped and finished_on is None,
    )  # fmt: skip


def _figures(counted: Days) -> str:
    return _("%(used)s of %(promised)s working days used", used=counted.used, promised=counted.promised)


def _due(counted: Days, finished_on: date | None) -> str:
    if finished_on is not None:
        return _("Finished on %(day)s", day=weekday(finished_on))
    if counted.stopped:
        return _("The count stands still; if it went on today, ready by %(day)s", day=weekday(counted.due_on))
    return _("Ready by %(day)s", day=weekday(counted.due_on))


def _late(counted: Days) -> str:
    if not counted.late_by:
        return ""
    return ngettext("%(num)s working day late", "%(num)s working days late", counted.late_by)


def _whose(kind: DayKind, number: int, reader: Reader) -> str:
    """The words beside a figure: those that wait for the reader say so, those that do not count say that."""
    if kind is DayKind.CUSTOMER and reader == "customer":
        return ngettext("waiting for you, does not count", "waiting for you, do not count", number)
    if kind is DayKind.SHOP and reader == "shop":
        return ngettext("waiting for your answer, does not count", "waiting for your answer, do not count", number)
    paused = {
        DayKind.CUSTOMER: ngettext(
            "waiting for the customer, does not count", "waiting for the customer, do not count", number
        ),
        DayKind.SHOP: ngettext("waiting for the shop, does not count", "waiting for the shop, do not count", number),
        DayKind.OTHER: ngettext("force majeure, does not count", "force majeure, do not count", number),
    }
    return paused.get(kind) or str(_WORDS[kind])


def _not_yet(reader: Reader) -> str:
    if reader == "customer":
        return _("The days begin to count when your item and its papers are here.")
    return _("The days begin to count when the item and its papers are here.")


def _explanation(reader: Reader, day_zero: date | None) -> str:
    start = (
        _("The count starts on the day after the item was taken in charge (%(day)s).", day=day(day_zero))
        if day_zero
        else _("The count starts on the day after the item is taken in charge.")
    )
    pause = (
        _("Saturdays, Sundays, holidays and closing days do not count; while we wait for your answer the count stands still.")
        if reader == "customer"
        else _("Saturdays, Sundays, holidays and closing days do not count; while an answer is awaited the count stands still.")
    )  # fmt: skip
    return f"{start} {pause}"
