"""Taking in people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts import services as accounts
from service_center.accounts.models import Purpose, Retailer, Role, Shop, User
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


def name_skills(session: Session, user_id: int, families: Sequence[str]) -> None:
    """The families that somebody works on; none named means all."""
    session.get_one(User, user_id).skills = list(families)
