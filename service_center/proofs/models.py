"""Proofs of purchase, each a record of its own with its files."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service_center.core.tables import Base


class ProofOfPurchase(Base):
    """What proves the purchase: kind, seller and card in the words of warranty.vocabulary; money in cents.

    `kind` is what the rules read (R10, R11), `document` what the paper is: a word of proofs.documents, empty until somebody said.
    `legible` is None until a person looked; `seller_name` and `vat_number` are what stands on the paper.
    `reuse` is "seen" while somebody else's paper looks like this one and nobody said that it may, then "looked" (Reuse).
    """

    __tablename__ = "proofs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    seller: Mapped[str] = mapped_column(String(32))
    document: Mapped[str] = mapped_column(String(32), default="")
    seller_name: Mapped[str] = mapped_column(String(120), default="")
    vat_number: Mapped[str] = mapped_column(String(20), default="", index=True)
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
    reuse: Mapped[str] = mapped_column(String(8), default="")
    created_at: Mapped[datetime]
    files: Mapped[list[ProofFile]] = relationship(order_by="ProofFile.id", lazy="raise", back_populates="proof")
    lines: Mapped[list[ProofLine]] = relationship(order_by="ProofLine.place", lazy="raise", back_populates="proof")


class Reuse(StrEnum):
    """Whether a paper that was seen before still waits for a person's look."""

    NEVER = ""
    SEEN = "seen"
    LOOKED = "looked"


class ProofLine(Base):
    """One thing that was bought: a proof is good for as many claims as it has lines. Money in cents."""

    __tablename__ = "proof_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    proof_id: Mapped[int] = mapped_column(ForeignKey("proofs.id"), index=True)
    place: Mapped[int]
    text: Mapped[str] = mapped_column(String(200))
    ean: Mapped[str] = mapped_column(String(13), default="")
    quantity: Mapped[int] = mapped_column(default=1)
    total_cents: Mapped[int | None]
    proof: Mapped[ProofOfPurchase] = relationship(lazy="raise", back_populates="lines")


class ProofFile(Base):
    """A picture, scan or electronic invoice; `sha256` is the fingerprint of what was sent, before we cleaned it.

    `likeness` is a picture's 64-bit difference hash in hex: the same photograph sent on by a messenger keeps it.
    `reading` is what the machine suggests (proofs.reading), empty until it looked; `masks` are [x, y, width, height] in
    thousandths of the picture, and `masked_key` is the picture without what lies under them.
    """

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
    likeness: Mapped[str] = mapped_column(String(16), default="", index=True)
    reading: Mapped[dict[str, Any]] = mapped_column(default=dict)
    read_at: Mapped[datetime | None]
    masks: Mapped[list[Any]] = mapped_column(default=list)
    masked_key: Mapped[str] = mapped_column(String(120), default="")
    proof: Mapped[ProofOfPurchase] = relationship(lazy="raise", back_populates="files")


class ProofLook(Base):
    """A quarter of a picture's likeness with its place: by it, pictures that look alike are found without reading all."""

    __tablename__ = "proof_looks"

    piece: Mapped[str] = mapped_column(String(5), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("proof_files.id", ondelete="CASCADE"), primary_key=True, index=True)


class Registration(Base):
    """A guarantee that somebody registered, on the web or on the paper form (R13): never shortens, never proves (R06).

    `card` is what stands on the guarantee card, field by field; `notice` the version of the privacy notice that was shown. Found again by e-mail, serial, or model and date.
    """

    __tablename__ = "registrations"
    __table_args__ = (Index("ix_registrations_model_code_purchased_on", "model_code", "purchased_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="", index=True)
    phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="it")
    family: Mapped[str] = mapped_column(String(32))
    model_code: Mapped[str] = mapped_column(String(120), default="")
    serial: Mapped[str] = mapped_column(String(60), default="", index=True)
    purchased_on: Mapped[date]
    seller_name: Mapped[str] = mapped_column(String(120), default="")
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"), index=True)
    card: Mapped[dict[str, Any]]
    stamped: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(String(16))
    registered_on: Mapped[date]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("proofs.id"))
    notice: Mapped[str] = mapped_column(String(32), default="")
