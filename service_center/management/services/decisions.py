"""What a manager does at the desk: deciding, and what follows from it for a quote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.offers.services.quotes import withdraw_needless
from service_center.tickets.models import Ticket
from service_center.tickets.services import deciding


def decide(
    session: Session, ticket: Ticket, finding_id: int | None, outcome: str, reason: str, *,
    actor: Actor, now: datetime, house: House, version: int | None = None,
) -> None:  # fmt: skip
    """A decision; a quote that asks for what is now free is withdrawn."""
    deciding.decide(session, ticket, finding_id, outcome, reason, actor=actor, now=now, house=house, version=version)
    session.flush()
    withdraw_needless(session, ticket, actor=actor, now=now, house=house)
