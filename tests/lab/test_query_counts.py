"""The board and a ticket's screen ask the database as often with much as with little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session, make_transient

from service_center.catalogue.models import Part
from service_center.core.house import House
from service_center.tickets.codes import grouped, new_code, new_number
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Finding, Note, PartUsed, Photo, Ticket
from tests.builders import COVERED, People, actor, make_ticket, post
from tests.lab.conftest import Make

FEW, MANY = 5, 50
CARD_AND_PAGE = 40


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def statements(client: FlaskClient, address: str) -> int:
    """How many the page asks, once it was warm."""
    assert client.get(address).status_code == 200
    with counted() as asked:
        client.get(address)
    return len(asked)


def like(session: Session, ticket: Ticket, number: int) -> None:
    """More tickets of the same sort, without walking each."""
    for _each in range(number):
        session.expunge_all()
        twin = session.get_one(Ticket, ticket.id)
        make_transient(twin)
        twin.id, twin.code, twin.number = None, new_code(), new_number()  # type: ignore[assignment]
        session.add(twin)
        session.commit()


@pytest.mark.parametrize("address", ["/lab/", "/lab/tickets", "/lab/?whose=mine"])
def test_board_and_list_ask_as_often_with_fifty_tickets_as_with_five(
    tech: FlaskClient, session: Session, make: Make, address: str
) -> None:
    tickets = [make(status=status) for status in (Status.TAKEN_IN_CHARGE, Status.DIAGNOSING)]
    like(session, tickets[0], FEW - len(tickets))
    few = statements(tech, address)
    for ticket in tickets:
        like(session, ticket, (MANY - FEW) // 2)
    assert statements(tech, address) == few


def test_a_ticket_asks_as_often_with_ten_findings_and_twenty_of_all_as_with_one(
    tech: FlaskClient, session: Session, house: House, people: People, now: datetime
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    address = f"/lab/tickets/{grouped(ticket.code)}"
    session.commit()
    bare = statements(tech, address)
    one = session.scalars(select(Finding).where(Finding.ticket_id == ticket.id)).one()
    part = session.scalars(select(Part)).first()
    assert part is not None
    symptom, component, cause, work = COVERED
    tom = actor(people.technician)
    session.add_all(
        Finding(ticket_id=ticket.id, symptom=symptom, component=component, cause=cause, action=work, verdict=one.verdict, record=one.record, found_at=now, found_by_id=tom.user_id)
        for _each in range(9)
    )  # fmt: skip
    session.add_all(row for each in range(20) for row in much(ticket.id, part, each, now, tom.user_id, tom.name))
    session.commit()
    assert statements(tech, address) == bare


def much(ticket_id: int, part: Part, each: int, now: datetime, by_id: int | None, name: str) -> Iterator[object]:
    """A photograph, a part and a note."""
    yield Photo(ticket_id=ticket_id, stage="bench", subject="detail", storage_key=f"{each}", thumb_key=f"{each}", sha256=f"{each:064x}", width=4, height=3, at=now, by_id=by_id)  # fmt: skip
    yield PartUsed(ticket_id=ticket_id, part_id=part.id, code=part.code, name=part.name, quantity=1, price_cents=0, old_part="recycled", at=now, by_id=by_id)  # fmt: skip
    yield Note(ticket_id=ticket_id, text="Aperto", author=name, at=now, by_id=by_id)


def test_a_card_and_the_page_after_it_ask_each_thing_once(
    tech: FlaskClient, session: Session, house: House, people: People
) -> None:
    address = f"/lab/tickets/{grouped(make_ticket(session, house, people, status=Status.DIAGNOSING).code)}"
    session.commit()
    scan = f"/lab/scan?at={address.rpartition('/')[2]}"
    for place in ("B1", "B2"):
        with counted() as asked:
            assert post(tech, scan, {"scan": f"*PLACE.{place}"}).status_code == 302
            assert tech.get(address).status_code == 200
    assert len(asked) <= CARD_AND_PAGE
    assert sum("FROM events" in each for each in asked) == 1
