"""The safety flag: raised at once by anybody, the item set apart, ended by a manager with what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import DEFAULT
from service_center.outbox.services import enqueue
from service_center.tickets.hazards import Ending, Hazard, grounded
from service_center.tickets.lifecycle import Action, WaitKind
from service_center.tickets.models import Event, SafetyReport, Ticket
from service_center.tickets.services.advancing import advance, check_version

BECAUSE = {"why": "safety"}
"""What the wait says that a flag opens."""


@dataclass(frozen=True)
class Seen:
    """What somebody reports: the hazard, the words, whether a person was hurt, and the lot if it is known."""

    hazard: str
    words: str
    injury: bool = False
    lot: str = ""


def flag(
    session: Session, ticket: Ticket, seen: Seen, *, actor: Actor, now: datetime, house: House, version: int | None = None
) -> SafetyReport:  # fmt: skip
    """Raise the flag: from now on it is kept apart, goes to no courier, and a named person is alerted."""
    check_version(ticket, version)
    if seen.hazard not in set(Hazard):
        raise Refused("hazard_unknown", field="hazard")
    if any(each.hazard == seen.hazard and each.ended_at is None for each in reports(session, ticket.id)):
        raise Refused("flagged_already", field="hazard")
    advance(
        session, ticket, Action.FLAG_SAFETY, actor=actor, now=now, house=house, note=seen.words, detail=BECAUSE
    )  # fmt: skip
    return enter(session, ticket, seen, actor=actor, now=now, house=house)


def enter(session: Session, ticket: Ticket, seen: Seen, *, actor: Actor, now: datetime, house: House) -> SafetyReport:
    """Write it into the register and alert the named person."""
    people = alerted(session, house)
    report = SafetyReport(
        ticket_id=ticket.id, hazard=seen.hazard, words=seen.words, injury=seen.injury, lot=seen.lot, flagged_at=now,
        flagged_by_id=actor.user_id, flagged_by=actor.name if actor.in_lab or actor.in_shop else "", alerted=", ".join(name for name, _address, _spoken in people)[:254],
    )  # fmt: skip
    session.add(report)
    ticket.safety = True
    session.flush()
    for name, address, spoken in people:
        facts = {"report_id": report.id, "recipient": address, "recipient_name": name, "language": spoken}
        enqueue(session, "safety_alert", facts, now=now, ticket_id=ticket.id)
    return report


def at_opening(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> None:
    """What the intake heard of swelling, heat or a reaction of the skin goes into the register by itself."""
    for danger in house.brand.goods.dangers(ticket.symptoms):
        enter(session, ticket, Seen(danger.value, ticket.words), actor=actor, now=now, house=house)


def alerted(session: Session, house: House) -> Sequence[tuple[str, str, str]]:
    """Who is told at once, with address and language: the brand's safety officer, else every manager."""
    if house.brand.safety_officer is not None:
        return [(*house.brand.safety_officer, DEFAULT)]
    managers = session.scalars(select(User).where(User.role == Role.MANAGER, User.active).order_by(User.id))
    return [(each.name, each.email, each.language) for each in managers]


def isolate(
    session: Session, ticket: Ticket, report: SafetyReport, place: str, *, actor: Actor, now: datetime,
    injury: bool | None = None, lot: str | None = None, version: int | None = None,
) -> None:  # fmt: skip
    """Note where it lies apart, by whom and since when, and what is known by now of lot and injury."""
    check_version(ticket, version)
    if report.ended_at is not None:
        raise Refused("not_flagged")
    if not place.strip():
        raise Refused("place_needed", field="place")
    if place != report.place:
        report.place, report.isolated_at, report.isolated_by_id = place, now, actor.user_id
        ticket.location = place
    report.injury = report.injury if injury is None else injury
    report.lot = report.lot if lot is None else lot
    ticket.version += 1
    session.flush()


def end(
    session: Session, ticket: Ticket, report: SafetyReport, ending: str, reason: str, *, actor: Actor, now: datetime, house: House,
    version: int | None = None,
) -> None:  # fmt: skip
    """A manager says what became of it; the item is free again when no other flag is up."""
    check_version(ticket, version)
    if report.ended_at is not None:
        raise Refused("not_flagged")
    if ending not in set(Ending):
        raise Refused("ending_unknown", field="ending")
    event = advance(session, ticket, Action.END_SAFETY, actor=actor, now=now, house=house, note=reason)
    report.ended_at, report.ended_by_id, report.ending, report.outcome = now, actor.user_id, ending, reason
    session.flush()
    ticket.safety = any(each.ended_at is None for each in reports(session, ticket.id))
    if not ticket.safety:
        _decided(ticket, event)


def _decided(ticket: Ticket, event: Event) -> None:
    """Nobody waits for the manager any more, unless a finding is to be decided, too."""
    if any(finding.outcome == "AMBIGUOUS" for finding in ticket.findings):
        return
    for wait in ticket.waits:
        if wait.kind is WaitKind.DECISION and wait.closed_at is None and wait.detail.get("why") == BECAUSE["why"]:
            wait.closed_at, wait.closed_by_event_id = event.at, event.id


def reports(session: Session, ticket_id: int) -> Sequence[SafetyReport]:
    """A ticket's entries in the register, the oldest first."""
    return session.scalars(
        select(SafetyReport).where(SafetyReport.ticket_id == ticket_id).order_by(SafetyReport.id)
    ).all()


def report_of(session: Session, ticket: Ticket, report_id: int) -> SafetyReport:
    """One entry of this ticket; Refused when it has none of that number."""
    found = next((each for each in reports(session, ticket.id) if each.id == report_id), None)
    if found is None:
        raise Refused("not_flagged")
    return found


def on_the_ground(session: Session, item_ids: Sequence[int]) -> bool:
    """Whether one of these items may not fly: a battery that may be damaged was reported, on this visit or an earlier one."""
    rows = session.execute(
        select(SafetyReport.hazard, SafetyReport.ending)
        .join(Ticket, Ticket.id == SafetyReport.ticket_id)
        .where(Ticket.item_id.in_(item_ids))
    )
    return any(grounded(hazard, ending) for hazard, ending in rows)
