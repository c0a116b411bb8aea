"""Moving a ticket along: the only place, with opening, where a status changes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Shop
from service_center.core.errors import Refused, Stale
from service_center.core.house import House
from service_center.outbox.services import enqueue, withdraw, withdraw_letters
from service_center.tickets import days, history
from service_center.tickets.lifecycle import ON_WHOM, Action, Facts, Status, Step, WaitKind, Whom
from service_center.tickets.models import Event, EventText, Ticket, Wait
from service_center.tickets.queries import facts_of, spans
from service_center.tickets.services import custody, deadlines, sealing
from service_center.tickets.services.claims import settle
from service_center.tickets.services.effects import leave, take_away
from service_center.tickets.services.parting import part_from_stock
from service_center.tickets.stepping import objections, refused, standing_step, step_for

CLOSES_LATER = frozenset({Action.DELIVER, Action.HAND_OVER})
"""After these a ticket closes by itself, unless somebody objects."""

_BY_A_PERSON = ("decision", "goodwill", "verdict_changed")
SAYS_INSTEAD = {
    "decision": _BY_A_PERSON, "goodwill": _BY_A_PERSON,
    **dict.fromkeys(("quote", "quote_withdrawn", "papers_needed", "papers_expired", "cancelled"), ("verdict_changed",)),
}  # fmt: skip
"""Letters that say the verdict, and those that need not leave any more when they do."""


def advance(
    session: Session, ticket: Ticket, action: Action, *, actor: Actor, now: datetime, house: House,
    note: str = "", version: int | None = None, detail: Mapping[str, Any] | None = None, facts: Mapping[str, Any] | None = None, silent: bool = False,
) -> Event:  # fmt: skip
    """Take one step of the table; raises Refused with the first objection, Stale when somebody was quicker.

    `version` is what the person's page showed; `detail` goes into the waits it opens; `facts` into the letter;
    `silent`: another ticket's letter says it to the same reader.
    """
    check_version(ticket, version)
    known = facts_of(session, ticket, actor=actor, house=house)
    step = step_for(ticket.status, action, known)
    if step is None:
        raise Refused("not_from_here", action=action.value, status=ticket.status.value)
    if actor.kind not in step.by:
        raise Refused("not_yours_to_do", action=action.value)
    refuse_if_objected(step, known, note)
    if action is Action.UNDO:
        return _undo(session, ticket, step, actor=actor, now=now, house=house, note=note)
    event = record(session, ticket, step, actor=actor, now=now, note=note)
    _waits(session, ticket, step, event, detail or {}, house=house)
    settle(ticket, event.source, claimed_by=actor.user_id if step.claims else None)
    leave(action, ticket, actor, now, house)
    sealing.open_again(session, ticket, actor=actor, now=now)
    custody.hand_on(session, ticket, event, actor=actor, note=note, facts=facts)
    renew_promise(ticket, house)
    tell(session, ticket, None if silent else step.tells, now=now, facts=facts)
    part_from_stock(session, ticket, now=now)
    if action in CLOSES_LATER:
        later = now + timedelta(days=house.brand.setting("close_after_delivery_days"))
        enqueue(session, "close", {"ticket": ticket.code}, now=now, not_before=later, ticket_id=ticket.id)
    return event


def check_version(ticket: Ticket, version: int | None) -> None:
    """Stop when the page somebody pressed on was older than the ticket (G9)."""
    if version is not None and version != ticket.version:
        raise Stale


def refuse_if_objected(step: Step, facts: Facts, note: str) -> None:
    """Raise the first objection of the row; a step that needs words refuses without them."""
    for code in objections(step, facts):
        raise refused(code, facts)
    if step.note and not note.strip():
        raise Refused("note_needed", field="note")


def record(
    session: Session,
    ticket: Ticket,
    step: Step,
    *,
    actor: Actor,
    now: datetime,
    note: str = "",
    target: Status | None = None,
) -> Event:
    """Write the event, chained to the one before, and the status; the note's words stand in a row of their own."""
    source = None if step.sources is None else ticket.status
    last = session.execute(
        select(Event.seq, Event.digest).where(Event.ticket_id == ticket.id).order_by(Event.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.digest) if last else (1, history.BEGINNING)
    to = target or (step.to if isinstance(step.to, Status) else ticket.status)
    salt = secrets.token_hex(16)
    words = history.text_digest(note, salt) if note else ""
    who = f"{actor.kind}:{actor.user_id or ''}"
    event = Event(
        ticket_id=ticket.id, seq=seq, at=now, actor_kind=actor.kind, actor_id=actor.user_id, action=step.action, source=source, target=to,
        text_digest=words, previous=previous,
        digest=history.link_digest(ticket.code, seq, now, who, step.action.value, source.value if source else None, to.value, words, previous),
    )  # fmt: skip
    session.add(event)
    session.flush()
    if note:
        session.add(EventText(event_id=event.id, salt=salt, text=note))
    ticket.status = to
    ticket.version += 1
    return event


def open_wait(
    session: Session, ticket: Ticket, kind: WaitKind, event: Event, detail: Mapping[str, Any], *, house: House
) -> Wait:
    """Somebody's answer is missing from now on; for a shop's ticket it is the shop that is asked."""
    whom = ON_WHOM[kind] or (Whom.SHOP if ticket.shop_id is not None else Whom.CUSTOMER)
    wait = Wait(
        ticket_id=ticket.id,
        kind=kind,
        on_whom=whom,
        opened_at=event.at,
        opened_by_event_id=event.id,
        detail=dict(detail),
    )
    ticket.waits.append(wait)
    session.flush()
    if kind is WaitKind.PAPERS:
        deadlines.ask(session, ticket, wait, at=event.at, house=house)
    return wait


def _waits(
    session: Session, ticket: Ticket, step: Step, event: Event, detail: Mapping[str, Any], *, house: House
) -> None:
    for wait in ticket.waits:
        if wait.closed_at is None and wait.kind in step.closes:
            wait.closed_at, wait.closed_by_event_id = event.at, event.id
    for kind in step.opens:
        standing = next((wait for wait in ticket.waits if wait.kind is kind and wait.closed_at is None), None)
        if standing is None:
            open_wait(session, ticket, kind, event, detail, house=house)
        elif kind is WaitKind.PAPERS:
            standing.detail = {**standing.detail, **detail}
            deadlines.ask(session, ticket, standing, at=event.at, house=house)


def renew_promise(ticket: Ticket, house: House) -> None:
    """The promised day moves by the whole days that others took (R31)."""
    if ticket.day_zero is None:
        return
    counted = days.split(
        ticket.day_zero, spans(ticket.waits), until=house.today(), closures=house.brand.closures,
        promised=house.brand.setting("promise_working_days"),
    )  # fmt: skip
    ticket.due_on = counted.due_on


def tell(
    session: Session, ticket: Ticket, letter: str | None, *, now: datetime, facts: Mapping[str, Any] | None = None, not_before: datetime | None = None
) -> None:  # fmt: skip
    """Put a letter into the outbox: to the customer, or to the shop where the customer left no e-mail address.

    A letter that says the verdict itself takes the place of those that wait to say it.
    """
    recipient, name = reader_of(session, ticket)
    if letter is None or not recipient:
        return
    frozen = {
        "template": letter,
        "language": ticket.language,
        "recipient": recipient,
        "recipient_name": name,
        "ticket": ticket.code,
        **(facts or {}),
    }
    if letter in SAYS_INSTEAD:
        withdraw_letters(session, ticket_id=ticket.id, templates=SAYS_INSTEAD[letter])
    enqueue(session, "letter", frozen, now=now, not_before=not_before, ticket_id=ticket.id)


def reader_of(session: Session, ticket: Ticket) -> tuple[str, str]:
    """Address and name of whoever reads a ticket's letters; no address where nobody left one."""
    if not ticket.customer.email and ticket.shop_id is not None:
        shop = session.get_one(Shop, ticket.shop_id)
        return shop.email, shop.name
    return ticket.customer.email, ticket.customer.name


def _undo(
    session: Session, ticket: Ticket, step: Step, *, actor: Actor, now: datetime, house: House, note: str
) -> Event:
    """Take back the last step: the status before it, its waits, and the letters that have not left yet."""
    undone = last_step(session, ticket)
    if undone is None or undone.source is None:
        raise Refused("nothing_to_undo")
    event = record(session, ticket, step, actor=actor, now=now, note=note, target=undone.source)
    for wait in ticket.waits:
        if wait.opened_by_event_id == undone.id and wait.closed_at is None:
            wait.closed_at, wait.closed_by_event_id = undone.at, event.id
        elif wait.closed_by_event_id == undone.id:
            wait.closed_at, wait.closed_by_event_id = None, None
    settle(ticket, event.source)
    take_away(undone.action, ticket, actor, now, house)
    sealing.open_again(session, ticket, actor=actor, now=now)
    custody.take_back(session, undone, event)
    renew_promise(ticket, house)
    withdraw(session, ticket_id=ticket.id, since=undone.at)
    return event


def last_step(session: Session, ticket: Ticket) -> Event | None:
    """The latest step that stands and may be taken back."""
    events = session.scalars(select(Event).where(Event.ticket_id == ticket.id).order_by(Event.seq)).all()
    place = standing_step([event.action for event in events])
    return None if place is None else events[place]
