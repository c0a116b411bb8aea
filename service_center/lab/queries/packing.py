"""What lies in a parcel on its way out, what of it was in hand, and which parcel waits for an item."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from service_center.parcels.models import Direction, Parcelled, Shipment
from service_center.tickets.models import Ticket


def rows_of(session: Session, shipment: Shipment) -> Sequence[Parcelled]:
    """The rows of a parcel."""
    return session.scalars(select(Parcelled).where(Parcelled.shipment_id == shipment.id)).all()


def row_of(session: Session, shipment: Shipment, ticket: Ticket) -> Parcelled | None:
    """The row of an item in this parcel."""
    return session.get(Parcelled, (shipment.id, ticket.id), populate_existing=True)


def in_hand(session: Session, shipment: Shipment) -> Sequence[str]:
    """The codes of what was scanned into the box, in the order of the scans."""
    return session.scalars(
        select(Ticket.code)
        .join(Parcelled, Parcelled.ticket_id == Ticket.id)
        .where(Parcelled.shipment_id == shipment.id, Parcelled.found_at.is_not(None))
        .order_by(Parcelled.found_at, Ticket.id)
    ).all()


def waiting_parcel(session: Session, code: str) -> Shipment | None:
    """The parcel that was booked for this item and has not left."""
    return session.scalars(_parcels_of(code).where(Shipment.left_at.is_(None))).first()


def left_parcel(session: Session, ticket: Ticket) -> Shipment | None:
    """The parcel in which this item left last."""
    return session.scalars(_parcels_of(ticket.code).where(Shipment.left_at.is_not(None))).first()


def _parcels_of(code: str) -> Select[Shipment]:
    return (
        select(Shipment)
        .join(Parcelled, Parcelled.shipment_id == Shipment.id)
        .join(Ticket, Ticket.id == Parcelled.ticket_id)
        .where(Ticket.code == code, Shipment.direction == Direction.OUT, Shipment.cancelled_at.is_(None))
        .order_by(Shipment.id.desc())
    )
