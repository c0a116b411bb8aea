"""Verdicts in words: one function for page, paper and letter, so that everybody reads the same reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from service_center.core.house import house
from service_center.core.i18n import Later, _, day, language, later
from service_center.tickets import outcomes
from service_center.tickets.lifecycle import AFTER_THE_YES, Status
from service_center.tickets.outcomes import GOODWILL
from service_center.tickets.wording.clocks import ClockWords, plain
from service_center.tickets.wording.needs import need
from service_center.tickets.wording.vocabulary import cause, component
from service_center.tickets.wording.voices import Reader, Voiced, same
from service_center.warranty.vocabulary import Advice, Cause, Reason, VerdictValue

Record = Mapping[str, Any]
"""A verdict, or a finding's part of one, as contract.md 4 has it."""


class Rule(NamedTuple):
    """A rule's number, what it says in a few words, and its page (empty: none)."""

    ref: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class VerdictWords:
    """A verdict as the macro `verdict_panel` takes it."""

    tone: str
    icon: str
    headline: str
    sub: str
    reasons: tuple[str, ...]
    rules: tuple[Rule, ...]
    clocks: tuple[ClockWords, ...] = ()


V = VerdictValue

_HEADLINES: dict[str, tuple[Later, str, str]] = {
    V.COVERED: (later("Covered by the guarantee"), "ok", "covered"),
    V.NOT_COVERED: (later("Not covered by the guarantee"), "rest", "denied"),
    V.PENDING_DOCS: (later("A document is missing"), "wait", "doc"),
    V.AMBIGUOUS: (later("A person decides"), "work", "ask"),
    V.MIXED: (later("Partly covered"), "part", "shield"),
    GOODWILL: (later("Not covered; done free as a courtesy"), "ok", "shield"),
    V.INVALID_INPUT: (later("These data cannot be right"), "stop", "alert"),
}
_PRELIMINARY: dict[str, Later] = {
    V.COVERED: later("By what we know now, covered by the guarantee"),
    V.NOT_COVERED: later("By what we know now, not covered by the guarantee"),
}
_SUBS: dict[str, Voiced] = {
    V.COVERED: same(later("Nothing to pay.")),
    V.NOT_COVERED: Voiced(
        later("Nothing is done before you say yes to a quote."), later("Nothing is done before a yes to the quote.")
    ),
    V.MIXED: Voiced(
        later("The covered part is free; the rest is done only after your yes to a quote."),
        later("The covered part is free; the rest is done only after a yes to the quote."),
    ),
    GOODWILL: same(later("Nothing to pay. It is a courtesy of the brand; the guarantee itself does not grow by it.")),
    V.AMBIGUOUS: same(later("The terms leave it open, so a named person decides and says why.")),
    V.PENDING_DOCS: same(later("As soon as it is here we go on.")),
    V.INVALID_INPUT: same(later("Check what was entered, the dates first.")),
}
_DECIDED = later("A person at the lab looked at it and decided; whoever asked for the repair can read why.")
_DECIDED_EARLIER = later("%(name)s decided on %(day)s, but on other facts: it waits for a new decision.")
_PRELIMINARY_SUB = later("The final word follows when a technician has looked at the item.")

_REASONS: dict[str, Later] = {
    Reason.VOID: later("The item was opened or repaired outside the authorised network, or with parts that are not original: the whole guarantee ends with that."),
    Reason.CARD: later("It was not sold by an authorised retailer or by our web shop: the seller answers for it."),
    Reason.PROOF: later("No valid proof of purchase arrived in time."),
}  # fmt: skip

_ADVICE: dict[str, Voiced] = {
    Advice.COVER: same(later("The documents can be read in favour of cover here; a person confirms it.")),
    Advice.CARRIER_CLAIM: Voiced(
        later("It was damaged on its way: for you it is free, and we claim it from the courier."),
        later("It was damaged on its way: free for the customer; it is claimed from the courier."),
    ),
    Advice.RETURN_TESTED: same(later("No fault was found: it is tested and returned, and there is nothing to pay.")),
    Advice.ASK_RETAILER: same(later("The dates do not agree: the shop that sold it is asked which one is right.")),
    Advice.GOODWILL: same(later("By the dates it is late, but the documents allow another reading; a person decides.")),
    Advice.DECIDE: same(later("The terms do not say it clearly; a person looks at the item and decides.")),
}


