"""A day at the demo's bench: what is urgent, who works on what, how long it took, and the note of the last shift."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.tickets.bench_models import BenchSpan, HandOver
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket

URGENT, TIMED = 2, 40
MINUTES = (12, 25, 41, 18, 9, 33, 64, 22)


def show(session: Session, house: House) -> None:
    """Put it on top of the tickets that are there."""
    technicians = session.scalars(select(User).where(User.role == Role.TECHNICIAN, User.demo).order_by(User.id)).all()
    if len(technicians) < 2:
        return
    technicians[1].skills = ["watch", "jewel"]
    waiting = select(Ticket).where(Ticket.status == Status.TAKEN_IN_CHARGE).order_by(Ticket.id)
    for ticket in session.scalars(waiting.limit(URGENT)):
        ticket.urgent = True
    _spans(session)
    code = session.scalars(select(Ticket.code).where(Ticket.status == Status.REPAIRING).order_by(Ticket.id)).first()
    if code is not None:
        text = f"La pressa della tenuta perde: usare l’altra.\n{grouped(code)} aspetta il vetro, arriva domani."
        note = HandOver(
            text=text, at=house.now() - timedelta(hours=15), by_id=technicians[1].id, author=technicians[1].name
        )
        session.add(note)


def _spans(session: Session) -> None:
    """One stretch for each of the tickets that were finished last, ending as the work ended."""
    finished = select(Ticket).where(Ticket.finished_at.is_not(None), Ticket.repaired_by_id.is_not(None))
    for number, ticket in enumerate(
        session.scalars(finished.order_by(Ticket.finished_at.desc(), Ticket.id).limit(TIMED))
    ):
        assert ticket.finished_at is not None
        end = ticket.finished_at - timedelta(hours=1)
        began = end - timedelta(minutes=MINUTES[number % len(MINUTES)])
        session.add(
            BenchSpan(ticket_id=ticket.id, user_id=ticket.repaired_by_id, started_at=began, seen_at=end, ended_at=end)
        )
