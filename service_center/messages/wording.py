"""What letters say about a ticket: the same words as its pages, frozen facts beside what is known when they leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.goods import Danger
from service_center.core.house import House
from service_center.core.i18n import Later, _, civil_day, language, later, ngettext
from service_center.messages.complaints import Channel, Outcome, Subject
from service_center.messages.models import Complaint
from service_center.tickets import codes, queries
from service_center.tickets.goods import repairs
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Event, EventText, Finding, Ticket
from service_center.tickets.services.deadlines import awaited
from service_center.tickets.wording import changes, remedies, statuses, verdicts, vocabulary
from service_center.tickets.wording.clocks import sentence
from service_center.tickets.wording.needs import need, only_words
from service_center.tickets.wording.terms import terms_of
from service_center.tickets.wording.voices import Reader
from service_center.warranty.vocabulary import Proof


def about(
    session: Session, ticket: Ticket, template: str, frozen: Mapping[str, Any], *, reader: Reader, house: House
) -> dict[str, Any]:
    """Everything that the letters of a ticket may mention, in the language that is spoken now."""
    latest, dangers = queries.latest_verdict(session, ticket.id), house.brand.goods.dangers(ticket.symptoms)
    terms = terms_of(session, ticket, latest, house=house)
    return {
        **frozen,
        "code": codes.grouped(ticket.code),
        "item": item(ticket),
        "requested_at": ticket.requested_at,
        "received_at": ticket.received_at or house.now(),
        "due_on": ticket.due_on,
        "next": statuses.what_next(Status.READY if template == "ready" else Status.RECEIVED, reader=reader),
        "promise_days": house.brand.setting("promise_working_days"),
        "close_days": house.brand.setting("close_after_delivery_days"),
        "verdict": verdicts.verdict(latest.record, reader=reader, outcome=ticket.verdict, clocks=terms),
        "rights": verdicts.rights_notice(),
        "terms": [sentence(each) for each in terms],
        "needs": needs(ticket, frozen, template, reader=reader),
        "only_words": only_words(_wanted(ticket, frozen)),
        "awaited_until": _awaited(ticket),
        "remedy": remedies.why(frozen.get("why", ""), reader=reader),
        "keeps": remedies.keeps(ticket.last_covered_day, reader=reader),
        "note": asked_for(session, ticket) if template == "papers_needed" else "",
        "battery": Danger.SWELLING in dangers,
        "skin": Danger.SKIN in dangers,
        "repaired": ticket.tested_by_id is not None,
        "works": works(ticket),
        "came_with": [vocabulary.accessory(each) for each in ticket.accessories],
        "contents_until": ticket.contents_until,
        "city": ticket.return_city,
        "together": together(frozen),
        "missing": named(frozen.get("missing") or []),
        **changes.in_letters(latest.record, frozen),
        **_dated(frozen),
    }  # fmt: skip


def item(ticket: Ticket) -> str:
    """What it is: the kind and its model."""
    model = ticket.item.model.name if ticket.item.model else ticket.item.model_text
    return f"{vocabulary.family(ticket.item.family)} {model}".strip()


def together(frozen: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Code and item of each that travels in one parcel; empty where it travels alone."""
    inside = frozen.get("parcel") or []
    return named(inside) if len(inside) > 1 else []


