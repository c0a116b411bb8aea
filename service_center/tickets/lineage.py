"""Which visits are one thing's: the same item, what replaced it and what it replaced; and what may be the same unawares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Customer, Finding, Item, Photo, Ticket
from service_center.warranty.months import add_months

LONGEST = 10
"""So many replacements in a row are followed, no more."""


def plain_serial(typed: str) -> str:
    """A serial number as it is compared: capitals, without blanks and hyphens."""
    return "".join(typed.split()).replace("-", "").upper()


def _written(serial: ColumnElement[str] | InstrumentedAttribute[str]) -> ColumnElement[str]:
    """The same, of what stands in the table."""
    return func.replace(func.replace(func.upper(serial), "-", ""), " ", "")


def kin(session: Session, item_id: int) -> list[int]:
    """The item itself, what it replaced, and what replaced it."""
    found, edge = [item_id], [item_id]
    for _step in range(LONGEST):
        older = select(Item.replaces_id).where(Item.id.in_(edge), Item.replaces_id.is_not(None))
        newer = select(Item.id).where(Item.replaces_id.in_(edge))
        edge = [each for each in session.scalars(older.union_all(newer)) if each is not None and each not in found]
        if not edge:
            break
        found += edge
    return found


def visits(session: Session, ticket: Ticket, *, of: Sequence[int] | None = None) -> Sequence[Ticket]:
    """The other tickets of the same thing, the newest first; `of` is its kin, where that was asked already."""
    return session.scalars(
        select(Ticket)
        .where(Ticket.item_id.in_(of or kin(session, ticket.item_id)), Ticket.id != ticket.id)
        .options(joinedload(Ticket.item))
        .order_by(Ticket.requested_at.desc(), Ticket.id.desc())
    ).all()


def item_with_serial(session: Session, family: str, serial: str, *, besides: int | None = None) -> Item | None:
    """The one thing of this family with this number that was here before, besides the one in hand."""
    plain = plain_serial(serial)
    if len(plain) < 4:
        return None
    found = session.scalars(
        select(Item)
        .where(Item.serial != "", _written(Item.serial) == plain, Item.family == family, Item.id != (besides or 0))
        .options(joinedload(Item.model))
        .order_by(Item.id)
        .limit(2)
    ).all()
    return found[0] if len(found) == 1 else None


def replaced_by(session: Session, item_id: int) -> Item | None:
    """What was given in its place."""
    asked = select(Item).where(Item.replaces_id == item_id).options(joinedload(Item.model)).order_by(Item.id.desc())
    return session.scalars(asked.limit(1)).first()


def replaced(session: Session, item: Item) -> Item | None:
    """What it was given for."""
    if item.replaces_id is None:
        return None
    return session.scalars(select(Item).where(Item.id == item.replaces_id).options(joinedload(Item.model))).one()


@dataclass(frozen=True)
class Likely:
    """An earlier visit that may have been of the same thing, and by what one sees it: serial, proof or person."""

    ticket: Ticket
    by: str


def likely(session: Session, ticket: Ticket, *, of: Sequence[int] | None = None) -> list[Likely]:
    """Earlier visits of what may be the same thing; nothing once a person has said yes or no."""
    if ticket.compared_at is not None or ticket.repeats_id is not None:
        return []
    ways = {"serial": _same_serial(ticket), "proof": _same_line(ticket), "person": _same_person(ticket)}
    known = of or kin(session, ticket.item_id)
    found: dict[int, Likely] = {}
    for by, way in ways.items():
        if way is None:
            continue
        for earlier in _earlier(session, ticket, way, known):
            found.setdefault(earlier.item_id, Likely(earlier, by))
    return list(found.values())[:3]


def _earlier(session: Session, ticket: Ticket, way: ColumnElement[bool], known: Sequence[int]) -> Sequence[Ticket]:
    return session.scalars(
        select(Ticket)
        .join(Item, Item.id == Ticket.item_id)
        .where(
            way, Item.family == ticket.item.family, Ticket.item_id.not_in(known), Ticket.received_at.is_not(None),
            Ticket.requested_at < ticket.requested_at, Ticket.status != Status.CANCELLED,
        )
        .options(joinedload(Ticket.item).joinedload(Item.model), joinedload(Ticket.customer))
        .order_by(Ticket.id.desc())
        .limit(3)
    ).all()  # fmt: skip


def _same_serial(ticket: Ticket) -> ColumnElement[bool] | None:
    plain = plain_serial(ticket.item.serial)
    return (Item.serial != "") & (_written(Item.serial) == plain) if plain else None


def _same_line(ticket: Ticket) -> ColumnElement[bool] | None:
    return Ticket.proof_line_id == ticket.proof_line_id if ticket.proof_line_id is not None else None


def _same_person(ticket: Ticket) -> ColumnElement[bool] | None:
    """The same person with the same model; two different serial numbers are two things."""
    ways: list[ColumnElement[bool]] = []
    if ticket.customer.email:
        ways.append(Customer.email.in_({ticket.customer.email, ticket.customer.email.lower()}))
    if ticket.customer.phone:
        ways.append(Customer.phone == ticket.customer.phone)
    item = ticket.item
    if not ways or not (item.model_id or item.model_text):
        return None
    model = Item.model_id == item.model_id if item.model_id else func.lower(Item.model_text) == item.model_text.lower()
    serial = or_(Item.serial == "", _written(Item.serial) == plain_serial(item.serial)) if item.serial else true()
    people = select(Customer.id).where(or_(*ways)).correlate(None)
    return Ticket.customer_id.in_(people) & model & serial


@dataclass(frozen=True)
class OwnWork:
    """A part that we repaired before fails again: when and in which ticket, and until when we answer for that work."""

    component: str
    code: str
    finished_on: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether the day lies within our answering for it."""
        return day <= self.until


