"""What comes in and what goes out: expected parcels, what lies in one, what is ready, what may travel together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Model
from service_center.core.errors import NotFound
from service_center.parcels.arriving import parcel, parcel_of
from service_center.parcels.models import Direction, Parcelled, Shipment
from service_center.tickets.lifecycle import COMING, Status
from service_center.tickets.models import Customer, Item, Photo, Ticket

EXPECTED = 40


@dataclass(frozen=True)
class Expected:
    """An item that is on its way, or was just unpacked; `courier` and `tracking` are empty where nobody told them."""

    code: str
    status: Status
    family: str
    model: str
    symptom: str
    sender: str
    city: str
    courier: str
    tracking: str
    parcel: int | None
    safety: bool

    @property
    def arrived(self) -> bool:
        return self.status not in COMING


def _expected() -> Select[Any]:
    inbound = (
        select(
            Parcelled.ticket_id,
            func.max(Shipment.courier).label("courier"),
            func.max(Shipment.tracking).label("tracking"),
            func.max(Shipment.id).label("parcel"),
        )
        .join(Shipment, Shipment.id == Parcelled.shipment_id)
        .where(Shipment.direction == Direction.IN, Shipment.cancelled_at.is_(None))
        .group_by(Parcelled.ticket_id)
        .subquery()
    )
    return (
        select(
            Ticket.code, Ticket.status, Item.family, func.coalesce(Model.code, Item.model_text).label("model"), Ticket.symptoms,
            func.coalesce(func.nullif(Ticket.return_name, ""), Customer.name), Ticket.return_city, func.coalesce(inbound.c.courier, ""), func.coalesce(inbound.c.tracking, ""), inbound.c.parcel, Ticket.safety,
        )
        .join(Item, Item.id == Ticket.item_id)
        .join(Customer, Customer.id == Ticket.customer_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(inbound, inbound.c.ticket_id == Ticket.id)
    )  # fmt: skip


def _rows(session: Session, asked: Select[Any]) -> list[Expected]:
    return [
        Expected(code, status, family, model, symptoms[0] if symptoms else "", *rest)
        for code, status, family, model, symptoms, *rest in session.execute(asked)
    ]


def expected(session: Session) -> tuple[list[Expected], int]:
    """What is on its way, posted parcels first, the longest asked first; and how many in all."""
    coming = Ticket.status.in_(COMING)
    rows = _rows(
        session, _expected().where(coming).order_by(Ticket.status != Status.IN_TRANSIT_IN, Ticket.id).limit(EXPECTED)
    )
    total = session.execute(select(func.count()).select_from(Ticket).where(coming)).scalar_one()
    return rows, total


@dataclass(frozen=True)
class Mark:
    """What was noted of an item in its parcel."""

    found: bool
    missing: bool
    surplus: bool


@dataclass(frozen=True)
class Manifest:
    """A parcel on the table: its announcements, what should lie in it, and what was noted of each by code."""

    id: int | None
    shipments: Sequence[Shipment]
    rows: list[Expected]
    marks: dict[str, Mark]

    @property
    def checked_at(self) -> datetime | None:
        """When its last item was looked for; None while it is open."""
        days = [each.checked_at for each in self.shipments]
        return max((day for day in days if day), default=None) if days and all(days) else None

    @property
    def seal(self) -> str:
        """How its tape was, as far as somebody has said."""
        return next((each.seal for each in self.shipments if each.seal), "")

    def missing(self) -> list[Expected]:
        """Named for this parcel, and not seen yet."""
        return [row for row in self.rows if not row.arrived and not self.marks.get(row.code, UNSEEN).found]


UNSEEN = Mark(False, False, False)


def manifest(session: Session, ticket: Ticket) -> Manifest:
    """What should lie in the same parcel: the tickets of its shipment, and those of the same request."""
    number = parcel_of(session, ticket)
    together: ColumnElement[bool] = Ticket.request_id == ticket.request_id
    if number is None:
        return Manifest(None, (), _rows(session, _of_parcel(together)), {})
    return _manifest(session, number, together)


def parcel_manifest(session: Session, shipment_id: int) -> Manifest:
    """A parcel by its number in the house; NotFound when there is none on its way in."""
    return _manifest(session, shipment_id, false())


def _manifest(session: Session, number: int, besides: ColumnElement[bool]) -> Manifest:
    shipments = parcel(session, number)
    ids = [each.id for each in shipments]
    inside = select(Parcelled.ticket_id).where(Parcelled.shipment_id.in_(ids))
    marks = session.execute(
        select(Ticket.code, Parcelled.found_at, Parcelled.missing_at, Parcelled.surplus)
        .join(Ticket, Ticket.id == Parcelled.ticket_id)
        .where(Parcelled.shipment_id.in_(ids))
    )
    return Manifest(
        shipments[0].id, shipments, _rows(session, _of_parcel(Ticket.id.in_(inside) | besides)),
        {code: Mark(found is not None, missing is not None, surplus) for code, found, missing, surplus in marks},
    )  # fmt: skip


def _of_parcel(together: ColumnElement[bool]) -> Select[Any]:
    return _expected().where(together, Ticket.status != Status.CANCELLED).order_by(Ticket.id)


@dataclass(frozen=True)
class Ready:
    """A finished item with where it goes; `booked_at` is set when its label was made."""

    id: int
    code: str
    family: str
    model: str
    location: str
    name: str
    street: str
    postal_code: str
    city: str
    province: str
    country: str
    phone: str
    finished_at: datetime | None
    due_on: object
    courier: str
    booked_at: datetime | None

    @property
    def address(self) -> tuple[str, ...]:
        """Two tickets with the same address may travel in one parcel."""
        return (self.name, self.street, self.postal_code, self.city, self.province, self.country, self.phone)


def ready(session: Session) -> list[Ready]:
    """All that is finished, the earliest promise first; one query."""
    newest = (
        select(func.max(Shipment.id))
        .join(Parcelled, Parcelled.shipment_id == Shipment.id)
        .where(
            Parcelled.ticket_id == Ticket.id, Shipment.direction == Direction.OUT, Shipment.cancelled_at.is_(None), Shipment.left_at.is_(None)
        )
        .correlate(Ticket)
        .scalar_subquery()
    )  # fmt: skip
    asked = (
        select(
            Ticket.id, Ticket.code, Item.family, func.coalesce(Model.code, Item.model_text), Ticket.location, Ticket.return_name,
            Ticket.return_street, Ticket.return_postal_code, Ticket.return_city, Ticket.return_province, Ticket.return_country,
            Ticket.return_phone, Ticket.finished_at, Ticket.due_on, func.coalesce(Shipment.courier, ""), Shipment.booked_at,
        )
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(Shipment, Shipment.id == newest)
        .where(Ticket.status == Status.READY)
        .order_by(Ticket.due_on.is_(None), Ticket.due_on, Ticket.id)
    )  # fmt: skip
    rows: Sequence[Any] = session.execute(asked).all()
    return [Ready(*row) for row in rows]


@dataclass(frozen=True)
class Contained:
    """An item that somebody holds at dispatch."""

    id: int
    code: str
    family: str
    model: str
    location: str
    name: str
    postal_code: str
    city: str
    province: str
    country: str
    accessories: list[Any]


def last_reception_photo(session: Session, ticket_id: int) -> Photo | None:
    """How the item looks, for whoever holds it: the newest picture from reception, else the sender's."""
    return session.scalars(
        select(Photo).where(Photo.ticket_id == ticket_id).order_by(Photo.stage == "reception", Photo.id).limit(1)
    ).first()


