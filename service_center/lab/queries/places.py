"""What the cards of a bench name: the shelves and trays that the lab uses, its spare parts, its people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import LAB, User
from service_center.catalogue.models import Part
from service_center.tickets.models import Ticket

MOST = 210


def parts(session: Session) -> Sequence[Part]:
    """Every spare part, by code."""
    return session.scalars(select(Part).order_by(Part.code)).all()


def places(session: Session) -> list[str]:
    """Every place that a ticket or a part lies at, in order."""
    used = session.scalars(select(Ticket.location).distinct().limit(MOST)).all()
    shelves = session.scalars(select(Part.place).distinct().limit(MOST)).all()
    return sorted({place for place in (*used, *shelves) if place})[:MOST]


def colleagues(session: Session) -> list[tuple[int, str]]:
    """Everybody at the lab who may sign in, by name."""
    asked = select(User.id, User.name).where(User.role.in_(LAB), User.active).order_by(User.name, User.id)
    return [(row.id, row.name) for row in session.execute(asked)]
