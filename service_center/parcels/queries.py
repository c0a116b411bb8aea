"""Questions about parcels."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import NotFound
from service_center.parcels.models import Direction, Parcelled, Shipment
from service_center.tickets.models import Ticket
from service_center.tickets.queries import visible


def shipments(session: Session, ticket_id: int) -> Sequence[Shipment]:
    """All parcels of a ticket that were not cancelled, the oldest first."""
    return session.scalars(
        select(Shipment)
        .join(Parcelled, Parcelled.shipment_id == Shipment.id)
        .where(Parcelled.ticket_id == ticket_id, Shipment.cancelled_at.is_(None))
        .order_by(Shipment.id)
    ).all()


def beside(session: Session, ticket_id: int, shipment_ids: Sequence[int], *, seen_by: Actor) -> dict[int, list[str]]:
    """The codes of what else lies in these parcels, as far as this reader may know of it."""
    found: dict[int, list[str]] = {}
    asked = (
        select(Parcelled.shipment_id, Ticket.code)
        .join(Ticket, Ticket.id == Parcelled.ticket_id)
        .where(Parcelled.shipment_id.in_(shipment_ids), Ticket.id != ticket_id, visible(seen_by))
        .order_by(Ticket.id)
    )
    for shipment_id, code in session.execute(asked):
        found.setdefault(shipment_id, []).append(code)
    return found


def booked(session: Session, ticket_id: int) -> Shipment:
    """The parcel on the way out that this ticket lies in."""
    found = next((s for s in reversed(shipments(session, ticket_id)) if s.direction is Direction.OUT), None)
    if found is None:
        raise NotFound
    return found


def codes_in(session: Session, shipment: Shipment) -> Sequence[str]:
    """The codes of the tickets in a parcel."""
    return session.scalars(
        select(Ticket.code)
        .join(Parcelled, Parcelled.ticket_id == Ticket.id)
        .where(Parcelled.shipment_id == shipment.id)
        .order_by(Ticket.code)
    ).all()


def tickets_in(session: Session, shipment: Shipment) -> Sequence[Ticket]:
    """The tickets in a parcel."""
    return session.scalars(
        select(Ticket)
        .join(Parcelled, Parcelled.ticket_id == Ticket.id)
        .where(Parcelled.shipment_id == shipment.id)
        .order_by(Ticket.code)
    ).all()
