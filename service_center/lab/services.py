"""What the lab does in one go: unpacking an item, the final test, and records that only an item on the bench may get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.catalogue.models import Part
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.lab.packing import bring_back
from service_center.messages.services import say
from service_center.offers.services.quotes import withdraw_needless
from service_center.parcels import arriving
from service_center.proofs.models import ProofOfPurchase
from service_center.proofs.services import attach, confirm
from service_center.tickets.checking import seal_before
from service_center.tickets.lifecycle import COMING, ON_BENCH, STEPS, Action, Status, WaitKind
from service_center.tickets.models import Measurement, PartUsed, Ticket
from service_center.tickets.queries import facts_of, latest_verdict
from service_center.tickets.services import bench, checking, contents, custody, sealing, stock
from service_center.tickets.services.advancing import advance, check_version, last_step
from service_center.tickets.services.assessing import NO_DATE, claim_of, reassess
from service_center.tickets.services.identity import recognise
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.services.paper_lines import PaperRead, claim_line, settle_reuse
from service_center.tickets.services.papers import confirm_proof
from service_center.tickets.stepping import objections, step_for
from service_center.warranty.assess import answer

AT_WORK = ON_BENCH | {Status.TESTING}
BY_HAND = frozenset(step.action for step in STEPS if step.offered)
"""What a menu may press; the other steps come about by what somebody does on a page of its own."""


@dataclass(frozen=True)
class Inspection:
    """What came out of the parcel. `remark` is what the sender reads about it, `note` what colleagues read."""

    accessories: tuple[str, ...]
    condition: Mapping[str, str]
    tampering: str
    water_mark: bool | None
    location: str = ""
    photos: tuple[NewPhoto, ...] = ()
    remark: str = ""
    note: str = ""
    serial: str = ""
    parcel_seal: str = ""
    seal: str = ""


def unpack(
    session: Session, ticket: Ticket, seen: Inspection, *, actor: Actor, now: datetime, house: House, version: int | None = None
) -> None:  # fmt: skip
    """The item lies on the table: it is received, looked at, assessed anew, and taken in charge when the papers are complete (R31)."""
    check_version(ticket, version)
    if ticket.status not in COMING | {Status.RECEIVED}:
        raise Refused("not_from_here", action=Action.RECEIVE.value, status=ticket.status.value)
    if ticket.status in COMING:
        advance(session, ticket, Action.RECEIVE, actor=actor, now=now, house=house)
        arriving.check_in(session, ticket, seen.parcel_seal, actor=actor, now=now, house=house)
    if contents.told_anew(ticket, seen.accessories):
        contents.tell_contents(ticket, now=now, house=house)
    bench.inspect(
        ticket,
        accessories=seen.accessories,
        condition=seen.condition,
        tampering=seen.tampering,
        water_mark=seen.water_mark,
    )
    custody.grade(session, ticket)
    recognise(session, ticket, now=now, serial=seen.serial)
    if seen.seal and seal_before(session, ticket) is not None:
        sealing.note_found(session, ticket, seen.seal, actor=actor, now=now)
    bench.place(ticket, seen.location or ticket.location)
    bench.add_photos(session, ticket, "reception", seen.photos, actor=actor, now=now)
    if seen.note.strip():
        bench.write_note(session, ticket, seen.note, actor=actor, now=now)
    reassess(session, ticket, "reception", actor=actor, now=now, house=house)
    if seen.remark.strip():
        say(session, ticket, seen.remark, actor=actor, now=now)
    if not any(wait.kind is WaitKind.PAPERS and wait.closed_at is None for wait in ticket.waits):
        advance(session, ticket, Action.TAKE_IN_CHARGE, actor=actor, now=now, house=house)


def final_test(
    session: Session, ticket: Ticket, readings: Mapping[str, float], action: Action | None, *,
    actor: Actor, now: datetime, house: House, answers: Mapping[str, str] | None = None, note: str = "", version: int | None = None,
) -> str | None:  # fmt: skip
    """Record the readings and the answers and, where an action is named, pass or fail. Returns the objection that kept it from passing.

    The readings stay even then: what was read was read. Refused when the step itself is impossible.
    """
    check_version(ticket, version)
    if ticket.status is not Status.TESTING:
        raise Refused("not_from_here", action=Action.PASS_QUALITY.value, status=ticket.status.value)
    for test, value in readings.items():
        bench.measure(session, ticket, test, "after", value, actor=actor, now=now, house=house)
    checking.answer(session, ticket, answers or {}, actor=actor, now=now, house=house)
    session.flush()
    if action is None:
        return None
    facts = facts_of(session, ticket, actor=actor, house=house)
    step = step_for(ticket.status, action, facts)
    if step is not None and (found := next(iter(objections(step, facts)), None)):
        return found
    advance(session, ticket, action, actor=actor, now=now, house=house, note=note)
    return None


def read_value(
    session: Session, ticket: Ticket, test: str, phase: str, value: float, *, actor: Actor, now: datetime, house: House
) -> Measurement:
    """A reading on the bench; afterwards the report is closed."""
    _refuse_unless_at_work(ticket)
    return bench.measure(session, ticket, test, phase, value, actor=actor, now=now, house=house)


def fit_part(
    session: Session, ticket: Ticket, part: Part, *, quantity: int, old_part: str, actor: Actor, now: datetime
) -> PartUsed:
    """A part goes in while the item is on the bench."""
    _refuse_unless_at_work(ticket)
    return bench.use_part(session, ticket, part, quantity=quantity, old_part=old_part, actor=actor, now=now)


def take_part_out(
    session: Session, ticket: Ticket, part_used_id: int, *, actor: Actor, now: datetime, house: House
) -> None:
    """A part was noted by mistake."""
    _refuse_unless_at_work(ticket)
    bench.take_part_back(session, ticket, part_used_id, actor=actor, now=now, house=house)


def add_photos(session: Session, ticket: Ticket, photos: Sequence[NewPhoto], *, actor: Actor, now: datetime) -> None:
    """Pictures from the bench or from the final test, as the status says."""
    stage = "test" if ticket.status is Status.TESTING else "bench"
    bench.add_photos(session, ticket, stage, photos, actor=actor, now=now)


def _refuse_unless_at_work(ticket: Ticket) -> None:
    if ticket.status not in AT_WORK:
        raise Refused("not_on_the_bench")


def act(
    session: Session, ticket: Ticket, action: Action, note: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """A step that somebody pressed in the ticket's menu."""
    if action not in BY_HAND:
        raise Refused("not_from_here", action=action.value, status=ticket.status.value)
    if action is Action.ASK_PAPERS:
        needs = latest_verdict(session, ticket.id).record["needs"] or ["proof"]
        ask_papers(session, ticket, needs, note, actor=actor, now=now, house=house)
        return
    if action is Action.PART_ARRIVED and stock.lacks(session, ticket.id):
        raise Refused("part_not_booked")
    undone = last_step(session, ticket) if action is Action.UNDO else None
    if undone is not None and undone.action is Action.SHIP:
        bring_back(session, ticket, note, actor=actor, now=now, house=house)
        return
    advance(session, ticket, action, actor=actor, now=now, house=house, note=note)
    if undone is not None and undone.action is Action.WAIT_PART:
        stock.let_go(session, ticket, now=now, house=house)


