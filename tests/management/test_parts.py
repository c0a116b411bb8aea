"""House rules of the stock's pages: arrivals find their tickets, counts have a reason, a table comes in whole or not at all."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Part, PartMove
from service_center.core.house import House
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import PartReserved, Wait
from tests.builders import People, client_for, make_people, make_ticket, post


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def boss(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.manager)


def part(session: Session, code: str = "P-377") -> Part:
    session.rollback()
    return session.scalars(select(Part).where(Part.code == code).execution_options(populate_existing=True)).one()


def test_a_part_is_awaited_on_the_ticket_and_its_arrival_is_booked_on_the_list(
    app: Flask, boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.REPAIRING)
    part(session).on_hand = 0
    session.commit()
    tech, url = client_for(app, people.technician), f"/lab/tickets/{grouped(ticket.code)}"
    answered = post(tech, f"{url}/parts/await?lang=en", {"part": "p-377", "quantity": 2, "when": ""})
    assert answered.status_code == 422
    assert "write when it comes" in answered.text
    assert post(tech, f"{url}/parts/await", {"part": "p-377", "quantity": 2, "when": "lunedì"}).status_code == 302
    assert "2 awaited" in tech.get(f"{url}?lang=en").text
    answered = post(tech, f"{url}/act?lang=en", {"action": "part_arrived"})
    assert answered.status_code == 422
    assert "Book the arrival" in answered.text
    answered = post(tech, f"{url}/parts?lang=en", {"part": "P-377", "quantity": 1, "old_part": "recycled"})
    assert answered.status_code == 422
    assert "Too few P-377 are free" in answered.text
    assert post(boss, "/manage/parts/arrivals", {"part": "p-377", "quantity": 5, "note": "DDT 12"}).status_code == 302
    assert grouped(ticket.code) in boss.get("/manage/parts").text, "the page says whose wait ended"
    assert (part(session).on_hand, part(session).reserved) == (5, 2)
    assert session.scalars(select(Wait.closed_at).where(Wait.ticket_id == ticket.id, Wait.kind == WaitKind.PART)).one()
    page = boss.get(f"/manage/parts/{part(session).id}").text
    assert grouped(ticket.code) in page
    assert "DDT 12" in page
    assert post(tech, f"{url}/parts", {"part": "P-377", "quantity": 2, "old_part": "recycled"}).status_code == 302
    assert (part(session).on_hand, part(session).reserved) == (3, 0)


def test_an_unknown_code_books_nothing(boss: FlaskClient) -> None:
    answered = post(boss, "/manage/parts/arrivals?lang=en", {"part": "P-NADA", "quantity": 5})
    assert answered.status_code == 422
    assert "No part has this code" in answered.text
    assert 'value="P-NADA"' in answered.text


def test_a_count_needs_a_reason_and_leaves_what_is_promised(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket, known = make_ticket(session, house, people, status=Status.REPAIRING), part(session)
    known.on_hand, known.reserved = 4, 2
    session.add(PartReserved(ticket_id=ticket.id, part_id=known.id, quantity=2, granted=2, at=house.now()))
    session.commit()
    url = f"/manage/parts/{known.id}/count?lang=en"
    assert post(boss, url, {"counted": 3, "reason": " "}).status_code == 422
    answered = post(boss, url, {"counted": 1, "reason": "rotta"})
    assert answered.status_code == 422
    assert "2 pieces are kept" in answered.text
    assert post(boss, url, {"counted": 3, "reason": "una rotta"}).status_code == 302
    assert part(session).on_hand == 3
    [move] = session.scalars(select(PartMove))
    assert (move.kind, move.quantity, move.note) == ("counted", -1, "una rotta")


def test_a_table_comes_back_as_it_went_and_a_wrong_row_takes_nothing_over(boss: FlaskClient, session: Session) -> None:
    sent = boss.get("/manage/parts.csv").data
    more = sent + b"P-NEU;Molla;watch;250;7;2;C-3\r\n"
    answered = post(boss, "/manage/parts/table", {"table": (BytesIO(more), "parts.csv")})
    assert answered.status_code == 302
    new = part(session, "P-NEU")
    assert (new.on_hand, new.reorder_at, new.place, new.families) == (7, 2, "C-3", ["watch"])
    assert part(session).on_hand == 20
    wrong = more + b"P-ALTRO;Molla;boat;250;7;2;C-3\r\n"
    answered = post(boss, "/manage/parts/table?lang=en", {"table": (BytesIO(wrong), "parts.csv")})
    assert answered.status_code == 422
    assert "Row 6 (P-ALTRO)" in answered.text


def test_a_part_is_added_and_only_managers_may(app: Flask, boss: FlaskClient, session: Session, people: People) -> None:
    new = {"code": "p-neu", "name": "Molla", "families": ["watch", "jewel"], "price": "2,50", "reorder_at": "3", "place": "C-3"}  # fmt: skip
    assert post(boss, "/manage/parts/new", new).status_code == 302
    assert part(session, "P-NEU").price_cents == 250
    assert post(boss, "/manage/parts/new", new).status_code == 422
    tech = client_for(app, people.technician)
    assert tech.get("/manage/parts").status_code == 403
    assert "P-NEU" in tech.get("/lab/parts?q=neu").text
    assert "P-NEU" in tech.get("/lab/parts?show=order").text
    assert client_for(app, people.clerk).get("/lab/parts").status_code == 403
