"""The note from one shift to the next: a few lines, read by everybody until somebody ends it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import NotFound, Refused
from service_center.tickets.bench_models import HandOver

LINES, LONGEST = 3, 300


def write(session: Session, text: str, *, actor: Actor, now: datetime) -> HandOver:
    """Leave a note of one to three lines."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not 1 <= len(lines) <= LINES or len("\n".join(lines)) > LONGEST:
        raise Refused("shift_note_length", field="text", lines=LINES, longest=LONGEST)
    note = HandOver(text="\n".join(lines), at=now, by_id=actor.user_id, author=actor.name)
    session.add(note)
    return note


def end(session: Session, number: int, *, actor: Actor, now: datetime) -> None:
    """It is dealt with; ended twice it stays as it was ended first."""
    note = session.get(HandOver, number)
    if note is None:
        raise NotFound
    if note.ended_at is None:
        note.ended_at, note.ended_by_id = now, actor.user_id
