"""Benches, badges, forms done once and the phone's camera attacked by a colleague, a stranger and a bad network."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from threading import Barrier

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.accounts import badges
from service_center.accounts import services as accounts
from service_center.accounts.models import Badge, Purpose
from service_center.core import once
from service_center.core.errors import Stale
from service_center.core.house import House
from service_center.core.posts_done import PostDone
from service_center.lab import packing
from service_center.lab.forms.shift import ShiftForm
from service_center.lab.views import phone
from service_center.parcels import services as parcels
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Photo, Ticket
from service_center.tickets.services import advancing, checking
from tests.accounts.test_benches import badge_of, bench_client, sign_in
from tests.builders import WHEN, People, actor, client_for, make_people, make_ticket, post, token
from tests.conftest import Clock
from tests.lab.test_camera import picture
from tests.security.test_at_once import actions, at_once, shop_presses

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


def test_the_record_of_a_form_holds_no_secret_of_its_address(
    app: Flask, session: Session, house: House, people: People
) -> None:
    """Of links only digests are kept: whoever reads a copy of the database opens nothing by it."""
    address = camera_of(session, make_ticket(session, house, people, status=Status.RECEIVED).id)
    words, client = {"form_number": NUMBER, "subject": "front"}, app.test_client()
    for _time in range(2):
        answer = post(
            client, address, {**words, "photos": (picture(), "a.jpg")}, page=address,
            headers={"Referer": f"http://localhost{address}"}, content_type="multipart/form-data",
        )  # fmt: skip
        assert (answer.status_code, answer.location) == (302, address)
    session.rollback()
    kept = session.scalars(select(PostDone)).one()
    assert address.rpartition("/")[2] not in kept.path + kept.location + kept.digest
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


def test_a_badge_that_was_scanned_waits_for_its_pin_no_longer_than_the_bench(
    session: Session, people: People, bench: FlaskClient, clock: Clock
) -> None:
    """Else a copied cookie asks for PINs whenever its owner has signed in well, and the badge is not needed."""
    post(bench, "/bench", {"scan": badge_of(session, people.technician)}, page="/bench")
    clock.instant += timedelta(minutes=5, seconds=1)
    assert bench.get("/bench/pin").headers["Location"] == "/bench"
    assert post(bench, "/bench/pin", {"pin": "4711"}).headers["Location"] == "/bench"


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


def test_parallel_wrong_pins_end_the_badge_and_no_sixth_is_looked_at(
    app: Flask, session: Session, people: People, bench: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve browsers with one copied cookie try twelve PINs at the same moment."""
    badge = badge_of(session, people.technician)
    post(bench, "/bench", {"scan": badge}, page="/bench")
    words = {"csrf_token": token(bench, "/bench/pin")}
    cookies = [bench.get_cookie(name) for name in ("bench", "session")]
    verified, looked, ready = [], badges.who, Barrier(12)

    def noted(session: Session, badge_id: int | None, pin: str) -> object:
        verified.extend([pin] if badge_id else [])
        return looked(session, badge_id, pin)

    def tries(pin: str) -> int:
        client = app.test_client()
        for cookie in cookies:
            assert cookie
            client.set_cookie(cookie.key, cookie.value)
        ready.wait()
        return client.post("/bench/pin", data={**words, "pin": pin}).status_code

    monkeypatch.setattr(badges, "who", noted)
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(tries, [f"80{number:02}" for number in range(12)]))
    assert set(answers) <= {422, 503}
    assert len(verified) <= badges.WRONG_PINS
    session.rollback()
    assert badges.of(session, people.technician.id) is None


def test_two_badges_issued_at_once_leave_one(app: Flask, session: Session, people: People) -> None:
    bosses = [client_for(app, people.manager) for _each in range(3)]
    words = [{"csrf_token": token(boss)} for boss in bosses]
    ready = Barrier(3)

    def issues(number: int) -> int:
        ready.wait()
        return bosses[number].post(f"/manage/people/{people.technician.id}/badge", data=words[number]).status_code

    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(issues, range(3))) == {302}
    session.rollback()
    good = session.scalars(select(Badge).where(Badge.user_id == people.technician.id, Badge.ended_at.is_(None))).all()
    assert len(good) == 1


# --- what a manager signs for ------------------------------------------------------------------------------------------


def test_a_signature_is_good_for_the_checks_it_was_given_in(
    app: Flask, session: Session, house: House, people: People, clock: Clock
) -> None:
    """Signed for a missing check, sent back to the bench, other work done: it does not pass on the old signature."""
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    boss, tester = actor(people.manager), actor(people.second_technician)
    [hold, *_others] = queries.held(session, ticket, house=house)
    checking.sign(
        session, ticket, hold.subject, "Va bene così", words="x", consent="", actor=boss, now=WHEN, house=house
    )
    session.commit()
    later = WHEN + timedelta(hours=1)
    advancing.advance(session, ticket, Action.FAIL_QUALITY, actor=tester, now=later, house=house, note="Si ferma")
    session.commit()
    advancing.advance(session, ticket, Action.FINISH, actor=actor(people.technician), now=later, house=house)
    session.commit()
    facts = queries.facts_of(session, ticket, actor=tester, house=house)
    held = queries.held(session, ticket, house=house)
    assert hold.subject in {each.subject for each in held}
    assert facts.tests_missing + facts.tests_failed + len(facts.checks_missing) + len(facts.checks_failed) == len(held)


