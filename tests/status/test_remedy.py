"""Before the remedy: for what the brand sold itself the choice is explained, made and kept; the owner can flag a danger."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from service_center.accounts.models import Purpose
from service_center.accounts.services import make_link
from service_center.core.house import House
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import DENIED, People, actor, client_for, make_people, make_ticket, post

OWN: dict[str, Any] = {"seller": "own_shop", "card": "absent", "purchased_on": date(2026, 8, 1)}


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def owner(app: Flask, session: Session, house: House, ticket: Ticket) -> FlaskClient:
    key = make_link(session, Purpose.OWNER, ticket.id, now=house.now(), lasts=house.session_idle)
    session.commit()
    client = app.test_client()
    assert client.get(f"/status/{grouped(ticket.code)}/owner?key={key}").status_code == 302
    client.get("/speak/en?next=/")
    return client


def again(session: Session, people: People, code: str) -> Ticket:
    session.rollback()
    session.expire_all()
    return queries.get(session, code, seen_by=actor(people.manager))


def test_an_own_shop_sale_explains_the_choice_and_keeps_it(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, **OWN)
    client, url = owner(app, session, house, ticket), f"/status/{grouped(ticket.code)}"
    page = client.get(f"{url}/owner").text
    assert f"{url}/remedy" in page
    assert "1 Aug 2029" in page
    assert post(client, f"{url}/remedy", {"choice": "gold"}, page=f"{url}/remedy").status_code == 422
    assert post(client, f"{url}/remedy", {"choice": "repair"}, page=f"{url}/remedy").status_code == 302
    kept = again(session, people, ticket.code).remedy_choice
    assert (kept["choice"], kept["by"]) == ("repair", "customer")
    assert "2029" in kept["wording"]
    assert "You chose: Repair" in client.get(f"{url}/owner").text


@pytest.mark.parametrize(
    "sale",
    [OWN | {"purchased_on": date(2026, 7, 30)}, OWN | {"seller": "authorised_retailer", "card": "complete"}],
)
def test_no_choice_is_told_where_the_setting_does_not_ask_for_it(
    app: Flask, session: Session, house: House, people: People, sale: dict[str, Any]
) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, **sale)
    client, url = owner(app, session, house, ticket), f"/status/{grouped(ticket.code)}"
    assert "/remedy" not in client.get(f"{url}/owner").text
    assert client.get(f"{url}/remedy").status_code == 404


def test_after_the_work_began_the_choice_stays(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.REPAIRING, **OWN)
    client, url = owner(app, session, house, ticket), f"/status/{grouped(ticket.code)}"
    answered = post(client, f"{url}/remedy", {"choice": "repair"}, page=f"{url}/owner")
    assert answered.status_code == 422
    assert again(session, people, ticket.code).remedy_choice == {}


def test_a_denial_names_both_terms_and_who_answers_but_promises_nothing(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,), **OWN)
    client = owner(app, session, house, ticket)
    page = client.get(f"/status/{grouped(ticket.code)}/owner").text
    assert f"{house.brand.name} answers: it sold the item itself" in page
    assert "Legal review" not in page
    assert queries.latest_verdict(session, ticket.id).record["legal_review"]


def test_the_public_page_does_not_name_the_shop(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    stranger = app.test_client()
    assert "Gioielleria Esempio Bari" not in stranger.get(f"/status/{grouped(ticket.code)}").text
    client = owner(app, session, house, ticket)
    assert "Gioielleria Esempio Bari" in client.get(f"/status/{grouped(ticket.code)}/owner").text


def test_the_lab_reads_the_legal_review_with_its_last_day(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,), **OWN)
    bench = client_for(app, people.technician)
    bench.get("/speak/en?next=/")
    page = bench.get(f"/lab/tickets/{ticket.code}").text
    assert "Legal review" in page
    assert "1 Oct 2028" in page


def test_the_owner_flags_a_danger_and_reads_what_to_do(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.TO_SEND)
    client, url = owner(app, session, house, ticket), f"/status/{grouped(ticket.code)}/danger"
    assert post(client, url, {"hazard": "swelling"}, page=url).status_code == 422
    assert post(client, url, {"hazard": "swelling", "words": "Si è aperto."}, page=url).status_code == 302
    assert again(session, people, ticket.code).safety
    assert "call 112" in client.get(url).text
    assert client.get(f"/status/{grouped(ticket.code)}/label-a4.pdf").status_code == 404
