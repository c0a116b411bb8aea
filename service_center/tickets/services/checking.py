"""Answering the check lists, and signing for what is missing or failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.tickets import checking
from service_center.tickets.bench_models import Check, Waiver
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import held
from service_center.tickets.services.advancing import advance


def answer(
    session: Session, ticket: Ticket, answers: Mapping[str, str], *, actor: Actor, now: datetime, house: House
) -> dict[str, str]:
    """Answer lines of the list that is open now; returns what each had said before, empty where nothing."""
    stage = checking.stage_of(ticket.status)
    if stage is None:
        raise Refused("checks_closed")
    lines = {line.code for line in house.brand.goods.checks_of(ticket.item.family, stage)}
    given, before, failed = checking.answers(session, ticket.id), {}, checking.failed_at(session, ticket.id)
    for name, said in answers.items():
        if name not in lines or said not in checking.ANSWERS:
            raise Refused("check_unknown", field=f"check_{name}")
        row = given.get((stage, name))
        stale = row is not None and checking.before(row.at, failed)
        before[name] = row.answer if row and not stale else ""
        if row is None:
            row = Check(ticket_id=ticket.id, stage=stage, name=name)
            session.add(row)
        if stale or row.answer != said:
            row.answer, row.at, row.by_id = said, now, actor.user_id
    ticket.version += 1
    return before


def take_back(
    session: Session, ticket: Ticket, name: str, before: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """A line of the open list says again what it said before; nothing, where it had no answer."""
    if before:
        answer(session, ticket, {name: before}, actor=actor, now=now, house=house)
        return
    stage = checking.stage_of(ticket.status)
    row = checking.answers(session, ticket.id).get((stage or "", name))
    if row is None:
        raise NotFound
    session.delete(row)
    ticket.version += 1


def sign(
    session: Session, ticket: Ticket, subject: str, reason: str, *, words: str, consent: str, actor: Actor, now: datetime, house: House
) -> Waiver:  # fmt: skip
    """A manager answers by name for what is missing or failed: it no longer keeps the item here.

    `words` name it in the history. What is read or answered later must be signed for anew.
    """
    if not actor.in_lab or ticket.status is not Status.TESTING:
        raise Refused("not_from_here", action=Action.WAIVE.value, status=ticket.status.value)
    hold = next((each for each in held(session, ticket, house=house) if each.subject == subject), None)
    signed = checking.waivers(session, ticket.id, failed_at=checking.failed_at(session, ticket.id))
    if hold is None or hold.signed_by(signed) is not None:
        raise Refused("nothing_to_sign", field="subject")
    if not reason.strip():
        raise Refused("note_needed", field="reason")
    advance(session, ticket, Action.WAIVE, actor=actor, now=now, house=house, note=f"{words}: {reason.strip()}")
    waiver = Waiver(
        ticket_id=ticket.id, subject=subject, reason=reason.strip(), consent=consent.strip(), at=now, by_id=actor.user_id, signed_by=actor.name
    )  # fmt: skip
    session.add(waiver)
    session.flush()
    return waiver


def unsign(session: Session, ticket: Ticket, waiver_id: int, *, actor: Actor, now: datetime, house: House) -> None:
    """The signature no longer stands; what it was for keeps the item here again."""
    waiver = session.get(Waiver, waiver_id)
    if waiver is None or waiver.ticket_id != ticket.id or waiver.taken_back_at is not None:
        raise NotFound
    advance(session, ticket, Action.TAKE_WAIVER_BACK, actor=actor, now=now, house=house)
    waiver.taken_back_at = now
