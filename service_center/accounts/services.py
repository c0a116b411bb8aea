"""Signing in and out, inviting, and the links that are sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.accounts import passwords
from service_center.accounts.models import LAB, Link, Purpose, Retailer, Role, Shop, SignIn, User
from service_center.accounts.tokens import digest, new_secret
from service_center.core.budgets import spend
from service_center.core.errors import NotFound, Refused

ATTEMPTS, ATTEMPTS_PER = 8, timedelta(minutes=15)
SEEN_EVERY, SEEN_AT_BENCH = timedelta(minutes=5), timedelta(seconds=20)


def reserve_attempt(session: Session, email: str, address: str, *, now: datetime) -> bool:
    """Reserve one sign-in attempt, by person and by address, before anything is verified (S27)."""
    person = spend(session, f"login:{digest(email.casefold())}", limit=ATTEMPTS, per=ATTEMPTS_PER, now=now)
    place = spend(session, f"login-from:{address}", limit=ATTEMPTS * 10, per=ATTEMPTS_PER, now=now)
    return person and place


def who(session: Session, email: str, password: str) -> User | None:
    """The active person with this e-mail and password. Takes the same time whether the person exists or not (G16)."""
    user = session.scalars(select(User).where(User.email == email.casefold().strip(), User.active)).one_or_none()
    good = passwords.matches(user.password_hash if user else None, password)
    return user if good else None


def sign_in(
    session: Session, user: User, *, now: datetime, bench_id: int | None = None, badge_id: int | None = None
) -> str:
    """Start a session; returns the secret for the cookie. One that was begun at a bench is good there alone."""
    token = new_secret()
    session.add(
        SignIn(
            token_hash=digest(token), user_id=user.id, started_at=now, seen_at=now, bench_id=bench_id, badge_id=badge_id
        )
    )
    return token


def seen(session: Session, sign_in_id: int, *, now: datetime) -> None:
    """Note that the session is alive."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    """End this session on the server."""
    session.execute(
        update(SignIn).where(SignIn.token_hash == digest(token), SignIn.ended_at.is_(None)).values(ended_at=now)
    )


def sign_out_everywhere(session: Session, user_id: int, *, now: datetime) -> None:
    """End every session of a person: on a new password, a new role, a switched-off account (G18)."""
    session.execute(update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None)).values(ended_at=now))


def make_link(session: Session, purpose: Purpose, subject_id: int, *, now: datetime, lasts: timedelta) -> str:
    """A new secret link; returns the secret, of which only the digest is kept."""
    token = new_secret()
    session.add(
        Link(token_hash=digest(token), purpose=purpose, subject_id=subject_id, created_at=now, expires_at=now + lasts)
    )
    return token


def follow_link(session: Session, purpose: Purpose, token: str, *, now: datetime) -> Link:
    """The link behind a secret, if it is good for this purpose, unused and not over."""
    if not token.strip():
        raise NotFound
    link = session.scalars(select(Link).where(Link.token_hash == digest(token), Link.purpose == purpose)).one_or_none()
    if link is None or link.used_at is not None or link.expires_at <= now:
        raise NotFound
    return link


def add_user(
    session: Session, *, email: str, name: str, role: Role, now: datetime,
    shop: Shop | None = None, retailer: Retailer | None = None, password: str | None = None, language: str = "it",
) -> User:  # fmt: skip
    """Add somebody who may sign in; without a password they are invited. A shop's people need their retailer."""
    address = email.casefold().strip()
    if session.scalars(select(User.id).where(User.email == address)).first() is not None:
        raise Refused("email_taken", field="email")
    if (role in LAB) != (retailer is None):
        raise Refused("role_needs_retailer", field="role")
    if shop is not None and retailer is not None and shop.retailer_id != retailer.id:
        raise Refused("shop_of_another_retailer", field="shop")
    user = User(
        email=address, name=name, role=role, created_at=now, language=language, active=True, demo=False,
        retailer_id=retailer.id if retailer else None, shop_id=shop.id if shop else None,
        password_hash=passwords.hashed(password) if password else None,
    )  # fmt: skip
    session.add(user)
    session.flush()
    return user


def set_password(session: Session, user: User, password: str, *, now: datetime) -> None:
    """A new password ends every old session and every link of the person that is still open."""
    places = session.scalars(select(Shop.name).where(Shop.retailer_id == user.retailer_id)).all()
    weak = passwords.weakness(password, user.name, user.email, *places)
    if weak:
        raise Refused(weak, field="password")
    user.password_hash = passwords.hashed(password)
    sign_out_everywhere(session, user.id, now=now)
    session.execute(
        update(Link)
        .where(Link.subject_id == user.id, Link.purpose.in_((Purpose.INVITE, Purpose.RESET)), Link.used_at.is_(None))
        .values(used_at=now)
    )


def switch_off(session: Session, user: User, *, now: datetime) -> None:
    """Somebody left: no sign-in any more, from the next request on."""
    user.active = False
    sign_out_everywhere(session, user.id, now=now)
