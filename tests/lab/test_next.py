"""House rules of the next ticket: who gets which, that two get two, and whose hands it is in."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.accounts.models import User
from service_center.core.house import House
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import People, client_for, post
from tests.conftest import Clock
from tests.lab.conftest import Make, Rows

S = Status


def taken(client: FlaskClient, after: str = "") -> str:
    """The code of the ticket that opens; empty when nothing waits."""
    answered = post(client, "/lab/next", {"after": after})
    assert answered.status_code == 302
    page = answered.location.rpartition("/")[2]
    return page.replace("-", "")


def holder(rows: Rows, ticket: Ticket) -> int | None:
    found: int | None = rows(select(Ticket.claimed_by_id).where(Ticket.id == ticket.id))[0]
    return found


def set_now(session: Session, ticket: Ticket, **values: object) -> None:
    session.execute(update(Ticket).where(Ticket.id == ticket.id).values(**values))
    session.commit()


def test_safety_then_urgent_then_late_then_the_oldest_promise(tech: FlaskClient, make: Make, session: Session) -> None:
    new, old, over, urgent, unsafe = (make(status=S.TAKEN_IN_CHARGE) for _each in range(5))
    set_now(session, new, due_on=date(2026, 12, 20))
    set_now(session, old, due_on=date(2026, 12, 10))
    set_now(session, over, due_on=date(2026, 11, 10))
    set_now(session, urgent, urgent=True, due_on=date(2026, 12, 30))
    set_now(session, unsafe, safety=True, due_on=date(2026, 12, 31))
    assert [taken(tech) for _each in range(5)] == [each.code for each in (unsafe, urgent, over, old, new)]


def test_the_next_ticket_is_in_hand_and_opens(tech: FlaskClient, make: Make, rows: Rows, people: People) -> None:
    ticket = make(status=S.TAKEN_IN_CHARGE)
    assert grouped(ticket.code)[:4] in tech.get("/lab/").text
    assert taken(tech) == ticket.code
    assert holder(rows, ticket) == people.technician.id
    assert "In your hands" in tech.get(f"/lab/tickets/{grouped(ticket.code)}?lang=en").text


def test_the_card_takes_it_too(tech: FlaskClient, make: Make, rows: Rows, people: People) -> None:
    ticket = make(status=S.TAKEN_IN_CHARGE)
    answered = post(tech, "/lab/scan", {"scan": "*NEXT"})
    assert answered.location.endswith(grouped(ticket.code))
    assert holder(rows, ticket) == people.technician.id


def test_nothing_to_do_says_so(tech: FlaskClient) -> None:
    answered = post(tech, "/lab/next?lang=en", {}, follow_redirects=True)
    assert "Nothing waits for you" in answered.text


def test_what_a_colleague_has_is_passed_over(app: Flask, tech: FlaskClient, make: Make, people: People) -> None:
    first, second = make(status=S.TAKEN_IN_CHARGE), make(status=S.TAKEN_IN_CHARGE)
    serena = client_for(app, people.second_technician)
    assert [taken(tech), taken(serena)] == [first.code, second.code]


def test_two_at_once_get_two_tickets(app: Flask, make: Make, people: People) -> None:
    codes = {make(status=S.TAKEN_IN_CHARGE).code for _each in range(4)}
    clients = [client_for(app, each) for each in (people.technician, people.second_technician, people.manager)]
    start, found = threading.Barrier(len(clients)), []

    def press(client: FlaskClient) -> None:
        start.wait()
        found.append(taken(client))

    threads = [threading.Thread(target=press, args=(each,)) for each in clients]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(set(found)) == len(clients)
    assert set(found) <= codes


def test_skills_choose_and_none_named_means_all(
    app: Flask, tech: FlaskClient, make: Make, session: Session, people: People
) -> None:
    watch, jewel = make(status=S.TAKEN_IN_CHARGE), make(status=S.TAKEN_IN_CHARGE, family="jewel", findings=())
    session.execute(update(User).where(User.id == people.technician.id).values(skills=["jewel"]))
    session.commit()
    assert (taken(tech), taken(tech, jewel.code)) == (jewel.code, "")
    assert taken(client_for(app, people.second_technician)) == watch.code


def test_what_was_put_down_comes_again_after_half_an_hour(tech: FlaskClient, make: Make, clock: Clock) -> None:
    first, second = make(status=S.TAKEN_IN_CHARGE), make(status=S.TAKEN_IN_CHARGE)
    assert taken(tech) == first.code
    tech.get(f"/lab/tickets/{grouped(first.code)}")
    assert taken(tech, first.code) == second.code
    tech.get(f"/lab/tickets/{grouped(second.code)}")
    clock.instant += timedelta(minutes=20)
    tech.get(f"/lab/tickets/{grouped(second.code)}")
    clock.instant += timedelta(minutes=15)
    third = make(status=S.TAKEN_IN_CHARGE, at=clock.instant)
    assert taken(tech, second.code) == first.code
    assert third.code not in (first.code, second.code)


def test_nobody_tests_what_they_repaired(app: Flask, tech: FlaskClient, make: Make, people: People) -> None:
    ticket = make(status=S.TESTING)
    assert taken(tech) == ""
    assert taken(client_for(app, people.second_technician)) == ticket.code


def test_work_done_leaves_the_hands_and_what_fails_comes_back(
    app: Flask, tech: FlaskClient, make: Make, rows: Rows, people: People
) -> None:
    ticket = make(status=S.REPAIRING)
    page = f"/lab/tickets/{grouped(ticket.code)}/act"
    assert holder(rows, ticket) == people.technician.id
    post(tech, page, {"action": "finish"})
    assert holder(rows, ticket) is None
    post(client_for(app, people.second_technician), page, {"action": "fail_quality", "note": "Perde acqua"})
    assert holder(rows, ticket) == people.technician.id


def test_let_go_take_and_hand_over(app: Flask, tech: FlaskClient, make: Make, rows: Rows, people: People) -> None:
    ticket = make(status=S.DIAGNOSING)
    page = f"/lab/tickets/{grouped(ticket.code)}/hands"
    for to, has in (
        ("nobody", None),
        ("me", people.technician.id),
        (str(people.second_technician.id), people.second_technician.id),
    ):
        assert post(tech, page, {"to": to}).status_code == 302
        assert holder(rows, ticket) == has
    assert "Serena Mautone is working on it" in tech.get(f"/lab/tickets/{grouped(ticket.code)}?lang=en").text


@pytest.mark.parametrize("to", ["", "0", "999999", "-1", "x" * 300, "²"])
def test_a_ticket_goes_to_people_of_the_lab_alone(tech: FlaskClient, make: Make, rows: Rows, to: str) -> None:
    ticket = make(status=S.DIAGNOSING)
    answered = post(tech, f"/lab/tickets/{grouped(ticket.code)}/hands?lang=en", {"to": to})
    assert answered.status_code == 422
    assert "Choose a colleague" in answered.text


def test_a_clerk_is_no_colleague(tech: FlaskClient, make: Make, people: People) -> None:
    ticket = make(status=S.DIAGNOSING)
    page = f"/lab/tickets/{grouped(ticket.code)}/hands"
    assert post(tech, page, {"to": str(people.clerk.id)}).status_code == 422


def test_cards_take_let_go_hand_on_and_take_back(tech: FlaskClient, make: Make, rows: Rows, people: People) -> None:
    ticket = make(status=S.DIAGNOSING)
    for card, has in (
        ("*LEAVE", None), ("*MINE", people.technician.id), (f"*TO.{people.second_technician.id}", people.second_technician.id),
        ("*UNDO", people.technician.id), ("*TO.999999", people.technician.id),
    ):  # fmt: skip
        post(tech, f"/lab/scan?at={grouped(ticket.code)}", {"scan": card})
        assert holder(rows, ticket) == has, card


def test_only_a_manager_or_the_front_desk_makes_urgent(
    app: Flask, tech: FlaskClient, boss: FlaskClient, make: Make, rows: Rows, people: People
) -> None:
    ticket = make(status=S.TAKEN_IN_CHARGE)
    page = f"/lab/tickets/{grouped(ticket.code)}/urgent"
    urgent = select(Ticket.urgent).where(Ticket.id == ticket.id)
    assert post(tech, page, {"urgent": "yes"}).status_code == 403
    assert post(boss, page, {"urgent": "yes"}).status_code == 302
    assert rows(urgent) == [True]
    assert "Urgent" in tech.get("/lab/?lang=en").text
    assert post(client_for(app, people.front_desk), page, {"urgent": "no"}).status_code == 302
    assert rows(urgent) == [False]


def test_the_front_desk_gets_what_is_ready(app: Flask, make: Make, people: People, house: House) -> None:
    ticket = make(status=S.READY)
    make(status=S.TAKEN_IN_CHARGE)
    assert taken(client_for(app, people.front_desk)) == ticket.code