def ask_papers(
    session: Session, ticket: Ticket, needs: Sequence[str], note: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """Ask for what is missing; asked again, the newest question is the one that stands."""
    detail = {"needs": list(needs)}
    facts = {**detail, "text": note.strip()}
    advance(
        session, ticket, Action.ASK_PAPERS, actor=actor, now=now, house=house, note=note, detail=detail, facts=facts
    )
    for wait in ticket.waits:
        if wait.kind is WaitKind.PAPERS and wait.closed_at is None:
            wait.detail = {**wait.detail, **detail}


def confirm_papers(
    session: Session, ticket: Ticket, read: PaperRead, files: Sequence[Kept], *, actor: Actor, now: datetime, house: House
) -> None:  # fmt: skip
    """A person looked at the papers: what stands on them counts, and the guarantee is judged anew."""
    proof = ticket.proof or ProofOfPurchase(kind="none", seller="unknown", card="absent", created_at=now)
    confirm(proof, read.facts, actor=actor, now=now)
    attach(session, proof, files, now=now)
    ticket.proof, ticket.proof_id = proof, proof.id
    claim_line(session, ticket, read)
    settle_reuse(session, ticket, read, actor=actor, now=now)
    ticket.version += 1
    session.flush()
    confirm_proof(session, ticket, actor=actor, now=now, house=house)
    withdraw_needless(session, ticket, actor=actor, now=now, house=house)
    if ticket.verdict == "INVALID_INPUT":
        raise Refused("proof_impossible", field="purchased_on")


@dataclass(frozen=True)
class Tried:
    """A finding that nobody has noted yet, judged as if it stood there."""

    component: str
    cause: str
    outcome: str
    record: dict[str, Any]
    decision: str | None = None
    decision_reason: str = ""


def what_if(
    session: Session, ticket: Ticket, component: str, cause: str, *, house: House
) -> tuple[Tried, dict[str, Any]]:
    """The verdict on one more finding, and the whole verdict with it; nothing is saved."""
    claim = claim_of(session, ticket)
    if claim is None:
        return Tried(component, cause, NO_DATE["verdict"], NO_DATE), NO_DATE
    claim["findings"].append({"component": component, "cause": cause})
    record = answer(claim, house.rulebook).as_dict()
    part = record["findings"][-1] if record["findings"] else record
    return Tried(component, cause, part["verdict"], part), record
