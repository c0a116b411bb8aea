"""Badges of shared benches: issuing and ending them, the PIN their owner chose, and trying one without leaving a second chance."""

from __future__ import annotations

import re
import secrets
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.accounts import passwords
from service_center.accounts.models import LAB, Badge, Bench, SignIn, User
from service_center.accounts.tokens import digest
from service_center.core.budgets import spend
from service_center.core.errors import NotFound, Refused

PREFIX = "*ID."
SIGNS, LENGTH = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 26
"""130 bits in signs that every scanner types alike, whatever the keyboard and its capitals."""
WRONG_PINS = 5
TRIES, TRIES_PER = 60, timedelta(minutes=15)
"""What one bench may try, right or wrong."""
_TEXT = re.compile(r"[*(]ID\.([A-Z2-7]{26})")
_OFTEN = frozenset({"2580", "0852", "1470", "1590", "3690", "7410", "1379", "2468", "1357", "8642", "9630"})


class Attempt(NamedTuple):
    """One try that was counted before anything is verified; without a number there is no such badge."""

    allowed: bool
    badge_id: int | None


def read(scan: str) -> str | None:
    """What is kept of the badge whose text was scanned; None when it is none."""
    found = _TEXT.fullmatch(scan.strip().upper())
    return digest(found[1]) if found else None


def issue(session: Session, user_id: int, *, by_id: int | None, now: datetime) -> tuple[Badge, str]:
    """A new badge for somebody of the lab, without a PIN yet; the one before ends. Returns the text of its QR, which nobody keeps."""
    user = session.get(User, user_id, with_for_update=True)  # two who issue at once: the second ends the first's
    if user is None or not user.active or user.role not in LAB:
        raise NotFound
    end(session, user_id, now=now)
    secret = "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))
    badge = Badge(user_id=user_id, token_hash=digest(secret), wrong_pins=0, issued_at=now, issued_by_id=by_id)
    session.add(badge)
    session.flush()
    return badge, PREFIX + secret


def end(session: Session, user_id: int, *, now: datetime) -> None:
    """The person's badge opens nothing any more, and what it had opened is closed."""
    own = select(Badge.id).where(Badge.user_id == user_id)
    session.execute(update(SignIn).where(SignIn.badge_id.in_(own), SignIn.ended_at.is_(None)).values(ended_at=now))
    session.execute(update(Badge).where(Badge.user_id == user_id, Badge.ended_at.is_(None)).values(ended_at=now))


def of(session: Session, user_id: int) -> Badge | None:
    """The badge that a person may use, if there is one."""
    return session.scalars(select(Badge).where(Badge.user_id == user_id, Badge.ended_at.is_(None))).first()


def latest(session: Session) -> dict[int, Badge]:
    """The last badge of everybody, good or ended."""
    return {badge.user_id: badge for badge in session.scalars(select(Badge).order_by(Badge.id))}


def weak(pin: str) -> str | None:
    """Why a PIN will not do: `pin_shape`, `pin_guessable`; None when it will."""
    if not re.fullmatch(r"[0-9]{4,8}", pin):
        return "pin_shape"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    year = len(pin) in (4, 8) and any(part[:2] in ("19", "20") for part in (pin[:4], pin[-4:]))
    row, twice = steps in ({1}, {9}), pin[: len(pin) // 2] * 2 == pin
    return "pin_guessable" if len(set(pin)) < 3 or row or twice or year or pin in _OFTEN else None


def choose_pin(session: Session, user_id: int, pin: str) -> None:
    """The person's own PIN; whoever asks has shown the password just before."""
    badge = of(session, user_id)
    if badge is None:
        raise Refused("no_badge")
    fault = weak(pin)
    if fault:
        raise Refused(fault, field="pin")
    badge.pin_hash, badge.wrong_pins = passwords.hashed(pin), 0


def reserve(session: Session, bench_id: int, scanned: str, *, now: datetime) -> Attempt:
    """Count a try, of the bench and of the badge, before the PIN is looked at: parallel tries cannot slip through."""
    allowed = spend(session, f"bench:{bench_id}", limit=TRIES, per=TRIES_PER, now=now)
    session.execute(update(Bench).where(Bench.id == bench_id).values(seen_at=now))
    if not allowed:
        return Attempt(False, None)
    counted = (
        update(Badge)
        .where(
            Badge.token_hash == scanned, Badge.ended_at.is_(None), Badge.pin_hash.is_not(None), Badge.wrong_pins < WRONG_PINS
        )
        .values(wrong_pins=Badge.wrong_pins + 1)
        .returning(Badge.id)
    )  # fmt: skip
    return Attempt(True, session.execute(counted).scalar_one_or_none())


def who(session: Session, badge_id: int | None, pin: str) -> User | None:
    """Whose badge and PIN these are. A badge that is none takes the same time as a wrong PIN."""
    asked = select(Badge.pin_hash, User).join(User, User.id == Badge.user_id).where(Badge.id == badge_id)
    row = session.execute(asked.where(User.active, User.role.in_(LAB))).one_or_none()
    good = passwords.matches(row[0] if row else None, pin)
    return row[1] if row and good else None


def settle(session: Session, badge_id: int | None, *, good: bool, now: datetime) -> None:
    """After the try: the right PIN forgives the wrong ones before it, the fifth wrong one ends the badge."""
    badge = session.get(Badge, badge_id) if badge_id else None
    if badge is None:
        return
    if good:
        badge.wrong_pins = 0
    elif badge.wrong_pins >= WRONG_PINS:
        end(session, badge.user_id, now=now)
