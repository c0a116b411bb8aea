"""A house that is open to the world: its cookie, its headers, its proxies, its keys; no door of the demo is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from config import ConfigFault, from_environment
from service_center.accounts.tokens import setup_key
from service_center.app import create_app
from service_center.core.database import db
from service_center.tickets.codes import new_code
from tests.builders import PASSWORD, People, make_people, post, token
from tests.conftest import Clock, settings_for

KEY = "k9f3Qz7LmW2xVb8RtY6uPd4NsHc1Ja5E"


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def live(database_url: str, tmp_path: Path, clock: Clock, people: People) -> Iterator[Flask]:
    """The same house in production behind one proxy."""
    settings = settings_for(database_url, tmp_path / "instance", environment="production", trusted_proxies=1, secret_key=KEY, base_url="https://assistenza.example")  # fmt: skip
    application = create_app(settings, clock=clock)
    yield application
    with application.app_context():
        db.engine.dispose()


def through(address: str) -> dict[str, str]:
    """The headers that the proxy writes."""
    return {"X-Forwarded-For": address, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "assistenza.example"}


def test_the_cookie_is_this_host_s_own_and_unreadable_for_scripts(live: Flask) -> None:
    answered = live.test_client().get("/login", headers=through("192.0.2.1"))
    cookie = answered.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie
    assert "Domain" not in cookie
    assert int(re.findall(r"max-age=(\d+)", answered.headers["Strict-Transport-Security"])[0]) >= 31_536_000


def test_the_demo_s_people_cannot_sign_in(live: Flask, session: Session, people: People) -> None:
    session.get_one(type(people.manager), people.manager.id).demo = True
    session.commit()
    client = live.test_client()
    for key, value in through("192.0.2.1").items():
        client.environ_base[f"HTTP_{key.upper().replace('-', '_')}"] = value
    client.environ_base["HTTP_REFERER"] = "https://assistenza.example/login"
    for user, status in ((people.manager, 422), (people.clerk, 302)):
        csrf = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/login", base_url="https://assistenza.example").text)[0]  # fmt: skip
        sent = {"csrf_token": csrf, "email": user.email, "password": PASSWORD}
        assert client.post("/login", data=sent, base_url="https://assistenza.example").status_code == status


def test_a_made_up_forwarding_changes_neither_who_is_counted_nor_where_a_link_leads(app: Flask, people: People) -> None:
    client = app.test_client()
    csrf, made_up = token(client), {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    answers = [
        client.post("/login", data={"csrf_token": csrf, "email": f"{number}@x.example", "password": "no"}, headers={"X-Forwarded-For": f"192.0.2.{number}", **made_up}).status_code
        for number in range(82)
    ]  # fmt: skip
    assert answers[-1] == 429
    page = client.get("/status/lost", headers={**made_up, "Host": "evil.example"})
    assert "evil.example" not in page.text
    assert "evil.example" not in client.get("/manage/", headers=made_up).location


def test_behind_the_proxy_each_visitor_is_counted_alone(live: Flask) -> None:
    client = live.test_client()
    # What a visitor writes into the header himself stands before what our proxy adds.
    tried = [client.get(f"/status/{code}", headers=through("6.6.6.6, 192.0.2.7")).status_code for code in made_up_codes(31)]  # fmt: skip
    assert tried[-1] == 429
    [fresh] = made_up_codes(1)
    assert client.get(f"/status/{fresh}", headers=through("6.6.6.6, 192.0.2.8")).status_code == 404
    assert client.get(f"/status/{fresh}", headers=through("7.7.7.7, 192.0.2.7")).status_code == 429


def made_up_codes(number: int) -> list[str]:
    return [new_code() for _ in range(number)]


@pytest.mark.parametrize("key", ["", "x", "a" * 64, "changeme" * 4])
def test_production_does_not_start_with_a_weak_key(tmp_path: Path, key: str) -> None:
    with pytest.raises(ConfigFault, match="SECRET_KEY"):
        from_environment({"ENVIRONMENT": "production", "SECRET_KEY": key, "INSTANCE": str(tmp_path)})


def test_no_tool_of_the_workshop_is_left_lying_about(live: Flask) -> None:
    client = live.test_client()
    for path in ("/console", "/debug", "/.git/config", "/.env", "/metrics", "/docs", "/static/../config.py", "/static/%2e%2e/%2e%2e/config.py", "/instance/secret_key"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert post(live.test_client(), "/first-run").status_code in (400, 404)


def test_the_first_manager_knows_the_key_of_the_console(database_url: str, tmp_path: Path, clock: Clock) -> None:
    settings = settings_for(database_url, tmp_path / "instance", environment="production", secret_key=KEY)
    fresh = create_app(settings, clock=clock)
    typed = {"email": "prima@example.com", "name": "Prima Direzione", "password": "tre gatti sul banco verde"}
    for key in ("", "sbagliata", KEY):
        answer = post(fresh.test_client(), "/first-run", {**typed, "key": key}, page="/first-run")
        assert answer.status_code == 422
        assert "Prima Direzione" in answer.text
    assert (
        post(fresh.test_client(), "/first-run", {**typed, "key": setup_key(KEY)}, page="/first-run").status_code == 302
    )
    with fresh.app_context():
        db.engine.dispose()
