"""Complaints of the demo: one late, one due, one answered, one about no repair; made by the house's own services."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor, customer
from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.messages import services
from service_center.messages.complaints import Channel, Outcome, Subject
from service_center.messages.models import Complaint
from service_center.messages.services import Complainant, Grievance
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket

DENIED = "Il vetro non ha preso colpi: si è crepato mentre l'orologio era sul comodino."
QUALITY = "Dopo la riparazione l'orologio resta indietro di cinque minuti al giorno."
PHONE = "Ho chiamato tre volte e non ha risposto nessuno."
DELAY = "Il cliente chiede ogni giorno quando torna il suo orologio."
ANSWER = "Hai ragione: abbiamo regolato di nuovo il movimento e la rispedizione è a carico nostro."


def show(session: Session, house: House) -> None:
    """Once: what is there already stays."""
    manager = session.scalars(select(User).where(User.demo, User.role == Role.MANAGER)).first()
    if manager is None or session.scalars(select(Complaint.id).limit(1)).first() is not None:
        return
    who, now = Actor(manager.role.value, manager.id, manager.name), house.now()
    denied = _ticket(session, who, Ticket.verdict == "NOT_COVERED", Ticket.shop_id.is_(None))
    if denied is not None:
        said = Grievance(Subject.DECISION, DENIED, Channel.LETTER, received_at=now - timedelta(days=7))
        services.complain(session, denied, services.the_customer(denied), said, actor=who, now=now, house=house)
    at_shop = _ticket(
        session, who, Ticket.shop_id.is_not(None), Ticket.status.in_((Status.DIAGNOSING, Status.REPAIRING))
    )
    if at_shop is not None:
        said = Grievance(Subject.DELAY, DELAY, Channel.PHONE, received_at=now - timedelta(days=1))
        services.complain(session, at_shop, services.the_shop(session, at_shop), said, actor=who, now=now, house=house)
    back = _ticket(session, who, Ticket.status == Status.DELIVERED, Ticket.shop_id.is_(None))
    if back is not None:
        own = customer(back.id, back.customer.name)
        made = services.complain(session, back, services.the_customer(back), Grievance(Subject.QUALITY, QUALITY, Channel.WEB), actor=own, now=now, house=house)  # fmt: skip
        services.answer_complaint(session, made, back, Outcome.UPHELD, ANSWER, actor=who, now=now, house=house)
    anybody = Complainant("Ciro Rea", "ciro.rea@demo.example", "+393331112223")
    services.complain(
        session, None, anybody, Grievance(Subject.OTHER, PHONE, Channel.EMAIL), actor=who, now=now, house=house
    )


def _ticket(session: Session, who: Actor, *where: object) -> Ticket | None:
    """The newest ticket like that, about which nobody has complained."""
    free = Ticket.id.not_in(select(Complaint.ticket_id).where(Complaint.ticket_id.is_not(None)))
    code = session.scalars(select(Ticket.code).where(free, *where).order_by(Ticket.id.desc()).limit(1)).first()  # type: ignore[arg-type]
    return queries.get(session, code, seen_by=who) if code else None
