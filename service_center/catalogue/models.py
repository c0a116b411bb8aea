"""Models of the brand and the parts that go into them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
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


class Part(Base):
    """A spare part; prices in cents, VAT included."""

    __tablename__ = "parts"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    families: Mapped[list[Any]]
    price_cents: Mapped[int]
