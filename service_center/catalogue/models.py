"""Models of the brand and the parts that go into them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base


class Model(Base):
    """A reference in the brand's range. `water_mark` says that "water resistant" or 3 ATM stands on the back (R22).

    `functions` are what it can do, in the brand's words: a replacement needs comparable ones (R27).
    """

    __tablename__ = "models"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    ean: Mapped[str | None] = mapped_column(String(13), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    family: Mapped[str] = mapped_column(String(32), index=True)
    water_mark: Mapped[bool] = mapped_column(default=False)
    list_price_cents: Mapped[int | None]
    current: Mapped[bool] = mapped_column(default=True)
    functions: Mapped[list[Any]] = mapped_column(default=list)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)  # test → [low, high], over the house's own


class Part(Base):
    """A spare part; prices in cents, VAT included. Of what is on hand, `reserved` is promised to tickets: never more than there is."""

    __tablename__ = "parts"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    families: Mapped[list[Any]]
    price_cents: Mapped[int]
    on_hand: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)
    reorder_at: Mapped[int] = mapped_column(default=0)
    place: Mapped[str] = mapped_column(String(40), default="")


class PartMove(Base):
    """What changed the stock of a part and why: arrived, used, taken_back, counted or scrapped. `ticket_id` is no foreign key: tickets lie above."""

    __tablename__ = "part_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("parts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    quantity: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
