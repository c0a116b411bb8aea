"""Taking in retailers, shops and people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from service_center.accounts import services as accounts
from service_center.accounts.models import Purpose, Retailer, Role, Shop, User
from service_center.core.errors import Refused
from service_center.outbox.services import enqueue


def invite(
    session: Session, *, email: str, name: str, role: Role, now: datetime, retailer: Retailer | None = None, shop: Shop | None = None, language: str = "it"
) -> User:  # fmt: skip
    """Add somebody and send them the link with which they set their password."""
    user = accounts.add_user(
        session, email=email, name=name, role=role, now=now, retailer=retailer, shop=shop, language=language
    )
    enqueue(session, "password_link", {"user_id": user.id, "purpose": Purpose.INVITE.value}, now=now)
    return user


def add_retailer(session: Session, *, name: str, vat_number: str, email: str, now: datetime) -> Retailer:
    """A new retailer; its shops follow."""
    retailer = Retailer(name=name, vat_number=vat_number, email=email, language="it", created_at=now)
    session.add(retailer)
    session.flush()
    return retailer


def save_shop(session: Session, shop: Shop, **facts: str | date | None) -> Shop:
    """Write a shop's facts; the authorisation ends after it begins."""
    for field, value in facts.items():
        setattr(shop, field, value)
    if shop.authorised_from and shop.authorised_to and shop.authorised_to < shop.authorised_from:
        raise Refused("authorised_backwards", field="authorised_to")
    session.add(shop)
    session.flush()
    return shop
