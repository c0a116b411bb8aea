"""Signing in and out, links and passwords, as people and attackers meet them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts import services
from service_center.accounts.models import Purpose, Role, SignIn, User
from service_center.outbox.models import OutboxRow
from tests.builders import PASSWORD, WHEN, People, client_for, make_people, post
from tests.conftest import Clock


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def page(client: FlaskClient) -> int:
    """Whether this browser is signed in as a manager: the status of the manager's page."""
    return client.get("/manage/").status_code


def test_every_role_lands_on_its_own_first_page(app: Flask, people: People) -> None:
    homes = {Role.MANAGER: "/manage/", Role.TECHNICIAN: "/lab/", Role.FRONT_DESK: "/lab/", Role.RETAILER_ADMIN: "/retailer/", Role.RETAILER_CLERK: "/retailer/"}  # fmt: skip
    for user in people.everybody().values():
        answer = client_for(app, user).get("/home")
        assert answer.headers["Location"] == homes[user.role], user.name


def test_wrong_password_and_unknown_person_look_the_same(app: Flask, people: People) -> None:
    answers = [
        post(app.test_client(), "/login", {"email": email, "password": "sbagliata davvero"})
        for email in (people.manager.email, "nessuno@example.com")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    words = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert words[0] == words[1]


def test_after_eight_attempts_the_ninth_waits_even_with_the_right_password(
    app: Flask, people: People, clock: Clock
) -> None:
    client = app.test_client()
    for _attempt in range(8):
        post(client, "/login", {"email": people.manager.email, "password": "sbagliata"})
    assert post(client, "/login", {"email": people.manager.email, "password": PASSWORD}).status_code == 429
    clock.instant += timedelta(minutes=16)
    assert post(client, "/login", {"email": people.manager.email, "password": PASSWORD}).status_code == 302


def test_signing_out_ends_the_session_on_the_server(app: Flask, people: People) -> None:
    client = client_for(app, people.manager)
    with client.session_transaction() as kept:
        stolen = dict(kept)
    answer = post(client, "/logout", page="/manage/people")
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    thief = app.test_client()
    with thief.session_transaction() as put:
        put.update(stolen)
    assert page(thief) == 302


def test_a_session_ends_when_nobody_is_there(app: Flask, people: People, clock: Clock) -> None:
    client = client_for(app, people.manager)
    clock.instant += timedelta(hours=13)
    assert page(client) == 302


def test_even_a_busy_session_ends_after_two_weeks(app: Flask, people: People, clock: Clock) -> None:
    client = client_for(app, people.manager)
    for _half_day in range(27):
        clock.instant += timedelta(hours=11, minutes=59)
        assert page(client) == 200
    clock.instant += timedelta(hours=11, minutes=59)
    clock.instant += timedelta(minutes=20)
    assert page(client) == 302


def test_somebody_switched_off_is_out_at_the_next_click(app: Flask, people: People, session: Session) -> None:
    other = services.add_user(
        session, email="seconda@example.com", name="Seconda Direzione", role=Role.MANAGER, now=WHEN, password=PASSWORD
    )
    session.commit()
    hers, mine = client_for(app, other), client_for(app, people.manager)
    assert page(hers) == 200
    assert post(mine, f"/manage/people/{other.id}/off", page="/manage/people").status_code == 302
    assert page(hers) == 302
    assert post(app.test_client(), "/login", {"email": other.email, "password": PASSWORD}).status_code == 422


def test_nobody_switches_themselves_off(app: Flask, people: People) -> None:
    client = client_for(app, people.manager)
    assert post(client, f"/manage/people/{people.manager.id}/off", page="/manage/people").status_code == 404


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/manage/people"]
)
def test_after_signing_in_only_our_own_pages_are_followed(app: Flask, people: People, target: str) -> None:
    client = app.test_client()
    answer = post(client, f"/login?next={target}", {"email": people.manager.email, "password": PASSWORD})
    assert answer.headers["Location"] in ("/manage/", "/manage/people")


def test_a_form_without_its_token_does_nothing(app: Flask, people: People) -> None:
    assert (
        app.test_client().post("/login", data={"email": people.manager.email, "password": PASSWORD}).status_code == 400
    )


def test_a_lost_password_is_answered_alike_and_its_link_serves_once(
    app: Flask, people: People, session: Session
) -> None:
    client = app.test_client()
    answers = [
        post(client, "/password/lost", {"email": email}) for email in (people.manager.email, "nessuno@example.com")
    ]
    assert {(answer.status_code, answer.headers["Location"]) for answer in answers} == {(302, "/login")}
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "password_link")).all()
    assert [row.facts for row in rows] == [{"user_id": people.manager.id, "purpose": "reset"}]
    token = services.make_link(session, Purpose.RESET, people.manager.id, now=WHEN, lasts=timedelta(minutes=60))
    session.commit()
    old = client_for(app, people.manager)
    new = "tre gatti sul banco verde"
    fresh = app.test_client()
    assert (
        post(
            fresh, f"/password/new/{token}", {"password": new, "again": new}, page=f"/password/new/{token}"
        ).status_code
        == 302
    )
    assert page(fresh) == 200
    assert page(old) == 302, "a new password ends every old session"
    assert app.test_client().get(f"/password/new/{token}").status_code == 404


def test_only_three_letters_an_hour(app: Flask, people: People, session: Session) -> None:
    for _time in range(5):
        post(app.test_client(), "/password/lost", {"email": people.manager.email})
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 3


@pytest.mark.parametrize("weak", ["corta", "passwordpassword", "Carmela Improta", "aaaaaaaaaaaaaaaa"])
def test_weak_passwords_are_refused_with_a_sentence_beside_the_field(
    app: Flask, people: People, session: Session, weak: str
) -> None:
    token = services.make_link(session, Purpose.INVITE, people.manager.id, now=WHEN, lasts=timedelta(days=7))
    session.commit()
    answer = post(app.test_client(), f"/invite/{token}", {"password": weak, "again": weak}, page=f"/invite/{token}")
    assert answer.status_code == 422
    assert 'href="#password"' in answer.text


@pytest.mark.parametrize("path", ["/invite/", "/invite/%20", "/invite/0", "/password/new/x", "/invite/" + "a" * 3000])
def test_made_up_links_lead_nowhere(app: Flask, people: People, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


def test_sessions_are_kept_as_digests(app: Flask, people: People, session: Session) -> None:
    client = client_for(app, people.manager)
    with client.session_transaction() as kept:
        token = kept["_user_id"]
    assert session.scalars(select(SignIn.token_hash)).one() != token


def test_a_new_house_makes_its_first_manager_once(app: Flask, session: Session) -> None:
    client = app.test_client()
    assert client.get("/login").headers["Location"] == "/first-run"
    typed = {
        "email": "prima@example.com",
        "name": "Prima Direzione",
        "password": "tre gatti sul banco verde",
        "again": "tre gatti sul banco verde",
    }
    assert post(client, "/first-run", typed, page="/first-run").status_code == 302
    assert page(client) == 200
    assert session.scalars(select(User.role)).all() == [Role.MANAGER]
    assert app.test_client().get("/first-run").status_code == 404
