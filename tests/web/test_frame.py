"""What every answer has: health, request ids, headers, languages, and pages for what goes wrong."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from service_center.core import logs
from service_center.core.errors import Refused, Stale
from service_center.outbox.services import enqueue
from tests.builders import WHEN
from tests.conftest import Clock


def test_alive_and_ready(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/healthz").json == {"ok": True}
    assert client.get("/readyz").json == {"ready": True, "faults": []}


def test_not_ready_behind_the_schema_or_with_letters_that_do_not_leave(
    app: Flask, session: Session, clock: Clock
) -> None:
    enqueue(session, "letter", {}, now=WHEN)
    session.commit()
    clock.instant += timedelta(hours=2)
    assert app.test_client().get("/readyz").json["faults"] == ["outbox"]
    session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    session.commit()
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json["faults"]) == (503, ["schema", "outbox"])


def test_the_log_has_a_line_a_request_with_the_id_that_the_answer_bears(
    app: Flask, capfd: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    answer = app.test_client().get("/status/K7QM-2F9D-XH3W?secret=1")
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line.startswith("{")]
    line = next(each for each in lines if each.get("event") == "request")
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["route"], line["status"]) == ("/status/<code>", answer.status_code)
    assert not [each for each in lines if "K7QM" in str(each) or "secret" in str(each)], (
        "the log tells what was asked for"
    )


def test_a_strict_policy_on_every_page(app: Flask) -> None:
    headers = app.test_client().get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Cache-Control"] == "no-store"


def test_static_files_are_kept_for_a_year_under_an_address_that_changes_with_them(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/").text
    address = page.split('href="/static/tokens.css?v=')[1].split('"')[0]
    kept = client.get(f"/static/tokens.css?v={address}").headers["Cache-Control"]
    assert "max-age=31536000" in kept


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("", "it", "it"),
        ("", "en-GB,en;q=0.8", "en"),
        ("", "de", "it"),
        ("", "", "it"),
        ("?lang=en", "it", "en"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_browsers_else_italian(
    app: Flask, asked: str, accepted: str, language: str
) -> None:
    page = app.test_client().get(f"/{asked}", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{language}">' in page


def test_a_chosen_language_stays_and_leads_nowhere_else(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/speak/en?next=/login").headers["Location"] == "/login"
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "it"}).text
    assert client.get("/speak/it?next=//evil.example/").headers["Location"] == "/"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Refused("nothing_to_undo"), 409),
        (Stale(), 409),
        (OperationalError("SELECT", {}, Exception("gone")), 503),
        (ZeroDivisionError("secret words"), 500),
    ],
)
def test_what_goes_wrong_has_a_page_that_says_what_did_not_happen(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    def broken() -> str:
        raise fault

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "status.home", broken)
    answer = app.test_client().get("/")
    assert answer.status_code == status
    assert "secret words" not in answer.text
    assert "<h1>" in answer.text
    if status == 503:
        assert answer.headers["Retry-After"]
