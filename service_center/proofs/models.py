"""Proofs of purchase, each a record of its own with its files."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service_center.core.tables import Base


class ProofOfPurchase(Base):
    """What proves the purchase: kind, seller and card in the words of warranty.vocabulary; money in cents.

    `legible` is None until a person looked; `seller_name` is what stands on the paper.
    """

    __tablename__ = "proofs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    seller: Mapped[str] = mapped_column(String(32))
    seller_name: Mapped[str] = mapped_column(String(120), default="")
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"), index=True)
    purchased_on: Mapped[date | None]
    number: Mapped[str] = mapped_column(String(60), default="", index=True)
    total_cents: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    card: Mapped[str] = mapped_column(String(16))
    card_dated_on: Mapped[date | None]
    registered_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    legible: Mapped[bool | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    checked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    files: Mapped[list[ProofFile]] = relationship(order_by="ProofFile.id", lazy="raise", back_populates="proof")


class ProofFile(Base):
    """A picture or scan of a proof; `sha256` is the fingerprint of what was sent, before we cleaned it."""

    __tablename__ = "proof_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    proof_id: Mapped[int] = mapped_column(ForeignKey("proofs.id"), index=True)
    storage_key: Mapped[str] = mapped_column(String(120))
    preview_key: Mapped[str] = mapped_column(String(120))
    thumb_key: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    pages: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(120), default="")
    added_at: Mapped[datetime]
    proof: Mapped[ProofOfPurchase] = relationship(lazy="raise", back_populates="files")
