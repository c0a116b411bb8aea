"""The board and the lists in words: what is wrong, whose turn it is, how long it still may take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from service_center.core.house import House
from service_center.core.i18n import Later, _, civil_day, country, language, later, money, ngettext
from service_center.core.workdays import due
from service_center.lab.queries.board import SHOWN, Card, OpenWait, QueueShown
from service_center.lab.queries.conditions import Queue
from service_center.lab.queries.lists import Row
from service_center.tickets.days import Days
from service_center.tickets.lifecycle import ON_WHOM, STOPS_CLOCK, WaitKind, Whom
from service_center.tickets.wording import statuses, verdicts
from service_center.tickets.wording.needs import short_need
from service_center.tickets.wording.vocabulary import component, family, family_icon, symptom

SOON = 2
"""Working days before the promise from which a card says so."""

QUEUES: dict[Queue, Later] = {
    Queue.DIAGNOSE: later("To diagnose"),
    Queue.REPAIR: later("In repair"),
    Queue.PART: later("Waiting for parts"),
    Queue.ASKER: later("Waiting for an answer"),
    Queue.TESTING: later("Final checks"),
    Queue.RETURNING: later("To close up"),
    Queue.READY: later("Ready"),
}
COLUMNS = ((Queue.DIAGNOSE,), (Queue.REPAIR,), (Queue.PART, Queue.ASKER), (Queue.TESTING, Queue.RETURNING, Queue.READY))
LISTS: dict[str, Later] = {
    "open": later("All open"),
    "coming": later("Coming in"),
    **{queue.value: word for queue, word in QUEUES.items()},
    "gone": later("Gone out"),
    "all": later("All"),
}
CHIPS: dict[str, Later] = {
    "late": later("Late"),
    "urgent": later("Urgent"),
    "safety": later("Safety"),
    "contents": later("Contents disputed"),
}
WHOSE: dict[str, Later] = {"": later("Everybody's"), "skills": later("My skills"), "mine": later("Mine")}
ROOM = {1: SHOWN, 2: 3, 3: 2}
"""Cards of a queue, by how many queues share its column."""


def near(day: date) -> str:
    """A day within reach: `mer 9 dic`."""
    return format_date(day, "EEE d MMM", locale=language())


def clock_words(now: datetime) -> str:
    """Today for the foot of the board."""
    return near(civil_day(now))


@dataclass(frozen=True)
class Bench:
    """A card of the board as the template prints it; `urgent` is the word, `holder` the colleague who has it in hand."""

    code: str
    look: str
    used: str
    promised: str
    icon: str
    fault: str
    sign: str
    until: str
    urgent: str
    holder: str


@dataclass(frozen=True)
class Stack:
    """A queue with its cards; `more` says how many are not shown, `state` is its list."""

    word: str
    state: str
    total: int
    cards: tuple[Bench, ...]
    more: str


def columns(board: Mapping[Queue, QueueShown], *, house: House) -> list[list[Stack]]:
    """The board's columns; closing up shows only when there is something to close."""
    shown = [
        [board[queue] for queue in column if queue is not Queue.RETURNING or board[queue].total] for column in COLUMNS
    ]
    return [[_stack(queue, ROOM[len(column)], house) for queue in column] for column in shown]


def _stack(shown: QueueShown, room: int, house: House) -> Stack:
    cards = shown.cards[:room]
    hidden = shown.total - len(cards)
    more = ""
    if hidden:
        more = ngettext("%(num)s more", "%(num)s more", hidden)
        if shown.last_due_on and shown.last_due_on >= house.today():
            more = ngettext(
                "%(num)s more, by %(day)s", "%(num)s more, all by %(day)s", hidden, day=near(shown.last_due_on)
            )
    benches = tuple(_bench(card, shown.queue, house) for card in cards)
    return Stack(str(QUEUES[shown.queue]), shown.queue.value, shown.total, benches, more)


