"""What letters say about a ticket: the same words as its pages, frozen facts beside what is known when they leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Event, EventText, Ticket
from service_center.tickets.vocabulary import Action as Work
from service_center.tickets.vocabulary import Symptom
from service_center.tickets.wording import statuses, verdicts, vocabulary
from service_center.tickets.wording.voices import Reader


def about(
    session: Session, ticket: Ticket, template: str, frozen: Mapping[str, Any], *, reader: Reader, house: House
) -> dict[str, Any]:
    """Everything that the letters of a ticket may mention, in the language that is spoken now."""
    record = queries.latest_verdict(session, ticket.id).record
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
        "verdict": verdicts.verdict(record, reader=reader, outcome=ticket.verdict),
        "rights": verdicts.rights_notice(),
        "needs": needs(ticket, frozen, template, reader=reader),
        "note": asked_for(session, ticket) if template == "papers_needed" else "",
        "battery": Symptom.OVERHEATS_OR_SWELLS in ticket.symptoms,
        "skin": Symptom.SKIN_REACTION in ticket.symptoms,
        "repaired": ticket.tested_by_id is not None,
        "works": works(ticket),
        "city": ticket.return_city,
        **_dated(frozen),
    }  # fmt: skip


def item(ticket: Ticket) -> str:
    """What it is: the kind and its model."""
    model = ticket.item.model.name if ticket.item.model else ticket.item.model_text
    return f"{vocabulary.family(ticket.item.family)} {model}".strip()


def works(ticket: Ticket) -> list[str]:
    """What was done: what the guarantee covers, and what was paid for."""
    paid = ticket.quote_answer == "accepted"
    done = [each for each in ticket.findings if each.outcome == "COVERED" or paid]
    return [vocabulary.work(each.action) for each in done if each.action and each.action != Work.RETURNED_UNREPAIRED]


def needs(ticket: Ticket, frozen: Mapping[str, Any], template: str, *, reader: Reader) -> list[str]:
    """What is missing, a sentence each: as asked then, else as the open wait has it. Whoever is asked reads something."""
    waiting = next((w for w in ticket.waits if w.kind is WaitKind.PAPERS and w.closed_at is None), None)
    wanted = frozen.get("needs") or (waiting.detail.get("needs") if waiting else None)
    asking = template == "papers_needed"
    return [statuses.need(code, reader=reader) for code in wanted or ([""] if asking else [])]


def asked_for(session: Session, ticket: Ticket) -> str:
    """What the lab wrote when it last asked for papers."""
    words = session.scalars(
        select(EventText.text)
        .join(Event, Event.id == EventText.event_id)
        .where(Event.ticket_id == ticket.id, Event.action == Action.ASK_PAPERS)
        .order_by(Event.seq.desc())
        .limit(1)
    ).first()
    return words or ""


def _dated(frozen: Mapping[str, Any]) -> dict[str, date]:
    """Days travel as text."""
    return {name: date.fromisoformat(frozen[name]) for name in ("valid_until",) if name in frozen}
