"""What became of an item that was replaced, in a sentence for every page that names it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service_center.offers.queries import standing_offer
from service_center.tickets import lineage
from service_center.tickets.models import Ticket
from service_center.tickets.wording import remedies


def replaced(session: Session, ticket: Ticket) -> str:
    """By what it was replaced, or what is chosen for it, and what it replaced itself; empty where nothing of these."""
    new, old = lineage.replaced_by(session, ticket.item_id), lineage.replaced(session, ticket.item)
    told = [remedies.replaced_by(new, ticket.last_covered_day)] if new else _chosen(session, ticket)
    return " ".join([*told, *([remedies.replaces(old)] if old else [])])


def _chosen(session: Session, ticket: Ticket) -> list[str]:
    """What was chosen and is not yet booked."""
    made = standing_offer(session, ticket.id)
    if made is None or made.answer != "chosen" or made.answered_at is None:
        return []
    return [
        remedies.chosen(each, made.answered_at) for each in made.candidates if each["model_id"] == made.chosen_model_id
    ]
