"""Shared benches: browsers that a manager enrolled; what they are called, and when one ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from service_center.accounts.models import Bench, SignIn, User
from service_center.accounts.tokens import digest, new_secret
from service_center.core.errors import NotFound, Refused

LASTS = timedelta(days=365)
"""Then a manager enrols the browser again."""


def enrol(session: Session, name: str, *, by_id: int | None, now: datetime) -> tuple[Bench, str]:
    """A new bench; returns the secret for the browser's cookie, of which only the digest is kept."""
    same = func.lower(Bench.name) == name.lower()
    if session.scalars(select(Bench.id).where(same, *_good(now))).first() is not None:
        raise Refused("bench_name_taken", field="name")
    secret = new_secret()
    bench = Bench(name=name, token_hash=digest(secret), enrolled_at=now, enrolled_by_id=by_id)
    session.add(bench)
    session.flush()
    return bench, secret


def stay(session: Session, bench: Bench, sign_in_id: int) -> None:
    """The session in which a browser was enrolled is good at this bench alone, as all that begin there."""
    own = (SignIn.id == sign_in_id, SignIn.ended_at.is_(None))
    session.execute(update(SignIn).where(*own).values(bench_id=bench.id))


def found(session: Session, secret: str, *, now: datetime) -> Bench | None:
    """The bench behind a cookie's secret, while it is good."""
    if not secret:
        return None
    return session.scalars(select(Bench).where(Bench.token_hash == digest(secret), *_good(now))).one_or_none()


def every(session: Session) -> Sequence[tuple[Bench, str | None]]:
    """All benches with who enrolled them, the good ones first."""
    asked = select(Bench, User.name).outerjoin(User, User.id == Bench.enrolled_by_id)
    return [(row[0], row[1]) for row in session.execute(asked.order_by(Bench.ended_at.is_not(None), Bench.name)).all()]


def end(session: Session, bench_id: int, *, now: datetime) -> Bench:
    """The browser is no bench any more, and whoever works there is signed out."""
    bench = session.get(Bench, bench_id)
    if bench is None or bench.ended_at is not None:
        raise NotFound
    bench.ended_at = now
    session.execute(update(SignIn).where(SignIn.bench_id == bench_id, SignIn.ended_at.is_(None)).values(ended_at=now))
    return bench


def _good(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Bench.ended_at.is_(None), Bench.enrolled_at > now - LASTS
