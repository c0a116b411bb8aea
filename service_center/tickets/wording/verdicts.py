"""Verdicts in words: one function for page, paper and letter, so that everybody reads the same reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Protocol

from service_center.core.i18n import Later, _, day, later
from service_center.tickets.wording.statuses import need
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


class ClockWords(NamedTuple):
    """A term that runs: whose, until when, and who answers."""

    label: str
    until: date | None
    who: str


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
    V.AMBIGUOUS: same(later("The terms leave it open, so a named person decides and says why.")),
    V.PENDING_DOCS: same(later("As soon as it is here we go on.")),
    V.INVALID_INPUT: same(later("Check what was entered, the dates first.")),
}
_DECIDED = later("The terms left it open; a person looked at the item and decided.")
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

_RULES: dict[str, Later] = {
    "R01": later("the guarantee lasts two years"),
    "R02": later("it begins on the day of purchase"),
    "R03": later("the day of the request counts"),
    "R04": later("the fault shows within the guarantee"),
    "R05": later("the last day is included"),
    "R06": later("registering neither shortens nor proves"),
    "R07": later("two dates that disagree"),
    "R08": later("days are read in Rome, by the best evidence"),
    "R09": later("a repair does not extend the guarantee"),
    "R10": later("a proof of purchase is needed"),
    "R11": later("a proof must be legible"),
    "R12": later("card filled in and stamped by an authorised retailer"),
    "R13": later("registering is optional"),
    "R14": later("handed in at the shop"),
    "R15": later("sent directly to the lab"),
    "R16": later("defects of material and manufacture"),
    "R17": later("movement and battery of a watch"),
    "R18": later("what is covered on a smartwatch"),
    "R19": later("what is covered on a jewel"),
    "R20": later("wear, misuse and accidents are excluded"),
    "R21": later("ageing and chemicals are excluded"),
    "R22": later("liquids, without a mark of water resistance"),
    "R23": later("liquids, beyond the limits of use"),
    "R24": later("liquids, within the limits of use"),
    "R25": later("opened by others, or foreign parts"),
    "R28": later("work under guarantee is free"),
    "R30": later("paid repair, after a quote"),
}


def rules(refs: Sequence[str]) -> tuple[Rule, ...]:
    """Rule numbers with what they say."""
    return tuple(Rule(ref, str(_RULES.get(ref, ""))) for ref in refs)


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
        return (*_covered_parts(told), *_unique(denial(code, each, whole) for each in told for code in each["reasons"]))
    if value == V.PENDING_DOCS:
        return tuple(need(code, reader=reader) for code in whole.get("needs", ()))
    if value == V.AMBIGUOUS:
        return (_ADVICE.get(part.get("advice") or "", _ADVICE[Advice.DECIDE]).to(reader),)
    if value == V.INVALID_INPUT:
        return (_("One of the dates or parts does not fit the others."),)
    return _covered(part, whole, reader)


def _covered_parts(told: Sequence[Record]) -> tuple[str, ...]:
    """What of several findings is free."""
    free = [_low(component(each["component"])) for each in told if each["verdict"] == V.COVERED]
    return (_("Covered: %(components)s.", components=", ".join(dict.fromkeys(free))),) if free else ()


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
        said.append(_("A watch's battery is covered, also when it has simply run down."))
    if part.get("advice"):
        said.append(_ADVICE[part["advice"]].to(reader))
    return tuple(said)


def _unique(sentences: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sentences))


def verdict(record: Record, *, reader: Reader, outcome: str = "") -> VerdictWords:
    """A whole verdict, preliminary or final, with both terms that run.

    `outcome` is the ticket's headline: where people decided, it differs from what the rules alone said.
    """
    value = outcome or record["verdict"]
    headline, tint, icon = _HEADLINES[value]
    preliminary = record.get("preliminary", False)
    if preliminary:
        headline = _PRELIMINARY.get(value, headline)
    sub = str(_PRELIMINARY_SUB) if preliminary and value == V.COVERED else _SUBS[value].to(reader)
    decided = value != record["verdict"] and record["verdict"] in (V.AMBIGUOUS, V.MIXED)
    reasons = (str(_DECIDED),) if decided else why(record, record, reader=reader)
    return VerdictWords(tint, icon, str(headline), sub, reasons, rules(record.get("rules", ())), _clocks(record))


def _clocks(record: Record) -> tuple[ClockWords, ...]:
    ends = (
        (_("Guarantee of the brand until"), record.get("last_covered_day"), _("the lab answers")),
        (_("Legal guarantee until"), record.get("statutory_until"), _("the seller answers")),
    )
    return tuple(ClockWords(label, date.fromisoformat(until), who) for label, until, who in ends if until)


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
    reasons = (found.decision_reason,) if found.decision else why(part, whole, reader=reader)
    sub = _("%(component)s: %(cause)s", component=component(found.component), cause=_low(cause(found.cause)))
    return VerdictWords(tint, icon, str(headline), sub, reasons, rules(part.get("rules", ())))


def denied(findings: Iterable[Judged], whole: Record, *, reader: Reader) -> list[VerdictWords]:
    """What a quote is about: the findings that are not covered, each with its reason."""
    return [finding(each, whole, reader=reader) for each in findings if each.outcome == V.NOT_COVERED]


_RIGHTS = later(
    "Beside this guarantee of the brand stands the legal guarantee of two years: the seller answers for it, and nothing here limits it."
)


def rights_notice() -> str:
    """The sentence that stands on every denial and every report (R29; Codice del consumo, art. 135-quinquies)."""
    return str(_RIGHTS)
