"""Who tries lists of codes, PINs and addresses, or has us write to a stranger, is slowed down; nobody else is."""

from __future__ import annotations

import secrets

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.tokens import digest
from service_center.core.house import House
from service_center.outbox.models import OutboxRow
from service_center.status.pages import UNKNOWN_CODES_AN_HOUR
from service_center.status.views import PLACE_AN_HOUR
from service_center.tickets.codes import new_code
from service_center.tickets.models import Ticket
from tests.builders import make_people, make_ticket, post, token
from tests.intake.walking import Browser, picture

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.77"}


def waiting(session: Session, kind: str) -> int:
    session.rollback()
    return session.execute(select(func.count()).where(OutboxRow.kind == kind)).scalar_one()


@pytest.mark.parametrize("page", ["/status/{code}", "/status/{code}/owner"])
def test_made_up_codes_run_out_and_known_ones_never(app: Flask, session: Session, house: House, page: str) -> None:
    ticket = make_ticket(session, house, make_people(session))
    stranger = app.test_client()
    tried = [stranger.get(page.format(code=new_code())).status_code for _ in range(UNKNOWN_CODES_AN_HOUR + 2)]
    assert tried == [404] * UNKNOWN_CODES_AN_HOUR + [429] * 2
    assert stranger.get(page.format(code=ticket.code)).status_code == 200
    assert stranger.get(page.format(code=new_code()), environ_base=ELSEWHERE).status_code == 404


def test_a_pin_cannot_be_tried_out_not_even_from_many_connections(app: Flask, session: Session, house: House) -> None:
    ticket = make_ticket(session, house, make_people(session))
    session.get_one(Ticket, ticket.id).pin_hash = digest("123456")
    session.commit()
    url = f"/status/{ticket.code}/owner"

    def tries(pin: str, number: int) -> int:
        client = app.test_client()
        environ = {"REMOTE_ADDR": f"192.0.2.{number}"}
        return client.post(url, data={"csrf_token": token(client), "pin": pin}, environ_base=environ).status_code

    assert [tries(f"{number:06d}", number) for number in range(6)] == [422] * 6
    assert tries("123456", 99) == 422


def test_one_connection_fills_the_outbox_with_no_list_of_addresses(app: Flask, session: Session) -> None:
    make_people(session)
    client = app.test_client()
    csrf = token(client)

    def ask(**more: object) -> int:
        address = f"{secrets.token_hex(4)}@posta.example"
        return client.post("/status/lost", data={"csrf_token": csrf, "email": address}, **more).status_code

    assert {ask() for _ in range(PLACE_AN_HOUR + 10)} == {302}
    assert waiting(session, "lost_code") == PLACE_AN_HOUR
    ask(environ_base=ELSEWHERE)
    assert waiting(session, "lost_code") == PLACE_AN_HOUR + 1


def test_links_for_a_password_are_bounded_by_person(app: Flask, session: Session) -> None:
    people = make_people(session)
    for number in range(6):
        environ = {"REMOTE_ADDR": f"192.0.2.{number}"}
        client = app.test_client()
        client.post(
            "/password/lost", data={"csrf_token": token(client), "email": people.manager.email}, environ_base=environ
        )
    assert waiting(session, "password_link") == 3


def test_nobody_has_us_write_to_a_stranger_again_and_again(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service_center.intake.browser.REQUESTS_OF_ONE_AN_HOUR", 2)
    make_people(session)
    session.rollback()

    def ask(number: int, **you: str) -> int:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        browser = Browser(client)
        browser.item(receipt=picture(color=f"#{number:06x}"))
        browser.you(**you)
        return browser.send().status_code

    answers = [ask(number, email="Vittima@posta.example" if number % 2 else "vittima@posta.example") for number in range(4)]  # fmt: skip
    assert answers == [302, 302, 429, 429]
    assert waiting(session, "letter") == 2
    assert ask(9, email="altra@posta.example") == 302


def test_whose_repair_is_open_is_told_to_no_list_of_addresses(
    app: Flask, session: Session, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service_center.intake.browser.COMPARED_AN_HOUR", 2)
    make_ticket(session, house, make_people(session), email="adele@posta.example")
    session.expunge_all()
    session.rollback()
    browser = Browser(app.test_client())
    browser.item(what={"family": "watch"})
    browser.you(email="adele@posta.example")
    told = ["tone-wait" in browser.get("/repairs/new/check").text for _ in range(3)]
    assert told == [True, True, False]


def test_a_password_that_is_tried_out_stops_its_own_person_only(app: Flask, session: Session) -> None:
    people = make_people(session)
    client = app.test_client()
    for _ in range(9):
        post(client, "/login", {"email": people.manager.email, "password": "sbagliata"})
    assert post(client, "/login", {"email": people.clerk.email, "password": "sbagliata"}).status_code == 422
