"""Questions about tickets; who may see which row is decided here, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.catalogue.queries import tests_of
from service_center.core.errors import NotFound
from service_center.core.house import House
from service_center.tickets import checking, history
from service_center.tickets.casefile import CaseFile
from service_center.tickets.days import Days, WaitSpan, split
from service_center.tickets.lifecycle import Action, Facts, Status, WaitKind, Whom
from service_center.tickets.lineage import replaced_by, visits
from service_center.tickets.models import (
    Event,
    EventText,
    Finding,
    Item,
    Measurement,
    Note,
    PartUsed,
    Photo,
    Ticket,
    Verdict,
    Wait,
)
from service_center.tickets.stepping import standing_step


def visible(actor: Actor) -> ColumnElement[bool]:
    """The tickets somebody may see: all for the lab, a shop's own, an admin's retailer's, an owner's one, else none."""
    if actor.in_lab or actor.kind == "system":
        return true()
    if actor.role is Role.RETAILER_ADMIN:
        return Ticket.retailer_id == actor.retailer_id
    if actor.role is Role.RETAILER_CLERK:
        return Ticket.shop_id == actor.shop_id
    if actor.kind == "customer":
        return Ticket.id == actor.ticket_id
    return false()


def get(session: Session, code: str, *, seen_by: Actor) -> Ticket:
    """One ticket with all that services and screens need of it; NotFound also when it is somebody else's."""
    ticket = session.scalars(
        select(Ticket)
        .where(Ticket.code == code, visible(seen_by))
        .options(
            joinedload(Ticket.request), joinedload(Ticket.item).joinedload(Item.model), joinedload(Ticket.customer),
            joinedload(Ticket.proof), selectinload(Ticket.findings), selectinload(Ticket.waits),
        )
    ).one_or_none()  # fmt: skip
    if ticket is None:
        raise NotFound
    return ticket


def locked(session: Session, code: str, *, seen_by: Actor) -> Ticket:
    """One ticket, held until the transaction ends: two who press at once come one after the other."""
    session.execute(select(Ticket.id).where(Ticket.code == code).with_for_update()).first()
    return get(session, code, seen_by=seen_by)


def spans(waits: Iterable[Wait]) -> list[WaitSpan]:
    """Waits as the count of days sees them."""
    return [WaitSpan(wait.kind, wait.on_whom, wait.opened_at, wait.closed_at) for wait in waits]


def days_of(ticket: Ticket, *, house: House) -> Days | None:
    """Whose days they were up to today, or to the day it was finished; None before it was taken in charge."""
    if ticket.day_zero is None:
        return None
    until = min(house.today(), ticket.finished_at.date()) if ticket.finished_at else house.today()
    return split(
        ticket.day_zero, spans(ticket.waits), until=until, closures=house.brand.closures,
        promised=house.brand.setting("promise_working_days"),
    )  # fmt: skip


def readings(session: Session, ticket: Ticket) -> Sequence[Measurement]:
    """All readings, the oldest first."""
    return CaseFile(session, ticket).readings


def needed_tests(ticket: Ticket, *, house: House) -> list[str]:
    """The tests without which the item may not leave: those of an opened case with a water mark, as the brand says."""
    opened = any(house.brand.goods.opens_case(finding.action) for finding in ticket.findings)
    return [
        name
        for name, test in tests_of(house.brand, ticket.item.family, ticket.item.model).items()
        if test.needed_always or (test.needed_when_opened_and_marked and opened and ticket.item.water_mark)
    ]


def held(session: Session, ticket: Ticket, *, house: House, file: CaseFile | None = None) -> list[checking.Hold]:
    """What keeps the item from passing, signed for or not: readings first, then lines of the check list."""
    file = file or CaseFile(session, ticket)
    latest = {(r.test, r.phase): r for r in file.readings}
    after = {test: reading for (test, phase), reading in latest.items() if phase == "after"}
    if ticket.status is not Status.TESTING:
        return checking.held_by_tests(needed_tests(ticket, house=house), after)
    anew = {test: reading for test, reading in after.items() if not checking.before(reading.at, file.failed_at)}
    tests = checking.held_by_tests(needed_tests(ticket, house=house), anew)
    return tests + checking.held_by_checks(ticket, house.brand.goods, file.given)


