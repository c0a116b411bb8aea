"""Late and about to be late: on whom each waits, since when, and who has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.management.queries.late import Turn, lines
from service_center.offers.services.quotes import Line, send_quote
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.services.advancing import advance
from tests.builders import DENIED, actor, client_for, make_people, make_ticket
from tests.conftest import Clock

# Everything is promised for Monday, 14 December.
BEFORE, AFTER = datetime(2026, 12, 10, 9, tzinfo=UTC), datetime(2026, 12, 16, 9, tzinfo=UTC)


def test_two_working_days_before_a_promise_a_ticket_is_on_the_list_and_after_it_late(
    session: Session, house: House, clock: Clock
) -> None:
    make_ticket(session, house, make_people(session), status=Status.REPAIRING)
    clock.instant = BEFORE - timedelta(days=1)
    assert lines(session, house=house) == []
    clock.instant = BEFORE
    assert [(line.late_by, line.turn, line.holder) for line in lines(session, house=house)] == [(0, Turn.LAB, "bench")]
    clock.instant = AFTER
    assert [line.late_by for line in lines(session, house=house)] == [2]


def test_it_says_on_whom_a_late_ticket_waits(session: Session, house: House, clock: Clock) -> None:
    people = make_people(session)
    codes = {turn: make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,)).code for turn in (Turn.CUSTOMER, Turn.SUPPLIER, Turn.NOBODY)}  # fmt: skip
    clock.instant, tech = AFTER, actor(people.technician)
    quoted, parted, stopped = (queries.get(session, code, seen_by=tech) for code in codes.values())
    send_quote(session, quoted, [Line("Vetro", 2400)], days_needed=3, actor=tech, now=AFTER, house=house)
    advance(session, parted, Action.WAIT_PART, actor=tech, now=AFTER, house=house, note="Vetro")
    advance(
        session,
        stopped,
        Action.OPEN_FORCE_MAJEURE,
        actor=actor(people.manager),
        now=AFTER,
        house=house,
        note="Allagamento",
    )
    session.commit()
    assert {line.code: line.turn for line in lines(session, house=house)} == {
        code: turn for turn, code in codes.items()
    }


def test_a_promise_that_moves_while_an_answer_is_missing_is_not_late(
    session: Session, house: House, clock: Clock
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    send_quote(
        session, ticket, [Line("Vetro", 2400)], days_needed=3, actor=actor(people.technician), now=clock(), house=house
    )
    session.commit()
    clock.instant = AFTER + timedelta(days=2)
    assert lines(session, house=house) == []


def test_finished_things_and_those_outside_are_not_on_it(session: Session, house: House, clock: Clock) -> None:
    people = make_people(session)
    for status in (Status.READY, Status.SHIPPED_OUT, Status.DELIVERED, Status.RECEIVED):
        make_ticket(session, house, people, status=status)
    clock.instant = AFTER
    assert lines(session, house=house) == []


def test_the_page_filters_by_lateness_and_by_whom(app: Flask, session: Session, house: House, clock: Clock) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.REPAIRING, shop=people.shop)
    clock.instant = AFTER
    client, code = client_for(app, people.manager), ticket.code[:4]
    page = client.get("/manage/late").text
    assert code in page
    assert people.technician.name in page
    assert code in client.get("/manage/late?when=late&on=lab").text
    assert code not in client.get("/manage/late?when=soon").text
    assert code not in client.get("/manage/late?on=customer").text
    assert client.get("/manage/late?when=%00&on=nonsense").status_code == 200
    assert client_for(app, people.technician).get("/manage/late").status_code == 403


def test_the_list_asks_four_questions_however_long_it_is(session: Session, house: House, clock: Clock) -> None:
    people = make_people(session)
    for _ in range(3):
        make_ticket(session, house, people, status=Status.REPAIRING)
    clock.instant = AFTER
    asked: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", listener := lambda *args: asked.append(args[2]))
    assert len(lines(session, house=house)) == 3
    event.remove(engine, "before_cursor_execute", listener)
    assert len(asked) == 4
