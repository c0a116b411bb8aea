"""What a manager does at the desk: deciding, and what follows from it for a quote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.offers.queries import quotes
from service_center.offers.services.quotes import withdraw_needless
from service_center.tickets.models import Ticket
from service_center.tickets.services import deciding


def decide(
    session: Session, ticket: Ticket, finding_id: int | None, outcome: str, reason: str, *,
    actor: Actor, now: datetime, house: House, version: int | None = None,
) -> None:  # fmt: skip
    """A decision; a quote that asks for what is now free is withdrawn."""
    deciding.decide(session, ticket, finding_id, outcome, reason, actor=actor, now=now, house=house, version=version)
    free_of_charge(session, ticket, actor=actor, now=now, house=house)


def free_of_charge(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> None:
    """A quote is withdrawn that asks for what is now free; also one that was accepted, since nothing is owed for it."""
    session.flush()
    withdraw_needless(session, ticket, actor=actor, now=now, house=house)
    paid = {finding.id for finding in ticket.findings if finding.outcome == "NOT_COVERED"}
    accepted = next((each for each in reversed(quotes(session, ticket.id)) if each.answer == "accepted"), None)
    if ticket.quote_answer != "accepted" or accepted is None:
        return
    named = {line["finding_id"] for line in accepted.lines if line.get("finding_id") is not None}
    if not paid or not named <= paid:
        accepted.answer, ticket.quote_answer = "withdrawn", None
