"""Letters: composed when they leave, so that their links are fresh and no secret lies in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload, selectinload

from service_center.accounts.handlers import LASTS, TEMPLATES, link_for
from service_center.accounts.models import Purpose, Role, User
from service_center.accounts.services import make_link
from service_center.core.database import transaction
from service_center.core.house import house
from service_center.core.i18n import DEFAULT, speaking
from service_center.core.logs import log
from service_center.core.outside import Sender
from service_center.core.workdays import due
from service_center.messages.complaints import Alarm
from service_center.messages.models import Complaint
from service_center.messages.wording import about, about_complaint, item
from service_center.outbox import services as outbox
from service_center.outbox.letters import compose
from service_center.outbox.senders import Permanent
from service_center.outbox.services import enqueue
from service_center.outbox.worker import Handler, Job
from service_center.proofs.models import Registration
from service_center.tickets import codes
from service_center.tickets.lateness import SOON, late, soon
from service_center.tickets.lifecycle import OVER
from service_center.tickets.models import Customer, Item, SafetyReport, Ticket
from service_center.tickets.services.custody import chain_of
from service_center.tickets.wording import vocabulary
from service_center.tickets.wording.custody import custody
from service_center.tickets.wording.hazards import hazard, who
from service_center.tickets.wording.voices import Reader

# Letters that ask for nothing and show nothing private lead to the public page.
PUBLIC = frozenset({"safety_stop", "cancelled"})
MOST_CODES = 20


@dataclass(frozen=True)
class Draft:
    """A letter before it is composed; `secret` is what must not be kept."""

    template: str
    recipient: str
    recipient_name: str
    language: str
    facts: Mapping[str, Any]
    ticket_id: int | None = None
    secret: str = field(default="", repr=False)


def letter(job: Job) -> str:
    """A step of a ticket, told to its owner or to the shop."""
    frozen = dict(job.facts)
    template, recipient, language = frozen["template"], frozen["recipient"], frozen["language"]
    with transaction() as session, speaking(language):
        ticket = _ticket(session, Ticket.code == frozen["ticket"])
        own = recipient.casefold() == ticket.customer.email.casefold()
        reader: Reader = "customer" if own else "shop"
        facts = about(session, ticket, template, frozen, reader=reader, house=house())
        facts["link"], secret = _way_in(session, ticket, own=own and template not in PUBLIC)
    return _send(job, Draft(template, recipient, frozen["recipient_name"], language, facts, ticket.id, secret))


def owner_link(job: Job) -> str:
    """Somebody said "it is me": the link goes to the address that the ticket has, and nowhere else."""
    lasts = timedelta(minutes=house().brand.setting("owner_link_minutes"))
    with transaction() as session:
        ticket = _ticket(session, Ticket.id == job.facts["ticket_id"])
        customer = ticket.customer
        if not customer.email:
            return ""
        link, secret = _owners_link(session, ticket, lasts=lasts)
    facts = {"code": codes.grouped(ticket.code), "link": link, "until": house().now() + lasts}
    return _send(job, Draft("owner_link", customer.email, customer.name, ticket.language, facts, ticket.id, secret))


def lost_code(job: Job) -> str:
    """The codes of somebody's open repairs, to the address they were asked for with; nothing when there is none."""
    address = str(job.facts["email"]).casefold().strip()
    with transaction() as session:
        tickets = session.scalars(
            _whole().join(Ticket.customer).where(func.lower(Customer.email) == address, Ticket.status.not_in(OVER))
            .order_by(Ticket.id.desc()).limit(MOST_CODES)
        ).all()  # fmt: skip
    if not tickets:
        return ""
    newest = tickets[0]
    with speaking(newest.language):
        repairs = [{"code": codes.grouped(t.code), "item": item(t), "url": _public_link(t)} for t in tickets]
    return _send(
        job, Draft("lost_code", newest.customer.email, newest.customer.name, newest.language, {"repairs": repairs})
    )


