"""Everything that the shop's page of one repair shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.core.i18n import _, phone
from service_center.messages import wording as messages
from service_center.messages.complaints import DENIALS
from service_center.messages.queries import complaints_on, thread
from service_center.offers.queries import quotes, replacements
from service_center.offers.wording import replaced
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Direction, Shipment
from service_center.parcels.queries import beside, shipments
from service_center.proofs.queries import files
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import COMING, IN_HOUSE, LAB, OVER, SYSTEM, Action, Facts, Status, WaitKind, Whom
from service_center.tickets.models import Ticket, Wait
from service_center.tickets.services.custody import chain_of
from service_center.tickets.services.deadlines import asked_at, awaited
from service_center.tickets.stepping import offered
from service_center.tickets.wording import actions, days, statuses, verdicts, vocabulary
from service_center.tickets.wording.contents import contents
from service_center.tickets.wording.custody import custody
from service_center.tickets.wording.needs import only_words
from service_center.tickets.wording.statuses import Asked
from service_center.tickets.wording.terms import terms_of

FINISHED = frozenset({Status.READY, Status.SHIPPED_OUT, Status.DELIVERED, Status.CLOSED})


@dataclass(frozen=True)
class Parcel:
    """A parcel in words: its way, its courier, its number, where to follow it, and the codes of what lies beside."""

    way: str
    courier: str
    tracking: str
    follow: str
    left_at: datetime | None
    beside: list[str]


def shown(session: Session, ticket: Ticket, *, who: Actor, house: House) -> dict[str, Any]:
    """What the template takes."""
    code, latest = codes.grouped(ticket.code), queries.latest_verdict(session, ticket.id)
    papers = files(session, ticket.proof_id)
    sent = max((each.added_at for each in papers), default=None)
    finished = ticket.finished_at.date() if ticket.finished_at else None
    open_waits = [] if ticket.status in OVER else statuses.still_open(ticket.waits)
    terms = terms_of(session, ticket, latest, house=house)
    menu = {step.action for step in offered(ticket.status, who.kind, Facts())}
    unsafe = ticket.status is Status.REQUESTED or (ticket.safety and ticket.status in COMING)
    return {
        "ticket": ticket, "code": code, "unsafe": unsafe,
        "item": _item(ticket), "badge_words": statuses.status(ticket.status, open_waits, reader="shop"),
        "next": statuses.what_next(ticket.status, reader="shop"), "asked": asked(ticket, sent), "asked_url": _asked_url(ticket, code, sent),
        "papers_wanted": _wait(ticket, WaitKind.PAPERS) is not None or (ticket.papers_expired_on is not None and ticket.status not in OVER),
        "days": days.days(queries.days_of(ticket, house=house), reader="shop", day_zero=ticket.day_zero, finished_on=finished),
        "hands": custody(chain_of(session, ticket), reader="shop"),
        "verdict": verdicts.verdict(latest.record, reader="shop", outcome=ticket.verdict, clocks=terms, now=ticket.status),
        "terms": terms,
        "findings": [verdicts.finding(each, latest.record, reader="shop") for each in ticket.findings], "rights": verdicts.rights_notice(terms),
        "timeline": actions.timeline(queries.timeline(session, ticket.id), reader="shop"),
        "parcels": _parcels(session, ticket, who), "facts": _facts(ticket), "address": _address(ticket),
        "thread": [(said, who_said(said.author_kind, said.author, house)) for said in thread(session, ticket.id)],
        "contents": contents(ticket, today=house.today()), "may_object": ticket.verdict in DENIALS, "complaints": [messages.complaint(each, today=house.today()) for each in complaints_on(session, ticket.id, seen_by=who)],
        "pictures": _pictures(session, ticket, papers), "quoted": bool(quotes(session, ticket.id)),
        "offered": bool(replacements(session, ticket.id)), "replaced": replaced(session, ticket),
        "may_post": Action.POST in menu and not unsafe, "may_cancel": Action.CANCEL in menu, "may_deliver": Action.DELIVER in menu,
        "may_move": ticket.status in COMING | IN_HOUSE, "has_report": ticket.status in FINISHED, "over": ticket.status in OVER,
    }  # fmt: skip


def _wait(ticket: Ticket, kind: WaitKind | None = None) -> Wait | None:
    """The open wait that asks something of the shop."""
    if ticket.status in OVER:
        return None
    mine = [wait for wait in ticket.waits if wait.closed_at is None and wait.on_whom is Whom.SHOP]
    return next((wait for wait in mine if kind is None or wait.kind is kind), None)


def _papers_sent(wait: Wait, sent: datetime | None) -> bool:
    return wait.kind is WaitKind.PAPERS and sent is not None and sent > asked_at(wait)


def asked(ticket: Ticket, sent: datetime | None) -> Asked:
    """The one thing asked of the shop; what was sent already is looked at by the lab."""
    wait = _wait(ticket)
    if wait is None:
        return statuses.nothing_asked(ticket.status, reader="shop")
    if _papers_sent(wait, sent):
        return Asked(
            _("The documents were sent"), _("The lab looks at them; then the count of days goes on."), "doc", "work"
        )
    found = statuses.asked(wait.kind, reader="shop", needs=wait.detail.get("needs", ()), until=awaited(wait.detail))
    return found or statuses.nothing_asked(ticket.status, reader="shop")


def _asked_url(ticket: Ticket, code: str, sent: datetime | None) -> str:
    wait = _wait(ticket)
    if wait is None or _papers_sent(wait, sent):
        return ""
    if wait.kind is WaitKind.QUOTE:
        return url_for("retailers.quote", code=code)
    if wait.kind is WaitKind.REPLACEMENT:
        return url_for("retailers.replacement", code=code)
    paper = wait.kind is WaitKind.PAPERS and not only_words(wait.detail.get("needs", ()))
    return "#papers" if paper else "#thread"


def _item(ticket: Ticket) -> str:
    model = ticket.item.model.name if ticket.item.model else ticket.item.model_text
    return " ".join((vocabulary.family(ticket.item.family), model)).strip()


def _facts(ticket: Ticket) -> list[tuple[str, str]]:
    """Key and value, only what is known."""
    proof = ticket.proof
    rows = [
        (_("Customer"), ticket.customer.name),
        (_("Contact"), ", ".join(each for each in (phone(ticket.customer.phone), ticket.customer.email) if each)),
        (_("Your reference"), ticket.shop_reference),
        (_("Serial number"), ticket.item.serial),
        (_("Fault"), ", ".join(vocabulary.symptom(each) for each in ticket.symptoms)),
        (_("In the customer's own words"), ticket.words),
        (_("In the bag"), ", ".join(vocabulary.accessory(each) for each in ticket.accessories)),
        (_("Guarantee card"), vocabulary.card_state(proof.card) if proof else ""),
        (_("Proof of purchase"), vocabulary.proof_kind(proof.kind) if proof else ""),
        (_("Bought at"), (proof.seller_name or vocabulary.seller(proof.seller)) if proof else ""),
        (_("Day of the request"), vocabulary.evidence(ticket.request.evidence)),
    ]
    return [(word, value) for word, value in rows if value]


def _address(ticket: Ticket) -> list[str]:
    town = " ".join(each for each in (ticket.return_postal_code, ticket.return_city, ticket.return_province) if each)
    return [each for each in (ticket.return_name, ticket.return_street, town) if each]


def _parcels(session: Session, ticket: Ticket, who: Actor) -> list[Parcel]:
    told = [each for each in shipments(session, ticket.id) if each.courier or each.tracking]
    others = beside(session, ticket.id, [each.id for each in told], seen_by=who)
    return [_parcel(each, others.get(each.id, [])) for each in told]


def _parcel(shipment: Shipment, others: list[str]) -> Parcel:
    used = COURIERS.get(shipment.courier)
    way = _("To the lab") if shipment.direction is Direction.IN else _("Back from the lab")
    return Parcel(
        way, used.name if used else "", shipment.tracking, used.follow(shipment.tracking) if used else "", shipment.left_at, [codes.grouped(each) for each in others],
    )  # fmt: skip


def who_said(kind: str, author: str, house: House) -> str:
    """The lab speaks with one voice; others by name."""
    return house.brand.lab.name if kind in LAB | SYSTEM else author


def unread(session: Session, ticket_id: int) -> bool:
    """Whether the lab said something that nobody of the shop has seen."""
    return any(said.read_at is None and said.author_kind in LAB for said in thread(session, ticket_id))


def _pictures(session: Session, ticket: Ticket, papers: Any) -> list[tuple[str, str, str]]:
    """Small picture, caption, large picture."""
    shots = [
        (url_for("tickets.photo", photo_id=shot.id, size="thumb"), vocabulary.photo_subject(shot.subject), url_for("tickets.photo", photo_id=shot.id, size="full"))
        for shot in queries.photos(session, ticket.id)
    ]  # fmt: skip
    scans = [
        (url_for("tickets.proof_file", file_id=scan.id, size="thumb"), scan.name or _("document"), url_for("tickets.proof_file", file_id=scan.id, size="full"))
        for scan in papers
    ]  # fmt: skip
    return [*shots, *scans]
