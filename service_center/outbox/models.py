"""What must happen outside or later, and the letters as they were sent."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base, words_of


class State(enum.Enum):
    """`uncertain`: it was in somebody's hands when the process died, and may or may not have left."""

    WAITING = "waiting"
    LEASED = "leased"
    DONE = "done"
    DEAD = "dead"
    WITHDRAWN = "withdrawn"
    UNCERTAIN = "uncertain"


class OutboxRow(Base):
    """A kind and plain facts, frozen when the change happened. `key` keeps the same thing from being asked twice."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_not_before", "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    ticket_id: Mapped[int | None] = mapped_column(index=True)
    key: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[State] = mapped_column(words_of(State))
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_id: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")
    done_at: Mapped[datetime | None]
    provider_id: Mapped[str] = mapped_column(String(120), default="")


class SentLetter(Base):
    """A letter as it left; what a customer says they got can be looked up."""

    __tablename__ = "sent_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(400))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    sent_at: Mapped[datetime]
    provider_id: Mapped[str] = mapped_column(String(120), default="")
