"""What waits for a manager's decision, and the figures of what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Model
from service_center.tickets import outcomes
from service_center.tickets.doubts import Question
from service_center.tickets.lifecycle import COMING, IN_HOUSE, Action, WaitKind
from service_center.tickets.models import Event, Finding, Item, Ticket, Verdict, Wait
from service_center.warranty.vocabulary import VerdictValue as V

OPEN = COMING | IN_HOUSE
SHOWN = 200


@dataclass(frozen=True)
class Case:
    """A ticket on the desk: since when, and its latest verdict with what it was made on."""

    code: str
    family: str
    model: str
    since: datetime
    record: dict[str, Any]
    claim: dict[str, Any]
    legal: bool
    asked: str = ""


def desk(session: Session) -> list[Case]:
    """All that waits for a person, the oldest first."""
    latest = select(func.max(Verdict.id)).where(Verdict.ticket_id == Ticket.id).correlate(Ticket).scalar_subquery()
    waits = select(Wait.ticket_id).where(Wait.kind == WaitKind.DECISION, Wait.closed_at.is_(None))
    open_findings = select(Finding.ticket_id).where(Finding.verdict == V.AMBIGUOUS, Finding.decision.is_(None))
    review = Verdict.record["legal_review"].as_boolean().is_(True) & Ticket.verdict.in_((V.NOT_COVERED, V.MIXED))
    rows = session.execute(
        select(Ticket.id, Ticket.code, Ticket.safety, Item.family, func.coalesce(Model.name, Item.model_text).label("model"), Verdict.record, Verdict.claim, Verdict.made_at)
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .join(Verdict, Verdict.id == latest)
        .where(Ticket.status.in_(OPEN), or_(Ticket.verdict == V.AMBIGUOUS, Ticket.id.in_(waits), Ticket.id.in_(open_findings), review))
        .order_by(Verdict.made_at)
    ).all()  # fmt: skip
    since = _since(session, [row.id for row in rows])
    refused = _refused(session, [row.id for row in rows])
    found = []
    for row in rows:
        case = Case(
            row.code, row.family, row.model, since.get(row.id, row.made_at), row.record, row.claim,
            outcomes.needs_legal_review(row.record), Question.REFUSED_REPLACEMENT if row.id in refused else "",
        )  # fmt: skip
        by_wait = row.id in since and not row.safety
        if outcomes.waits_for_a_person(row.record) or case.legal or by_wait:
            found.append(case)
    return sorted(found, key=lambda case: case.since)[:SHOWN]


def _since(session: Session, ticket_ids: Sequence[int]) -> dict[int, datetime]:
    """When somebody first asked for the decision that is open."""
    asked = (
        select(Wait.ticket_id, func.min(Wait.opened_at).label("at"))
        .where(Wait.ticket_id.in_(ticket_ids), Wait.kind == WaitKind.DECISION, Wait.closed_at.is_(None))
        .group_by(Wait.ticket_id)
    )
    return {row.ticket_id: row.at for row in session.execute(asked)}


def _refused(session: Session, ticket_ids: Sequence[int]) -> set[int]:
    """Tickets whose open decision follows from a replacement that the customer refused."""
    asked = (
        select(Wait.ticket_id)
        .join(Event, Event.id == Wait.opened_by_event_id)
        .where(
            Wait.ticket_id.in_(ticket_ids), Wait.kind == WaitKind.DECISION, Wait.closed_at.is_(None),
            Event.action == Action.REFUSE_REPLACEMENT,
        )
    )  # fmt: skip
    return set(session.scalars(asked))
