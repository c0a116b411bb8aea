"""The demo's shared benches and the badges of its people; a badge that opens one is issued under People."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts import badges, benches
from service_center.accounts.models import Bench, Role, User
from service_center.core.house import House

NAMES = ("Banco 1 · orologi", "Banco 2 · gioielli", "Banco vecchio")


def show(session: Session, house: House) -> None:
    """Once: what is there already stays."""
    boss = session.scalars(select(User).where(User.demo, User.role == Role.MANAGER)).first()
    if boss is None or session.scalars(select(Bench.id).limit(1)).first() is not None:
        return
    since = house.now() - timedelta(days=40)
    for name in NAMES:
        bench, _secret = benches.enrol(session, name, by_id=boss.id, now=since)
        bench.seen_at = house.now() - timedelta(minutes=12 * bench.id)
    benches.end(session, bench.id, now=since + timedelta(days=9))
    for user in session.scalars(select(User).where(User.demo, User.role == Role.TECHNICIAN)).all():
        badges.issue(session, user.id, by_id=boss.id, now=since)