def together(rows: Sequence[Ready], code: str) -> list[Ready]:
    """What may travel in one parcel with this ticket."""
    own = next((row for row in rows if row.code == code), None)
    return [row for row in rows if own is not None and row.address == own.address]


def outbound(session: Session, shipment_id: int, *, held: bool = False) -> Shipment:
    """A parcel on the way out that was not cancelled; `held`: nobody else changes what lies in it meanwhile."""
    found = session.get(Shipment, shipment_id, with_for_update=held)
    if found is None or found.direction is not Direction.OUT or found.cancelled_at is not None:
        raise NotFound
    return found


def booked_in(session: Session, ticket_ids: Sequence[int]) -> dict[int, int]:
    """The booked parcel of each ticket that has one and waits to leave; one query."""
    rows = session.execute(
        select(Parcelled.ticket_id, func.max(Shipment.id))
        .join(Shipment, Shipment.id == Parcelled.shipment_id)
        .where(
            Parcelled.ticket_id.in_(ticket_ids), Shipment.direction == Direction.OUT, Shipment.cancelled_at.is_(None), Shipment.left_at.is_(None)
        )
        .group_by(Parcelled.ticket_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in rows}


def label_owner(session: Session, tracking: str, *, besides: int) -> Shipment | None:
    """Another parcel on the way out that carries this courier's number already."""
    if not tracking:
        return None
    return session.scalars(
        select(Shipment)
        .where(Shipment.tracking == tracking, Shipment.direction == Direction.OUT, Shipment.cancelled_at.is_(None), Shipment.id != besides)
        .order_by(Shipment.id.desc())
        .limit(1)
    ).first()  # fmt: skip


def in_parcel(session: Session, codes: Sequence[str]) -> list[Contained]:
    """These tickets as one holds them: what they are and where they lie."""
    rows = session.execute(
        select(
            Ticket.id, Ticket.code, Item.family, func.coalesce(Model.code, Item.model_text), Ticket.location, Ticket.return_name,
            Ticket.return_postal_code, Ticket.return_city, Ticket.return_province, Ticket.return_country, Ticket.accessories,
        )
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .where(Ticket.code.in_(codes))
        .order_by(Ticket.id)
    )  # fmt: skip
    found: Sequence[Any] = rows.all()
    return [Contained(*row) for row in found]
