"""What a shop reads: the list's rows, what is asked of it, and how to go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.core.i18n import Later, _, day, later, ngettext
from service_center.retailers.queries import Counted, Line, Tab
from service_center.tickets.lifecycle import Status, WaitKind, Whom
from service_center.tickets.wording import statuses, verdicts, vocabulary
from service_center.tickets.wording.needs import short_need
from service_center.tickets.wording.statuses import Badge
from service_center.warranty.vocabulary import VerdictValue

_TABS: dict[Tab, Later] = {
    Tab.SEND: later("To send"),
    Tab.LAB: later("At the lab"),
    Tab.ANSWER: later("Your answer is needed"),
    Tab.BACK: later("On its way back"),
    Tab.CLOSED: later("Over"),
}
_EMPTY: dict[Tab, tuple[Later, Later]] = {
    Tab.SEND: (later("Nothing to send"), later("A repair that is taken in at the counter waits here for its parcel.")),
    Tab.LAB: (later("Nothing at the lab"), later("What was posted stands here until it is ready.")),
    Tab.ANSWER: (later("Nothing waits for an answer"), later("Quotes to answer and papers to send appear here.")),
    Tab.BACK: (later("Nothing on its way back"), later("What is ready, or travels back, stands here.")),
    Tab.CLOSED: (later("Nothing closed yet"), later("Delivered and cancelled repairs stay here.")),
}
_PILLS: dict[str, tuple[Later, str]] = {
    VerdictValue.COVERED: (later("Covered"), "covered"),
    VerdictValue.NOT_COVERED: (later("Not covered"), "denied"),
    VerdictValue.PENDING_DOCS: (later("A document is missing"), "doc"),
    VerdictValue.AMBIGUOUS: (later("The lab decides"), "ask"),
    VerdictValue.MIXED: (later("Partly covered"), "shield"),
    VerdictValue.INVALID_INPUT: (later("Check the dates"), "alert"),
}


def tab(which: Tab) -> str:
    """The tab's word."""
    return str(_TABS[which])


def empty(which: Tab, words: str) -> tuple[str, str]:
    """What an empty tab says; a search without a hit says how to find more."""
    if words:
        return (
            _("Nothing found for “%(words)s”", words=words),
            _("Look for the code, your own reference, a name, a serial number or a telephone number."),
        )
    headline, sentence = _EMPTY[which]
    return str(headline), str(sentence)


@dataclass(frozen=True)
class Row:
    """A repair in the list, in words."""

    code: str
    reference: str
    icon: str
    item: str
    fault: str
    customer: str
    status: Badge
    verdict: Badge
    until: str
    papers: str
    asked_on: date
    due_on: date | None
    shop: str


def row(line: Line) -> Row:
    """A line as the list shows it."""
    waits = [(kind, whom) for kind, whom, _detail in line.waits]
    needs = [need for kind, _whom, detail in line.waits if kind is WaitKind.PAPERS for need in detail.get("needs", ())]
    missing = ", ".join(dict.fromkeys(short_need(each) for each in needs))
    return Row(
        line.code, line.reference, line.family, " ".join((vocabulary.family(line.family), line.model)).strip(),
        ", ".join(vocabulary.symptom(code) for code in line.symptoms), line.customer,
        statuses.status(line.status, _telling(line.status, waits), reader="shop"), pill(line.verdict), _until(line),
        missing or (_("a document") if WaitKind.PAPERS in {kind for kind, _whom in waits} else ""),
        line.requested_at, line.due_on, line.shop,
    )  # fmt: skip


def _telling(status: Status, waits: list[tuple[WaitKind, Whom]]) -> list[tuple[WaitKind, Whom]]:
    """What is over waits for nothing."""
    return [] if status in (Status.CLOSED, Status.CANCELLED) else waits


def pill(verdict: str) -> Badge:
    """A verdict in two words."""
    words, icon = _PILLS.get(verdict, _PILLS[VerdictValue.AMBIGUOUS])
    return Badge(str(words), verdicts.tone(verdict), icon)


def _until(line: Line) -> str:
    if line.last_covered_day is None:
        return ""
    if line.verdict == VerdictValue.NOT_COVERED and line.reason == "WINDOW":
        return _("ended on %(day)s", day=day(line.last_covered_day))
    return _("until %(day)s", day=day(line.last_covered_day))


def waiting(found: Counted) -> tuple[str, str]:
    """The banner above the list: how many repairs wait for the shop, and since when; empty for none."""
    number = found.tabs[Tab.ANSWER]
    if not number:
        return "", ""
    headline = ngettext("%(num)s repair waits for your answer.", "%(num)s repairs wait for your answer.", number)
    since = (
        _("The oldest since %(day)s: until the answer the count of days stands still.", day=day(found.oldest))
        if found.oldest
        else ""
    )
    return headline, since