def facts_of(session: Session, ticket: Ticket, *, actor: Actor, house: House, file: CaseFile | None = None) -> Facts:
    """What the guards look at; `file` where somebody read in it already."""
    file = file or CaseFile(session, ticket)
    signed = file.waivers if ticket.status is Status.TESTING else ()
    holds = [each for each in held(session, ticket, house=house, file=file) if each.signed_by(signed) is None]
    checks, tests = [each for each in holds if each.of_check], [each for each in holds if not each.of_check]
    actions = [step.action for step in file.steps]
    return Facts(
        open_waits=frozenset(wait.kind for wait in ticket.waits if wait.closed_at is None),
        findings=len(ticket.findings),
        covered=sum(finding.free for finding in ticket.findings),
        undecided=sum(finding.undecided for finding in ticket.findings),
        to_pay=sum(finding.outcome == "NOT_COVERED" for finding in ticket.findings),
        quote_accepted=ticket.quote_answer == "accepted",
        tests_missing=sum(each.since is None for each in tests),
        tests_failed=sum(each.since is not None for each in tests),
        checks_missing=tuple(each.name for each in checks if each.since is None),
        checks_failed=tuple(each.name for each in checks if each.since is not None),
        seal_missing=ticket.status in checking.SEALED_IN and checking.seal_missing(session, ticket, house=house),
        repaired_by_actor=actor.user_id is not None and ticket.repaired_by_id == actor.user_id,
        needs_other_tester=bool(house.brand.setting("quality_by_another_person")),
        safety=ticket.safety,
        can_undo=standing_step(actions) is not None,
        replacement_unbooked=ticket.status is Status.REPLACING
        and Action.CHOOSE_REPLACEMENT in actions
        and replaced_by(session, ticket.item_id) is None,
    )


@dataclass(frozen=True)
class Happening:
    """One line of a ticket's history."""

    at: datetime
    action: Action
    source: Status | None
    target: Status
    actor_kind: str
    actor_name: str
    note: str


def timeline(session: Session, ticket_id: int) -> list[Happening]:
    """What happened, the newest first."""
    rows = session.execute(
        select(Event.at, Event.action, Event.source, Event.target, Event.actor_kind, User.name, EventText.text)
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(EventText, EventText.event_id == Event.id)
        .where(Event.ticket_id == ticket_id)
        .order_by(Event.seq.desc())
    )
    return [Happening(r.at, r.action, r.source, r.target, r.actor_kind, r.name or "", r.text or "") for r in rows]


def latest_verdict(session: Session, ticket_id: int) -> Verdict:
    """The verdict that counts now, as it was made."""
    return session.scalars(
        select(Verdict).where(Verdict.ticket_id == ticket_id).order_by(Verdict.id.desc()).limit(1)
    ).one()


def last_verdict(session: Session, ticket_id: int) -> Verdict | None:
    """The same, or None while a ticket is being opened."""
    return session.scalars(
        select(Verdict).where(Verdict.ticket_id == ticket_id).order_by(Verdict.id.desc()).limit(1)
    ).first()


def verdicts(session: Session, ticket_id: int) -> Sequence[Verdict]:
    """All verdicts of a ticket, the oldest first."""
    return session.scalars(select(Verdict).where(Verdict.ticket_id == ticket_id).order_by(Verdict.id)).all()


def photos(session: Session, ticket_id: int) -> Sequence[Photo]:
    """All photographs, the oldest first."""
    return session.scalars(select(Photo).where(Photo.ticket_id == ticket_id).order_by(Photo.id)).all()


def notes(session: Session, ticket_id: int) -> Sequence[Note]:
    """The lab's own notes, the newest first."""
    return session.scalars(select(Note).where(Note.ticket_id == ticket_id).order_by(Note.id.desc())).all()


def parts_used(session: Session, ticket_id: int) -> Sequence[PartUsed]:
    """The parts that went in."""
    return session.scalars(select(PartUsed).where(PartUsed.ticket_id == ticket_id).order_by(PartUsed.id)).all()


def earlier_visits(session: Session, ticket: Ticket, *, of: Sequence[int] | None = None) -> Sequence[Ticket]:
    """The other tickets of the same thing and of what it replaced, the newest first."""
    return visits(session, ticket, of=of)


def lookalikes(session: Session, *, email: str, serial: str, sha256: Sequence[str], seen_by: Actor) -> Sequence[Ticket]:
    """Open tickets that may be the same request: same serial, or same person, or the same picture of a receipt."""
    from_person = Ticket.customer.has(email=email) if email else false()
    same_serial = Ticket.item.has(serial=serial) if serial else false()
    same_photo = Ticket.id.in_(select(Photo.ticket_id).where(Photo.sha256.in_(sha256))) if sha256 else false()
    open_ones = Ticket.status.not_in((Status.CLOSED, Status.CANCELLED))
    return session.scalars(
        select(Ticket)
        .where(visible(seen_by), open_ones, from_person | same_serial | same_photo)
        .order_by(Ticket.id.desc())
        .limit(5)
    ).all()


def chain(session: Session, ticket_id: int, code: str) -> list[history.Link]:
    """A ticket's events as the chain sees them."""
    rows = session.scalars(select(Event).where(Event.ticket_id == ticket_id).order_by(Event.seq))
    return [
        history.Link(
            code, e.seq, e.at, f"{e.actor_kind}:{e.actor_id or ''}", e.action.value, e.source.value if e.source else None,
            e.target.value, e.text_digest, e.previous, e.digest,
        )
        for e in rows
    ]  # fmt: skip


def waiting_on(ticket: Ticket, whom: Whom) -> list[WaitKind]:
    """What somebody still has to answer."""
    return [wait.kind for wait in ticket.waits if wait.closed_at is None and wait.on_whom is whom]


def find_finding(ticket: Ticket, finding_id: int) -> Finding:
    """One finding of this ticket."""
    found = next((finding for finding in ticket.findings if finding.id == finding_id), None)
    if found is None:
        raise NotFound
    return found
