"""Who has a ticket's page open: written by the page itself, gone a minute after it was closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from service_center.tickets.bench_models import Presence

GONE = timedelta(seconds=60)


def here(session: Session, ticket_id: int, user_id: int, *, now: datetime) -> None:
    """This person has the page open now; one row a person and ticket, so that two windows do not collide."""
    insert = postgresql_insert if session.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = insert(Presence).values(ticket_id=ticket_id, user_id=user_id, seen_at=now)
    session.execute(row.on_conflict_do_update(index_elements=["ticket_id", "user_id"], set_={"seen_at": now}))
