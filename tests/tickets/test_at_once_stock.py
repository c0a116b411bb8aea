"""Many hands in one drawer: the last piece goes to one, and nothing falls below nothing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Part, PartMove
from service_center.core.database import transaction
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.outbox.worker import run_once
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import PartReserved, Wait
from service_center.tickets.services import bench, stock
from tests.builders import WHEN, People, actor, make_people, make_ticket

HANDS = 6


def at_once(app: Flask, works: list[Callable[[Session], object]]) -> list[object]:
    """Each in a transaction of its own, all begun together; a refusal is an answer."""
    start = Barrier(len(works))

    def one(work: Callable[[Session], object]) -> object:
        start.wait()
        try:
            with app.app_context(), transaction() as write:
                return work(write)
        except Refused as no:
            return no.code

    with ThreadPoolExecutor(len(works)) as hands:
        return list(hands.map(one, works))


def drawer(session: Session, on_hand: int) -> int:
    part = session.scalars(select(Part).where(Part.code == "P-377")).one()
    part.on_hand = on_hand
    session.commit()
    return part.id


def make(session: Session, house: House, number: int) -> tuple[People, list[str]]:
    people = make_people(session)
    codes = [make_ticket(session, house, people, status=Status.REPAIRING).code for _ in range(number)]
    session.commit()
    return people, codes


def test_six_reach_for_two_pieces_and_two_get_them(app: Flask, session: Session, house: House) -> None:
    people, codes = make(session, house, HANDS)
    part_id, tech = drawer(session, 2), actor(people.technician)

    def use(code: str) -> Callable[[Session], object]:
        def work(write: Session) -> str:
            ticket = queries.locked(write, code, seen_by=tech)
            part = write.get_one(Part, part_id)
            bench.use_part(write, ticket, part, quantity=1, old_part="recycled", actor=tech, now=WHEN)
            return "used"

        return work

    answers = at_once(app, [use(code) for code in codes])
    assert sorted(map(str, answers)) == ["part_not_free"] * (HANDS - 2) + ["used"] * 2
    part = session.get_one(Part, part_id, populate_existing=True)
    assert (part.on_hand, part.reserved) == (0, 0)
    assert len(session.scalars(select(PartMove)).all()) == 2


def test_waiting_and_arriving_at_once_leaves_no_piece_and_no_ticket_behind(
    app: Flask, session: Session, house: House
) -> None:
    people, codes = make(session, house, HANDS)
    part_id, tech = drawer(session, 0), actor(people.technician)

    def wait(code: str) -> Callable[[Session], object]:
        def work(write: Session) -> object:
            ticket = queries.locked(write, code, seen_by=tech)
            return stock.ask_for(write, ticket, part_id, 1, "lunedì", actor=tech, now=WHEN, house=house).id

        return work

    def arrive(write: Session) -> object:
        return stock.book_arrival(write, part_id, 2, "", actor=tech, now=WHEN, house=house)

    at_once(app, [*(wait(code) for code in codes[:3]), arrive, *(wait(code) for code in codes[3:]), arrive])
    with app.app_context():
        run_once(app.extensions["handlers"], clock=house.now)
    part = session.get_one(Part, part_id, populate_existing=True)
    granted = [row.granted for row in session.scalars(select(PartReserved))]
    assert (part.on_hand, part.reserved, sum(granted), len(granted)) == (4, 4, 4, HANDS)
    open_ones = select(Wait).where(Wait.kind == WaitKind.PART, Wait.closed_at.is_(None))
    waiting = session.scalars(open_ones).all()
    assert len(waiting) == HANDS - 4


def test_arrivals_of_two_parts_for_the_same_tickets_never_stand_in_each_others_way(
    app: Flask, session: Session, house: House
) -> None:
    people, codes = make(session, house, 3)
    tech, first = actor(people.technician), drawer(session, 0)
    second = session.scalars(select(Part).where(Part.code == "P-GUARN")).one()
    second.on_hand = 0
    for code in codes:
        ticket = queries.locked(session, code, seen_by=tech)
        for part_id in (first, second.id):
            stock.ask_for(session, ticket, part_id, 1, "lunedì", actor=tech, now=WHEN, house=house)
        session.commit()
    session.expunge_all()

    def arrival(part_id: int) -> Callable[[Session], object]:
        return lambda write: stock.book_arrival(write, part_id, 3, "", actor=tech, now=WHEN, house=house)

    served = at_once(app, [arrival(first), arrival(second.id)])
    assert sorted(map(len, served)) == [0, 3], served  # type: ignore[arg-type]
