"""Saying something in a ticket's thread; complaining, and answering a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Retailer, Shop
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.messages.complaints import Channel, Outcome, Subject, alarms, answer_by
from service_center.messages.models import Complaint, Message
from service_center.messages.queries import open_complaint
from service_center.outbox.services import enqueue
from service_center.tickets import queries as tickets
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import advance, open_wait, tell
from service_center.tickets.services.bench import add_photos
from service_center.tickets.services.opening import NewPhoto

EARLIEST = timedelta(days=366)
"""A complaint that came longer ago than this was mistyped."""


def say(session: Session, ticket: Ticket, text: str, *, actor: Actor, now: datetime) -> Message:
    """Add to the thread; what the lab says is told to the other side by letter."""
    if not text.strip():
        raise Refused("message_empty", field="text")
    message = Message(
        ticket_id=ticket.id,
        author_kind=actor.kind,
        author_id=actor.user_id,
        author=actor.name,
        text=text.strip(),
        at=now,
    )
    session.add(message)
    if actor.in_lab:
        tell(session, ticket, "message", now=now, facts={"text": message.text})
    return message


def mark_read(session: Session, ticket: Ticket, *, actor: Actor, now: datetime) -> None:
    """What the other side said has been seen."""
    theirs = Message.author_kind.not_in(("technician", "front_desk", "manager"))
    session.execute(
        update(Message)
        .where(Message.ticket_id == ticket.id, Message.read_at.is_(None), theirs if actor.in_lab else ~theirs)
        .values(read_at=now)
    )


# --- complaints (R32) ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Complainant:
    """Who is to be answered, and how."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "it"
    from_shop: bool = False


@dataclass(frozen=True)
class Grievance:
    """What somebody complains about; `finding_id` is the part of the decision, `received_at` may lie before today."""

    subject: Subject
    text: str
    channel: Channel
    finding_id: int | None = None
    received_at: datetime | None = None
    photos: Sequence[NewPhoto] = ()


def the_customer(ticket: Ticket) -> Complainant:
    """The person whose item it is."""
    who = ticket.customer
    return Complainant(who.name, who.email, who.phone, ticket.language)


def the_shop(session: Session, ticket: Ticket) -> Complainant:
    """The shop that handed it in; its retailer is written to where the shop has no address of its own."""
    shop = session.get(Shop, ticket.shop_id) if ticket.shop_id is not None else None
    if shop is None:
        raise Refused("no_shop", field="who")
    retailer = session.get_one(Retailer, shop.retailer_id)
    return Complainant(shop.name, shop.email or retailer.email, shop.phone, retailer.language, from_shop=True)


def complain(
    session: Session, ticket: Ticket | None, who: Complainant, said: Grievance, *, actor: Actor, now: datetime, house: House
) -> Complaint:  # fmt: skip
    """Take in a complaint with the day of its answer; the receipt leaves at once, the warnings when they are due."""
    received = said.received_at or now
    _refuse_what_cannot_be(session, ticket, who, said, received=received, now=now)
    days = house.brand.setting("complaint_working_days")
    due_on = answer_by(received, days, house.brand.closures)
    decision = ticket is not None and said.subject is Subject.DECISION
    complaint = Complaint(
        ticket_id=ticket.id if ticket else None, subject=said.subject.value, channel=said.channel.value, from_shop=who.from_shop,
        verdict_id=tickets.latest_verdict(session, ticket.id).id if ticket and decision else None,
        finding_id=tickets.find_finding(ticket, said.finding_id).id if ticket and decision and said.finding_id is not None else None,
        name=who.name, email=who.email, phone=who.phone, language=who.language, text=said.text.strip(), received_at=received,
        due_on=due_on, entered_by_id=actor.user_id, outcome="", answer="",
    )  # fmt: skip
    session.add(complaint)
    session.flush()
    if ticket is not None:
        add_photos(session, ticket, "complaint", said.photos, actor=actor, now=now)
        advance(session, ticket, Action.COMPLAIN, actor=actor, now=now, house=house, note=complaint.text, detail={"due_on": due_on.isoformat()})  # fmt: skip
    _write(session, complaint, "complaint_received", now=now)
    for which, at in alarms(due_on, house.brand.closures).items():
        facts = {"complaint_id": complaint.id, "which": which.value}
        enqueue(session, "complaint_alarm", facts, now=now, not_before=max(at, now), key=f"complaint:{complaint.id}:{which.value}")  # fmt: skip
    return complaint


