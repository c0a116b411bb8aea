"""The desk of decisions in words: what waits, one case with both readings, and how its verdict came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service_center.core.i18n import _, civil_day, day, moment, ngettext
from service_center.management.queries.decisions import Case
from service_center.tickets import outcomes
from service_center.tickets.codes import grouped
from service_center.tickets.doubts import Question
from service_center.tickets.lineage import OwnWork
from service_center.tickets.models import Finding, Ticket, Verdict
from service_center.tickets.services.deciding import open_as_a_whole
from service_center.tickets.wording import readings, vocabulary
from service_center.tickets.wording.readings import Reading, asked
from service_center.tickets.wording.verdicts import (
    Rule,
    VerdictWords,
    decided_by,
    decided_earlier,
    rules,
    verdict,
)
from service_center.tickets.wording.verdicts import finding as finding_words
from service_center.tickets.wording.verdicts import outcome as outcome_word

WHOLE = "whole"


@dataclass(frozen=True)
class Row:
    """A ticket in the list of the desk."""

    code: str
    item: str
    questions: tuple[tuple[str, str], ...]
    advice: str
    rules: tuple[Rule, ...]
    since: datetime
    age: str
    legal: bool
    outdated: bool


@dataclass(frozen=True)
class Point:
    """One thing to decide on: a finding, or the dates and papers of the whole ticket."""

    about: str
    title: str
    note: str
    now: VerdictWords
    readings: list[Reading]
    open: bool
    by_rules: str
    decided: str
    earlier: str
    ours: tuple[str, str] = ("", "")


def row(case: Case, *, now: datetime) -> Row:
    """A case in the list: its first questions, the oldest advice, how long it waits."""
    parts = [part for part in case.record.get("findings") or (case.record,) if _asks(part, legal=case.legal)]
    parts = parts or [case.record]
    told = [asked(part, case.record, case.claim) for part in parts]
    if case.asked:
        told = [("", str(readings.question(Question(case.asked))))]
    refs = dict.fromkeys(ref for part in parts for ref in part.get("rules", ()))
    first = readings.readings(parts[0], case.record, case.claim)[0]
    days = (civil_day(now) - civil_day(case.since)).days
    age = ngettext("for %(num)s day", "for %(num)s days", days) if days else _("since today")
    return Row(
        case.code, f"{vocabulary.family(case.family)} {case.model}".strip(), tuple(dict.fromkeys(told)), first.advice,
        rules(list(refs), case.record.get("terms") or ""), case.since, age, case.legal, any(outcomes.outdated(part) for part in parts),
    )  # fmt: skip


def _asks(part: Mapping[str, Any], *, legal: bool) -> bool:
    denied = legal and part["verdict"] == "NOT_COVERED" and outcomes.decided(part) is None
    return denied or outcomes.outcome(part) == "AMBIGUOUS" or outcomes.outdated(part) is not None


def points(ticket: Ticket, latest: Verdict, works: Sequence[OwnWork] = ()) -> list[Point]:
    """All that may be decided on; what is open comes first."""
    ours = {work.component: (own_work(work, civil_day(ticket.requested_at)), work.code) for work in works}
    record, claim = latest.record, latest.claim
    legal = outcomes.needs_legal_review(record)
    found = []
    if open_as_a_whole(ticket, record):
        found.append(_whole(record, claim, legal=legal and not ticket.findings, alone=not ticket.findings))
    found += [
        _point(each, record, claim, legal=legal, ours=ours.get(each.component, ("", "")))
        for each in ticket.findings
        if each.verdict not in ("PENDING_DOCS", "INVALID_INPUT")
    ]
    return sorted(found, key=lambda point: not point.open)


def _whole(record: dict[str, Any], claim: dict[str, Any], *, legal: bool, alone: bool) -> Point:
    open_now = (alone and _asks(record, legal=legal)) or outcomes.outdated(record) is not None
    return Point(
        WHOLE, _("Dates and papers, for the whole ticket"), "", verdict(record, reader="lab"), readings.readings(record, record, claim) if open_now or outcomes.headline(record) != "COVERED" else [], open_now,
        outcome_word(record["verdict"]), _decided(record), " ".join(decided_earlier(record)),
    )  # fmt: skip


def _point(
    found: Finding, record: dict[str, Any], claim: dict[str, Any], *, legal: bool, ours: tuple[str, str]
) -> Point:
    title = f"{vocabulary.component(found.component)}: {vocabulary.cause(found.cause)}"
    return Point(
        str(found.id), title, found.note, finding_words(found, record, reader="lab"), [] if found.verdict == "COVERED" else readings.readings(found.record, record, claim),
        _asks(found.record, legal=legal), outcome_word(found.verdict), _decided(found.record), " ".join(decided_earlier(found.record)), ours,
    )  # fmt: skip


def _decided(part: Mapping[str, Any]) -> str:
    made = outcomes.decided(part)
    return decided_by(made) if made else ""


def own_work(work: OwnWork, asked_on: date) -> str:
    """A part that we repaired and that fails again: when it was done, and until when we answer for that work."""
    facts = {
        "component": vocabulary.component(work.component), "day": day(work.finished_on), "code": grouped(work.code), "until": day(work.until),
    }  # fmt: skip
    if work.holds(asked_on):
        return _("Our own work: %(component)s, repaired on %(day)s (%(code)s). We answer for that work until %(until)s; this request is in time.", **facts)  # fmt: skip
    return _("Our own work: %(component)s, repaired on %(day)s (%(code)s). We answered for that work until %(until)s; this request came later.", **facts)  # fmt: skip


def facts(ticket: Ticket, shop: str, seal: str = "") -> list[tuple[str, str]]:
    """What the decision is made on, one fact a row."""
    proof, mark = ticket.proof, ticket.item.water_mark
    marks = {True: _("yes"), False: _("no"), None: _("not known")}
    rows = [
        (_("Requested"), f"{moment(ticket.requested_at)}, {vocabulary.evidence(ticket.request.evidence)}"),
        (_("Bought on"), day(proof.purchased_on) if proof and proof.purchased_on else _("not known")),
        (_("Date on the card"), day(proof.card_dated_on) if proof and proof.card_dated_on else ""),
        (_("Registered on"), day(proof.registered_on) if proof and proof.registered_on else ""),
        (_("Delivered on"), day(proof.delivered_on) if proof and proof.delivered_on else ""),
        (_("Guarantee until"), day(ticket.last_covered_day) if ticket.last_covered_day else ""),
        (_("Proof"), ", ".join(each for each in (vocabulary.proof_kind(proof.kind), proof.number) if each) if proof else _("none")),
        (_("Seller"), ", ".join(each for each in (proof.seller_name, vocabulary.seller(proof.seller)) if each) if proof else ""),
        (_("Card"), vocabulary.card_state(proof.card) if proof else ""),
        (_("Water mark"), marks[mark]),
        (_("Opened before"), vocabulary.tampering(ticket.tampering)),
        (_("Seal of the last visit"), seal),
        (_("Second-hand"), _("yes") if ticket.second_hand else ""),
        (_("Shop"), shop),
        (_("Symptoms"), ", ".join(vocabulary.symptom(each) for each in ticket.symptoms)),
        (_("In the customer's own words"), ticket.words),
    ]  # fmt: skip
    return [(word, value) for word, value in rows if value]
