"""Somebody by name is told before a promise is broken, and when it was: once each for every promised day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.core.i18n import DEFAULT, ROME, civil_day
from service_center.core.workdays import due, is_working_day
from service_center.outbox.services import enqueue
from service_center.tickets.lateness import SOON, late, soon
from service_center.tickets.models import Ticket

MORNING = time(8)
"""Before the bench begins."""


def arrange(session: Session, *, now: datetime, house: House) -> None:
    """There is one look every working day; on another day it is the next one's that is arranged."""
    day = civil_day(now)
    while not is_working_day(day, house.brand.closures):
        day += timedelta(days=1)
    morning = datetime.combine(day, MORNING, ROME)
    enqueue(session, "look_for_late", {}, now=now, not_before=max(now, morning), key=f"look_for_late:{day.isoformat()}")


def look(session: Session, *, now: datetime, house: House) -> int:
    """What comes close to its promise, and what passed it, while it is the lab's turn; returns how many letters wait."""
    today, told = civil_day(now), _told(session, house)
    over, near = late(today), soon(today, due(today, SOON, closures=house.brand.closures))
    written = 0
    for each in session.execute(select(Ticket.id, Ticket.code, Ticket.due_on).where(over | near).order_by(Ticket.due_on, Ticket.id)):  # fmt: skip
        which = "over" if each.due_on < today else "near"
        for email, name, language in told:
            facts = {
                "ticket": each.code, "due_on": each.due_on.isoformat(), "which": which, "template": "late",
                "recipient": email, "recipient_name": name, "language": language,
            }  # fmt: skip
            enqueue(session, "late_letter", facts, now=now, ticket_id=each.id, key=f"late:{each.id}:{each.due_on}:{which}:{email}"[:120])  # fmt: skip
            written += 1
    return written


def _told(session: Session, house: House) -> list[tuple[str, str, str]]:
    """E-mail address, name and language of whoever answers for promises."""
    named = house.brand.escalate_to
    if named:
        return [(named, "", DEFAULT)]
    managers = session.scalars(select(User).where(User.role == Role.MANAGER, User.active).order_by(User.id))
    return [(each.email, each.name, each.language) for each in managers]
