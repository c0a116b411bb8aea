"""A verdict that changed is told once: never in silence, never twice, and not before it has settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from service_center.outbox.services import withdraw_letters
from service_center.tickets.differences import told
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import tell

SETTLES = timedelta(minutes=30)
"""The bench notes one thing after another, and a quote or a decision may say it better: so long the letter waits."""


def announce(
    session: Session, ticket: Ticket, before: Mapping[str, Any], after: Mapping[str, Any], occasion: str, *, now: datetime
) -> None:  # fmt: skip
    """Tell the customer or the shop what is different now, unless it is again what they knew."""
    waiting = withdraw_letters(session, ticket_id=ticket.id, templates=("verdict_changed",))
    known = waiting[0]["was"] if waiting else told(before)
    if known == told(after):
        return
    occasions = list(dict.fromkeys([each for facts in waiting for each in facts["occasions"]] + [occasion]))
    facts = {"was": known, "occasions": occasions}
    tell(session, ticket, "verdict_changed", now=now, facts=facts, not_before=now + SETTLES)
