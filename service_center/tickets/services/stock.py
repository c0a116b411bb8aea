"""Parts and tickets: kept for one, awaited by another, used, given back; what arrives goes to who has waited longest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import SYSTEM, Actor
from service_center.catalogue import stock
from service_center.catalogue.models import Part
from service_center.catalogue.stock import By
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.outbox.services import enqueue
from service_center.tickets import queries
from service_center.tickets.lifecycle import ON_BENCH, Action, Status, WaitKind
from service_center.tickets.models import PartReserved, Ticket
from service_center.tickets.services.advancing import advance
from service_center.tickets.shelves import kept_for, waiting

MOST_AT_ONCE = 50
NEEDS_PARTS = ON_BENCH | {Status.TESTING}


def ask_for(
    session: Session, ticket: Ticket, part_id: int, quantity: int, when: str, *, actor: Actor, now: datetime, house: House
) -> PartReserved:  # fmt: skip
    """Keep a part for a ticket: what is free at once, and for the rest the ticket waits (`when`: in what words it comes)."""
    if ticket.status not in ON_BENCH:
        raise Refused("not_on_the_bench")
    if not 1 <= quantity <= MOST_AT_ONCE:
        raise Refused("quantity_impossible", field="quantity")
    part = stock.held(session, part_id)
    if ticket.item.family not in part.families:
        raise Refused("part_of_another_family", field="part")
    granted = max(min(part.on_hand - part.reserved, quantity), 0)
    if granted and not stock.reserve(session, part_id, granted):
        raise Refused("part_not_free", field="part", part=part.code)
    kept = PartReserved(
        ticket_id=ticket.id, part_id=part_id, quantity=quantity, granted=granted, at=now, by_id=actor.user_id
    )
    session.add(kept)
    ticket.version += 1
    if granted < quantity and not _waits(ticket):
        if not when.strip():
            raise Refused("arrival_needed", field="when")
        told = {"part": part.code, "quantity": quantity - granted}
        words = f"{part.code} × {quantity - granted}: {when.strip()}"
        advance(session, ticket, Action.WAIT_PART, actor=actor, now=now, house=house, note=words, detail=told)
    session.flush()
    return kept


def book_arrival(
    session: Session, part_id: int, quantity: int, note: str, *, actor: Actor, now: datetime, house: House
) -> list[str]:
    """Pieces came in and go to the tickets that wait; returns the codes of those that have all they need now."""
    # Tickets before parts, in one order: whoever works on a ticket reaches for its parts in the same order.
    _hold(session, sorted({row.ticket_id for row in waiting(session, part_id)}))
    stock.held(session, part_id)
    stock.arrive(session, part_id, quantity, By(actor.user_id, now, note))
    return share_out(session, part_id, now=now, house=house)


def share_out(session: Session, part_id: int, *, now: datetime, house: House) -> list[str]:
    """Free pieces go to who waits for them, the most urgent first; a ticket that has all of its parts waits no more."""
    part = stock.held(session, part_id)
    free, served = part.on_hand - part.reserved, []
    for row in waiting(session, part_id):
        given = min(free, row.quantity - row.granted)
        if given <= 0 or not stock.reserve(session, part_id, given):
            break
        row.granted += given
        free -= given
        session.flush()
        served += _end_wait_of(session, row.ticket_id, now=now, house=house)
    return served


def end_wait(session: Session, ticket: Ticket, *, now: datetime, house: House) -> bool:
    """The wait for parts is over, if nothing named is missing; the claimant sees it."""
    if not _waits(ticket) or ticket.status not in ON_BENCH or lacks(session, ticket.id):
        return False
    advance(session, ticket, Action.PART_ARRIVED, actor=SYSTEM, now=now, house=house)
    return True


def lacks(session: Session, ticket_id: int) -> bool:
    """Whether pieces are still missing for it."""
    return any(row.granted < row.quantity for row, _part in kept_for(session, ticket_id))


def use(session: Session, ticket: Ticket, part: Part, quantity: int, *, actor: Actor, now: datetime) -> None:
    """Pieces go in: those kept for the ticket first, then free ones. None free: refused."""
    stock.held(session, part.id)
    own = [row for row, kept in kept_for(session, ticket.id) if kept.id == part.id]
    promised = min(sum(row.granted for row in own), quantity)
    if not stock.take(session, part.id, quantity, By(actor.user_id, now, ticket_id=ticket.id), promised=promised):
        raise Refused("part_not_free", field="part", part=part.code)
    for row in own:
        taken = min(row.granted, promised)
        row.granted, row.quantity, promised = row.granted - taken, row.quantity - taken, promised - taken
        row.ended_at = None if row.quantity else now
    session.flush()


def give_back(
    session: Session, ticket: Ticket, part_id: int, quantity: int, *, actor: Actor, now: datetime, house: House
) -> None:
    """A part was not used after all; somebody may be waiting for it."""
    stock.held(session, part_id)
    stock.give_back(session, part_id, quantity, By(actor.user_id, now, ticket_id=ticket.id))
    share_out(session, part_id, now=now, house=house)


def let_go(session: Session, ticket: Ticket, *, now: datetime, house: House) -> None:
    """The ticket needs no parts any more: what was kept for it is free, or somebody else's."""
    rows = sorted(kept_for(session, ticket.id), key=lambda each: each[1].id)
    for row, part in rows:
        stock.held(session, part.id)
        session.refresh(row)
        if row.granted:
            stock.release(session, part.id, row.granted)
        row.granted, row.ended_at = 0, now
        session.flush()
        share_out(session, part.id, now=now, house=house)


def _waits(ticket: Ticket) -> bool:
    return any(wait.kind is WaitKind.PART and wait.closed_at is None for wait in ticket.waits)


def _hold(session: Session, ids: list[int]) -> None:
    for ticket_id in ids:
        session.execute(select(Ticket.id).where(Ticket.id == ticket_id).with_for_update()).first()


def _end_wait_of(session: Session, ticket_id: int, *, now: datetime, house: House) -> list[str]:
    """At once when nobody has the ticket in hand; else as soon as they let go of it: two never wait for each other."""
    if lacks(session, ticket_id):
        return []
    code = session.scalars(
        select(Ticket.code).where(Ticket.id == ticket_id).with_for_update(skip_locked=True, of=Ticket)
    ).first()
    if code is None:
        code = session.scalars(select(Ticket.code).where(Ticket.id == ticket_id)).one()
        enqueue(session, "part_arrived", {"ticket": code}, now=now, ticket_id=ticket_id)
        return []
    return [code] if end_wait(session, queries.get(session, code, seen_by=SYSTEM), now=now, house=house) else []


def count(session: Session, part_id: int, counted: int, by: By, *, house: House) -> None:
    """Somebody counted; what is more than was thought goes to who waits for it."""
    _hold(session, sorted({row.ticket_id for row in waiting(session, part_id)}))
    stock.count(session, part_id, counted, by)
    share_out(session, part_id, now=by.at, house=house)
