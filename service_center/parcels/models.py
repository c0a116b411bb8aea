"""Boxes in and out."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base, words_of


class Direction(enum.Enum):
    """Seen from the lab."""

    IN = "in"
    OUT = "out"


class Shipment(Base):
    """A parcel with its courier and tracking number; the address stands as it was when the label was made. Weight in grams."""

    __tablename__ = "shipments"

    id: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[Direction] = mapped_column(words_of(Direction))
    courier: Mapped[str] = mapped_column(String(16))
    tracking: Mapped[str] = mapped_column(String(40), default="", index=True)
    booked_at: Mapped[datetime]
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    left_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]  # opened at the lab, and its manifest gone through
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_by: Mapped[str] = mapped_column(String(120), default="")
    seal: Mapped[str] = mapped_column(String(16), default="")  # how its tape was: intact, broken or missing
    weight_grams: Mapped[int | None] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(200))
    postal_code: Mapped[str] = mapped_column(String(12))
    city: Mapped[str] = mapped_column(String(80))
    province: Mapped[str] = mapped_column(String(2), default="")
    country: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str] = mapped_column(String(20), default="")


class Parcelled(Base):
    """Which tickets lie in which parcel."""

    __tablename__ = "parcelled"

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True, index=True)
    found_at: Mapped[datetime | None]  # seen in the parcel, by scan
    surplus: Mapped[bool] = mapped_column(default=False)  # nobody had announced it in this parcel
    missing_at: Mapped[datetime | None]  # named on the manifest, not in the parcel
