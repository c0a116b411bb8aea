"""Shared benches: enrolling a browser, badge and PIN, the rights of the bench, taking over, the lock."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.accounts import badges, benches
from service_center.accounts.models import Badge, Bench, SignIn, User
from tests.builders import PASSWORD, WHEN, People, client_for, make_people, post
from tests.conftest import Clock

PIN = "4711"


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def bench(app: Flask, session: Session, people: People) -> FlaskClient:
    """A browser that was enrolled, with nobody signed in."""
    return bench_client(app, session, people.manager)


def bench_client(app: Flask, session: Session, manager: User, name: str = "Banco 2") -> FlaskClient:
    _made, secret = benches.enrol(session, name, by_id=manager.id, now=WHEN)
    session.commit()
    client = app.test_client()
    client.set_cookie("bench", secret)
    return client


def badge_of(session: Session, user: User, pin: str | None = PIN) -> str:
    """A badge with its PIN; the text of its QR."""
    _badge, text = badges.issue(session, user.id, by_id=None, now=WHEN)
    if pin:
        badges.choose_pin(session, user.id, pin)
    session.commit()
    return text


def scan(client: FlaskClient, text: str) -> TestResponse:
    return post(client, "/bench", {"scan": text}, page="/bench")


def sign_in(client: FlaskClient, text: str, pin: str = PIN) -> TestResponse:
    scan(client, text)
    return post(client, "/bench/pin", {"pin": pin}, page="/bench/pin")


def scan_in_lab(client: FlaskClient, text: str) -> TestResponse:
    return post(client, "/lab/scan", {"scan": text}, page="/lab/")


def test_a_manager_makes_a_browser_a_bench_by_a_cookie_that_scripts_cannot_read(app: Flask, people: People) -> None:
    client = client_for(app, people.manager)
    answer = post(client, "/manage/benches", {"name": "Banco 2"}, page="/manage/benches")
    cookie = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("bench="))
    assert answer.status_code == 302
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age=31536000" in cookie
    page = client.get("/manage/benches").text
    assert "Banco 2" in page
    assert client.get("/home").status_code == 302


def test_two_benches_do_not_bear_one_name(app: Flask, people: People, bench: FlaskClient) -> None:
    answer = post(client_for(app, people.manager), "/manage/benches", {"name": "banco 2"}, page="/manage/benches")
    assert answer.status_code == 422
    assert "banco 2" in answer.text


def test_badge_and_pin_open_the_bench_and_its_name_stands_in_the_strip(
    session: Session, people: People, bench: FlaskClient
) -> None:
    answer = sign_in(bench, badge_of(session, people.technician))
    assert answer.headers["Location"] == "/lab/"
    board = bench.get("/lab/").text
    assert people.technician.name in board
    assert "Banco 2" in board
    assert session.scalars(select(Bench.seen_at)).one() == WHEN


def test_by_badge_a_manager_works_as_a_technician(session: Session, people: People, bench: FlaskClient) -> None:
    sign_in(bench, badge_of(session, people.manager))
    assert bench.get("/lab/").status_code == 200
    for page in ("/manage/", "/manage/people", "/manage/benches", "/manage/decisions"):
        assert bench.get(page).status_code == 403, page


def test_a_password_at_a_bench_gives_all_rights_under_the_same_lock(
    people: People, bench: FlaskClient, clock: Clock
) -> None:
    post(bench, "/login", {"email": people.manager.email, "password": PASSWORD})
    assert bench.get("/manage/people").status_code == 200
    clock.instant += timedelta(minutes=6)
    assert bench.get("/manage/people").headers["Location"] == "/bench"


def test_a_session_of_a_bench_is_worth_nothing_elsewhere(session: Session, people: People, bench: FlaskClient) -> None:
    sign_in(bench, badge_of(session, people.technician))
    bench.delete_cookie("bench")
    assert "/login" in bench.get("/lab/").headers["Location"]


def test_off_a_bench_a_badge_does_nothing(app: Flask, session: Session, people: People) -> None:
    text, client = badge_of(session, people.second_technician), client_for(app, people.technician)
    assert scan_in_lab(client, text).headers["Location"].startswith("/lab/")
    assert people.technician.name in client.get("/lab/").text
    for page in ("/bench", "/bench/pin"):
        assert app.test_client().get(page, follow_redirects=True).request.path == "/login"


def test_another_badge_ends_the_session_and_asks_for_its_pin(
    session: Session, people: People, bench: FlaskClient
) -> None:
    sign_in(bench, badge_of(session, people.technician))
    bench.get("/lab/tickets")
    answer = scan_in_lab(bench, badge_of(session, people.second_technician))
    assert answer.headers["Location"] == "/bench/pin"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    first = session.scalars(select(SignIn).where(SignIn.user_id == people.technician.id)).one()
    assert first.ended_at is not None
    asked = bench.get("/bench/pin")
    assert asked.headers["Cache-Control"] == "no-store"
    assert people.technician.name not in asked.text
    assert people.second_technician.name not in asked.text
    post(bench, "/bench/pin", {"pin": PIN}, page="/bench/pin")
    assert people.second_technician.name in bench.get("/lab/").text


def test_nothing_of_the_person_before_stays_in_the_session(
    session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    text = badge_of(session, people.technician)
    sign_in(bench, text)
    with bench.session_transaction() as kept:
        kept["cards"], kept["scanned"] = {"at": "X", "held": ["*WAIT"], "made": None}, [WHEN.isoformat(), "8K3M", True]
        kept["_flashes"] = [("ok", "Adele Fontanarosa")]
    clock.instant += timedelta(minutes=6)
    page = bench.get("/lab/", follow_redirects=True)
    assert page.request.path == "/bench"
    assert "Adele" not in page.text
    with bench.session_transaction() as kept:
        assert set(kept) <= {"csrf_token", "language", "badge", "_permanent"}


def test_the_bench_locks_after_its_minutes_but_not_under_a_hand(
    session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    sign_in(bench, badge_of(session, people.technician))
    for _minute in range(4):
        clock.instant += timedelta(minutes=4)
        assert bench.get("/bench/here").status_code == 204
    clock.instant += timedelta(minutes=5, seconds=1)
    assert bench.get("/bench/here").status_code == 401
    assert bench.get("/lab/").headers["Location"] == "/bench"


def test_what_pages_ask_by_themselves_keeps_no_bench_open(
    session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    sign_in(bench, badge_of(session, people.technician))
    for _minute in range(6):
        clock.instant += timedelta(minutes=1)
        bench.get("/lab/", headers={"X-Here": "1"})
    assert bench.get("/lab/").headers["Location"] == "/bench"


def test_a_badge_scanned_on_a_page_that_is_over_counts(
    session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    sign_in(bench, badge_of(session, people.technician))
    found = re.search(r'name="csrf_token" value="([^"]+)"', bench.get("/lab/").text)
    assert found
    clock.instant += timedelta(hours=1)
    text = badge_of(session, people.second_technician)
    answer = bench.post("/lab/scan", data={"csrf_token": found[1], "scan": text.replace("*", "(").lower()})
    assert answer.headers["Location"] == "/bench/pin"


def test_one_locks_the_bench_by_ones_own_badge_or_by_signing_out(
    session: Session, people: People, bench: FlaskClient
) -> None:
    text = badge_of(session, people.technician)
    sign_in(bench, text)
    assert scan_in_lab(bench, text).headers["Location"] == "/bench/pin"
    sign_in(bench, text)
    assert post(bench, "/logout", page="/lab/").headers["Location"] == "/bench"


def test_ending_a_bench_or_a_badge_signs_out_at_once(
    app: Flask, session: Session, people: People, bench: FlaskClient
) -> None:
    boss, text = client_for(app, people.manager), badge_of(session, people.technician)
    sign_in(bench, text)
    post(boss, f"/manage/people/{people.technician.id}/badge/end", page="/manage/people")
    assert bench.get("/lab/").headers["Location"] == "/bench"
    sign_in(bench, badge_of(session, people.technician))
    assert bench.get("/lab/").status_code == 200
    number = session.scalars(select(Bench.id)).one()
    post(boss, f"/manage/benches/{number}/end", page="/manage/benches")
    assert "/login" in bench.get("/lab/").headers["Location"]


def test_a_bench_is_good_for_a_year(people: People, bench: FlaskClient, clock: Clock) -> None:
    clock.instant += timedelta(days=366)
    assert bench.get("/bench").headers["Location"] == "/login"


def test_a_person_chooses_the_pin_with_the_password(app: Flask, session: Session, people: People) -> None:
    client = client_for(app, people.technician)
    assert post(client, "/badge/pin", page="/badge/pin").status_code == 422
    badge_of(session, people.technician, pin=None)
    typed: dict[str, object] = {"password": PASSWORD, "pin": "8302", "again": "8302"}
    for wrong in ({"password": "altro"}, {"again": "8303"}, {"pin": "1234", "again": "1234"}):
        answer = post(client, "/badge/pin", typed | wrong, page="/badge/pin")
        assert answer.status_code == 422, wrong
        assert "has-error" in answer.text or "error-summary" in answer.text
    assert session.scalars(select(Badge.pin_hash)).one() is None
    assert post(client, "/badge/pin", typed, page="/badge/pin").status_code == 302
    session.rollback()
    assert (session.scalars(select(Badge.pin_hash)).one() or "").startswith("$argon2id$")


@pytest.mark.parametrize(
    "pin", ["123", "123456789", "1234", "4321", "8901", "0000", "99999", "1212", "123123", "1978", "2024", "01021985", "19850201", "2580", "12a4", "١٢٣٥"]
)  # fmt: skip
def test_a_pin_that_colleagues_guess_is_refused(pin: str) -> None:
    assert badges.weak(pin)


@pytest.mark.parametrize("pin", ["4711", "8302", "730518", "20268147"[::-1], "00731"])
def test_other_pins_will_do(pin: str) -> None:
    assert badges.weak(pin) is None


def test_a_badge_is_printed_once_with_the_name_and_no_name_in_its_qr(
    app: Flask, session: Session, people: People, clock: Clock
) -> None:
    boss, page = client_for(app, people.manager), f"/manage/people/{people.technician.id}/badge"
    assert post(boss, page, page="/manage/people").headers["Location"] == page
    paper = boss.get(f"{page}.pdf")
    assert paper.mimetype == "application/pdf"
    with boss.session_transaction() as kept:
        text = kept["badge_to_print"][1]
    assert re.fullmatch(r"\*ID\.[A-Z2-7]{26}", text)
    assert session.scalars(select(Badge.token_hash)).one() == badges.read(text)
    clock.instant += timedelta(minutes=16)
    assert boss.get(f"{page}.pdf").status_code == 404


def test_only_people_of_the_lab_get_a_badge_and_a_new_one_ends_the_old(
    app: Flask, session: Session, people: People, bench: FlaskClient
) -> None:
    boss = client_for(app, people.manager)
    assert post(boss, f"/manage/people/{people.clerk.id}/badge", page="/manage/people").status_code == 404
    old = badge_of(session, people.technician)
    new = badge_of(session, people.technician)
    assert sign_in(bench, old).status_code == 422
    assert sign_in(bench, new).status_code == 302


def test_who_is_switched_off_has_no_badge_any_more(session: Session, people: People, bench: FlaskClient) -> None:
    text = badge_of(session, people.technician)
    session.execute(update(User).where(User.id == people.technician.id).values(active=False))
    session.commit()
    assert sign_in(bench, text).status_code == 422
