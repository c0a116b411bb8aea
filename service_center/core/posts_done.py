"""Forms that were done: a form carries a number of its own, and the same form sent twice is done once (G8)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base


class PostDone(Base):
    """A form that was done: who sent it, to which path, and where the answer led."""

    __tablename__ = "posts_done"

    nonce: Mapped[str] = mapped_column(String(64), primary_key=True)
    sender: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(String(200))
    location: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(index=True)
