"""What became of an item that was replaced, in a sentence for every page that names it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service_center.tickets import lineage
from service_center.tickets.models import Ticket
from service_center.tickets.wording import remedies


def replaced(session: Session, ticket: Ticket) -> str:
    """By what it was replaced and what it replaced itself, with the one end of the guarantee; empty where neither."""
    new, old = lineage.replaced_by(session, ticket.item_id), lineage.replaced(session, ticket.item)
    told = [remedies.replaced_by(new, ticket.last_covered_day)] if new else []
    return " ".join([*told, *([remedies.replaces(old)] if old else [])])
