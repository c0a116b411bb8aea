"""Papers of a ticket: sent by somebody, confirmed by a person, asked for again, or given up when they did not come (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import SYSTEM, Actor
from service_center.accounts.models import Shop
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.outbox.services import enqueue
from service_center.proofs.models import ProofFile, ProofOfPurchase
from service_center.proofs.services import attach
from service_center.tickets.lifecycle import Action, WaitKind
from service_center.tickets.models import Ticket, Wait
from service_center.tickets.queries import facts_of
from service_center.tickets.services import deadlines
from service_center.tickets.services.advancing import advance, open_wait, record, renew_promise, tell
from service_center.tickets.services.assessing import reassess
from service_center.tickets.stepping import step_for
from service_center.warranty.vocabulary import Card, Proof, Seller


def add_papers(session: Session, ticket: Ticket, files: Sequence[Kept], *, actor: Actor, now: datetime) -> None:
    """Papers came in: they hang on the ticket's proof, which waits for a person's look again."""
    proof = ticket.proof
    if proof is None:
        proof = ProofOfPurchase(
            kind=Proof.NONE.value, seller=Seller.UNKNOWN.value, card=Card.ABSENT.value, created_at=now
        )  # fmt: skip
        session.add(proof)
        session.flush()
        ticket.proof, ticket.proof_id = proof, proof.id
    attach(session, proof, files, now=now)
    proof.legible = proof.checked_at = proof.checked_by_id = None
    ticket.version += 1


def confirm_proof(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> None:
    """A person looked at the proof: assess anew, end the wait for papers, or ask again for what is still missing (R11).

    What came after the deadline counts as what comes in time.
    """
    ticket.papers_expired_on = None
    needs = reassess(session, ticket, "proof", actor=actor, now=now, house=house).record["needs"]
    settle(session, ticket, needs, actor=actor, now=now, house=house)


def settle(
    session: Session, ticket: Ticket, needs: Sequence[str], *, actor: Actor, now: datetime, house: House
) -> None:
    """End the wait for papers, or ask for what the newest verdict misses."""
    wait = open_papers(ticket)
    if wait is not None and not needs:
        advance(session, ticket, Action.PAPERS_ARRIVED, actor=actor, now=now, house=house)
    elif needs and (wait is None or _asks_again(session, ticket, wait, needs)):
        ask_again(session, ticket, needs, actor=actor, now=now, house=house)


def open_papers(ticket: Ticket) -> Wait | None:
    """The wait for papers that stands."""
    return next((w for w in ticket.waits if w.kind is WaitKind.PAPERS and w.closed_at is None), None)


def _asks_again(session: Session, ticket: Ticket, wait: Wait, needs: Sequence[str]) -> bool:
    """Something came, or something else is missing by now; a corrected letter alone asks nobody twice."""
    return list(needs) != list(wait.detail.get("needs", ())) or arrived_since(session, ticket, deadlines.asked_at(wait))


def arrived_since(session: Session, ticket: Ticket, moment: datetime) -> bool:
    """Whether papers came in after a moment."""
    newest = select(func.max(ProofFile.added_at)).where(ProofFile.proof_id == ticket.proof_id)
    came = session.scalar(newest)
    return came is not None and came > moment


def ask_again(
    session: Session, ticket: Ticket, needs: Sequence[str], *, actor: Actor, now: datetime, house: House
) -> None:
    """What came is not all: exactly what is missing is asked for, with a new deadline and without a person's own words."""
    step = step_for(ticket.status, Action.ASK_PAPERS, facts_of(session, ticket, actor=actor, house=house))
    if step is None or actor.kind not in step.by:
        return
    event, wait, detail = (
        record(session, ticket, step, actor=actor, now=now),
        open_papers(ticket),
        {"needs": list(needs)},
    )
    if wait is None:
        open_wait(session, ticket, WaitKind.PAPERS, event, detail, house=house)
    else:
        wait.detail = {**wait.detail, **detail}
        deadlines.ask(session, ticket, wait, at=now, house=house)
    renew_promise(ticket, house)
    tell(session, ticket, step.tells, now=now, facts=detail)


def give_up(session: Session, ticket: Ticket, wait: Wait, *, now: datetime, house: House) -> bool:
    """The deadline passed: without the papers the repair is a paid one. False while it has not, or papers lie with us."""
    facts = {"ticket": ticket.code, "wait_id": wait.id, "asked_at": wait.detail.get("asked_at")}
    until = deadlines.awaited_until(wait, house)
    if house.today() <= until:
        return False
    if ticket.safety or _with_us(session, ticket, wait):
        deadlines.look_again(session, ticket, facts, now=now, on=house.today() + deadlines.A_WEEK)
        return False
    told = {"needs": wait.detail.get("needs", []), "here": ticket.received_at is not None}
    # The verdict first: the letter that says what happened takes the place of one that says only what changed.
    ticket.papers_expired_on = house.today()
    reassess(session, ticket, "papers_expired", actor=SYSTEM, now=now, house=house)
    advance(session, ticket, Action.EXPIRE_PAPERS, actor=SYSTEM, now=now, house=house, facts=told)
    _tell_shop(session, ticket, now=now, facts=told)
    return True


def set_deadline(session: Session, ticket: Ticket, wait: Wait, *, now: datetime, house: House) -> None:
    """A wait from the time before deadlines gets one: as long from now on as it had left, and a week at least."""
    until = max(deadlines.awaited_until(wait, house), house.today() + deadlines.A_WEEK)
    wait.detail = {**wait.detail, "until": until.isoformat()}
    facts = {"ticket": ticket.code, "wait_id": wait.id}
    deadlines.look_again(session, ticket, facts, now=now, on=until + timedelta(days=1))


def _with_us(session: Session, ticket: Ticket, wait: Wait) -> bool:
    """They came, and nobody here has looked at them yet: that is no delay of the sender's."""
    seen = ticket.proof.checked_at if ticket.proof is not None else None
    asked = deadlines.asked_at(wait)
    return arrived_since(session, ticket, max(seen, asked) if seen else asked)


def _tell_shop(session: Session, ticket: Ticket, *, now: datetime, facts: dict[str, object]) -> None:
    """The shop reads it, too, where the letter went to the customer."""
    shop = session.get(Shop, ticket.shop_id) if ticket.shop_id is not None else None
    if shop is None or not shop.email or not ticket.customer.email:
        return
    told = {
        "template": "papers_expired",
        "language": ticket.language,
        "recipient": shop.email,
        "recipient_name": shop.name,
    }
    enqueue(session, "letter", {**told, "ticket": ticket.code, **facts}, now=now, ticket_id=ticket.id)
