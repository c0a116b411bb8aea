"""Whose turn it is: what somebody at the bench may do next, and which tickets are theirs or of their kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, or_, select, true
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.lab.queries.conditions import late, waits_open
from service_center.tickets.bench_models import BenchSpan
from service_center.tickets.lifecycle import STOPS_CLOCK, Status, WaitKind
from service_center.tickets.models import Item, Ticket
from service_center.tickets.services.claims import BENCH, HELD

S = Status
HOLDS_UP = frozenset(WaitKind) - {WaitKind.CONTENTS}
"""While a person answers about the contents, the work goes on."""
SET_ASIDE = timedelta(minutes=30)
"""One's own ticket that was put down (glue dries, a test runs) comes again after so long; until then something else does."""


@dataclass(frozen=True)
class Hands:
    """Who asks, and the families that they work on; none named: all."""

    user_id: int | None
    role: Role | None
    skills: Sequence[str]


def hands(session: Session, reader: Actor) -> Hands:
    """The reader with their skills; one query."""
    named = session.scalars(select(User.skills).where(User.id == reader.user_id)).first()
    return Hands(reader.user_id, reader.role, tuple(named or ()))


def chosen(whose: str, who: Hands) -> ColumnElement[bool]:
    """The filter of board and lists: mine, of my skills, or all."""
    if whose == "mine":
        return and_(Ticket.claimed_by_id == who.user_id, Ticket.status.in_(HELD))
    if whose == "skills" and who.skills:
        return Ticket.item_id.in_(select(Item.id).where(Item.family.in_(who.skills)))
    return true()


def to_do(who: Hands, *, after: str, house: House) -> Select[int, str]:
    """Tickets that this person may do, what comes first first; `after` is the one in hand.

    Safety, urgent, late; then one's own, what waits for its tests, and what nobody has begun, each by its promise.
    """
    mine, nobodys = Ticket.claimed_by_id == who.user_id, Ticket.claimed_by_id.is_(None)
    aside = case((and_(mine, _lately(who, house.now())), 1), else_=0)
    over = case((late(house.today()), 0), else_=1)
    begun = case((mine, 0), (Ticket.status == S.TESTING, 1), else_=2)
    return (
        select(Ticket.id, Ticket.code)
        .join(Item, Item.id == Ticket.item_id)
        .where(_may(who, mine, nobodys), Ticket.code != after)
        .order_by(
            aside, Ticket.safety.desc(), Ticket.urgent.desc(), over, begun, Ticket.due_on.is_(None), Ticket.due_on, Ticket.id
        )
    )  # fmt: skip


def _may(who: Hands, mine: ColumnElement[bool], nobodys: ColumnElement[bool]) -> ColumnElement[bool]:
    if who.role is Role.FRONT_DESK:
        received = and_(Ticket.status == S.RECEIVED, ~waits_open(WaitKind.PAPERS))
        return and_(or_(Ticket.status == S.READY, received), or_(mine, nobodys))
    known = Item.family.in_(who.skills) if who.skills else true()
    begun = and_(Ticket.status.in_(BENCH - {S.TAKEN_IN_CHARGE}), ~waits_open(*HOLDS_UP))
    new = and_(Ticket.status == S.TAKEN_IN_CHARGE, ~waits_open(*STOPS_CLOCK))
    to_test = and_(
        Ticket.status == S.TESTING, or_(Ticket.repaired_by_id.is_(None), Ticket.repaired_by_id != who.user_id)
    )
    return and_(or_(begun, new, to_test), or_(mine, and_(nobodys, known)))


def _lately(who: Hands, now: datetime) -> ColumnElement[bool]:
    """Whether this person was at it a short while ago."""
    if who.role is Role.FRONT_DESK:
        return true()
    if who.user_id is None:
        return false()
    return exists().where(
        BenchSpan.ticket_id == Ticket.id, BenchSpan.user_id == who.user_id, BenchSpan.seen_at > now - SET_ASIDE
    )


def next_for(session: Session, who: Hands, *, house: House) -> str | None:
    """The code of what this person does next; nothing is taken yet."""
    found = session.execute(to_do(who, after="", house=house).limit(1)).first()
    return found[1] if found else None