def own_work(session: Session, ticket: Ticket, *, house: House, of: Sequence[int] | None = None) -> list[OwnWork]:
    """Which of the ticket's findings are second repairs of the same part, the latest repair of each."""
    components = [finding.component for finding in ticket.findings]
    if not components:
        return []
    rows = session.execute(
        select(Finding.component, Ticket.code, Ticket.finished_at)
        .join(Ticket, Ticket.id == Finding.ticket_id)
        .where(
            Ticket.item_id.in_(of or kin(session, ticket.item_id)), Ticket.id != ticket.id, Finding.component.in_(components),
            Ticket.finished_at < ticket.requested_at, Finding.action.not_in(("", "A20", "A22")),
        )
        .order_by(Ticket.finished_at)
    )  # fmt: skip
    months = house.brand.setting("own_work_months")
    latest = {row.component: (row.code, civil_day(row.finished_at)) for row in rows}
    return [OwnWork(component, code, day, add_months(day, months)) for component, (code, day) in latest.items()]


@dataclass(frozen=True)
class Again:
    """A visit that followed another of the same thing."""

    code: str
    before: str
    family: str
    status: Status
    requested_at: datetime
    finished_at: datetime
    days: int


def again_within(session: Session, days: int, *, limit: int = 100) -> list[Again]:
    """Second visits of one thing within so many days of the first one's end, the newest first."""
    first = select(Ticket.id, Ticket.code, Ticket.finished_at).subquery()
    rows = session.execute(
        select(Ticket.code, first.c.code.label("before"), Item.family, Ticket.status, Ticket.requested_at, first.c.finished_at)
        .join(first, first.c.id == Ticket.repeats_id)
        .join(Item, Item.id == Ticket.item_id)
        .where(first.c.finished_at.is_not(None), Ticket.status != Status.CANCELLED)
        .order_by(Ticket.id.desc())
        .limit(limit)
    )  # fmt: skip
    found = [
        Again(r.code, r.before, r.family, r.status, r.requested_at, r.finished_at, (civil_day(r.requested_at) - civil_day(r.finished_at)).days)
        for r in rows
    ]  # fmt: skip
    return [each for each in found if each.days <= days]


def pictures(session: Session, ticket_ids: Sequence[int]) -> Sequence[Photo]:
    """The photographs of several visits, to be laid side by side."""
    return session.scalars(select(Photo).where(Photo.ticket_id.in_(ticket_ids)).order_by(Photo.id)).all()
