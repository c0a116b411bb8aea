"""House rules of agreed contents: what came is told, for two working days the sender may object, a person answers."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from service_center.messages.models import Message
from service_center.outbox.models import SentLetter
from service_center.outbox.worker import run_once
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Ticket, Wait
from tests.builders import People, client_for, post
from tests.conftest import Clock
from tests.lab.conftest import Make, Rows


def received(tech: FlaskClient, ticket: Ticket, *things: str) -> None:
    typed = {"tampering": "none", "accessories": list(things), "grade_glass": "B"}
    assert post(tech, f"/lab/reception/{grouped(ticket.code)}", typed).status_code == 302


def page(ticket: Ticket) -> str:
    return f"/retailer/tickets/{grouped(ticket.code)}/contents"


def test_the_letter_says_what_came_and_until_when_one_may_object(
    app: Flask, tech: FlaskClient, make: Make, rows: Rows, clock: Clock
) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN)
    received(tech, ticket, "charger")
    # Friday 20 November: Monday and Tuesday are the two working days.
    assert rows(select(Ticket))[0].contents_until == date(2026, 11, 24)
    with app.app_context():
        while run_once(app.extensions["handlers"], clock=clock):
            pass
    [letter] = [each for each in rows(select(SentLetter)) if "arrivat" in each.subject]
    assert "caricatore" in letter.text
    assert "24 nov" in letter.text


def test_a_shop_objects_and_a_person_answers_while_work_goes_on(
    app: Flask, tech: FlaskClient, people: People, make: Make, rows: Rows
) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN, shop=people.shop)
    received(tech, ticket)
    clerk = client_for(app, people.clerk)
    assert post(clerk, page(ticket), {"text": ""}).status_code == 422
    assert post(clerk, page(ticket), {"text": "Manca il caricatore."}).status_code == 302
    assert post(clerk, page(ticket), {"text": "Manca davvero."}).status_code == 422
    [wait] = rows(select(Wait).where(Wait.kind == WaitKind.CONTENTS))
    assert wait.closed_at is None
    assert rows(select(Ticket))[0].status is Status.TAKEN_IN_CHARGE
    answer = f"/lab/tickets/{grouped(ticket.code)}/contents"
    assert "Manca il caricatore." in tech.get(f"/lab/tickets/{grouped(ticket.code)}").text
    assert post(tech, answer, {"text": ""}).status_code == 422
    assert post(tech, answer, {"text": "Trovato nella scatola."}).status_code == 302
    assert rows(select(Wait).where(Wait.kind == WaitKind.CONTENTS))[0].closed_at is not None
    assert [each.text for each in rows(select(Message).order_by(Message.id))] == ["Manca il caricatore.", "Trovato nella scatola."]  # fmt: skip
    assert post(tech, answer, {"text": "Ancora."}).status_code == 422


def test_after_the_days_nobody_objects_any_more(
    app: Flask, tech: FlaskClient, people: People, make: Make, clock: Clock
) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN, shop=people.shop)
    received(tech, ticket)
    clock.instant += timedelta(days=5)
    clerk = client_for(app, people.clerk)
    assert post(clerk, page(ticket), {"text": "Manca il caricatore."}).status_code == 422


def test_another_shop_sees_no_contents(app: Flask, tech: FlaskClient, people: People, make: Make) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN, shop=people.shop)
    received(tech, ticket)
    assert client_for(app, people.other_clerk).get(page(ticket)).status_code == 404


def test_before_it_was_unpacked_there_is_no_list(app: Flask, people: People, make: Make) -> None:
    ticket = make(status=Status.TO_SEND, shop=people.shop)
    assert client_for(app, people.clerk).get(page(ticket)).status_code == 404
