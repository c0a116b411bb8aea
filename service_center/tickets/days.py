"""Whose day is it: the promise in working days, split by who had to act; pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from service_center.core.brand import Closure
from service_center.core.i18n import ROME
from service_center.core.workdays import due, is_working_day
from service_center.tickets.lifecycle import STOPS_CLOCK, WaitKind, Whom

OPENS, CLOSES = time(9), time(18)


class DayKind(enum.Enum):
    """Who had the item's working day."""

    LAB = "lab"
    CUSTOMER = "you"
    SHOP = "shop"
    PART = "part"
    COURIER = "courier"
    OTHER = "other"
    LEFT = "left"


@dataclass(frozen=True)
class WaitSpan:
    """A wait as the count of days sees it."""

    kind: WaitKind
    on_whom: Whom
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Days:
    """`cells` holds a kind for each working day after day 0, then what is left of the promise; `used` counts those
    that count, `paused` those that do not; `due_on` is the promise."""

    cells: tuple[DayKind, ...]
    used: int
    paused: int
    promised: int
    due_on: date
    stopped: bool

    @property
    def late_by(self) -> int:
        """Working days over the promise; 0 when in time."""
        return max(0, self.used - self.promised)


_OWNERS = {Whom.CUSTOMER: DayKind.CUSTOMER, Whom.SHOP: DayKind.SHOP, Whom.NOBODY: DayKind.OTHER}


def _covers(wait: WaitSpan, day: date) -> bool:
    """R31: a working day belongs to a wait only if it was open the whole working day."""
    begins, ends = datetime.combine(day, OPENS, ROME), datetime.combine(day, CLOSES, ROME)
    return wait.opened_at <= begins and (wait.closed_at is None or wait.closed_at >= ends)


def _kind(day: date, waits: Sequence[WaitSpan]) -> tuple[DayKind, bool]:
    """Whose day it was, and whether it counts."""
    open_all_day = [wait for wait in waits if _covers(wait, day)]
    for wait in open_all_day:
        if wait.kind in STOPS_CLOCK:
            return _OWNERS.get(wait.on_whom, DayKind.OTHER), False
    if any(wait.kind is WaitKind.PART for wait in open_all_day):
        return DayKind.PART, True
    if any(wait.kind is WaitKind.COURIER for wait in open_all_day):
        return DayKind.COURIER, True
    return DayKind.LAB, True


def split(
    day_zero: date, waits: Iterable[WaitSpan], *, until: date, promised: int, closures: Sequence[Closure] = ()
) -> Days:  # fmt: skip
    """Split the working days after `day_zero` up to and with `until` (day 0 is not counted, R31)."""
    spans = list(waits)
    cells: list[DayKind] = []
    used = paused = 0
    day = day_zero + timedelta(days=1)
    while day <= until:
        if is_working_day(day, closures):
            kind, counts = _kind(day, spans)
            cells.append(kind)
            used, paused = used + counts, paused + (not counts)
        day += timedelta(days=1)
    left = max(0, promised - used)
    stopped = any(span.closed_at is None and span.kind in STOPS_CLOCK for span in spans)
    return Days(
        cells=(*cells, *([DayKind.LEFT] * left)),
        used=used,
        paused=paused,
        promised=promised,
        due_on=due(day_zero, promised + paused, closures=closures),
        stopped=stopped,
    )
