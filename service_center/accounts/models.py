"""People who sign in, the shops they belong to, their sessions and the links that were sent to them."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from service_center.core.tables import Base, words_of


class Role(enum.Enum):
    """What somebody is in the house or in a shop."""

    TECHNICIAN = "technician"
    FRONT_DESK = "front_desk"
    MANAGER = "manager"
    RETAILER_ADMIN = "retailer_admin"
    RETAILER_CLERK = "retailer_clerk"


LAB = frozenset({Role.TECHNICIAN, Role.FRONT_DESK, Role.MANAGER})
SHOPS = frozenset({Role.RETAILER_ADMIN, Role.RETAILER_CLERK})


class Retailer(Base):
    """A company that sells the brand; its shops carry the dates of their authorisation (R12)."""

    __tablename__ = "retailers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    vat_number: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="it")
    created_at: Mapped[datetime]
    shops: Mapped[list[Shop]] = relationship(back_populates="retailer", order_by="Shop.name", lazy="raise")


class Shop(Base):
    """One counter of a retailer. A stamp is judged on the day of purchase, so authorisation has a from and a to."""

    __tablename__ = "shops"

    id: Mapped[int] = mapped_column(primary_key=True)
    retailer_id: Mapped[int] = mapped_column(ForeignKey("retailers.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(160), default="")
    postal_code: Mapped[str] = mapped_column(String(12), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    province: Mapped[str] = mapped_column(String(2), default="")
    country: Mapped[str] = mapped_column(String(2), default="IT")
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    authorised_from: Mapped[date | None]
    authorised_to: Mapped[date | None]
    retailer: Mapped[Retailer] = relationship(back_populates="shops", lazy="joined")


class User(Base):
    """Somebody who signs in. Without a password hash the invitation has not been taken up yet."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(words_of(Role))
    retailer_id: Mapped[int | None] = mapped_column(ForeignKey("retailers.id"), index=True)
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shops.id"))
    language: Mapped[str] = mapped_column(String(2), default="it")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    skills: Mapped[list[Any]] = mapped_column(default=list)  # families this person works on; none named: all
    created_at: Mapped[datetime]
    retailer: Mapped[Retailer | None] = relationship(lazy="raise")
    shop: Mapped[Shop | None] = relationship(lazy="raise")


class SignIn(Base):
    """A server-side session: the cookie carries its token, and ending the row ends the session everywhere."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    bench_id: Mapped[int | None] = mapped_column(ForeignKey("benches.id"))  # where it was begun
    badge_id: Mapped[int | None] = mapped_column(ForeignKey("badges.id"))  # by badge: the rights of the bench alone


class Bench(Base):
    """A browser that a manager enrolled as a shared bench: its cookie carries the secret, ending the row ends it."""

    __tablename__ = "benches"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    enrolled_at: Mapped[datetime]
    enrolled_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    seen_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Badge(Base):
    """What a person scans at a shared bench, with the PIN they chose; good at enrolled benches only."""

    __tablename__ = "badges"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    pin_hash: Mapped[str | None] = mapped_column(String(255))
    wrong_pins: Mapped[int] = mapped_column(default=0)
    issued_at: Mapped[datetime]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]


class Purpose(enum.Enum):
    """What a link that we sent is good for."""

    INVITE = "invite"
    RESET = "reset"
    OWNER = "owner"
    CAMERA = "camera"


class Link(Base):
    """A secret that was sent to somebody: hashed at rest, with an end, for one purpose (S31, S38).

    `subject_id` is a user's id, or for OWNER and CAMERA a ticket's: accounts lie below tickets, so it is no foreign key.
    """

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_purpose_subject_id", "purpose", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Purpose] = mapped_column(words_of(Purpose))
    subject_id: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
