"""Finding tickets: by what was scanned, by words, by queue; a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import User
from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.lab.queries.board import OpenWait, counted, waits_of
from service_center.lab.queries.conditions import IN_LAB, QUEUE, UNSAFE, Queue, late, waits_open
from service_center.lab.queries.next import Hands, chosen
from service_center.lab.scanning import Kind, Scan, read
from service_center.parcels.couriers.courier import compact
from service_center.parcels.models import Parcelled, Shipment
from service_center.tickets.days import Days
from service_center.tickets.lifecycle import COMING, OVER, Status, WaitKind
from service_center.tickets.models import Customer, Item, Ticket
from service_center.tickets.queries import visible
from service_center.tickets.services.claims import HELD

PAGE = 40
MOST_WORDS = 6
SHORTEST_PREFIX = 3


def _in_parcel(tracking: str) -> ColumnElement[bool]:
    return exists().where(
        Parcelled.ticket_id == Ticket.id,
        Parcelled.shipment_id == Shipment.id,
        Shipment.tracking == tracking,
        Shipment.cancelled_at.is_(None),
    )


def scanned(session: Session, scan: Scan, *, seen_by: Actor) -> Sequence[str]:
    """The codes of the tickets that a scan means; a courier's number may mean a whole parcel."""
    if scan.kind is Kind.UNKNOWN:
        return []
    meant = Ticket.code == scan.value
    if scan.kind is Kind.NUMBER:
        meant = Ticket.number == int(scan.value)
    asked = select(Ticket.code).where(visible(seen_by), or_(meant, _in_parcel(scan.value)))
    return session.scalars(asked.order_by(Ticket.id).limit(PAGE)).all()


@dataclass(frozen=True)
class Row:
    """A ticket in a list."""

    code: str
    status: Status
    family: str
    model: str
    serial: str
    symptoms: tuple[str, ...]
    customer: str
    shop_reference: str
    location: str
    safety: bool
    urgent: bool
    holder: str
    verdict: str
    reason: str | None
    due_on: date | None
    days: Days | None
    waits: tuple[OpenWait, ...]


@dataclass(frozen=True)
class Page:
    """Some rows of a list, `first` counted from 1, and how many there are in all."""

    rows: tuple[Row, ...]
    first: int
    total: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def filters(today: date) -> dict[str, ColumnElement[bool]]:
    """The lists of the lab by the name that stands in the address."""
    queues = {queue.value: IN_LAB & (queue.value == QUEUE) for queue in Queue}
    return {
        "open": Ticket.status.not_in(OVER),
        "coming": Ticket.status.in_(COMING),
        **queues,
        "late": late(today),
        "urgent": Ticket.urgent & IN_LAB,
        "safety": UNSAFE,
        "contents": waits_open(WaitKind.CONTENTS),
        "gone": Ticket.status.in_({Status.SHIPPED_OUT, Status.DELIVERED}),
        "all": true(),
    }


def tickets(
    session: Session, words: str, state: str, *, page: int, reader: Actor, house: House, whose: str = "", who: Hands | None = None
) -> Page:  # fmt: skip
    """A page of tickets that match the words, the earliest promise first; two queries, whatever is asked."""
    wanted = filters(house.today()).get(state, true())
    theirs = chosen(whose, who) if who else true()
    asked = (
        select(
            Ticket.id, Ticket.code, Ticket.status, Item.family, func.coalesce(Model.code, Item.model_text).label("model"), Item.serial,
            Ticket.symptoms, Customer.name.label("customer"), Ticket.shop_reference, Ticket.location, Ticket.safety, Ticket.urgent, User.name.label("holder"), Ticket.verdict,
            Ticket.reason, Ticket.due_on, Ticket.day_zero, Ticket.finished_at, func.count().over().label("total"),
        )
        .join(Item, Item.id == Ticket.item_id)
        .join(Customer, Customer.id == Ticket.customer_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(User, User.id == Ticket.claimed_by_id)
        .where(visible(reader), wanted, theirs, *matching(words))
        .order_by(Ticket.safety.desc(), Ticket.urgent.desc(), Ticket.due_on.is_(None), Ticket.due_on, Ticket.id.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )  # fmt: skip
    rows = session.execute(asked).all()
    waits = waits_of(session, [row.id for row in rows])
    shown = tuple(
        Row(
            row.code, row.status, row.family, row.model, row.serial, tuple(row.symptoms), row.customer, row.shop_reference, row.location, row.safety,
            row.urgent, (row.holder or "") if row.status in HELD else "", row.verdict, row.reason, row.due_on, counted(row.day_zero, row.finished_at, waits[row.id], house=house),
            tuple(OpenWait(w.kind, w.opened_at, w.detail) for w in waits[row.id] if w.closed_at is None),
        )
        for row in rows
    )  # fmt: skip
    return Page(shown, (page - 1) * PAGE + 1, rows[0].total if rows else 0)


def matching(words: str) -> list[ColumnElement[bool]]:
    """Every word must occur somewhere: code, number, serial, model, name, phone, e-mail, words, shop's reference, courier's number."""
    scan = read(words)
    if scan.kind in (Kind.CODE, Kind.NUMBER):
        value: Any = Ticket.code == scan.value if scan.kind is Kind.CODE else Ticket.number == int(scan.value)
        return [or_(value, *_places(words.strip()))]
    return [or_(*_places(word)) for word in words.split()[:MOST_WORDS]]


def _places(word: str) -> list[ColumnElement[bool]]:
    within, begins = f"%{escaped(word)}%", f"{escaped(word)}%"
    columns = (
        Customer.name,
        Customer.email,
        Customer.phone,
        Ticket.words,
        Ticket.shop_reference,
        Model.code,
        Item.model_text,
    )
    places: list[ColumnElement[bool]] = [column.ilike(within, escape="\\") for column in columns]
    places.append(Item.serial.ilike(begins, escape="\\"))
    plain = compact(word)
    if len(plain) >= SHORTEST_PREFIX and plain.isascii() and plain.isalnum():
        places += [Ticket.code.like(f"{plain}%"), _in_parcel(plain)]
    return places or [false()]


def escaped(word: str) -> str:
    """Typed words as a LIKE pattern takes them literally."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def counts(
    session: Session, *, reader: Actor, house: House, whose: str = "", who: Hands | None = None
) -> dict[str, int]:
    """How many tickets each list holds; one query."""
    wanted = filters(house.today())
    row = session.execute(
        select(*(func.count().filter(where).label(f"in_{name}") for name, where in wanted.items()))
        .select_from(Ticket)
        .where(visible(reader), chosen(whose, who) if who else true())
    ).one()
    return dict(zip(wanted, row, strict=True))
