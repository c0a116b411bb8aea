"""The two terms in plain words: until when, how each stands today, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from service_center.core.i18n import Later, _, day, later
from service_center.tickets.clocks import Answers, Clock, State, Term


class ClockWords(NamedTuple):
    """A term in words: its name, its last day, who answers, how it stands (word and tint), what else is good to know, and whether the law gives it."""

    label: str
    until: date | None
    who: str
    state: str = ""
    tone: str = ""
    notes: tuple[str, ...] = ()
    legal: bool = False


_LABELS: dict[Term, Later] = {
    Term.GUARANTEE: later("Guarantee of the brand until"),
    Term.LEGAL: later("Legal guarantee until"),
}
_STATES: dict[State, tuple[Later, str]] = {
    State.RUNNING: (later("running"), "ok"),
    State.EXTENDED: (later("extended"), "ok"),
    State.CLAIMABLE: (later("over, can still be claimed"), "wait"),
    State.ENDED: (later("over"), "rest"),
}
_WHO: dict[Answers, Later] = {
    Answers.LAB: later("the lab answers"),
    Answers.BRAND: later("%(brand)s answers: it sold the item itself"),
    Answers.SHOP: later("the shop that sold it answers"),
    Answers.MARKETPLACE: later("the seller on the marketplace answers"),
    Answers.SELLER: later("the seller answers"),
}


def clocks(found: Iterable[Clock], *, brand: str) -> tuple[ClockWords, ...]:
    """The terms of a verdict in words."""
    return tuple(_clock(each, brand) for each in found)


def _clock(clock: Clock, brand: str) -> ClockWords:
    word, tone = _STATES[clock.state]
    return ClockWords(
        str(_LABELS[clock.term]), clock.until, _who(clock, brand), str(word), tone, tuple(_notes(clock)), clock.term is Term.LEGAL
    )  # fmt: skip


def _who(clock: Clock, brand: str) -> str:
    if clock.name and clock.answers not in (Answers.LAB, Answers.BRAND):
        return _("the seller answers: %(name)s", name=clock.name)
    if clock.answers is Answers.BRAND:
        return _("%(brand)s answers: it sold the item itself", brand=brand)
    return str(_WHO[clock.answers])


def _notes(clock: Clock) -> list[str]:
    said = []
    if clock.presumed_until:
        said.append(_("Until %(day)s a defect counts as there from the start.", day=day(clock.presumed_until)))
    if clock.claim_until and clock.state is not State.ENDED:
        said.append(_("It can be claimed until %(day)s.", day=day(clock.claim_until)))
    if clock.after_repair:
        said.append(
            _("If the seller remedies a defect by a repair, it lasts once until %(day)s.", day=day(clock.after_repair))
        )
    return said


def sentence(words: ClockWords) -> str:
    """A term in one sentence, for papers and letters."""
    facts = {"label": words.label, "day": day(words.until) if words.until else "–", "who": words.who}
    said = _("%(label)s %(day)s: %(who)s.", **facts)
    if words.state:
        said = _("%(label)s %(day)s (%(state)s): %(who)s.", **facts, state=words.state)
    return " ".join((said, *words.notes))


def plain(record: Mapping[str, Any]) -> tuple[ClockWords, ...]:
    """The two days of a verdict whose purchase is not at hand."""
    ends = (
        (Term.GUARANTEE, record.get("last_covered_day"), Answers.LAB),
        (Term.LEGAL, record.get("statutory_until"), Answers.SELLER),
    )
    return tuple(
        ClockWords(str(_LABELS[term]), date.fromisoformat(until), str(_WHO[who]), legal=term is Term.LEGAL)
        for term, until, who in ends
        if until
    )


def legal_review(record: Mapping[str, Any], found: Iterable[Clock]) -> str:
    """For the lab and the manager: refusing under the guarantee does not settle it, since we are the seller; else empty."""
    legal = next((each for each in found if each.term is Term.LEGAL), None)
    if not record.get("legal_review") or legal is None or legal.claim_until is None:
        return ""
    return _(
        "We sold it ourselves, so as the seller we may owe what the guarantee does not cover. A claim is possible until %(day)s: a manager looks at it before anything is refused.",
        day=day(legal.claim_until),
    )


_REMEDIES = {"repair": later("Repair"), "replacement": later("Replacement")}


def remedy_word(kept: Mapping[str, Any] | None) -> str:
    """What the consumer chose before the remedy; empty where nothing was."""
    found = _REMEDIES.get((kept or {}).get("choice", ""))
    return str(found) if found else ""
