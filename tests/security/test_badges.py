"""Badges under attack: guessing PINs, unknown badges, parallel tries, copied cookies."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Literal

import pytest
from argon2 import Parameters, PasswordHasher, extract_parameters
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts import badges, passwords
from service_center.accounts.models import Badge, SignIn
from tests.accounts.test_benches import PIN, badge_of, bench_client, scan, sign_in
from tests.builders import WHEN, People, make_people, post
from tests.conftest import Clock

UNKNOWN = "*ID." + "A2B3C4D5E6F7" * 2 + "GH"


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def bench(app: Flask, session: Session, people: People) -> FlaskClient:
    return bench_client(app, session, people.manager)


def words(page: str) -> str:
    """A page without what differs in every answer."""
    return re.sub(r'value="[^"]*"', "", page)


def test_an_unknown_badge_and_a_wrong_pin_look_the_same(session: Session, people: People, bench: FlaskClient) -> None:
    known = badge_of(session, people.technician)
    asked, answered = [], []
    for text in (known, UNKNOWN):
        assert scan(bench, text).headers["Location"] == "/bench/pin"
        asked.append(words(bench.get("/bench/pin").text))
        answer = post(bench, "/bench/pin", {"pin": "9027"}, page="/bench/pin")
        answered.append((answer.status_code, words(answer.text)))
    assert asked[0] == asked[1]
    assert answered[0] == answered[1]
    assert answered[0][0] == 422


def test_an_unknown_badge_and_a_wrong_pin_cost_the_same_work(session: Session, people: People) -> None:
    class Counting(PasswordHasher):
        """Notes which cost each check had."""

        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            costs.append(extract_parameters(str(hash)))
            return super().verify(hash, password)

    costs: list[Parameters] = []
    passwords.use(Counting(time_cost=1, memory_cost=8, parallelism=1))
    try:
        badge_of(session, people.technician)
        number = session.scalars(select(Badge.id)).one()
        assert [badges.who(session, badge_id, "9027") for badge_id in (None, number)] == [None, None]
    finally:
        passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    assert len(costs) == 2
    assert costs[0] == costs[1]


def test_the_fifth_wrong_pin_ends_the_badge_even_for_the_right_one(
    session: Session, people: People, bench: FlaskClient
) -> None:
    text = badge_of(session, people.technician)
    for _try in range(5):
        assert sign_in(bench, text, "9027").status_code == 422
    assert sign_in(bench, text).status_code == 422
    assert session.scalars(select(Badge.ended_at)).one() is not None


def test_the_right_pin_forgives_the_wrong_ones_before_it(session: Session, people: People, bench: FlaskClient) -> None:
    text = badge_of(session, people.technician)
    for _round in range(2):
        for _try in range(4):
            assert sign_in(bench, text, "9027").status_code == 422
        assert sign_in(bench, text).status_code == 302
        post(bench, "/bench/lock", page="/lab/")


def test_a_badge_without_a_pin_opens_nothing_and_is_not_ended_by_guessing(
    session: Session, people: People, bench: FlaskClient
) -> None:
    text = badge_of(session, people.technician, pin=None)
    for pin in ("", "0000", "4711", "4712", "4713", "4714"):
        assert sign_in(bench, text, pin).status_code == 422
    assert session.scalars(select(Badge.ended_at)).one() is None


def test_tries_are_counted_before_they_are_judged(session: Session, people: People) -> None:
    scanned = badges.read(badge_of(session, people.technician))
    assert scanned
    tries = [badges.reserve(session, 1, scanned, now=WHEN) for _try in range(7)]
    assert [each.badge_id is not None for each in tries] == [True] * 5 + [False] * 2


def test_a_bench_may_try_sixty_times_a_quarter_of_an_hour(
    app: Flask, session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    text = badge_of(session, people.technician)
    for _try in range(59):
        badges.reserve(session, 1, "unknown", now=clock.instant)
    session.commit()
    assert sign_in(bench, UNKNOWN).status_code == 422
    assert sign_in(bench, text).status_code == 429
    other = bench_client(app, session, people.manager, "Banco 3")
    assert sign_in(other, text).status_code == 302
    clock.instant += timedelta(minutes=15)
    assert sign_in(bench, text).status_code == 302


def test_a_copied_session_is_no_good_at_another_bench(
    app: Flask, session: Session, people: People, bench: FlaskClient
) -> None:
    sign_in(bench, badge_of(session, people.technician))
    stolen = bench.get_cookie("session")
    assert stolen
    for thief in (app.test_client(), bench_client(app, session, people.manager, "Banco 3")):
        thief.set_cookie("session", stolen.value)
        assert thief.get("/lab/").status_code == 302
    assert bench.get("/lab/").status_code == 200


def test_by_badge_no_page_of_the_managers_opens(
    app: Flask, session: Session, people: People, bench: FlaskClient
) -> None:
    sign_in(bench, badge_of(session, people.manager))
    theirs = [
        rule.rule for rule in app.url_map.iter_rules()
        if not rule.arguments and "GET" in (rule.methods or ()) and getattr(app.view_functions[rule.endpoint], "access", "") == "signed_in:manager"
    ]  # fmt: skip
    assert "/manage/people" in theirs
    assert {bench.get(page).status_code for page in theirs} == {403}


def test_a_made_up_cookie_is_no_bench(app: Flask, people: People) -> None:
    client = app.test_client()
    client.set_cookie("bench", "made-up")
    assert client.get("/bench").headers["Location"] == "/login"


def test_the_pin_is_never_asked_without_a_badge(session: Session, people: People, bench: FlaskClient) -> None:
    badge_of(session, people.technician)
    assert post(bench, "/bench/pin", {"pin": PIN}, page="/bench").headers["Location"] == "/bench"
    assert session.scalars(select(SignIn)).all() == []


@pytest.mark.parametrize("typed", ["", " ", "x" * 5000, "\x00", "<script>", "*ENTER", "٤٧١١", "4711\n", "-1"])
def test_nothing_typed_breaks_the_door(session: Session, people: People, bench: FlaskClient, typed: str) -> None:
    scan(bench, badge_of(session, people.technician))
    assert post(bench, "/bench/pin", {"pin": typed}, page="/bench/pin").status_code == 422
    assert post(bench, "/bench", {"scan": typed}, page="/bench").status_code == 422
