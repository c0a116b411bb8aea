"""Links that were sent: good for one thing, for a time, and not for whoever guesses, shares or fetches them early."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.accounts import services
from service_center.accounts.models import Purpose, User
from service_center.core.house import House
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import PASSWORD, WHEN, People, client_for, make_people, make_ticket, post, token
from tests.conftest import Clock

DAY = timedelta(days=1)


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def tickets(session: Session, house: House, people: People) -> tuple[Ticket, Ticket]:
    """Two people's repairs."""
    return (
        make_ticket(session, house, people, status=Status.TO_SEND),
        make_ticket(session, house, people, email="altra@posta.example"),
    )


def link(session: Session, purpose: Purpose, subject: int) -> str:
    secret = services.make_link(session, purpose, subject, now=WHEN, lasts=DAY)
    session.commit()
    return secret


def test_a_link_opens_its_own_repair_only(app: Flask, session: Session, tickets: tuple[Ticket, Ticket]) -> None:
    mine, other = tickets
    secret = link(session, Purpose.OWNER, mine.id)
    client = app.test_client()
    assert client.get(f"/status/{other.code}/owner?key={secret}").status_code == 404
    assert client.get(f"/status/{mine.code}/owner?key={secret}").status_code == 302
    assert client.get(f"/status/{mine.code}/owner").status_code == 200
    assert "altra@posta.example" not in client.get(f"/status/{other.code}/owner").text
    for path in ("quote", "cancel", "address", "slip.pdf", "label-a4.pdf", "report.pdf"):
        assert client.get(f"/status/{other.code}/{path}").status_code == 404, path
    for path in ("messages", "posted", "arrived", "cancel", "papers", "address", "quote"):
        assert post(client, f"/status/{other.code}/{path}", {"text": "ciao", "answer": "accept"}).status_code == 404


def test_a_mail_scanner_that_fetches_the_link_first_uses_nothing_up(
    app: Flask, session: Session, clock: Clock, tickets: tuple[Ticket, Ticket]
) -> None:
    mine, _other = tickets
    secret = link(session, Purpose.OWNER, mine.id)
    version = mine.version
    for method in ("head", "get", "get"):
        assert getattr(app.test_client(), method)(f"/status/{mine.code}/owner?key={secret}").status_code == 302
    session.expire_all()
    assert session.get_one(Ticket, mine.id).version == version
    clock.instant += DAY
    assert app.test_client().get(f"/status/{mine.code}/owner?key={secret}").status_code == 404


@pytest.mark.parametrize("secret", ["%20", "%00", "None", "0", "x", "%E2%80%8B", "x" * 4000])
def test_a_made_up_secret_finds_nothing(app: Flask, tickets: tuple[Ticket, Ticket], secret: str) -> None:
    for path in (f"/status/{tickets[0].code}/owner?key={secret}", f"/invite/{secret}", f"/password/new/{secret}"):
        assert app.test_client().get(path).status_code == 404, path


def test_no_link_is_good_for_another_purpose(
    app: Flask, session: Session, people: People, tickets: tuple[Ticket, Ticket]
) -> None:
    mine, _other = tickets
    owner, reset = link(session, Purpose.OWNER, people.manager.id), link(session, Purpose.RESET, mine.id)
    for path in (f"/invite/{owner}", f"/password/new/{owner}", f"/invite/{reset}", f"/status/{mine.code}/owner?key={reset}"):  # fmt: skip
        assert app.test_client().get(path).status_code == 404, path


def test_a_link_for_a_password_is_used_up_with_all_its_sisters_and_ends_every_session(
    app: Flask, session: Session, people: People
) -> None:
    first, second = (link(session, Purpose.RESET, people.clerk.id) for _ in range(2))
    stolen = client_for(app, people.clerk)
    new: dict[str, object] = {"password": "tre parole lontane"}
    assert post(app.test_client(), f"/password/new/{first}", new).status_code == 302
    assert stolen.get("/retailer/").status_code == 302
    assert app.test_client().get(f"/password/new/{first}").status_code == 404
    assert app.test_client().get(f"/password/new/{second}").status_code == 404


def test_who_was_switched_off_comes_in_by_no_door(app: Flask, session: Session, people: People) -> None:
    secret, inside = link(session, Purpose.RESET, people.clerk.id), client_for(app, people.clerk)
    services.switch_off(session, session.get_one(User, people.clerk.id), now=WHEN)
    session.commit()
    assert inside.get("/retailer/").status_code == 302
    outside = app.test_client()
    post(outside, f"/password/new/{secret}", {"password": "tre parole lontane"})
    assert outside.get("/retailer/").status_code == 302
    for password in (PASSWORD, "tre parole lontane"):
        assert post(app.test_client(), "/login", {"email": people.clerk.email, "password": password}).status_code == 422


def test_signing_out_at_a_shared_bench_leaves_nothing_of_an_owner(
    app: Flask, session: Session, people: People, tickets: tuple[Ticket, Ticket]
) -> None:
    secret = link(session, Purpose.OWNER, tickets[0].id)
    client = app.test_client()
    client.get(f"/status/{tickets[0].code}/owner?key={secret}")
    with client.session_transaction() as held:
        csrf, _owned = held.get("csrf_token"), held["owned"]
    post(client, "/login", {"email": people.clerk.email, "password": PASSWORD})
    with client.session_transaction() as held:
        assert "owned" not in held
        assert held.get("csrf_token") != csrf or csrf is None
    answered = client.post("/logout", data={"csrf_token": token(client, "/repairs/new/1/what")})
    assert "cache" in answered.headers["Clear-Site-Data"]
    with client.session_transaction() as held:
        assert dict(held) == {}
