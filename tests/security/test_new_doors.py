"""Benches, badges, forms done once and the phone's camera attacked by a colleague, a stranger and a bad network."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.accounts import badges
from service_center.accounts import services as accounts
from service_center.accounts.models import Purpose
from service_center.core import once
from service_center.core.house import House
from service_center.lab.views import phone
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Photo
from tests.accounts.test_benches import badge_of, bench_client, sign_in
from tests.builders import WHEN, People, client_for, make_people, make_ticket, post
from tests.conftest import Clock
from tests.lab.test_camera import picture

NUMBER = "the-number-of-one-form"


@pytest.fixture
def people(app: Flask, session: Session) -> People:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return make_people(session)


# --- forms done once -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["http://[", "http://localhost:port/x", "http://localhost//evil.example/x", "\\\\evil.example"]
)
def test_no_page_that_a_browser_names_breaks_a_form_or_leads_away(app: Flask, people: People, page: str) -> None:
    tech = client_for(app, people.technician)
    for url in ("/lab/scan", "/lab/next", "/lab/shift"):
        for _time in range(2):
            answer = post(
                tech,
                url,
                {"form_number": f"{NUMBER}-{url[5:]}", "scan": "?", "text": "Banco 2"},
                headers={"Referer": page},
            )
            assert answer.status_code < 500, url
            assert (answer.location or "/").startswith("/"), url
            assert not (answer.location or "/").startswith("//"), url


def test_an_address_in_no_known_alphabet_is_no_fault(app: Flask, people: People) -> None:
    """Browsers escape what stands in an address; programs do not."""
    raw = {"QUERY_STRING": "code=\xff\xfe"}
    for client in (app.test_client(), client_for(app, people.technician)):
        for url in ("/", "/login", "/status", "/lab/", "/repairs/new"):
            assert client.get(url, environ_overrides=raw).status_code < 500, url
        assert post(client, "/lab/scan", {"form_number": NUMBER, "scan": "?"}, environ_overrides=raw).status_code < 500


def test_half_done_work_is_never_called_saved(
    app: Flask, session: Session, house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture that will not do, or a fault while it is read: the same form sent again is looked at again."""
    address, client = (
        camera_of(session, make_ticket(session, house, people, status=Status.RECEIVED).id),
        app.test_client(),
    )

    def send(number: str, content: BytesIO, **headers: str) -> TestResponse:
        return post(
            client, address, {"form_number": number, "subject": "front", "photos": (content, "a.jpg")},
            page=address, headers=headers, content_type="multipart/form-data",
        )  # fmt: skip

    assert send(NUMBER, BytesIO(b"no picture"), **{once.STAYS: "1"}).status_code == 422
    assert send(NUMBER, BytesIO(b"no picture")).status_code == 422
    with monkeypatch.context() as broken:
        broken.setattr(phone, "receive_all", lambda *_files, **_more: 1 / 0)
        assert send(f"{NUMBER}-2", picture()).status_code == 500
    assert send(f"{NUMBER}-2", picture()).status_code == 302
    session.rollback()
    assert len(session.scalars(select(Photo)).all()) == 1


def camera_of(session: Session, ticket_id: int) -> str:
    secret = accounts.make_link(session, Purpose.CAMERA, ticket_id, now=WHEN, lasts=timedelta(minutes=15))
    session.commit()
    return f"/camera/{secret}"


# --- badges and benches ----------------------------------------------------------------------------------------------


@pytest.fixture
def bench(app: Flask, session: Session, people: People) -> FlaskClient:
    return bench_client(app, session, people.manager)


def test_a_badge_that_ends_while_its_pin_is_looked_at_opens_nothing(
    session: Session, people: People, bench: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, looked = badge_of(session, people.technician), badges.who

    def slowly(*args: object) -> object:
        found = looked(*args)  # type: ignore[arg-type]
        badges.end(session, people.technician.id, now=WHEN)
        session.commit()
        return found

    monkeypatch.setattr(badges, "who", slowly)
    sign_in(bench, text)
    assert bench.get("/lab/").status_code == 302


def test_who_enrols_a_bench_is_signed_in_at_that_bench_alone(app: Flask, people: People, clock: Clock) -> None:
    """Else whoever comes to the unlocked browser makes it no bench, and has a manager's session for hours."""
    boss = client_for(app, people.manager)
    assert post(boss, "/manage/benches", {"name": "Banco 7"}).status_code == 302
    assert boss.get("/manage/").status_code == 200
    boss.delete_cookie("bench")
    assert boss.get("/manage/").status_code == 302


def test_a_lock_that_comes_late_ends_the_session_too(
    session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    """A copied cookie opens nothing even where the clock is set back, or the lock's minutes are made more."""
    sign_in(bench, badge_of(session, people.technician))
    copied = bench.get_cookie("session")
    assert copied
    clock.instant += timedelta(hours=1)
    post(bench, "/bench/lock", page="/bench")
    clock.instant -= timedelta(hours=1)
    bench.set_cookie("session", copied.value)
    assert bench.get("/lab/").status_code == 302