def password_link(job: Job) -> str:
    """An invitation or a new password; whoever was switched off meanwhile gets nothing."""
    purpose = Purpose(job.facts["purpose"])
    user, link = link_for(job.facts["user_id"], purpose)
    if not user.active:
        return ""
    facts = {
        "link": link, "address": user.email, "days": house().brand.setting("invite_days"),
        "minutes": LASTS[Purpose.RESET] // timedelta(minutes=1),
    }  # fmt: skip
    secret = link.rpartition("/")[2]
    return _send(job, Draft(TEMPLATES[purpose][0], user.email, user.name, user.language, facts, secret=secret))


def complaint_letter(job: Job) -> str:
    """The receipt of a complaint, or its answer, to whoever complained."""
    frozen = job.facts
    with transaction() as session, speaking(frozen["language"]):
        made = _complaint(session, frozen["complaint_id"])
        ticket = _ticket(session, Ticket.id == made.ticket_id) if made.ticket_id is not None else None
        facts = about_complaint(made, ticket, house=house())
        facts["link"], secret = _way_in(session, ticket, own=not made.from_shop) if ticket else ("", "")
    return _send(job, Draft(frozen["template"], frozen["recipient"], frozen["recipient_name"], frozen["language"], facts, made.ticket_id, secret))  # fmt: skip


def complaint_alarm(job: Job) -> str:
    """The answer is due tomorrow, or today: the named person, or every manager, is warned; nobody of what is answered."""
    which = job.facts["which"]
    with transaction() as session:
        made = _complaint(session, job.facts["complaint_id"])
        for email, name, spoken in [] if made.answered_at else _responsible(session):
            facts = {
                "complaint_id": made.id,
                "which": which,
                "recipient": email,
                "recipient_name": name,
                "language": spoken,
            }
            enqueue(session, "complaint_alarm_letter", facts, now=house().now(), key=f"complaint:{made.id}:{which}:{email}"[:120])  # fmt: skip
    return ""


def complaint_alarm_letter(job: Job) -> str:
    """One person is warned, unless it was answered while the letter waited."""
    frozen = job.facts
    with transaction() as session, speaking(frozen["language"]):
        made = _complaint(session, frozen["complaint_id"])
        ticket = _ticket(session, Ticket.id == made.ticket_id) if made.ticket_id is not None else None
        facts = about_complaint(made, ticket, house=house())
        if made.answered_at is not None:
            return ""
    facts |= {"link": f"{house().base_url}/manage/complaints/{made.id}", "today": frozen["which"] == Alarm.DUE}
    return _send(job, Draft("complaint_alarm", frozen["recipient"], frozen["recipient_name"], frozen["language"], facts, made.ticket_id))  # fmt: skip


def _complaint(session: Session, complaint_id: int) -> Complaint:
    made = session.get(Complaint, complaint_id)
    if made is None:
        raise Permanent("the complaint is gone")
    return made


def _responsible(session: Session) -> list[tuple[str, str, str]]:
    """E-mail address, name and language of whoever is warned."""
    named = house().brand.complaints_to
    if named:
        return [(named, "", DEFAULT)]
    managers = session.scalars(select(User).where(User.role == Role.MANAGER, User.active).order_by(User.id))
    return [(each.email, each.name, each.language) for each in managers]


def late_letter(job: Job) -> str:
    """A repair comes close to its promised day, or passed it; nobody is told once it is finished, moved, or others' turn."""
    frozen, today = job.facts, house().today()
    until = due(today, SOON, closures=house().brand.closures)
    with transaction() as session, speaking(frozen["language"]):
        ticket = session.scalars(
            _whole().where(Ticket.code == frozen["ticket"], late(today) | soon(today, until))
        ).one_or_none()
        if ticket is None or ticket.due_on is None or ticket.due_on.isoformat() != frozen["due_on"]:
            return ""
        worker = session.get(User, ticket.claimed_by_id) if ticket.claimed_by_id else None
        place = custody(chain_of(session, ticket), reader="lab").sentence
        facts = {
            "code": codes.grouped(ticket.code), "item": item(ticket), "due_on": ticket.due_on, "over": ticket.due_on < today,
            "place": place, "worker": worker.name if worker and worker.name not in place else "",
            "link": f"{house().base_url}/lab/tickets/{codes.grouped(ticket.code)}",
        }  # fmt: skip
    return _send(
        job, Draft("late", frozen["recipient"], frozen["recipient_name"], frozen["language"], facts, ticket.id)
    )


