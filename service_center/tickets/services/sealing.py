"""Numbered seals: put on as an item is closed, looked at when it comes again, opened by ourselves when the work goes on."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.tickets.bench_models import Seal
from service_center.tickets.checking import FOUND, REOPENED, SEALED_IN, seal_before, seal_of
from service_center.tickets.lifecycle import ON_BENCH
from service_center.tickets.models import Ticket

_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9\-]{2,19}")
_CARD = "*SEAL."


def number_of(typed: str) -> str:
    """A seal's number as it was typed or scanned, by its own card or without."""
    plain = "".join(typed.split()).upper().removeprefix(_CARD)
    if not plain.isascii() or not _NUMBER.fullmatch(plain):
        raise Refused("seal_unreadable", field="number")
    return plain


def next_number(session: Session) -> int:
    """The first number after every plain number that was used."""
    used = session.scalars(select(Seal.number).order_by(func.length(Seal.number).desc(), Seal.number.desc()))
    return next((int(each) + 1 for each in used if each.isdigit() and len(each) < 10), 1)


def put(session: Session, ticket: Ticket, typed: str, *, actor: Actor, now: datetime, house: House) -> Seal:
    """Close the item with a seal; one that was put on at this visit before is broken now, by us."""
    number = number_of(typed)
    if ticket.status not in SEALED_IN:
        raise Refused("seal_not_now", field="number")
    if not house.brand.goods.can_be_sealed(ticket.item.family):
        raise Refused("seal_not_here", field="number")
    used = session.scalars(select(Seal).where(Seal.number == number)).first()
    standing = seal_of(session, ticket.id)
    if used is not None and (standing is None or used.id != standing.id):
        raise Refused("seal_used", field="number", number=number)
    if used is not None:
        return used
    if standing is not None:
        _opened(standing, ticket, actor=actor, now=now)
    seal = Seal(number=number, item_id=ticket.item_id, ticket_id=ticket.id, put_at=now, put_by_id=actor.user_id)
    session.add(seal)
    ticket.version += 1
    session.flush()
    return seal


def take_off(session: Session, ticket: Ticket, seal_id: int) -> None:
    """A seal was scanned by mistake: its number is free again, and the one before it stands."""
    seal = session.get(Seal, seal_id)
    if seal is None or seal.ticket_id != ticket.id or seal.found or ticket.status not in SEALED_IN:
        raise NotFound
    before = session.scalars(
        select(Seal).where(Seal.ticket_id == ticket.id, Seal.found == REOPENED, Seal.found_at == seal.put_at)
    ).first()
    if before is not None:
        before.found, before.found_at, before.found_by_id, before.found_ticket_id = "", None, None, None
    session.delete(seal)
    ticket.version += 1


def open_again(session: Session, ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    """The item is on the bench once more: the seal of this visit is broken by our own hand."""
    if ticket.status in ON_BENCH and (standing := seal_of(session, ticket.id)) is not None:
        _opened(standing, ticket, actor=actor, now=now)


def note_found(session: Session, ticket: Ticket, found: str, *, actor: Actor, now: datetime) -> Seal:
    """What the seal of the last visit looks like now that the item came again."""
    seal = seal_before(session, ticket)
    if seal is None:
        raise Refused("no_seal_before")
    if found not in FOUND:
        raise Refused("seal_answer_unknown", field="found")
    seal.found, seal.found_at, seal.found_by_id, seal.found_ticket_id = found, now, actor.user_id, ticket.id
    ticket.version += 1
    return seal


def forget_found(session: Session, ticket: Ticket) -> None:
    """What was said of the last visit's seal was said by mistake."""
    seal = seal_before(session, ticket)
    if seal is None:
        raise NotFound
    seal.found, seal.found_at, seal.found_by_id, seal.found_ticket_id = "", None, None, None
    ticket.version += 1


def _opened(seal: Seal, ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    seal.found, seal.found_at, seal.found_by_id, seal.found_ticket_id = REOPENED, now, actor.user_id, ticket.id
