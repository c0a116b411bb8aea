"""What a day at the bench leaves behind: check lists, waivers, time, presence, custody and the note for the next shift."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base


class Check(Base):
    """One line of a family's check list, answered: `answer` is ok, not_ok or not_there; `stage` is first or final.

    An answer given anew takes the place of the one before.
    """

    __tablename__ = "checks"
    __table_args__ = (UniqueConstraint("ticket_id", "stage", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    stage: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Waiver(Base):
    """A person answers by name for a reading or a check that is missing or failed: it no longer keeps the item here.

    `subject` is test:NAME or check:NAME; `consent` are the customer's own words, where they were asked.
    """

    __tablename__ = "waivers"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    subject: Mapped[str] = mapped_column(String(48))
    reason: Mapped[str] = mapped_column(Text)
    consent: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_by: Mapped[str] = mapped_column(String(120))
    taken_back_at: Mapped[datetime | None]


class Seal(Base):
    """A numbered seal that closed an item, and what was found of it when the item came again: intact, broken or missing."""

    __tablename__ = "seals"
    __table_args__ = (Index("ix_seals_item_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    put_at: Mapped[datetime]
    put_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    found: Mapped[str] = mapped_column(String(16), default="")
    found_at: Mapped[datetime | None]
    found_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    found_ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))


class BenchSpan(Base):
    """A stretch of work on one ticket by one person, from what they did, without a stopwatch."""

    __tablename__ = "bench_spans"
    __table_args__ = (Index("ix_bench_spans_user_id_started_at", "user_id", "started_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Presence(Base):
    """Who had a ticket's page open last, and when."""

    __tablename__ = "presence"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seen_at: Mapped[datetime]


class Custody(Base):
    """Who holds the item since when, one row a hand-over: customer, shop, courier, dock, bench or pack_out.

    `condition` is the grade at that moment; `signed_by` whoever signed for it.
    """

    __tablename__ = "custody"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    holder: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[datetime]
    condition: Mapped[str] = mapped_column(String(16), default="")
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    taken_back_at: Mapped[datetime | None]


class HandOver(Base):
    """A note from one shift to the next; everybody at the bench reads it until somebody ends it."""

    __tablename__ = "hand_overs"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    author: Mapped[str] = mapped_column(String(120))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
