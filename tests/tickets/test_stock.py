"""House rules of the stock: kept for who waits, never below nothing, and what arrives ends the wait of who waited longest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.catalogue.models import Part, PartMove
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.outbox.models import OutboxRow
from service_center.outbox.worker import run_once
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import PartReserved, Ticket
from service_center.tickets.services import bench, stock
from service_center.tickets.services.advancing import advance
from service_center.tickets.shelves import shelves
from service_center.tickets.wording.actions import timeline
from tests.builders import WHEN, People, actor, make_people, make_ticket


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def battery(session: Session, on_hand: int = 0, reorder_at: int = 0) -> Part:
    part = session.scalars(select(Part).where(Part.code == "P-377")).one()
    part.on_hand, part.reorder_at = on_hand, reorder_at
    session.commit()
    return part


def repairing(session: Session, house: House, people: People, status: Status = Status.REPAIRING) -> Ticket:
    return make_ticket(session, house, people, status=status)


def waits(ticket: Ticket) -> bool:
    return any(wait.kind is WaitKind.PART and wait.closed_at is None for wait in ticket.waits)


def again(session: Session, ticket: Ticket, people: People) -> Ticket:
    session.commit()
    code = ticket.code
    session.expunge_all()
    return queries.get(session, code, seen_by=actor(people.manager))


def test_what_is_free_is_kept_at_once_and_nobody_waits(session: Session, house: House, people: People) -> None:
    part, ticket = battery(session, 3), repairing(session, house, people)
    kept = stock.ask_for(session, ticket, part.id, 2, "", actor=actor(people.technician), now=WHEN, house=house)
    session.refresh(part := session.get_one(Part, part.id))
    assert (kept.granted, part.on_hand, part.reserved) == (2, 3, 2)
    assert not waits(ticket)


def test_what_is_missing_is_waited_for_in_words(session: Session, house: House, people: People) -> None:
    part, ticket, tech = battery(session, 1), repairing(session, house, people), actor(people.technician)
    with pytest.raises(Refused, match="arrival_needed"):
        stock.ask_for(session, ticket, part.id, 3, " ", actor=tech, now=WHEN, house=house)
    session.rollback()
    session.refresh(ticket)
    ticket = again(session, ticket, people)
    stock.ask_for(session, ticket, part.id, 3, "lunedì", actor=tech, now=WHEN, house=house)
    ticket = again(session, ticket, people)
    [wait] = [wait for wait in ticket.waits if wait.kind is WaitKind.PART]
    assert wait.detail == {"part": "P-377", "quantity": 2}
    assert queries.timeline(session, ticket.id)[0].note == "P-377 × 2: lunedì"


def test_an_arrival_ends_the_wait_of_the_oldest_first_and_of_the_urgent_before(
    session: Session, house: House, people: People
) -> None:
    part, tech, boss = battery(session), actor(people.technician), actor(people.manager)
    old, new, urgent = (repairing(session, house, people) for _ in range(3))
    assert urgent.day_zero is not None
    urgent.day_zero -= timedelta(days=7)
    for hours, ticket in enumerate((old, new, urgent)):
        at = WHEN + timedelta(hours=hours)
        ticket = queries.get(session, ticket.code, seen_by=tech)
        stock.ask_for(session, ticket, part.id, 1, "lunedì", actor=tech, now=at, house=house)
        session.commit()
    later = WHEN + timedelta(days=2)
    assert stock.book_arrival(session, part.id, 1, "DDT 12", actor=boss, now=later, house=house) == [urgent.code]
    session.commit()
    assert stock.book_arrival(session, part.id, 1, "DDT 13", actor=boss, now=later, house=house) == [old.code]
    old, new = again(session, old, people), again(session, new, people)
    assert (waits(old), waits(new)) == (False, True)
    last = queries.timeline(session, old.id)[0]
    assert (last.action, last.actor_kind) == (Action.PART_ARRIVED, "system")
    assert timeline(queries.timeline(session, old.id), reader="customer"), "the claimant reads it"
    assert queries.get(session, old.code, seen_by=customer(old.id)).status is Status.REPAIRING


def test_a_ticket_that_lacks_two_parts_waits_for_both(session: Session, house: House, people: People) -> None:
    part, ticket, tech = battery(session), repairing(session, house, people), actor(people.technician)
    gasket = session.scalars(select(Part).where(Part.code == "P-GUARN")).one()
    gasket.on_hand = 0
    for each in (part, gasket):
        stock.ask_for(session, ticket, each.id, 1, "lunedì", actor=tech, now=WHEN, house=house)
    session.commit()
    assert stock.book_arrival(session, part.id, 5, "", actor=tech, now=WHEN, house=house) == []
    assert stock.book_arrival(session, gasket.id, 1, "", actor=tech, now=WHEN, house=house) == [ticket.code]
    assert not waits(again(session, ticket, people))


def test_a_part_that_is_kept_for_another_is_not_used(session: Session, house: House, people: People) -> None:
    part, tech = battery(session, 1), actor(people.technician)
    mine, other = repairing(session, house, people), repairing(session, house, people)
    mine = queries.get(session, mine.code, seen_by=tech)
    stock.ask_for(session, mine, part.id, 1, "", actor=tech, now=WHEN, house=house)
    session.commit()
    code = mine.code
    with pytest.raises(Refused, match="part_not_free"):
        bench.use_part(session, other, part, quantity=1, old_part="recycled", actor=tech, now=WHEN)
    session.rollback()
    session.expunge_all()
    mine = queries.get(session, code, seen_by=tech)
    part = session.get_one(Part, part.id)
    used = bench.use_part(session, mine, part, quantity=1, old_part="recycled", actor=tech, now=WHEN)
    session.commit()
    assert (part.on_hand, part.reserved) == (0, 0)
    assert session.scalars(select(PartReserved)).one().ended_at == WHEN
    bench.take_part_back(session, mine, used.id, actor=tech, now=WHEN, house=house)
    session.commit()
    assert (part.on_hand, part.reserved) == (1, 0)
    assert [move.kind for move in session.scalars(select(PartMove).order_by(PartMove.id))] == ["used", "taken_back"]


def test_what_a_finished_ticket_did_not_use_goes_to_who_waits(
    app: Flask, session: Session, house: House, people: People
) -> None:
    part, tech = battery(session, 1), actor(people.technician)
    done, other = (again(session, repairing(session, house, people), people) for _ in range(2))
    done = queries.get(session, done.code, seen_by=tech)
    stock.ask_for(session, done, part.id, 1, "", actor=tech, now=WHEN, house=house)
    stock.ask_for(session, other, part.id, 1, "lunedì", actor=tech, now=WHEN, house=house)
    session.commit()
    advance(session, done, Action.RETURN_ITEM, actor=tech, now=WHEN, house=house, note="come chiesto")
    session.commit()
    assert session.scalars(select(OutboxRow).where(OutboxRow.kind == "parts_let_go")).one()
    with app.app_context():
        run_once(
            {"parts_let_go": app.extensions["handlers"]["parts_let_go"]} | app.extensions["handlers"], clock=house.now
        )
    assert not waits(again(session, other, people))
    assert session.get_one(Part, part.id, populate_existing=True).reserved == 1


def test_the_order_list_counts_who_waits(session: Session, house: House, people: People) -> None:
    part, ticket = battery(session, 1, reorder_at=5), repairing(session, house, people)
    stock.ask_for(session, ticket, part.id, 4, "lunedì", actor=actor(people.technician), now=WHEN, house=house)
    session.commit()
    [shelf] = shelves(session, short=True)
    assert (shelf.free, shelf.awaited, shelf.to_order) == (0, 3, 8)
    assert len(shelves(session)) == 3
    assert shelves(session, "guarn")[0].part.code == "P-GUARN"
