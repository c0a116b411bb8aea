"""Saying something in a ticket's thread."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.messages.models import Message
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import tell


def say(session: Session, ticket: Ticket, text: str, *, actor: Actor, now: datetime) -> Message:
    """Add to the thread; what the lab says is told to the other side by letter."""
    if not text.strip():
        raise Refused("message_empty", field="text")
    message = Message(
        ticket_id=ticket.id,
        author_kind=actor.kind,
        author_id=actor.user_id,
        author=actor.name,
        text=text.strip(),
        at=now,
    )
    session.add(message)
    if actor.in_lab:
        tell(session, ticket, "message", now=now, facts={"text": message.text})
    return message


def mark_read(session: Session, ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    """What the other side said has been seen."""
    theirs = Message.author_kind.not_in(("technician", "front_desk", "manager"))
    session.execute(
        update(Message)
        .where(Message.ticket_id == ticket.id, Message.read_at.is_(None), theirs if actor.in_lab else ~theirs)
        .values(read_at=now)
    )
