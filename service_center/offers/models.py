"""What somebody must say yes to: quotes for what is not covered, and replacements for what is not repaired."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base


class Quote(Base):
    """Frozen when sent (B.2, B.3). `lines` holds {finding_id, text, cents}; money in cents, VAT included; `answer` is accepted, refused, expired or withdrawn."""

    __tablename__ = "quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    lines: Mapped[list[Any]]
    total_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    vat_percent: Mapped[int]
    days_needed: Mapped[int]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    valid_until: Mapped[date]
    answer: Mapped[str | None] = mapped_column(String(16))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_from: Mapped[str] = mapped_column(String(45), default="")
    start_now: Mapped[bool] = mapped_column(default=False)
    wording: Mapped[str] = mapped_column(String(32), default="")


class ReplacementOffer(Base):
    """What may take the place of an item that is not repaired (R26, R27). Money in cents, VAT included.

    `candidates` holds {model_id, code, name, list_price_cents}; `basis` is list or paid, whose value a candidate must reach.
    `answer` is chosen, refused or withdrawn; `consent` the words with which a customer took one of another kind or of less value.
    """

    __tablename__ = "replacement_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    why: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text, default="")
    candidates: Mapped[list[Any]]
    basis: Mapped[str] = mapped_column(String(8))
    basis_cents: Mapped[int | None]
    offered_at: Mapped[datetime]
    offered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answer: Mapped[str | None] = mapped_column(String(16))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str] = mapped_column(String(120), default="")
    answered_from: Mapped[str] = mapped_column(String(45), default="")
    consent: Mapped[str] = mapped_column(Text, default="")
    chosen_model_id: Mapped[int | None] = mapped_column(ForeignKey("models.id"))
    new_item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
