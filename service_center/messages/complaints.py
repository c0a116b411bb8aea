"""Complaints as facts: what they are about, how they come, how they end, and by when they are answered (R32)."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from service_center.core.i18n import ROME, civil_day
from service_center.core.workdays import Closed, due, is_working_day
from service_center.warranty.vocabulary import VerdictValue

MORNING = time(9, 15)
"""When the warnings leave: as the lab opens."""


DENIALS = frozenset({VerdictValue.NOT_COVERED, VerdictValue.MIXED, VerdictValue.AMBIGUOUS})
"""Verdicts beside which stands that one need not agree."""


class Subject(enum.StrEnum):
    """What somebody complains about."""

    DECISION = "decision"
    DELAY = "delay"
    QUALITY = "quality"
    COURIER = "courier"
    OTHER = "other"


class Channel(enum.StrEnum):
    """How the complaint came; the first two are typed by whoever complains."""

    WEB = "web"
    RETAILER = "retailer"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    CHAT = "chat"
    COUNTER = "counter"


TYPED_BY_STAFF = (Channel.PHONE, Channel.EMAIL, Channel.LETTER, Channel.CHAT, Channel.COUNTER)


class Outcome(enum.StrEnum):
    """How a complaint ends."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    EXPLAINED = "explained"


class Alarm(enum.StrEnum):
    """The working day before the answer is due, and the day itself."""

    BEFORE = "before"
    DUE = "due"


def answer_by(received_at: datetime, working_days: int, closures: Iterable[Closed]) -> date:
    """The day of the answer: day 0 is the civil day of receipt, also in the evening (R32)."""
    return due(civil_day(received_at), working_days, closures=closures)


def alarms(due_on: date, closures: Iterable[Closed]) -> dict[Alarm, datetime]:
    """When somebody is warned, in the morning in Rome."""
    shut = tuple(closures)
    before = due_on - timedelta(days=1)
    while not is_working_day(before, shut):
        before -= timedelta(days=1)
    return {
        Alarm.BEFORE: datetime.combine(before, MORNING, ROME),
        Alarm.DUE: datetime.combine(due_on, MORNING, ROME),
    }


def in_time(due_on: date, answered_at: datetime) -> bool:
    """Whether the answer came by its day, the day included."""
    return civil_day(answered_at) <= due_on
