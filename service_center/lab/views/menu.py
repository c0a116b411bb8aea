"""The menu at the foot of a ticket: what the lifecycle offers, each with its key; some steps have a page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from service_center.accounts.actor import Actor
from service_center.core.i18n import _
from service_center.lab.queries.sheet import Sheet
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import ON_BENCH, Action, Status, Step, WaitKind
from service_center.tickets.stepping import objections, offered
from service_center.tickets.wording.actions import action as words_of

A = Action
LAST = (
    A.WAIT_PART,
    A.REPLACE,
    A.RETURN_ITEM,
    A.ASK_PAPERS,
    A.FAIL_QUALITY,
    A.OPEN_FORCE_MAJEURE,
    A.END_FORCE_MAJEURE,
    A.CANCEL,
    A.UNDO,
)
"""What leads aside or back stands at the end, and is never the first button."""
OWN_PAGE = {
    A.RECEIVE: "lab.unpack",
    A.ASK_PAPERS: "lab.papers",
    A.PASS_QUALITY: "lab.quality",
    A.SEND_QUOTE: "lab.quote",
}
MOST_KEYS = 9


@dataclass(frozen=True)
class Offer:
    """A button of the menu, as macros/actions.html takes it; `typed` is a note that was written before."""

    action: str
    label: str
    hint: str
    key: str
    primary: bool
    danger: bool
    ask: str
    note: str
    note_needed: bool
    typed: str = ""


def menu(sheet: Sheet, *, reader: Actor, typed: Mapping[str, str]) -> list[Offer]:
    """All that this person may do with the ticket now, the likeliest first."""
    ticket, facts = sheet.ticket, sheet.facts
    steps = [step for step in offered(ticket.status, reader.kind, facts) if step.action is not A.UNDO or facts.can_undo]
    steps.sort(key=lambda step: LAST.index(step.action) if step.action in LAST else -1)
    free = [step for step in steps if step.action not in LAST and not any(objections(step, facts))]
    quotable = (
        ticket.status in ON_BENCH
        and facts.to_pay
        and WaitKind.QUOTE not in facts.open_waits
        and not facts.quote_accepted
    )
    pages = _pages(sheet, quotable=bool(quotable))
    first = free[0].action if free and not pages and not facts.replacement_unbooked else None
    offers = [
        Offer(action, label, hint, "", number == 0, False, url, "", False)
        for number, (action, label, hint, url) in enumerate(pages)
    ] + [_offer(step, sheet, primary=step.action is first, typed=typed.get(step.action.value, "")) for step in steps]
    aside = sum(step.action not in LAST for step in steps) + len(pages)
    offers[aside:aside] = _replacement(sheet)
    return [_keyed(offer, number) for number, offer in enumerate(offers, 1)]


def _pages(sheet: Sheet, *, quotable: bool) -> list[tuple[str, str, str, str]]:
    """Steps that the menu of the table leaves out, because they are taken on a page of their own."""
    code = grouped(sheet.ticket.code)
    found = []
    if quotable:
        words = words_of(A.SEND_QUOTE, reader="lab")
        found.append((A.SEND_QUOTE.value, words.label, words.hint, url_for("lab.quote", code=code)))
    if WaitKind.PAPERS in sheet.facts.open_waits:
        found.append(("proof", _("Confirm the proof"), _("what stands on the papers"), url_for("lab.proof", code=code)))
    if sheet.ticket.status is Status.READY:
        found.append(
            (
                A.SHIP.value,
                words_of(A.SHIP, reader="lab").label,
                _("parcel and label"),
                url_for("lab.dispatch", code=code),
            )
        )
    return found


def _replacement(sheet: Sheet) -> list[Offer]:
    """The way to a replacement: the first thing to do once something was offered, else no more than a way aside."""
    ticket, words = sheet.ticket, words_of(A.OFFER_REPLACEMENT, reader="lab")
    if ticket.status not in ON_BENCH or not sheet.facts.findings:
        return []
    label = words.label if ticket.status is not Status.REPLACING else _("Replacement")
    hint = _("scan the new item") if sheet.facts.replacement_unbooked else words.hint
    url = url_for("lab.replacement", code=grouped(ticket.code))
    return [Offer(A.OFFER_REPLACEMENT.value, label, hint, "", sheet.facts.replacement_unbooked, False, url, "", False)]


def _offer(step: Step, sheet: Sheet, *, primary: bool, typed: str) -> Offer:
    words = words_of(step.action, reader="lab")
    endpoint = OWN_PAGE.get(step.action)
    ask = url_for(endpoint, code=grouped(sheet.ticket.code)) if endpoint else ""
    danger = step.action is A.CANCEL
    note = "" if ask else words.note or (_("Why?") if danger or step.note else "")
    return Offer(step.action.value, words.label, words.hint, "", primary, danger, ask, note, step.note, typed)


def _keyed(offer: Offer, number: int) -> Offer:
    key = str(number) if number <= MOST_KEYS else ""
    return Offer(
        offer.action, offer.label, offer.hint, key, offer.primary, offer.danger, offer.ask, offer.note, offer.note_needed, offer.typed
    )  # fmt: skip