def _bench(card: Card, queue: Queue, house: House) -> Bench:
    look, sign, until = _until(card, queue, house)
    looks = " ".join(each for each in (look, "mine" if card.mine else "") if each)
    used, promised = (str(card.days.used), str(card.days.promised)) if card.days else ("–", "")
    return Bench(
        card.code,
        looks,
        used,
        promised,
        family_icon(card.family),
        _fault(card, queue),
        sign,
        until,
        _("Urgent") if card.urgent else "",
        "" if card.mine else card.holder,
    )


def _fault(card: Card, queue: Queue) -> str:
    """What is wrong; where an answer is awaited, which one."""
    asked = next((wait for wait in card.waits if wait.kind in STOPS_CLOCK), None)
    if queue is Queue.ASKER and asked:
        return _asked(asked)
    if card.components:
        return component(card.components[0])
    return symptom(card.symptom) if card.symptom else family(card.family)


def _asked(wait: OpenWait) -> str:
    """Which answer is missing, as short as a card needs it."""
    if wait.kind is WaitKind.QUOTE and "total_cents" in wait.detail:
        return _("Quote of %(amount)s", amount=money(wait.detail["total_cents"]))
    if wait.kind is WaitKind.PAPERS and wait.detail.get("needs"):
        missing = ", ".join(short_need(each) for each in wait.detail["needs"])
        return missing[:1].upper() + missing[1:]
    return waited(wait).word


def _until(card: Card, queue: Queue, house: House) -> tuple[str, str, str]:
    """How the card looks, its sign, and the words on its right."""
    today = house.today()
    if card.safety:
        return "safe", "flag", _("Safety")
    if queue is Queue.READY:
        return "", "", card.location or country(card.country)
    if card.days and card.days.late_by and not card.days.stopped:
        return "late", "alert", ngettext("%(num)s day late", "%(num)s days late", card.days.late_by)
    if card.paper_seen:
        return "", "copy", _("paper seen before")
    waiting = _waiting(card, queue, today)
    if waiting:
        return "", "", waiting
    if queue is Queue.TESTING and card.repaired_by_reader:
        return "", "", _("for a colleague")
    if card.due_on is None:
        return "", "", _("not yet in charge")
    soon = card.due_on <= due(today, SOON, closures=house.brand.closures)
    return (
        ("soon", "clock", _("by %(day)s", day=near(card.due_on)))
        if soon
        else ("", "", _("by %(day)s", day=near(card.due_on)))
    )


def _waiting(card: Card, queue: Queue, today: date) -> str:
    """Since when the part or the answer is missing."""
    if queue not in (Queue.PART, Queue.ASKER) or not card.waits:
        return ""
    days = max(0, (today - civil_day(min(wait.since for wait in card.waits))).days)
    return ngettext("for %(num)s day", "for %(num)s days", days) if days else _("since today")


def waited(wait: OpenWait) -> statuses.Badge:
    """What is awaited, for a list that knows only the kind."""
    return statuses.wait(wait.kind, ON_WHOM[wait.kind] or Whom.CUSTOMER, reader="lab")


@dataclass(frozen=True)
class Line:
    """A row of a list as the template prints it."""

    code: str
    icon: str
    model: str
    serial: str
    symptoms: str
    customer: str
    reference: str
    badge: statuses.Badge
    safety: bool
    urgent: bool
    holder: str
    verdict: str
    tone: str
    location: str
    due_on: date | None
    days: Days | None


def line(row: Row) -> Line:
    """One ticket of a list."""
    open_waits = [
        (wait.kind, ON_WHOM[wait.kind] or Whom.CUSTOMER) for wait in row.waits if wait.kind is not WaitKind.DECISION
    ]
    return Line(
        row.code, family_icon(row.family), row.model or family(row.family), row.serial, ", ".join(symptom(each) for each in row.symptoms),
        row.customer, row.shop_reference, statuses.status(row.status, open_waits, reader="lab"), row.safety, row.urgent, row.holder,
        verdicts.outcome(row.verdict), verdicts.tone(row.verdict), row.location, row.due_on, row.days,
    )  # fmt: skip
