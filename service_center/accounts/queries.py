"""Questions about people and shops."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from service_center.accounts.actor import Actor
from service_center.accounts.models import LAB, Badge, Retailer, Role, Shop, SignIn, User
from service_center.accounts.tokens import digest
from service_center.accounts.vat import compact
from service_center.core.errors import NotFound

_WORD = re.compile(r"\w+")
MOST_WORDS = 8
LONGEST = timedelta(days=14)
"""However busy, a session ends after this; then the password is asked for again."""


def signed_in(session: Session, token: str, *, now: datetime, idle: timedelta) -> tuple[SignIn, User] | None:
    """The live session behind a cookie's secret, with its person; one that a badge began lives as long as the badge."""
    row = session.execute(
        select(SignIn, User)
        .join(User, User.id == SignIn.user_id)
        .outerjoin(Badge, Badge.id == SignIn.badge_id)
        .where(
            SignIn.token_hash == digest(token),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > now - idle,
            SignIn.started_at > now - LONGEST,
            Badge.ended_at.is_(None),
            User.active,
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


def anybody(session: Session) -> bool:
    """Whether any account exists: the first-run page asks."""
    return session.scalars(select(User.id).limit(1)).first() is not None


def shops(session: Session, *, seen_by: Actor) -> Sequence[Shop]:
    """The shops somebody may act for: all for the lab, their retailer's for an admin, their own for a clerk."""
    asked = select(Shop).order_by(Shop.name)
    if seen_by.in_lab:
        return session.scalars(asked).all()
    asked = asked.where(Shop.retailer_id == seen_by.retailer_id)
    if seen_by.role is Role.RETAILER_CLERK and seen_by.shop_id is not None:
        asked = asked.where(Shop.id == seen_by.shop_id)
    return session.scalars(asked).all()


def shop(session: Session, shop_id: int, *, seen_by: Actor) -> Shop:
    """One shop that this person may act for."""
    found = next((s for s in shops(session, seen_by=seen_by) if s.id == shop_id), None)
    if found is None:
        raise NotFound
    return found


def authorised(shop: Shop, day: date) -> bool:
    """Whether a stamp of this shop counts for a purchase on that day (R12)."""
    begun = shop.authorised_from is not None and shop.authorised_from <= day
    return begun and (shop.authorised_to is None or day <= shop.authorised_to)


def people(session: Session, *, seen_by: Actor) -> Sequence[User]:
    """The people somebody may manage: all for a manager, their own for a retailer's admin."""
    asked = select(User).options(joinedload(User.retailer), joinedload(User.shop)).order_by(User.name)
    if seen_by.role is Role.MANAGER:
        return session.scalars(asked).all()
    return session.scalars(asked.where(User.retailer_id == seen_by.retailer_id)).all() if seen_by.in_shop else []


def retailers(session: Session) -> Sequence[Retailer]:
    """All retailers with their shops."""
    return session.scalars(select(Retailer).options(joinedload(Retailer.shops)).order_by(Retailer.name)).unique().all()


def technicians(session: Session) -> Sequence[User]:
    """Everybody at the lab who is still here."""
    return session.scalars(select(User).where(User.active, User.role.in_(LAB)).order_by(User.name)).all()


def shops_matching(session: Session, words: str) -> Sequence[Shop]:
    """Shops whose name or town begins with what somebody typed."""
    like = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return session.scalars(
        select(Shop)
        .where(or_(Shop.name.ilike(like, escape="\\"), Shop.city.ilike(like, escape="\\")))
        .order_by(Shop.name)
        .limit(20)
    ).all()


def sellers_like(session: Session, text: str) -> list[Shop]:
    """Shops that somebody may mean, closed ones too: every word in the name, the town or the retailer's name, or a VAT number."""
    number = compact(text)
    if len(number) >= 8 and any(map(str.isdigit, number)) and (by_number := with_vat_number(session, number)):
        return by_number
    words = [word for word in _WORD.findall(text) if len(word) > 1][:MOST_WORDS]
    if not words:
        return []
    parts = (Shop.name, Shop.city, Retailer.name)
    asked = select(Shop).join(Retailer, Retailer.id == Shop.retailer_id)
    for word in words:
        asked = asked.where(or_(*(part.icontains(word, autoescape=True) for part in parts)))
    return list(session.scalars(asked.order_by(Shop.name).limit(20)).all())


def with_vat_number(session: Session, number: str) -> list[Shop]:
    """The shops of the retailer with this VAT number, as compact as it is kept."""
    asked = select(Shop).join(Retailer, Retailer.id == Shop.retailer_id).where(Retailer.vat_number == number)
    return list(session.scalars(asked.order_by(Shop.name).limit(20)).all()) if number else []
