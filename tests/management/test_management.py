"""The manager invites people and takes in retailers with their shops."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import Role, Shop, User
from service_center.core.house import House
from service_center.management.queries import overview
from service_center.outbox.models import OutboxRow
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import People, client_for, make_people, make_ticket, post


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def test_an_invitation_leaves_as_a_letter_and_its_link_is_not_stored(
    app: Flask, people: People, session: Session
) -> None:
    client = client_for(app, people.manager)
    typed = {"email": "Nuova.Tecnica@example.com", "name": "Nuova Tecnica", "role": "technician", "shop": ""}
    assert post(client, "/manage/people", typed, page="/manage/people").status_code == 302
    user = session.scalars(select(User).where(User.email == "nuova.tecnica@example.com")).one()
    assert user.password_hash is None
    row = session.scalars(select(OutboxRow).where(OutboxRow.kind == "password_link")).one()
    assert row.facts == {"user_id": user.id, "purpose": "invite"}


def test_a_clerk_is_invited_for_a_shop_and_not_without_one(app: Flask, people: People, session: Session) -> None:
    client = client_for(app, people.manager)
    typed = {"email": "commessa@example.com", "name": "Nuova Commessa", "role": "retailer_clerk", "shop": ""}
    refused = post(client, "/manage/people", typed, page="/manage/people")
    assert refused.status_code == 422
    assert "Nuova Commessa" in refused.text
    typed["shop"] = str(people.shop.id)
    assert post(client, "/manage/people", typed, page="/manage/people").status_code == 302
    user = session.scalars(select(User).where(User.email == "commessa@example.com")).one()
    assert (user.role, user.shop_id, user.retailer_id) == (Role.RETAILER_CLERK, people.shop.id, people.shop.retailer_id)


def test_an_address_is_invited_once(app: Flask, people: People) -> None:
    client = client_for(app, people.manager)
    typed = {"email": people.technician.email, "name": "Doppione", "role": "technician", "shop": ""}
    answer = post(client, "/manage/people", typed, page="/manage/people")
    assert answer.status_code == 422
    assert "Doppione" in answer.text


def test_a_retailer_comes_with_its_shops(app: Flask, people: People, session: Session) -> None:
    client = client_for(app, people.manager)
    assert (
        post(
            client,
            "/manage/retailers",
            {"name": "Orologeria Nuova", "email": "nuova@shop.example"},
            page="/manage/retailers",
        ).status_code
        == 302
    )
    page = client.get("/manage/retailers").text
    assert "Orologeria Nuova" in page
    shop = {"name": "Orologeria Nuova Aversa", "city": "Aversa", "street": "Via Roma 1", "postal_code": "81031", "province": "CE",
            "authorised_from": ["1", "9", "2025"]}  # fmt: skip
    retailer = session.scalars(select(Shop.retailer_id).where(Shop.id == people.shop.id)).one()
    assert post(client, f"/manage/retailers/{retailer}/shops/new", shop, page="/manage/retailers").status_code == 302
    session.rollback()
    assert session.scalars(select(Shop).where(Shop.name == "Orologeria Nuova Aversa")).one().authorised_from is not None


def test_a_shop_opens_with_the_days_of_its_authorisation(app: Flask, people: People, session: Session) -> None:
    shop = session.get_one(Shop, people.shop.id)
    shop.authorised_from = date(2025, 9, 7)
    session.commit()
    page = client_for(app, people.manager).get(f"/manage/retailers/shops/{shop.id}").text
    for part in ("7", "9", "2025"):
        assert f'value="{part}"' in page


def test_today_shows_what_waits_for_a_decision(app: Flask, people: People, session: Session, house: House) -> None:
    ticket = make_ticket(
        session, house, people, status=Status.DIAGNOSING, findings=(("S02", "movement", "undetermined", "A02"),)
    )
    page = client_for(app, people.manager).get("/manage/").text
    assert ticket.code[:4] in page


def test_today_names_the_first_late_ones_and_counts_them_all(
    session: Session, people: People, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "FIRST", 1)
    both = [make_ticket(session, house, people, status=Status.REPAIRING) for _each in range(2)]
    for ticket in both:
        session.get_one(Ticket, ticket.id).due_on = date(2026, 1, 7)
    session.flush()
    number, lines = overview.late(session, today=house.today())
    assert (number, [line.code for line in lines]) == (2, [both[0].code])


def test_what_somebody_works_on_stands_beside_the_name(app: Flask, people: People, session: Session) -> None:
    session.get_one(User, people.technician.id).skills = ["jewel"]
    session.commit()
    page = client_for(app, people.manager).get("/manage/people?lang=en").text
    assert '<span class="sub">Jewel</span>' in page


@pytest.mark.parametrize("path", ["/manage/", "/manage/people", "/manage/retailers"])
def test_managers_only(app: Flask, people: People, path: str) -> None:
    for name, user in people.everybody().items():
        expected = 200 if name == "manager" else 403
        assert client_for(app, user).get(path).status_code == expected, name
    assert app.test_client().get(path).status_code == 302