def rules(refs: Sequence[str], terms: str = "") -> tuple[Rule, ...]:
    """Rule numbers with what they say in these terms (empty: the newest)."""
    found = ((ref, house().rulebook.clause(ref, terms)) for ref in refs)
    return tuple(Rule(ref, clause.title[language()] if clause else "") for ref, clause in found)


def outcome(verdict: str) -> str:
    """The verdict itself in a few words, for lists and badges."""
    headline, _tone, _icon = _HEADLINES.get(verdict, _HEADLINES[V.AMBIGUOUS])
    return str(headline)


def tone(verdict: str) -> str:
    """The tint of a verdict."""
    return _HEADLINES.get(verdict, _HEADLINES[V.AMBIGUOUS])[1]


def denial(code: str, part: Record, whole: Record) -> str:
    """Why it is not covered: the sentence of one reason, for a finding (or the headline) of a verdict."""
    if code == Reason.WINDOW:
        last = whole.get("last_covered_day")
        return _(
            "The guarantee lasted until %(day)s; the repair was asked for after that day.",
            day=day(date.fromisoformat(last)) if last else "–",
        )
    if code == Reason.COMPONENT:
        return _(
            "The guarantee does not extend to this part: %(component)s.",
            component=_low(component(part.get("component", ""))),
        )
    if code == Reason.CAUSE:
        return _("The guarantee excludes this cause: %(cause)s.", cause=_low(cause(part.get("cause", ""))))
    return str(_REASONS.get(code, later("The terms exclude it.")))


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def why(part: Record, whole: Record, *, reader: Reader) -> tuple[str, ...]:
    """All reasons of a verdict or of a finding's part, as sentences, in the order of the steps."""
    value = part["verdict"]
    if value in (V.NOT_COVERED, V.MIXED):
        told = part["findings"] if part.get("findings") else [part]
        return (*_free_parts(told), *_unique(denial(code, each, whole) for each in told for code in each["reasons"]))
    if value == V.PENDING_DOCS:
        return tuple(need(code, reader=reader) for code in whole.get("needs", ()))
    if value == V.AMBIGUOUS:
        return (_ADVICE.get(part.get("advice") or "", _ADVICE[Advice.DECIDE]).to(reader),)
    if value == V.INVALID_INPUT:
        return (_("One of the dates or parts does not fit the others."),)
    return _covered(part, whole, reader)


def _free_parts(told: Sequence[Record]) -> tuple[str, ...]:
    """What of several findings is free."""
    free = [
        _low(component(each["component"]))
        for each in told
        if outcomes.outcome(each) in outcomes.FREE and each.get("component")
    ]
    return (_("Free: %(components)s.", components=", ".join(dict.fromkeys(free))),) if free else ()


def decided(made: Record) -> tuple[str, ...]:
    """A person's decision: the reason as it was written, and who decided when."""
    return tuple(each for each in (made["reason"], decided_by(made)) if each)


def decided_by(made: Record) -> str:
    """`Decided by Carmela Improta on 20 Nov 2026.`; empty where the name is not known."""
    if not made.get("by") or not made.get("at"):
        return ""
    return _("Decided by %(name)s on %(day)s.", name=made["by"], day=day(datetime.fromisoformat(made["at"])))


def decided_earlier(part: Record) -> tuple[str, ...]:
    """That a decision was made on other facts, for those who decide anew."""
    made = outcomes.outdated(part)
    if made is None:
        return ()
    when = day(datetime.fromisoformat(made["at"])) if made.get("at") else "–"
    return (_DECIDED_EARLIER % {"name": made.get("by") or "–", "day": when},)


def _reasons(record: Record, *, reader: Reader) -> tuple[str, ...]:
    """Why a whole verdict is what it is; where a person decided, that person's own words come first."""
    parts = record.get("findings") or ()
    by_people = [made for each in (*parts, *(() if parts else (record,))) if (made := outcomes.decided(each))]
    if not by_people:
        return (*why(record, record, reader=reader), *(decided_earlier(record) if reader == "lab" else ()))
    undecided = [each for each in parts if outcomes.decided(each) is None]
    told = [sentence for made in by_people for sentence in decided(made)]
    free = _free_parts(parts) if outcomes.headline(record) == V.MIXED else ()
    denials = [denial(code, each, record) for each in undecided for code in each["reasons"]]
    return (*free, *_unique((*told, *denials)))


