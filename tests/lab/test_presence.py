"""House rules of who is at a ticket: seen by the others for a minute, and time at the bench without a stopwatch."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.i18n import speaking
from service_center.lab.queries.company import company
from service_center.lab.wording.company import worked
from service_center.management.queries.bench_time import bench_time
from service_center.tickets.bench_models import BenchSpan, Presence
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import People, actor, client_for, post
from tests.conftest import Clock
from tests.lab.conftest import Make, Rows


def page(ticket: Ticket) -> str:
    return f"/lab/tickets/{grouped(ticket.code)}"


def minutes(session: Session, ticket: Ticket, people: People, clock: Clock) -> tuple[float, int]:
    with Session(session.get_bind()) as fresh:
        found = company(fresh, fresh.get_one(Ticket, ticket.id), reader=actor(people.manager), now=clock())
    return found.worked / timedelta(minutes=1), found.workers


def test_a_second_person_sees_who_is_there_and_a_minute_later_nobody(
    app: Flask, tech: FlaskClient, make: Make, people: People, clock: Clock
) -> None:
    ticket = make(status=Status.DIAGNOSING)
    serena = client_for(app, people.second_technician)
    here = f"/lab/here/{grouped(ticket.code)}?lang=en"
    assert post(tech, here).text.strip() == ""
    assert "Tommaso Sorrentino is here too" in post(serena, here).text
    assert "Tommaso Sorrentino is here too" in serena.get(page(ticket) + "?lang=en").text
    clock.instant += timedelta(seconds=61)
    assert "is here too" not in serena.get(page(ticket)).text


def test_saying_that_one_is_here_writes_one_row_and_no_time(
    app: Flask, tech: FlaskClient, make: Make, rows: Rows, clock: Clock
) -> None:
    ticket = make(status=Status.DIAGNOSING)
    for _each in range(3):
        assert post(tech, f"/lab/here/{grouped(ticket.code)}").status_code == 200
        clock.instant += timedelta(seconds=20)
    assert rows(select(func.count()).select_from(Presence)) == [1]
    assert rows(select(BenchSpan)) == []


def test_nobody_is_kept_out_by_somebody_who_looks(app: Flask, tech: FlaskClient, make: Make, people: People) -> None:
    ticket = make(status=Status.DIAGNOSING)
    post(client_for(app, people.second_technician), f"/lab/here/{grouped(ticket.code)}")
    assert post(tech, page(ticket) + "/notes", {"note": "Vetro scheggiato"}).status_code == 302


def test_what_is_not_there_has_no_company(tech: FlaskClient) -> None:
    assert post(tech, "/lab/here/K7QM-2F9D-XH3W").status_code == 404
    assert post(tech, "/lab/here/x").status_code == 404


def test_time_begins_with_the_page_and_ends_with_the_next_ticket_in_hand(
    session: Session, tech: FlaskClient, make: Make, people: People, clock: Clock
) -> None:
    first, second = make(status=Status.DIAGNOSING), make(status=Status.DIAGNOSING)
    tech.get(page(first))
    clock.instant += timedelta(minutes=8)
    post(tech, page(first) + "/notes", {"note": "Aperto"})
    clock.instant += timedelta(minutes=9)
    tech.get(page(second))
    clock.instant += timedelta(minutes=3)
    assert minutes(session, first, people, clock) == (17, 1)
    assert minutes(session, second, people, clock) == (3, 1)


def test_ten_idle_minutes_end_it_at_the_last_act(
    session: Session, tech: FlaskClient, make: Make, people: People, clock: Clock
) -> None:
    ticket = make(status=Status.DIAGNOSING)
    tech.get(page(ticket))
    clock.instant += timedelta(minutes=5)
    tech.get(page(ticket))
    clock.instant += timedelta(minutes=30)
    assert minutes(session, ticket, people, clock) == (5, 1)
    tech.get(page(ticket))
    clock.instant += timedelta(minutes=2)
    assert minutes(session, ticket, people, clock) == (7, 1)


def test_the_step_that_finishes_it_ends_it_and_a_tester_counts_too(
    app: Flask, session: Session, tech: FlaskClient, make: Make, people: People, clock: Clock
) -> None:
    ticket = make(status=Status.REPAIRING)
    tech.get(page(ticket))
    clock.instant += timedelta(minutes=6)
    post(tech, page(ticket) + "/act", {"action": "finish"})
    clock.instant += timedelta(minutes=4)
    serena = client_for(app, people.second_technician)
    assert post(serena, "/lab/next").location == page(ticket)
    clock.instant += timedelta(minutes=2)
    assert minutes(session, ticket, people, clock) == (8, 2)


def test_only_what_one_has_in_hand_counts_and_looking_again_writes_nothing(
    app: Flask, tech: FlaskClient, make: Make, people: People, rows: Rows, clock: Clock
) -> None:
    ticket = make(status=Status.DIAGNOSING)
    client_for(app, people.second_technician).get(page(ticket))
    assert rows(select(BenchSpan)) == []
    tech.get(page(ticket))
    seen = rows(select(BenchSpan.seen_at))
    clock.instant += timedelta(seconds=30)
    tech.get(page(ticket))
    assert rows(select(BenchSpan.seen_at)) == seen


def test_time_is_summed_by_model_and_work(
    app: Flask, session: Session, tech: FlaskClient, boss: FlaskClient, make: Make, clock: Clock
) -> None:
    tickets = [make(status=Status.REPAIRING) for _each in range(2)]
    for ticket in tickets:
        tech.get(page(ticket))
        clock.instant += timedelta(minutes=10)
    post(tech, page(tickets[1]) + "/act", {"action": "finish"})
    clock.instant += timedelta(hours=1)
    today = clock().date()
    [spent] = bench_time(session, today, today + timedelta(days=1), now=clock())
    assert (spent.model, spent.works, spent.tickets, spent.total) == ("OPSPW-482", ("A01",), 2, timedelta(minutes=20))
    assert "20 min" in boss.get("/manage/verdicts").text


def test_time_is_said_in_hours_and_minutes_and_by_how_many() -> None:
    with speaking("en"):
        assert worked(timedelta(), 0) == ""
        assert worked(timedelta(minutes=47), 1) == "47 min on the bench"
        assert worked(timedelta(minutes=95), 2) == "1 h 35 min on the bench, 2 people"
