"""What the sender said about the contents, for the person who answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service_center.lab.queries.sheet import Sheet
from service_center.tickets.lifecycle import Action
from service_center.tickets.services.contents import disputed


@dataclass(frozen=True)
class Objection:
    """An objection that waits for its answer: since when, and in which words."""

    since: datetime
    text: str


def objection(seen: Sheet) -> Objection | None:
    """None where nobody objected, or somebody has answered."""
    wait = disputed(seen.ticket)
    if wait is None:
        return None
    said = [past.note for past in seen.history if past.action is Action.OBJECT_CONTENTS]
    return Objection(wait.opened_at, said[0] if said else "")
