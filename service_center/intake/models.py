"""A request that somebody began and has not sent yet: kept on the server, known by a secret in their browser."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from service_center.core.tables import Base


class IntakeDraft(Base):
    """The answers so far. `request_id` is set when it was sent: sending again shows the same codes."""

    __tablename__ = "intake_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"), index=True)
