"""Who has a ticket in hand: taking it, the next one, letting go, handing it on; the one meaning of `claimed_by_id`."""

from __future__ import annotations

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import LAB, User
from service_center.core.errors import Refused
from service_center.tickets.lifecycle import IN_HOUSE, ON_BENCH, Status
from service_center.tickets.models import Ticket

S = Status
BENCH = ON_BENCH | {S.TAKEN_IN_CHARGE, S.RETURNING}
"""What one pair of hands does: from the diagnosis to the repair, or to closing up what is not repaired."""
HELD = IN_HOUSE
"""Only what lies in the house can be in somebody's hands."""
RACES = 20
"""So often another one is looked for, when somebody was quicker."""


def settle(ticket: Ticket, source: Status | None, *, claimed_by: int | None = None) -> None:
    """After a step: whoever takes it up has it, whoever did the work is done with it; what fails its tests comes back to them."""
    if claimed_by is not None:
        ticket.claimed_by_id = claimed_by
    elif source is not None and _hands(source) != _hands(ticket.status):
        back = source is S.TESTING and ticket.status in BENCH
        ticket.claimed_by_id = ticket.repaired_by_id if back else None


def _hands(status: Status) -> str:
    """Statuses with one answer are one person's work."""
    return "bench" if status in BENCH else status.value


def take(ticket: Ticket, actor: Actor) -> None:
    """This person has it from now on, whoever had it before."""
    _refuse_outside(ticket)
    ticket.claimed_by_id = actor.user_id
    ticket.version += 1


def let_go(ticket: Ticket) -> None:
    """Nobody has it from now on."""
    _refuse_outside(ticket)
    ticket.claimed_by_id = None
    ticket.version += 1


def give_back(ticket: Ticket, user_id: int | None) -> None:
    """It is again in the hands in which it was."""
    ticket.claimed_by_id = user_id
    ticket.version += 1


def hand_to(session: Session, ticket: Ticket, user_id: int) -> User:
    """A colleague has it from now on."""
    _refuse_outside(ticket)
    colleague = session.get(User, user_id)
    if colleague is None or not colleague.active or colleague.role not in LAB:
        raise Refused("colleague_unknown", field="colleague")
    ticket.claimed_by_id = colleague.id
    ticket.version += 1
    return colleague


def set_urgent(ticket: Ticket, urgent: bool) -> None:
    """It goes before what is not urgent, or no longer."""
    ticket.urgent = urgent
    ticket.version += 1


def take_first(session: Session, asked: Select[int, str], user_id: int) -> tuple[int, str] | None:
    """The first of these tickets (id, code) that nobody else has is this person's now; two who ask at once get two.

    PostgreSQL passes over what another transaction holds; elsewhere the UPDATE itself sees who was quicker.
    """
    first = asked.limit(1).with_for_update(of=Ticket, skip_locked=True)
    for _race in range(RACES):
        found = session.execute(first).first()
        if found is None:
            return None
        number, code = found
        own = select(Ticket.id).where(Ticket.id == number, Ticket.claimed_by_id == user_id)
        if session.scalars(own).first() is not None:
            return number, code
        taken = session.execute(
            update(Ticket)
            .where(Ticket.id == number, Ticket.claimed_by_id.is_(None))
            .values(claimed_by_id=user_id, version=Ticket.version + 1)
            .returning(Ticket.id)
            .execution_options(synchronize_session=False)
        )
        if taken.first() is not None:
            return number, code
    return None


def _refuse_outside(ticket: Ticket) -> None:
    if ticket.status not in HELD:
        raise Refused("not_in_house")
