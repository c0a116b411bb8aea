"""The register of complaints in words: its figures, and its rows as a spreadsheet has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from service_center.core.i18n import Later, _, civil_day, later
from service_center.management.queries.complaints import Figures, Line, Tab
from service_center.messages.complaints import in_time
from service_center.messages.wording import ComplaintWords, channel, complaint, outcome, subject
from service_center.tickets import codes
from service_center.warranty.vocabulary import Reason

_REASONS: dict[str, Later] = {
    Reason.WINDOW: later("Asked for too late"),
    Reason.VOID: later("Opened by others"),
    Reason.COMPONENT: later("Part without cover"),
    Reason.CAUSE: later("Cause without cover"),
    Reason.CARD: later("Seller not authorised"),
    Reason.PROOF: later("No proof of purchase"),
}


@dataclass(frozen=True)
class Row:
    """A complaint in the list."""

    words: ComplaintWords
    code: str
    shop: str
    answered_by: str


def row(line: Line, *, today: date) -> Row:
    """A line of the register in words."""
    return Row(complaint(line.complaint, today=today), codes.grouped(line.code) if line.code else "", line.shop, line.answered_by)  # fmt: skip


def tab(which: Tab) -> str:
    """The name of a part of the register."""
    return _("Open") if which is Tab.OPEN else _("Answered")


def empty(which: Tab, searched: bool) -> tuple[str, str]:
    """What is said where nothing is listed."""
    if searched:
        return _("Nothing found"), _("Look in the other part of the register, or with other words.")
    if which is Tab.OPEN:
        return _("No complaint is open"), _("What comes in stands here, with the day of its answer.")
    return _("No complaint was answered yet"), ""


def _answers(figures: Figures) -> list[tuple[str, str]]:
    """How many came, and how many were answered in time."""
    share = f" ({round(100 * figures.in_time / figures.answered)} %)" if figures.answered else ""
    in_time_words = _("%(number)s of %(total)s", number=figures.in_time, total=figures.answered)
    return [
        (_("Received"), str(figures.received)),
        (_("Answered in time"), in_time_words + share),
        (_("Open and late"), str(figures.late_open)),
    ]


def lists(figures: Figures) -> list[tuple[str, list[tuple[str, Any]]]]:
    """How well they are answered, what they are about, which reasons of a denial they doubt, and whose repairs they are."""
    told: list[tuple[str, list[tuple[str, Any]]]] = [
        (_("Answers"), list(_answers(figures))),
        (_("By subject"), [(subject(code), number) for code, number in figures.subjects]),
        (_("By the reason of the denial"), [(reason(code), number) for code, number in figures.reasons]),
        (_("By shop"), list(figures.shops)),
    ]
    return [(title, rows) for title, rows in told if rows]


def reason(code: str) -> str:
    """A reason of a denial in two or three words."""
    return str(_REASONS.get(code, code))


def spreadsheet_head() -> list[str]:
    """The columns of the register as a spreadsheet."""
    return [
        _("Number"), _("Received on"), _("Answer due by"), _("Ticket"), _("Shop"), _("From the shop"), _("Name"), _("E-mail"), _("Telephone"), _("Came"),
        _("Subject"), _("Complaint"), _("Outcome"), _("The answer"), _("Answered on"), _("Answered by"), _("In time"),
    ]  # fmt: skip


def spreadsheet_rows(lines: Iterable[Line]) -> Iterable[list[object]]:
    """The register, a row each; days as ISO dates, which every spreadsheet sorts."""
    yes, no = _("yes"), _("no")
    for line in lines:
        made = line.complaint
        on_time = (yes if in_time(made.due_on, made.answered_at) else no) if made.answered_at else ""
        yield [
            made.id, civil_day(made.received_at).isoformat(), made.due_on.isoformat(), codes.grouped(line.code) if line.code else "", line.shop,
            yes if made.from_shop else no, made.name, made.email, made.phone, channel(made.channel), subject(made.subject), made.text,
            outcome(made.outcome).word if made.outcome else "", made.answer, civil_day(made.answered_at).isoformat() if made.answered_at else "",
            line.answered_by, on_time,
        ]  # fmt: skip
