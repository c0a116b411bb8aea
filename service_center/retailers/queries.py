"""The shop's list: columns for the eye, counts for the tabs, always with the same few questions to the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Shop
from service_center.catalogue.models import Model
from service_center.tickets import codes
from service_center.tickets.lifecycle import BEFORE_POSTING, COMING, IN_HOUSE, OVER, Status, WaitKind, Whom
from service_center.tickets.models import Customer, Item, Ticket, Wait
from service_center.tickets.queries import visible

PAGE = 50
FEWEST_DIGITS = 4


class Tab(StrEnum):
    """The parts of the list, in the order of the way."""

    SEND = "send"
    LAB = "lab"
    ANSWER = "answer"
    BACK = "back"
    CLOSED = "closed"


BACK = frozenset({Status.READY, Status.SHIPPED_OUT})
CLOSED = OVER | {Status.DELIVERED}
TABS: dict[Tab, frozenset[Status]] = {
    Tab.SEND: BEFORE_POSTING,
    Tab.LAB: ((COMING | IN_HOUSE) - BEFORE_POSTING) - BACK,
    Tab.BACK: BACK,
    Tab.CLOSED: CLOSED,
}


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; `shop` narrows an administrator's list to one counter."""

    words: str = ""
    shop: int | None = None


@dataclass(frozen=True)
class Line:
    """A repair in the list."""

    id: int
    code: str
    reference: str
    family: str
    model: str
    symptoms: list[str]
    customer: str
    status: Status
    verdict: str
    reason: str | None
    last_covered_day: date | None
    requested_at: datetime
    due_on: date | None
    shop: str
    waits: list[tuple[WaitKind, Whom, dict[str, Any]]] = field(default_factory=list)


@dataclass(frozen=True)
class Counted:
    """How many stand in each tab, and since when the oldest question waits for the shop."""

    tabs: dict[Tab, int]
    oldest: datetime | None


def _conditions(seen_by: Actor, asked: Asked) -> list[ColumnElement[bool]]:
    found = [visible(seen_by)]
    if asked.shop is not None:
        found.append(Ticket.shop_id == asked.shop)
    if asked.words:
        found.append(_matching(asked.words))
    return found


def _matching(words: str) -> ColumnElement[bool]:
    """Code, own reference, customer, serial number, telephone."""
    code = code_in(words)
    if code is not None:
        return Ticket.code == code
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like, begins = f"%{escaped}%", f"{escaped}%"
    ways = [
        Ticket.code.ilike(begins.replace("-", ""), escape="\\"),
        Ticket.shop_reference.ilike(like, escape="\\"),
        Ticket.customer.has(Customer.name.ilike(like, escape="\\")),
        Ticket.item.has(Item.serial.ilike(like, escape="\\")),
    ]
    digits = "".join(each for each in words if each.isascii() and each.isdigit())
    if len(digits) >= FEWEST_DIGITS and not any(each.isalpha() for each in words):
        ways.append(Ticket.customer.has(Customer.phone.contains(digits)))
    return or_(*ways)


def code_in(words: str) -> str | None:
    """The ticket's code, if it is one that was typed or scanned."""
    try:
        return codes.parse(words)
    except ValueError:
        return None


def _waiting() -> ColumnElement[bool]:
    return (
        select(Wait.id).where(Wait.ticket_id == Ticket.id, Wait.closed_at.is_(None), Wait.on_whom == Whom.SHOP).exists()
    )


def counted(session: Session, asked: Asked, *, seen_by: Actor) -> Counted:
    """The figures of all tabs, by two questions."""
    where = _conditions(seen_by, asked)
    asked_counts = select(Ticket.status, func.count()).where(*where).group_by(Ticket.status)
    by_status = {row[0]: row[1] for row in session.execute(asked_counts)}
    number, oldest = session.execute(
        select(func.count(func.distinct(Ticket.id)), func.min(Wait.opened_at))
        .join(Wait, Wait.ticket_id == Ticket.id)
        .where(*where, Ticket.status.not_in(CLOSED), Wait.closed_at.is_(None), Wait.on_whom == Whom.SHOP)
    ).one()
    tabs = {tab: sum(by_status.get(status, 0) for status in statuses) for tab, statuses in TABS.items()}
    return Counted({**tabs, Tab.ANSWER: number}, oldest)


def _of(tab: Tab) -> ColumnElement[bool]:
    if tab is Tab.ANSWER:
        return Ticket.status.not_in(CLOSED) & _waiting()
    return Ticket.status.in_(TABS[tab])


def _sorted(asked: Select[Any], tab: Tab) -> Select[Any]:
    """What is to be done first stands first; what is over, the newest first."""
    if tab is Tab.CLOSED:
        return asked.order_by(Ticket.requested_at.desc(), Ticket.id.desc())
    if tab is Tab.SEND:
        return asked.order_by(Ticket.requested_at, Ticket.id)
    return asked.order_by(Ticket.due_on.nulls_last(), Ticket.requested_at, Ticket.id)


def lines(session: Session, tab: Tab, asked: Asked, *, page: int, seen_by: Actor) -> list[Line]:
    """One page of a tab, by two questions."""
    columns = select(
        Ticket.id, Ticket.code, Ticket.shop_reference, Item.family, func.coalesce(Model.name, Item.model_text, ""), Ticket.symptoms,
        Customer.name, Ticket.status, Ticket.verdict, Ticket.reason, Ticket.last_covered_day, Ticket.requested_at, Ticket.due_on,
        func.coalesce(func.nullif(Shop.city, ""), Shop.name, ""),
    )  # fmt: skip
    joined = (
        columns.join(Item, Item.id == Ticket.item_id)
        .join(Customer, Customer.id == Ticket.customer_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(Shop, Shop.id == Ticket.shop_id)
        .where(*_conditions(seen_by, asked), _of(tab))
    )
    rows = session.execute(_sorted(joined, tab).limit(PAGE).offset((page - 1) * PAGE)).all()
    found = {row[0]: Line(*row) for row in rows}
    for wait in _waits(session, list(found)):
        found[wait.ticket_id].waits.append((wait.kind, wait.on_whom, wait.detail))
    return list(found.values())


def _waits(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    asked = select(Wait.ticket_id, Wait.kind, Wait.on_whom, Wait.detail)
    return session.execute(asked.where(Wait.ticket_id.in_(ids), Wait.closed_at.is_(None)).order_by(Wait.id)).all()
