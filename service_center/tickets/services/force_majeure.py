"""Force majeure for the whole house: one event stops the promise of everything that is here, and its end lets it go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import ROME
from service_center.tickets.lifecycle import IN_HOUSE, Action, Status, WaitKind
from service_center.tickets.models import Item, Ticket, Wait
from service_center.tickets.services.advancing import advance, renew_promise

BACK_DAYS = 30
"""So many days ago it may have begun at most, when somebody notes it."""
_LASTS = (Wait.kind == WaitKind.FORCE_MAJEURE, Wait.closed_at.is_(None))


def standing(*, stopped: bool) -> ColumnElement[bool]:
    """Tickets that are here and go on; or those that the whole house's force majeure stopped."""
    if stopped:
        return exists().where(Wait.ticket_id == Ticket.id, *_LASTS, Wait.detail["house"].as_boolean())
    return Ticket.status.in_(IN_HOUSE - {Status.READY}) & ~exists().where(Wait.ticket_id == Ticket.id, *_LASTS)


def count(session: Session, *, stopped: bool) -> int:
    """How many there are."""
    return session.execute(select(func.count()).select_from(Ticket).where(standing(stopped=stopped))).scalar_one()


def since_when(session: Session) -> datetime | None:
    """When the oldest one began that still lasts."""
    return session.execute(
        select(func.min(Wait.opened_at)).where(*_LASTS, Wait.detail["house"].as_boolean())
    ).scalar_one()


def stop_all(session: Session, reason: str, since: date, *, actor: Actor, now: datetime, house: House) -> int:
    """It began in the morning of that day, for everything that was here then; returns how many tickets stand still."""
    _check(since, house)
    if not reason.strip():
        raise Refused("note_needed", field="reason")
    began = datetime.combine(since, time(), ROME)
    found = _held(session, stopped=False)
    for ticket in found:
        advance(
            session,
            ticket,
            Action.OPEN_FORCE_MAJEURE,
            actor=actor,
            now=now,
            house=house,
            note=reason.strip(),
            detail={"house": True},
        )
        for wait in _lasting(ticket):
            wait.opened_at = min(now, max(began, ticket.received_at or began))
        renew_promise(ticket, house)
    if not found:
        raise Refused("nothing_to_stop", field="reason")
    return len(found)


def go_on(session: Session, on: date, *, actor: Actor, now: datetime, house: House) -> int:
    """Work goes on from the morning of that day; returns how many tickets count again."""
    _check(on, house)
    goes_on = datetime.combine(on, time(), ROME)
    found = _held(session, stopped=True)
    for ticket in found:
        ended = _lasting(ticket)
        advance(session, ticket, Action.END_FORCE_MAJEURE, actor=actor, now=now, house=house)
        for wait in ended:
            wait.closed_at = max(wait.opened_at, min(now, goes_on))
        renew_promise(ticket, house)
    if not found:
        raise Refused("nothing_stands_still", field="on")
    return len(found)


def _lasting(ticket: Ticket) -> list[Wait]:
    return [wait for wait in ticket.waits if wait.kind is WaitKind.FORCE_MAJEURE and wait.closed_at is None]


def _check(day: date, house: House) -> None:
    if not house.today() - timedelta(days=BACK_DAYS) <= day <= house.today():
        raise Refused("not_within_days", field="since", days=BACK_DAYS)


def _held(session: Session, *, stopped: bool) -> Sequence[Ticket]:
    """All of them, locked in one order, so that two who press at once come one after the other."""
    wanted = standing(stopped=stopped)
    session.execute(select(Ticket.id).where(wanted).order_by(Ticket.id).with_for_update()).all()
    return session.scalars(
        select(Ticket).where(wanted).order_by(Ticket.id)
        .options(joinedload(Ticket.item).joinedload(Item.model), joinedload(Ticket.customer), selectinload(Ticket.findings), selectinload(Ticket.waits))
    ).all()  # fmt: skip