def safety_alert(job: Job) -> str:
    """Something may hurt somebody: the named person is told at once, in words that leave the customer out."""
    frozen = job.facts
    with transaction() as session, speaking(frozen["language"]):
        report = session.get(SafetyReport, frozen["report_id"])
        if report is None:
            raise Permanent("the report is gone")
        ticket = _ticket(session, Ticket.id == report.ticket_id)
        facts = {
            "code": codes.grouped(ticket.code), "item": item(ticket), "hazard": hazard(report.hazard), "words": report.words, "injury": report.injury,
            "flagged_at": report.flagged_at, "flagged_by": who(report.flagged_by), "link": f"{house().base_url}/manage/safety/{report.id}",
        }  # fmt: skip
    return _send(job, Draft("safety_alert", frozen["recipient"], frozen["recipient_name"], frozen["language"], facts, ticket.id))  # fmt: skip


def registration_confirmed(job: Job) -> str:
    """A guarantee was registered: the number, to who registered it; one that was erased meanwhile is told to nobody."""
    with transaction() as session:
        row = session.get(Registration, job.facts["registration_id"])
    if row is None or not row.email:
        return ""
    with speaking(row.language):
        thing = f"{vocabulary.family(row.family)} {row.model_code}".strip()
    facts = {
        "number": row.number, "item": thing, "purchased_on": row.purchased_on, "registered_on": row.registered_on,
        "link": f"{house().base_url}/repairs/new",
    }  # fmt: skip
    return _send(job, Draft("registration_confirmed", row.email, row.name, row.language, facts))


HANDLERS: dict[str, Handler] = {
    "letter": letter,
    "safety_alert": safety_alert,
    "late_letter": late_letter,
    "complaint_letter": complaint_letter,
    "complaint_alarm": complaint_alarm,
    "complaint_alarm_letter": complaint_alarm_letter,
    "owner_link": owner_link,
    "lost_code": lost_code,
    "password_link": password_link,
    "registration_confirmed": registration_confirmed,
}


def _send(job: Job, draft: Draft) -> str:
    """Compose, hand over, keep. Once it has left, nothing may say that it has not."""
    composed = compose(
        draft.template, recipient=draft.recipient, recipient_name=draft.recipient_name, language=draft.language, facts=draft.facts,
        brand=house().brand, reference=f"letter-{job.id}",
    )  # fmt: skip
    sender: Sender = current_app.extensions["sender"]
    provider_id = sender.send(composed)
    try:
        with transaction() as session:
            outbox.keep_letter(
                session, composed, outbox_id=job.id, ticket_id=draft.ticket_id, provider_id=provider_id, secret=draft.secret, now=house().now()
            )  # fmt: skip
    except SQLAlchemyError as fault:
        log.error("letter_not_kept", row=job.id, fault=type(fault).__name__)
    return provider_id


def _whole() -> Select[Ticket]:
    """Tickets with all that letters mention."""
    return select(Ticket).options(
        joinedload(Ticket.customer), joinedload(Ticket.proof), joinedload(Ticket.item).joinedload(Item.model),
        selectinload(Ticket.findings), selectinload(Ticket.waits),
    )  # fmt: skip


def _ticket(session: Session, which: ColumnElement[bool]) -> Ticket:
    ticket = session.scalars(_whole().where(which)).one_or_none()
    if ticket is None:
        raise Permanent("the ticket is gone")
    return ticket


def _way_in(session: Session, ticket: Ticket, *, own: bool) -> tuple[str, str]:
    """Where the letter's button leads, and the secret in it: the owner's page, a shop's own, else the public one."""
    if own:
        return _owners_link(session, ticket, lasts=timedelta(days=house().brand.setting("owner_link_days")))
    return (house().scan_url(ticket.code) if ticket.shop_id else _public_link(ticket)), ""


def _owners_link(session: Session, ticket: Ticket, *, lasts: timedelta) -> tuple[str, str]:
    secret = make_link(session, Purpose.OWNER, ticket.id, now=house().now(), lasts=lasts)
    return f"{_public_link(ticket)}/owner?key={secret}", secret


def _public_link(ticket: Ticket) -> str:
    return f"{house().base_url}/status/{codes.grouped(ticket.code)}"
