"""One ticket on the bench in words: head, item, findings, measures, parts, what is awaited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service_center.core.house import House
from service_center.core.i18n import _, civil_day, country, day, moment, money, phone
from service_center.lab.queries.sheet import Sheet
from service_center.lab.wording.board import near
from service_center.lab.wording.measures import Row, rows
from service_center.messages.wording import ComplaintWords, complaint
from service_center.proofs.models import Reuse
from service_center.tickets.goods import bears_water_mark
from service_center.tickets.lifecycle import ON_BENCH, WaitKind
from service_center.tickets.models import Finding, Ticket, Wait
from service_center.tickets.queries import days_of
from service_center.tickets.services.deadlines import awaited
from service_center.tickets.wording import actions, days, statuses, verdicts
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.chain import Made, chain
from service_center.tickets.wording.clocks import clocks, legal_review, remedy_word
from service_center.tickets.wording.needs import short_need
from service_center.tickets.wording.seals import seal_fact


@dataclass(frozen=True)
class Head:
    """The top of the screen."""

    code: str
    item: str
    icon: str
    badge: statuses.Badge
    waits: list[statuses.Badge]
    days: days.DaysWords
    due: str


@dataclass(frozen=True)
class FindingRow:
    """A finding with its verdict; `open` asks a manager."""

    id: int
    symptom_code: str
    symptom: str
    component: str
    cause_code: str
    cause: str
    work_code: str
    work: str
    note: str
    verdict: verdicts.VerdictWords
    open: bool
    decided: str


@dataclass(frozen=True)
class WaitRow:
    """An answer that is missing, since when, and what exactly."""

    badge: statuses.Badge
    since: datetime
    detail: str


@dataclass(frozen=True)
class Words:
    """The whole screen, but for its forms and its menu."""

    head: Head
    facts: list[tuple[str, str]]
    papers: list[tuple[str, str]]
    verdict: verdicts.VerdictWords
    chain: list[Made]
    legal_review: str
    findings: list[FindingRow]
    measures: list[Row]
    waits: list[WaitRow]
    timeline: list[actions.Entry]
    visits: list[tuple[str, str, str]]
    paper_seen: bool
    complaints: list[ComplaintWords]
    on_bench: bool


def whole(sheet: Sheet, *, house: House) -> Words:
    """Word everything at once."""
    ticket = sheet.ticket
    return Words(
        head=head(sheet, house=house),
        facts=facts(sheet),
        papers=papers(sheet),
        verdict=verdict(sheet, house=house),
        chain=chain(sheet.verdicts),
        legal_review=legal_review(sheet.verdict.record, sheet.clocks),
        findings=[_finding(found, sheet) for found in ticket.findings],
        measures=rows(sheet.readings, sheet.tests, sheet.needed),
        waits=[_wait(wait) for wait in ticket.waits if wait.closed_at is None],
        timeline=actions.timeline(sheet.history, reader="lab"),
        visits=[_visit(earlier) for earlier in sheet.visits],
        complaints=[complaint(each, today=house.today()) for each in sheet.complaints],
        paper_seen=ticket.proof is not None and ticket.proof.reuse == Reuse.SEEN,
        on_bench=ticket.status in ON_BENCH,
    )


def item_name(ticket: Ticket) -> str:
    """What it is, and which."""
    model = ticket.item.model.code if ticket.item.model else ticket.item.model_text
    return f"{words.family(ticket.item.family)} {model}".strip()


def head(sheet: Sheet, *, house: House) -> Head:
    """Code, item, status, days."""
    ticket = sheet.ticket
    finished = civil_day(ticket.finished_at) if ticket.finished_at else None
    counted = days.days(days_of(ticket, house=house), reader="lab", day_zero=ticket.day_zero, finished_on=finished)
    due = counted.late or (near(counted.due_on) if counted.due_on else "")
    if finished:
        due = ""
    return Head(
        ticket.code, item_name(ticket), words.family_icon(ticket.item.family),
        statuses.status(ticket.status, (), reader="lab"), [_badge(wait) for wait in ticket.waits if wait.closed_at is None and wait.kind is not WaitKind.COURIER], counted, due,
    )  # fmt: skip


def facts(sheet: Sheet) -> list[tuple[str, str]]:
    """The item and whose it is; what nobody knows is left out."""
    ticket = sheet.ticket
    mark = {True: _("yes"), False: _("no"), None: _("not known")}[ticket.item.water_mark]
    told = [
        (_("Declared"), f"“{ticket.words}”" if ticket.words else ""),
        (_("Symptoms"), ", ".join(words.symptom(each) for each in ticket.symptoms)),
        (_("Serial number"), ticket.item.serial),
        (_("Water mark"), mark if bears_water_mark(ticket.item.family) else ""),
        (_("Condition"), ", ".join(f"{words.zone(zone)} {grade}" for zone, grade in ticket.condition.items())),
        (_("Opened before"), words.tampering(ticket.tampering)),
        (_("Seal of the last visit"), seal_fact(sheet.desk.before)),
        (_("Came with it"), ", ".join(words.accessory(each) for each in ticket.accessories)),
        (_("Asked on"), f"{day(ticket.requested_at)}, {words.evidence(ticket.request.evidence)}"),
        (_("Shop"), f"{sheet.shop.name} {ticket.shop_reference}".strip() if sheet.shop else ""),
        (_("Customer"), ", ".join(each for each in (ticket.customer.name, phone(ticket.customer.phone), ticket.customer.email) if each)),
        (_("Goes back to"), _address(ticket)),
        (_("Bought"), _("second-hand") if ticket.second_hand else ""),
        (_("The customer's choice"), remedy_word(ticket.remedy_choice)),
    ]  # fmt: skip
    return [(word, value) for word, value in told if value]


def _address(ticket: Ticket) -> str:
    town = f"{ticket.return_postal_code} {ticket.return_city}" + (
        f" ({ticket.return_province})" if ticket.return_province else ""
    )
    return ", ".join(
        each for each in (ticket.return_name, ticket.return_street, town, country(ticket.return_country)) if each
    )


def papers(sheet: Sheet) -> list[tuple[str, str]]:
    """What the papers say."""
    proof, ticket = sheet.ticket.proof, sheet.ticket
    if proof is None:
        return [(_("Proof of purchase"), _("none"))]
    checked = _("not checked yet") if proof.checked_at is None else _("checked on %(day)s", day=day(proof.checked_at))
    told = [
        (_("Bought on"), day(proof.purchased_on) if proof.purchased_on else _("not known")),
        (_("Proof"), ", ".join(each for each in (words.proof_kind(proof.kind), proof.number, checked) if each)),
        (_("Seller"), ", ".join(each for each in (proof.seller_name, words.seller(proof.seller)) if each)),
        (_("Card"), words.card_state(proof.card)),
        (_("Guarantee until"), day(ticket.last_covered_day) if ticket.last_covered_day else ""),
    ]
    return [(word, value) for word, value in told if value]


def verdict(sheet: Sheet, *, house: House) -> verdicts.VerdictWords:
    """The whole verdict; where a person decided, the decision is the headline."""
    return verdicts.verdict(
        sheet.verdict.record,
        reader="lab",
        outcome=sheet.ticket.verdict,
        clocks=clocks(sheet.clocks, brand=house.brand.name),
    )


def _finding(found: Finding, sheet: Sheet) -> FindingRow:
    decider = sheet.people.get(found.decided_by_id or 0, "")
    decided = f"{decider}, {moment(found.decided_at)}" if found.decided_at else ""
    return FindingRow(
        found.id, found.symptom, words.symptom(found.symptom) if found.symptom else "", words.component(found.component), words.cause_code(found.cause),
        words.cause(found.cause), found.action, words.work(found.action) if found.action else "", found.note,
        verdicts.finding(found, sheet.verdict.record, reader="lab"), found.undecided, decided,
    )  # fmt: skip


def _wait(wait: Wait) -> WaitRow:
    detail = ""
    if wait.kind is WaitKind.PAPERS:
        detail = ", ".join(short_need(each) for each in wait.detail.get("needs", ()))
        until = awaited(wait.detail)
        detail = _("%(papers)s, by %(day)s", papers=detail, day=day(until)) if until else detail
    if wait.kind is WaitKind.COMPLAINT and "due_on" in wait.detail:
        detail = _("by %(day)s", day=day(date.fromisoformat(wait.detail["due_on"])))
    if wait.kind is WaitKind.QUOTE and "total_cents" in wait.detail:
        detail = money(wait.detail["total_cents"])
    return WaitRow(_badge(wait), wait.opened_at, detail)


def _badge(wait: Wait) -> statuses.Badge:
    return statuses.wait(wait.kind, wait.on_whom, reader="lab")


def _visit(earlier: Ticket) -> tuple[str, str, str]:
    """Code, day and verdict of an earlier visit."""
    when = earlier.finished_at or earlier.requested_at
    return earlier.code, day(when), verdicts.outcome(earlier.verdict)


def photo_words(stage: str, subject: str) -> str:
    """The caption of a picture."""
    return f"{words.photo_subject(subject)}, {words.photo_stage(stage)}"


def mixed(findings: Sequence[FindingRow]) -> list[verdicts.VerdictWords]:
    """One panel a finding, where they differ."""
    return [row.verdict for row in findings] if len({row.verdict.tone for row in findings}) > 1 else []