# --- rights of the new steps -------------------------------------------------------------------------------------------


def test_nobody_else_reads_or_questions_contents(app: Flask, session: Session, house: House, people: People) -> None:
    made = make_ticket(session, house, people, status=Status.RECEIVED, shop=people.shop)
    ticket = session.get_one(Ticket, made.id)
    ticket.contents_until = WHEN.date() + timedelta(days=2)
    session.commit()
    code = grouped(ticket.code)
    for user in (people.other_clerk, people.other_admin):
        other = client_for(app, user)
        assert other.get(f"/retailer/tickets/{code}/contents").status_code == 404
        assert post(other, f"/retailer/tickets/{code}/contents", {"text": "Manca tutto"}).status_code == 404
    stranger = app.test_client()
    assert stranger.get(f"/status/{code}/contents").status_code == 404
    assert post(stranger, f"/status/{code}/contents", {"text": "Manca tutto"}).status_code == 404
    assert client_for(app, people.clerk).get(f"/retailer/tickets/{code}/contents").status_code == 200


def test_markup_in_a_shifts_note_and_an_objection_stays_words(
    app: Flask, session: Session, house: House, people: People
) -> None:
    made = make_ticket(session, house, people, status=Status.RECEIVED, shop=people.shop)
    session.get_one(Ticket, made.id).contents_until = WHEN.date() + timedelta(days=2)
    session.commit()
    code, evil = grouped(made.code), "<img src=x onerror=alert(1)>"
    tech, clerk = client_for(app, people.technician), client_for(app, people.clerk)
    assert post(tech, "/lab/shift", {"text": f"{evil} {code} javascript:alert(1)"}).status_code == 302
    assert post(clerk, f"/retailer/tickets/{code}/contents", {"text": evil}).status_code == 302
    for page in ("/lab/", "/lab/shift", f"/lab/tickets/{code}"):
        assert evil not in tech.get(page).text
        assert "alert(1)" in tech.get(page).text, page
    for page in (f"/retailer/tickets/{code}", f"/retailer/tickets/{code}/contents"):
        assert evil not in clerk.get(page).text


def test_the_answer_to_a_twin_has_every_header(
    app: Flask, session: Session, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes the place of a page that was refused, since the twin of this form was quicker."""

    def slower(_form: object) -> bool:
        g.sent.claim(session)
        session.commit()
        return False

    tech = client_for(app, people.technician)
    monkeypatch.setattr(ShiftForm, "validate", slower)
    page = {"Referer": "http://localhost/lab/"}
    answer = post(tech, "/lab/shift", {"form_number": NUMBER, "text": "Banco 2"}, headers=page)
    assert (answer.status_code, answer.location) == (302, "/lab/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


def test_a_parcel_does_not_leave_with_an_item_that_came_in_behind_ones_back(
    session: Session, house: House, people: People
) -> None:
    tech = actor(people.technician)
    made = [make_ticket(session, house, people, status=Status.READY).code for _each in range(2)]
    one, two = (queries.get(session, code, seen_by=tech) for code in made)
    parcel = parcels.book(session, [one], "brt", actor=tech, now=WHEN, house=house)
    packing.pack(session, parcel, one, now=WHEN)
    packing.put_back(session, parcel, two)
    with pytest.raises(Stale):
        packing.close(session, parcel, [one], "084119355207", actor=tech, now=WHEN, house=house)


def test_the_last_two_items_taken_out_at_once_leave_no_empty_parcel(
    app: Flask, session: Session, house: House, people: People
) -> None:
    tech = actor(people.technician)
    codes = [make_ticket(session, house, people, status=Status.READY).code for _each in range(2)]
    tickets = [queries.get(session, code, seen_by=tech) for code in codes]
    parcel = parcels.book(session, tickets, "brt", actor=tech, now=WHEN, house=house)
    session.commit()
    hands = [client_for(app, user) for user in (people.technician, people.second_technician)]
    for each in hands:
        assert post(each, f"/lab/dispatch/{parcel.id}", {"scan": "*MINUS"}).status_code == 302
    words, ready = [{"csrf_token": token(each)} for each in hands], Barrier(2)

    def takes_out(place: int) -> int:
        ready.wait()
        return hands[place].post(f"/lab/dispatch/{parcel.id}", data={**words[place], "scan": codes[place]}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(takes_out, range(2))) == {302}
    session.rollback()
    session.expire_all()
    assert parcel.cancelled_at is not None


def test_contents_are_questioned_once_by_all_who_press_at_once(
    app: Flask, session: Session, house: House, people: People
) -> None:
    made = make_ticket(session, house, people, status=Status.RECEIVED, shop=people.shop)
    session.get_one(Ticket, made.id).contents_until = WHEN.date() + timedelta(days=2)
    session.commit()
    url = f"/retailer/tickets/{grouped(made.code)}/contents"
    presses = shop_presses(
        app, [people.clerk, people.admin], url, {"text": "Manca il cinturino"}, {"text": "Manca tutto"}
    )
    answers = at_once(presses)
    assert sorted(answers) == [302, 422, 422, 422], answers
    assert actions(session, made).count(Action.OBJECT_CONTENTS) == 1