def _refuse_what_cannot_be(
    session: Session, ticket: Ticket | None, who: Complainant, said: Grievance, *, received: datetime, now: datetime
) -> None:
    if not said.text.strip():
        raise Refused("complaint_empty", field="text")
    if received > now:
        raise Refused("received_in_future", field="received_on")
    if received < now - EARLIEST:
        raise Refused("received_long_ago", field="received_on")
    if ticket is not None and open_complaint(session, ticket.id, from_shop=who.from_shop) is not None:
        raise Refused("complaint_open", field="text")
    if ticket is None and _typed_before(session, who, said):
        raise Refused("complaint_twice", field="text")


def _typed_before(session: Session, who: Complainant, said: Grievance) -> bool:
    """The same words of the same person are already in the register and not answered: the page was sent twice."""
    same = (Complaint.name == who.name, Complaint.text == said.text.strip(), Complaint.answered_at.is_(None))
    return (
        session.scalars(select(Complaint.id).where(Complaint.ticket_id.is_(None), *same).limit(1)).first() is not None
    )


def held(session: Session, complaint_id: int, *, actor: Actor) -> tuple[Complaint, Ticket | None]:
    """A complaint and its ticket, held until the transaction ends: two who answer at once come one after the other."""
    row = session.execute(
        select(Complaint.id, Ticket.code).outerjoin(Ticket, Ticket.id == Complaint.ticket_id).where(Complaint.id == complaint_id)
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    ticket = tickets.locked(session, row.code, seen_by=actor) if row.code else None
    complaint = session.get(Complaint, complaint_id, with_for_update=True, populate_existing=True)
    if complaint is None:
        raise NotFound
    return complaint, ticket


def answer_complaint(
    session: Session, complaint: Complaint, ticket: Ticket | None, outcome: str, text: str, *, actor: Actor, now: datetime, house: House,
    version: int | None = None,
) -> None:  # fmt: skip
    """Answer once and for all, by letter and on the page; late stays late. What was delivered closes by itself again."""
    if complaint.answered_at is not None:
        raise Refused("complaint_answered")
    if outcome not in set(Outcome):
        raise Refused("outcome_unknown", field="outcome")
    if not text.strip():
        raise Refused("note_needed", field="answer")
    complaint.outcome, complaint.answer = outcome, text.strip()
    complaint.answered_at, complaint.answered_by_id = now, actor.user_id
    session.flush()
    if ticket is not None:
        event = advance(session, ticket, Action.ANSWER_COMPLAINT, actor=actor, now=now, house=house, note=complaint.answer, version=version)  # fmt: skip
        other = open_complaint(session, ticket.id, from_shop=not complaint.from_shop)
        if other is not None:
            open_wait(session, ticket, WaitKind.COMPLAINT, event, {"due_on": other.due_on.isoformat()}, house=house)
        elif ticket.status is Status.DELIVERED:
            later = now + timedelta(days=house.brand.setting("close_after_delivery_days"))
            enqueue(session, "close", {"ticket": ticket.code}, now=now, not_before=later, ticket_id=ticket.id)
    _write(session, complaint, "complaint_answered", now=now)


def _write(session: Session, complaint: Complaint, template: str, *, now: datetime) -> None:
    """A letter to whoever complained. It follows from no step, so undoing one does not take it back."""
    if complaint.email:
        facts = {"complaint_id": complaint.id, "template": template, "recipient": complaint.email, "recipient_name": complaint.name, "language": complaint.language}  # fmt: skip
        enqueue(session, "complaint_letter", facts, now=now)


def is_late(complaint: Complaint, *, now: datetime) -> bool:
    """Answered after its day, or not answered and its day is over."""
    return civil_day(complaint.answered_at or now) > complaint.due_on