def _covered(part: Record, whole: Record, reader: Reader) -> tuple[str, ...]:
    last = whole.get("last_covered_day")
    said = (
        [
            _(
                "The repair was asked for within the guarantee, which lasts until %(day)s.",
                day=day(date.fromisoformat(last)),
            )
        ]
        if last
        else []
    )
    if part.get("cause") == Cause.BATTERY_END_OF_LIFE:
        said.append(_("The battery is covered, also when it has simply run down."))
    if part.get("advice"):
        said.append(_ADVICE[part["advice"]].to(reader))
    return tuple(said)


def _unique(sentences: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))


def verdict(
    record: Record, *, reader: Reader, outcome: str = "", clocks: tuple[ClockWords, ...] | None = None, told: bool = True, now: Status | None = None
) -> VerdictWords:  # fmt: skip
    """A whole verdict, preliminary or final, with both terms that run (None: their last days alone).

    `outcome` is the ticket's headline: where people decided, it differs from what the rules alone said. What they wrote is
    for those whose repair it is: not `told`, it is said only that somebody decided. `now`: where the repair is; nobody waits
    for a yes that was said.
    """
    value = outcome or outcomes.headline(record)
    headline, tint, icon = _HEADLINES[value]
    preliminary = record.get("preliminary", False) and not (record.get("decided") and value != V.COVERED)
    if preliminary:
        headline = _PRELIMINARY.get(value, headline)
    sub = str(_PRELIMINARY_SUB) if preliminary and value == V.COVERED else _SUBS[value].to(reader)
    if now in AFTER_THE_YES and value in (V.NOT_COVERED, V.MIXED):
        sub = ""
    by_people = any(outcomes.decided(each) for each in (record, *record.get("findings", ())))
    reasons = (str(_DECIDED),) if by_people and not told else _reasons(record, reader=reader)
    terms = plain(record) if clocks is None else clocks
    return VerdictWords(
        tint, icon, str(headline), sub, reasons, rules(record.get("rules", ()), record.get("terms") or ""), terms
    )


def spoken(outcome: str, made: Record, *, reader: Reader) -> VerdictWords:
    """A decision as it will be read, before it is made."""
    headline, tint, icon = _HEADLINES[outcome]
    return VerdictWords(tint, icon, str(headline), _SUBS[outcome].to(reader), decided(made), ())


class Judged(Protocol):
    """A finding as a row has it."""

    @property
    def component(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def record(self) -> dict[str, Any]: ...
    @property
    def decision(self) -> str | None: ...
    @property
    def decision_reason(self) -> str: ...


def finding(found: Judged, whole: Record, *, reader: Reader) -> VerdictWords:
    """The verdict on one finding; where a person decided, the decision and the reason that person gave."""
    value = found.outcome or whole["verdict"]
    headline, tint, icon = _HEADLINES[value]
    part = {"reasons": [], "advice": None, **found.record, "verdict": value}
    made = outcomes.decided(found.record)
    by = (decided_by(made),) if made and reader in ("customer", "shop") else ()
    reasons = (found.decision_reason, *filter(None, by)) if found.decision else why(part, whole, reader=reader)
    reasons += decided_earlier(found.record) if reader == "lab" else ()
    sub = _("%(component)s: %(cause)s", component=component(found.component), cause=_low(cause(found.cause)))
    return VerdictWords(tint, icon, str(headline), sub, reasons, rules(part.get("rules", ()), whole.get("terms") or ""))


def denied(findings: Iterable[Judged], whole: Record, *, reader: Reader) -> list[VerdictWords]:
    """What a quote is about: the findings that are not covered, each with its reason."""
    return [finding(each, whole, reader=reader) for each in findings if each.outcome == V.NOT_COVERED]


_RIGHTS = later(
    "Beside this guarantee of the brand stands the legal guarantee of two years: the seller answers for it, and nothing here limits it."
)
# Where the term of the law stands just above, with its last day and who answers for it.
_UNLIMITED = later("This guarantee of the brand does not limit the legal guarantee in any way.")


def rights_notice(beside: Iterable[ClockWords] = ()) -> str:
    """The sentence that stands on every denial and every report (R29; Codice del consumo, art. 135-quinquies).

    `beside`: the terms that a page shows directly above; what they say already is not said again.
    """
    return str(_UNLIMITED if any(each.legal for each in beside) else _RIGHTS)
