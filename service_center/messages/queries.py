"""Questions about threads and complaints."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import NotFound
from service_center.messages.models import Complaint, Message
from service_center.tickets.models import Finding, Ticket, Verdict


def thread(session: Session, ticket_id: int) -> Sequence[Message]:
    """A ticket's messages, the oldest first."""
    return session.scalars(select(Message).where(Message.ticket_id == ticket_id).order_by(Message.id)).all()


def complaints_on(session: Session, ticket_id: int, *, seen_by: Actor) -> Sequence[Complaint]:
    """A ticket's complaints, the newest first: all for the lab, a shop's own for shops, the customer's own for customers."""
    asked = select(Complaint).where(Complaint.ticket_id == ticket_id).order_by(Complaint.id.desc())
    if not seen_by.in_lab:
        asked = asked.where(Complaint.from_shop.is_(seen_by.in_shop))
    return session.scalars(asked).all()


def open_complaint(session: Session, ticket_id: int, *, from_shop: bool) -> Complaint | None:
    """The complaint of one side that still waits for its answer."""
    asked = select(Complaint).where(
        Complaint.ticket_id == ticket_id, Complaint.from_shop.is_(from_shop), Complaint.answered_at.is_(None)
    )
    return session.scalars(asked.order_by(Complaint.id).limit(1)).first()


def open_complaints(session: Session) -> int:
    """How many complaints wait for their answer."""
    asked = select(func.count()).select_from(Complaint).where(Complaint.answered_at.is_(None))
    return session.execute(asked).scalar_one()


def complaint(session: Session, complaint_id: int) -> Complaint:
    """One complaint; NotFound when there is none."""
    found = session.get(Complaint, complaint_id)
    if found is None:
        raise NotFound
    return found


def about_what(session: Session, complaint: Complaint) -> tuple[Verdict | None, Finding | None]:
    """The decision that a complaint is about, as it was then."""
    return (
        session.get(Verdict, complaint.verdict_id) if complaint.verdict_id is not None else None,
        session.get(Finding, complaint.finding_id) if complaint.finding_id is not None else None,
    )


def ticket_code(session: Session, complaint: Complaint) -> str:
    """The code of the ticket that a complaint is about; empty where it is about none."""
    asked = select(Ticket.code).where(Ticket.id == complaint.ticket_id)
    return session.scalars(asked).one_or_none() or "" if complaint.ticket_id is not None else ""
