"""What a step leaves on the ticket besides its status, and what goes when it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.core.workdays import due
from service_center.tickets.lifecycle import TAKEN_BACK, Action
from service_center.tickets.models import Ticket

Effect = Callable[[Ticket, Actor, datetime, House], None]


def leave(action: Action, ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    """Put on the ticket what this step leaves."""
    if action in EFFECTS:
        EFFECTS[action](ticket, actor, now, house)


def take_away(undone: Action, ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    """Take off what the undone step had left."""
    if undone in REVERSALS:
        REVERSALS[undone](ticket, actor, now, house)


def _received(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.received_at = now


def _not_received(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.received_at = ticket.contents_until = None


def _in_charge(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.day_zero = civil_day(now)
    ticket.due_on = due(ticket.day_zero, house.brand.setting("promise_working_days"), closures=house.brand.closures)


def _not_in_charge(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.day_zero = ticket.due_on = None


def _repaired(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.repaired_by_id = actor.user_id


def _tested(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.tested_by_id, ticket.finished_at = actor.user_id, now


def _not_tested(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.tested_by_id = ticket.finished_at = None


def _closed_up(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.finished_at = now


def _over(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
    ticket.closed_at = now


def _answered(answer: str) -> Effect:
    def effect(ticket: Ticket, actor: Actor, now: datetime, house: House) -> None:
        ticket.quote_answer = answer

    return effect


EFFECTS: dict[Action, Effect] = {
    Action.RECEIVE: _received,
    Action.TAKE_IN_CHARGE: _in_charge,
    Action.FINISH: _repaired,
    Action.PASS_QUALITY: _tested,
    Action.CLOSE_UP: _closed_up,
    Action.ACCEPT_QUOTE: _answered("accepted"),
    Action.REFUSE_QUOTE: _answered("refused"),
    Action.EXPIRE_QUOTE: _answered("expired"),
    Action.CLOSE: _over,
    Action.CANCEL: _over,
}
REVERSALS: dict[Action, Effect] = {
    Action.RECEIVE: _not_received,
    Action.TAKE_IN_CHARGE: _not_in_charge,
    Action.PASS_QUALITY: _not_tested,
    Action.CLOSE_UP: _not_tested,
}
assert set(REVERSALS) <= TAKEN_BACK
