"""Promises: whoever answers for them is told before and after the day, once for every promised day, while it is the lab's turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.core.house import House
from service_center.offers.services.quotes import Line, answer, send_quote
from service_center.outbox import worker
from service_center.outbox.models import OutboxRow, SentLetter
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import escalating
from service_center.tickets.services.advancing import advance
from tests.builders import COVERED, DENIED, actor, make_people, make_ticket
from tests.conftest import Clock

PROMISED = date(2026, 12, 14)
THREE_BEFORE, TWO_BEFORE = datetime(2026, 12, 9, 9, tzinfo=UTC), datetime(2026, 12, 10, 9, tzinfo=UTC)
DAY_AFTER = datetime(2026, 12, 15, 9, tzinfo=UTC)


def _look(session: Session, house: House, clock: Clock, at: datetime) -> list[tuple[str, str]]:
    clock.instant = at
    escalating.look(session, now=at, house=house)
    session.commit()
    return _letters(session)


def _letters(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "late_letter").order_by(OutboxRow.id))
    return [(row.facts["due_on"], row.facts["which"]) for row in rows]


def _fresh(session: Session, ticket: Ticket) -> Ticket:
    session.commit()
    session.expunge_all()
    return session.get_one(Ticket, ticket.id)


def test_somebody_is_told_two_working_days_before_and_after_it_once_each(
    session: Session, house: House, clock: Clock
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.REPAIRING)
    assert ticket.due_on == PROMISED
    assert _look(session, house, clock, THREE_BEFORE) == []
    assert _look(session, house, clock, TWO_BEFORE) == [("2026-12-14", "near")]
    assert _look(session, house, clock, TWO_BEFORE + timedelta(days=1)) == [("2026-12-14", "near")]
    assert _look(session, house, clock, DAY_AFTER) == [("2026-12-14", "near"), ("2026-12-14", "over")]
    assert len(_look(session, house, clock, DAY_AFTER + timedelta(days=1))) == 2


def test_nobody_is_told_while_others_are_waited_for_and_a_moved_promise_is_told_anew(
    session: Session, house: House, clock: Clock
) -> None:
    people = make_people(session)
    tech, code = (
        actor(people.technician),
        make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(COVERED, DENIED)).code,
    )
    clock.instant = TWO_BEFORE - timedelta(days=3)
    ticket = queries.get(session, code, seen_by=tech)
    send_quote(session, ticket, [Line("Vetro", 2400)], days_needed=3, actor=tech, now=clock(), house=house)
    session.commit()
    assert _look(session, house, clock, DAY_AFTER) == []
    ticket = queries.get(session, code, seen_by=tech)
    answer(session, ticket, True, actor=customer(ticket.id), now=clock(), house=house)
    assert ticket.due_on is not None
    assert ticket.due_on > PROMISED
    moved = ticket.due_on.isoformat()
    session.commit()
    told = _look(session, house, clock, datetime.combine(ticket.due_on, DAY_AFTER.timetz()) + timedelta(days=3))
    assert told == [(moved, "over")]


@pytest.mark.parametrize("status", [Status.READY, Status.SHIPPED_OUT, Status.CANCELLED, Status.RECEIVED])
def test_what_is_finished_gone_or_without_a_promise_is_not_told(
    session: Session, house: House, clock: Clock, status: Status
) -> None:
    make_ticket(session, house, make_people(session), status=status)
    assert _look(session, house, clock, DAY_AFTER + timedelta(days=9)) == []


def test_a_named_person_is_told_instead_of_all_managers(session: Session, house: House, clock: Clock) -> None:
    make_ticket(session, house, make_people(session), status=Status.REPAIRING)
    named = replace(house, brand=replace(house.brand, escalate_to="capo@example.com"))
    _look(session, named, clock, DAY_AFTER)
    assert (
        session.scalars(select(OutboxRow).where(OutboxRow.kind == "late_letter")).one().facts["recipient"]
        == "capo@example.com"
    )


def test_the_worker_looks_on_working_days_and_sends_the_letter(
    app: Flask, session: Session, house: House, clock: Clock
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.REPAIRING)
    saturday, sunday, monday = (datetime(2026, 12, day, 9, tzinfo=UTC) for day in (12, 13, 14))
    for clock.instant in (saturday, sunday, monday, monday):
        escalating.arrange(session, now=clock(), house=house)
    session.commit()
    row = session.scalars(select(OutboxRow).where(OutboxRow.kind == "look_for_late")).one()
    assert row.not_before == datetime(2026, 12, 14, 7, tzinfo=UTC)
    session.commit()
    with app.app_context():
        worker.run_once(app.extensions["handlers"], clock=clock)
    letter = session.scalars(select(SentLetter).where(SentLetter.recipient == people.manager.email)).one()
    assert ticket.code[:4] in letter.subject
    assert people.technician.name in letter.text


def test_a_letter_that_waits_is_not_sent_once_the_repair_is_finished(
    app: Flask, session: Session, house: House, clock: Clock
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.RETURNING, findings=(DENIED,))
    _look(session, house, clock, DAY_AFTER)
    waiting = _fresh(session, ticket)
    waiting = queries.get(session, waiting.code, seen_by=actor(people.technician))
    advance(session, waiting, Action.CLOSE_UP, actor=actor(people.technician), now=clock(), house=house)
    session.commit()
    with app.app_context():
        worker.run_once(app.extensions["handlers"], clock=clock)
    assert not session.scalars(select(SentLetter).where(SentLetter.recipient == people.manager.email)).all()
