"""The judgement: a claim and the terms in, a verdict with its reasons, rules and dates out (contract.md section 4)."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service_center.warranty import statutory
from service_center.warranty.claim import Claim, Finding, NotAClaim, parse
from service_center.warranty.months import add_months
from service_center.warranty.terms import FACTS, NoTerms, Rulebook, Ruling, Terms, holds
from service_center.warranty.verdict import Decision, FindingVerdict, Verdict, invalid
from service_center.warranty.vocabulary import Advice, Doubt, Evidence, Need, Reason, Seller, VerdictValue

ROME = ZoneInfo("Europe/Rome")

_STRONGEST_FIRST = (VerdictValue.NOT_COVERED, VerdictValue.PENDING_DOCS, VerdictValue.AMBIGUOUS, VerdictValue.COVERED)
_NOT_AFTER_REQUEST = ("purchased_on", "delivered_on", "noticed_on", "carrier_accepted_on", "card_dated_on")
_claim_facts = attrgetter(*FACTS[:-2])
_dated = attrgetter(*_NOT_AFTER_REQUEST)


class _Impossible(ValueError):
    """The claim contradicts itself or the terms; the message is a sentence without its full stop."""


class _Window(NamedTuple):
    request_day: date
    last_covered_day: date
    statutory_until: date
    doubts: tuple[Doubt, ...]

    @property
    def missed(self) -> bool:
        return self.request_day > self.last_covered_day


def civil_day(instant: datetime) -> date:
    """The day in Italy on which an aware instant falls (R08)."""
    return instant.astimezone(ROME).date()


def answer(raw: object, book: Rulebook) -> Verdict:
    """The verdict on a decoded JSON object; what is no claim gets INVALID_INPUT."""
    try:
        return judge(parse(raw), book)
    except NotAClaim as fault:
        return invalid(fault.id, fault.problem, book.newest.id)


def judge(claim: Claim, book: Rulebook) -> Verdict:
    """The verdict under the terms that were in force on the day of purchase."""
    try:
        terms = book.terms_for(claim.purchased_on)
    except NoTerms as fault:
        return invalid(claim.id, f"The claim cannot be judged: {fault}.", book.newest.id)
    return assess(claim, terms)


def assess(claim: Claim, terms: Terms) -> Verdict:
    """The verdict under these terms; it knows no clock: the day of the request decides what is future."""
    try:
        return _assess(claim, terms)
    except _Impossible as fault:
        return invalid(claim.id, f"The claim cannot be true: {fault}.", terms.id)


def _assess(claim: Claim, terms: Terms) -> Verdict:
    window = _window(claim, terms)
    _check(claim, terms, window.request_day)
    decisions = tuple([_decide(claim, terms, window, each) for each in claim.findings or (None,)])
    headline = _headline(decisions, terms)
    return Verdict(
        claim.id,
        headline,
        terms.id,
        last_covered_day=window.last_covered_day,
        statutory_until=window.statutory_until,
        legal_review=bool(headline.reasons) and _seller_may_owe(claim, terms, window.request_day),
        preliminary=not claim.findings,
        findings=tuple([FindingVerdict(each, made) for each, made in zip(claim.findings, decisions, strict=False)]),
    )


def _window(claim: Claim, terms: Terms) -> _Window:
    if claim.requested_at.utcoffset() is None:
        raise _Impossible("requested_at has no offset from UTC")
    try:
        request_day = civil_day(claim.requested_at)
        last_covered_day = add_months(claim.purchased_on, terms.months)
        doubts = _doubts(claim, terms, request_day, last_covered_day)
        start = statutory.starts_on(claim.purchased_on, claim.delivered_on)
        return _Window(request_day, last_covered_day, statutory.until(terms.law, start), doubts)
    except OverflowError:
        raise _Impossible("a date, or the end of its window, lies beyond the calendar") from None


def _seller_may_owe(claim: Claim, terms: Terms, request_day: date) -> bool:
    start = statutory.starts_on(claim.purchased_on, claim.delivered_on)
    return claim.seller is Seller.OWN_SHOP and request_day <= statutory.action_until(terms.law, start)


def _doubts(claim: Claim, terms: Terms, request_day: date, last_covered_day: date) -> tuple[Doubt, ...]:
    # Both are computed whatever they decide: a date whose window cannot be computed spoils the claim.
    card_covers = _covers(claim.card_dated_on, terms.months, request_day)
    registration_covers = _covers(claim.registered_on, terms.months, request_day)
    if request_day <= last_covered_day:
        return (Doubt.CARD_EARLIER,) if card_covers is False else ()
    evidence, accepted, registered = claim.request_evidence, claim.carrier_accepted_on, claim.registered_on
    days_late = (request_day - last_covered_day).days
    saved_by = {
        Doubt.RETAILER_ENTRY: evidence is Evidence.RETAILER_ENTRY and days_late <= terms.retailer_entry_days,
        Doubt.CARRIER_IN_TIME: evidence is Evidence.ARRIVAL and accepted is not None and accepted <= last_covered_day,
        Doubt.REGISTRATION: registration_covers
        and registered is not None
        and claim.purchased_on <= registered <= last_covered_day,
        Doubt.CARD_LATER: card_covers,
    }
    return tuple(doubt for doubt, saves in saved_by.items() if saves)


def _covers(start: date | None, months: int, request_day: date) -> bool | None:
    return None if start is None else request_day <= add_months(start, months)


def _check(claim: Claim, terms: Terms, request_day: date) -> None:
    parts = terms.families.get(claim.family)
    if parts is None:
        raise _Impossible(f"the family is none of {', '.join(terms.families)}")
    for name, day in zip(_NOT_AFTER_REQUEST, _dated(claim), strict=True):
        if day is not None and day > request_day:
            raise _Impossible(f"{name} is after the day of the request, {request_day}")
    for repair in claim.previous_repairs:
        if repair.component not in parts:
            raise _Impossible(f"a previous repair names a component that is no part of a {claim.family}")
        if repair.completed_on > request_day:
            raise _Impossible(f"a previous repair was completed after the day of the request, {request_day}")
    for finding in claim.findings:
        if finding.component not in parts:
            raise _Impossible(f"a finding names a component that is no part of a {claim.family}")
        if (claim.family, finding.component, finding.cause) not in terms.possible:
            raise _Impossible(f"the {finding.component} of a {claim.family} cannot fail by {finding.cause}")


def _decide(claim: Claim, terms: Terms, window: _Window, finding: Finding | None) -> Decision:
    doubts = window.doubts
    if finding and window.missed and _repaired_before(claim, finding.component):
        doubts += (Doubt.REPAIRED_BEFORE,)
    by_dates = tuple(terms.doubts[doubt] for doubt in doubts if doubt in terms.doubts)
    if window.missed and not by_dates:
        by_dates = (terms.window,)
    facts = _claim_facts(claim)
    spoken = _of_claim(terms, facts)
    if finding:
        spoken += _of_finding(terms, terms.facts_of_findings((*facts, finding.component, finding.cause)))
    return _strongest(by_dates + spoken)


def _repaired_before(claim: Claim, component: str) -> bool:
    return any(
        repair.component == component and repair.completed_on >= claim.purchased_on for repair in claim.previous_repairs
    )


# Few combinations of facts and rulings exist, and they come again and again: the answers are kept, those about the
# claim apart from those about a finding, so that there are as few as can be.
@lru_cache(maxsize=1 << 14)
def _of_claim(terms: Terms, facts: tuple[object, ...]) -> tuple[Ruling, ...]:
    named = dict(zip(FACTS, facts, strict=False))
    return tuple([row.ruling for row in terms.rows_of_claims if holds(row.when, named)])


@lru_cache(maxsize=1 << 14)
def _of_finding(terms: Terms, facts: tuple[object, ...]) -> tuple[Ruling, ...]:
    named = dict(zip(terms.asked_of_findings, facts, strict=True))
    spoken = [row.ruling for row in terms.rows_of_findings if holds(row.when, named)]
    return (*spoken, next(row.ruling for row in terms.causes if holds(row.when, named)))


@lru_cache(maxsize=1 << 14)
def _strongest(rulings: tuple[Ruling, ...]) -> Decision:
    said = {ruling.verdict for ruling in rulings}
    verdict = next((each for each in _STRONGEST_FIRST if each in said), VerdictValue.COVERED)
    deciding = [ruling for ruling in rulings if ruling.verdict is verdict]
    advice = {ruling.advice for ruling in deciding}
    disagreed = Advice.DECIDE if verdict is VerdictValue.AMBIGUOUS else None
    return Decision(
        verdict,
        rules=tuple(sorted({rule for ruling in deciding for rule in ruling.rules})),
        reasons=tuple(reason for reason in Reason if reason in {ruling.reason for ruling in deciding}),
        needs=tuple(need for need in Need if need in {ruling.need for ruling in deciding}),
        advice=advice.pop() if len(advice) == 1 else disagreed,
    )


@lru_cache(maxsize=1 << 14)
def _headline(decisions: tuple[Decision, ...], terms: Terms) -> Decision:
    verdicts = {each.verdict for each in decisions}
    advice = {each.advice for each in decisions}
    rules = {rule for each in decisions for rule in each.rules}
    if verdicts != {VerdictValue.NOT_COVERED}:  # whatever is not denied stands on the window too
        rules.update(terms.window.rules)
    return Decision(
        verdicts.pop() if len(verdicts) == 1 else VerdictValue.MIXED,
        rules=tuple(sorted(rules)),
        reasons=tuple(reason for reason in Reason if any(reason in each.reasons for each in decisions)),
        needs=tuple(need for need in Need if any(need in each.needs for each in decisions)),
        advice=advice.pop() if len(advice) == 1 else None,
    )