def named(inside: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Code and item of each: what lies in a parcel, or should."""
    return [(codes.grouped(code), f"{vocabulary.family(family)} {model}".strip()) for code, family, model in inside]


def works(ticket: Ticket) -> list[str]:
    """What was done: what the guarantee covers, and what was paid for."""
    paid = ticket.quote_answer == "accepted"
    done = [each for each in ticket.findings if each.free or paid]
    return [vocabulary.work(each.action) for each in done if each.action and repairs(each.action)]


def needs(ticket: Ticket, frozen: Mapping[str, Any], template: str, *, reader: Reader) -> list[str]:
    """What is missing, a sentence each: as asked then, else as the open wait has it. Whoever is asked reads something."""
    asking = template == "papers_needed"
    return [need(code, reader=reader) for code in _wanted(ticket, frozen) or ([""] if asking else [])]


def _wanted(ticket: Ticket, frozen: Mapping[str, Any]) -> Sequence[str]:
    waiting = next((w for w in ticket.waits if w.kind is WaitKind.PAPERS and w.closed_at is None), None)
    return frozen.get("needs") or (waiting.detail.get("needs") if waiting else None) or ()


def asked_for(session: Session, ticket: Ticket) -> str:
    """What the lab wrote when it last asked for papers; where it only named what is missing, why the paper that came is not enough."""
    words = session.scalars(
        select(EventText.text)
        .select_from(Event)
        .outerjoin(EventText, Event.id == EventText.event_id)
        .where(Event.ticket_id == ticket.id, Event.action == Action.ASK_PAPERS)
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    return words or _cannot_be_read(ticket)


def _cannot_be_read(ticket: Ticket) -> str:
    """A paper is here, and nobody can read it: then another photograph or another paper helps (R11)."""
    if ticket.proof is None or ticket.proof.kind != Proof.ILLEGIBLE:
        return ""
    return _(
        "We have your paper, but its date, seller or item cannot be read. Photograph it again in daylight, or send another one: the invoice, the order confirmation, or the card statement with the shop's confirmation."
    )


def _awaited(ticket: Ticket) -> date | None:
    """The last day on which papers are awaited."""
    waiting = next((w for w in ticket.waits if w.kind is WaitKind.PAPERS and w.closed_at is None), None)
    return awaited(waiting.detail) if waiting else None


def _dated(frozen: Mapping[str, Any]) -> dict[str, date]:
    """Days travel as text."""
    return {name: date.fromisoformat(frozen[name]) for name in ("valid_until",) if name in frozen}


# --- complaints -----------------------------------------------------------------------------------------------------

_SUBJECTS: dict[str, Later] = {
    Subject.DECISION: later("The decision on the guarantee"),
    Subject.DELAY: later("It takes too long"),
    Subject.QUALITY: later("The repair itself"),
    Subject.COURIER: later("Damage on the way"),
    Subject.OTHER: later("Something else"),
}
_CHANNELS: dict[str, Later] = {
    Channel.WEB: later("on the status page"),
    Channel.RETAILER: later("on the shop's pages"),
    Channel.PHONE: later("by telephone"),
    Channel.EMAIL: later("by e-mail"),
    Channel.LETTER: later("by letter"),
    Channel.CHAT: later("by chat"),
    Channel.COUNTER: later("in person"),
}
_OUTCOMES: dict[str, tuple[Later, Later, str, str]] = {
    Outcome.UPHELD: (later("Upheld"), later("You were right."), "ok", "check"),
    Outcome.PARTLY: (later("Partly upheld"), later("You were right in part."), "part", "check"),
    Outcome.NOT_UPHELD: (later("Not upheld"), later("We see it differently, and say why."), "rest", "x"),
    Outcome.EXPLAINED: (later("Explained"), later("We explain what happened."), "work", "msg"),
}


def subject(code: str) -> str:
    """What a complaint is about."""
    return str(_SUBJECTS[code])


def channel(code: str) -> str:
    """How a complaint came."""
    return str(_CHANNELS[code])


def outcome(code: str) -> statuses.Badge:
    """How a complaint ended, for the register."""
    word, _sentence, tone, icon = _OUTCOMES[code]
    return statuses.Badge(str(word), tone, icon)


def outcome_sentence(code: str) -> str:
    """How a complaint ended, to whoever complained; empty while it is open."""
    return str(_OUTCOMES[code][1]) if code else ""


def about_finding(found: Finding) -> str:
    """One part of a decision, as a subject to choose."""
    return _("The decision on: %(component)s", component=vocabulary.component(found.component))


@dataclass(frozen=True)
class ComplaintWords:
    """A complaint as pages show it: the words, and the answer or the day on which it comes."""

    id: int
    who: str
    subject: str
    channel: str
    received_at: datetime
    text: str
    due_on: date
    open: bool
    late: str
    badge: statuses.Badge
    ended: str
    answer: str
    answered_at: datetime | None


def complaint(made: Complaint, *, today: date) -> ComplaintWords:
    """The same words for the register, the lab, the shop and the customer."""
    until = civil_day(made.answered_at) if made.answered_at else today
    days = (until - made.due_on).days
    late = ngettext("%(num)s day late", "%(num)s days late", days) if days > 0 else ""
    waiting = statuses.Badge(_("Waiting for our answer"), "stop" if late else "wait", "alert" if late else "clock")
    return ComplaintWords(
        made.id, made.name, subject(made.subject), channel(made.channel), made.received_at, made.text, made.due_on, made.answered_at is None, late,
        outcome(made.outcome) if made.outcome else waiting, outcome_sentence(made.outcome), made.answer, made.answered_at,
    )  # fmt: skip


def about_complaint(made: Complaint, ticket: Ticket | None, *, house: House) -> dict[str, Any]:
    """Everything that the letters of a complaint may mention, in the language that is spoken now."""
    return {
        "code": codes.grouped(ticket.code) if ticket else "",
        "item": item(ticket) if ticket else "",
        "about": subject(made.subject),
        "who": made.name,
        "text": made.text,
        "received_at": made.received_at,
        "due_on": made.due_on,
        "outcome": outcome_sentence(made.outcome),
        "answer": made.answer,
        "rights": verdicts.rights_notice(),
        "out_of_court": house.brand.out_of_court.get(language(), ""),
    }
