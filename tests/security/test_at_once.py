"""Everybody presses at the same moment: one gets through, the others are told, and nothing is done twice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.accounts.models import User
from service_center.core.house import House
from service_center.offers.models import Quote
from service_center.offers.services.quotes import Line, send_quote
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Event, Ticket
from tests.builders import DENIED, WHEN, People, actor, client_for, make_people, make_ticket, token

Press = Callable[[], TestResponse]


@pytest.fixture
def people(app: Flask, session: Session) -> People:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return make_people(session)


def at_once(presses: Sequence[Press]) -> list[int]:
    """The answers to presses that begin together."""
    ready = Barrier(len(presses))

    def press(one: Press) -> int:
        ready.wait()
        return one().status_code

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def shop_presses(app: Flask, users: Sequence[User], url: str, *forms: dict[str, str]) -> list[Press]:
    """Each form by each person in a browser of their own."""

    def one(client: FlaskClient, csrf: str, form: dict[str, str]) -> Press:
        return lambda: client.post(url, data={"csrf_token": csrf, **form})

    presses = []
    for user in users:
        for form in forms:
            client = client_for(app, user)
            presses.append(one(client, token(client, "/repairs/new/1/what"), form))
    return presses


def actions(session: Session, ticket: Ticket) -> list[Action]:
    session.rollback()
    return list(session.scalars(select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.seq)))


def test_a_quote_is_answered_once(app: Flask, session: Session, house: House, people: People) -> None:
    tech = actor(people.technician)
    made = make_ticket(session, house, people, shop=people.shop, status=Status.DIAGNOSING, findings=[DENIED])
    ticket = queries.get(session, made.code, seen_by=tech)
    send_quote(session, ticket, [Line("Vetro", 2400)], days_needed=5, actor=tech, now=WHEN, house=house)
    session.commit()
    url = f"/retailer/tickets/{grouped(ticket.code)}/quote"
    answers = at_once(
        shop_presses(app, [people.clerk, people.admin], url, {"answer": "accept"}, {"answer": "refuse"}, {"answer": "accept"})
    )  # fmt: skip
    assert sorted(answers) == [302, *[422] * 5], answers
    done = [each for each in actions(session, ticket) if each in (Action.ACCEPT_QUOTE, Action.REFUSE_QUOTE)]
    assert len(done) == 1
    answer = session.scalars(select(Quote.answer).where(Quote.ticket_id == ticket.id)).one()
    assert (answer == "accepted") == (done == [Action.ACCEPT_QUOTE])


@pytest.mark.parametrize(("path", "form", "action"), [("cancel", {}, Action.CANCEL), ("post", {"courier": "brt"}, Action.POST)])  # fmt: skip
def test_a_step_of_the_shop_is_taken_once(
    app: Flask, session: Session, house: House, people: People, path: str, form: dict[str, str], action: Action
) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop)
    answers = at_once(
        shop_presses(app, [people.clerk, people.admin], f"/retailer/tickets/{grouped(ticket.code)}/{path}", form, form)
    )
    assert answers.count(302) == 1, answers
    assert max(answers) < 500, answers
    assert actions(session, ticket).count(action) == 1


def test_one_address_is_invited_once(
    app: Flask, session: Session, people: People, caplog: pytest.LogCaptureFixture
) -> None:
    invited = {"name": "Nuova Collega", "email": "nuova.collega@posta.example", "role": "technician", "shop": ""}
    with caplog.at_level(logging.DEBUG):
        answers = at_once(shop_presses(app, [people.manager], "/manage/people", *[invited] * 4))
    assert answers.count(302) == 1, answers
    assert max(answers) < 500, answers
    assert len(session.scalars(select(User).where(User.email == invited["email"])).all()) == 1
    assert invited["email"] not in caplog.text


@pytest.mark.parametrize(
    ("page", "typed"), [("quote", {"text_0": "Vetro", "amount_0": "24", "days_needed": "5"}), ("papers", {"needs": "proof", "note": "Serve lo scontrino."})]
)  # fmt: skip
def test_a_page_of_the_lab_that_came_too_late_is_shown_again(
    app: Flask, session: Session, house: House, people: People, page: str, typed: dict[str, str]
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=[DENIED])
    client = client_for(app, people.technician)
    sent = {"csrf_token": token(client, "/repairs/new/1/what"), **typed, "version": str(ticket.version - 1)}
    assert client.post(f"/lab/tickets/{grouped(ticket.code)}/{page}", data=sent).status_code == 409
