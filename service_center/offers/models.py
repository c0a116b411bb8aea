"""Quotes: what is not covered, what it costs, and what was answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base


class Quote(Base):
    """Frozen when sent (B.2, B.3). `lines` holds {finding_id, text, cents}; money in cents, VAT included; `answer` is accepted, refused or expired."""

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
