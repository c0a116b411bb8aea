"""A form is done once: sent twice, by a slow finger or a network that lost the answer, it does its work once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.core.database import db, transaction
from service_center.core.house import House
from service_center.core.posts_done import PostDone, Repeated, Sent, forget
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Finding, Note
from tests.builders import PASSWORD, client_for, make_people, make_ticket, post, token
from tests.conftest import Clock

NUMBER = "a-form-number-of-this-test"


def sent(client: FlaskClient, url: str, number: str = NUMBER, **words: object) -> TestResponse:
    """A form with its number."""
    return post(client, url, {"form_number": number, **words})


def rows(session: Session, of: type) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(of)) or 0


def bench(app: Flask, session: Session, house: House) -> tuple[FlaskClient, str]:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=())
    return client_for(app, people.technician), f"/lab/tickets/{grouped(ticket.code)}/notes"


def test_every_form_carries_another_number(app: Flask, session: Session, house: House) -> None:
    client, _url = bench(app, session, house)
    numbers = re.findall(
        r'name="form_number" value="([^"]+)"', client.get("/lab/cards").text + client.get("/lab/cards").text
    )
    assert len(numbers) == len(set(numbers)) >= 2


def test_a_form_sent_twice_is_done_once_and_answered_alike(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)
    first, second = sent(client, url, note="Corona dura"), sent(client, url, note="Corona dura")
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert rows(session, Note) == 1
    assert "salvato" in client.get(second.location).text


def test_two_forms_and_forms_without_a_number_are_done_each(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)
    sent(client, url, note="Corona dura"), sent(client, url, "another-number-of-it", note="Corona dura")
    post(client, url, {"note": "Corona dura"}), post(client, url, {"note": "Corona dura"})
    assert rows(session, Note) == 4


def test_a_refused_form_may_be_sent_again(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)
    assert sent(client, url, note="").status_code == 422
    assert rows(session, PostDone) == 0
    assert sent(client, url, note="Corona dura").status_code == 302
    assert rows(session, Note) == 1


def test_the_same_number_with_other_words_is_refused(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)
    led = sent(client, url, note="Corona dura").location
    other = sent(client, url, note="Vetro rigato")
    assert (other.status_code, other.headers["X-Done"]) == (409, led)
    assert "già stata inviata" in other.text
    assert sent(client, "/lab/scan", scan="*HELP").status_code == 409
    assert rows(session, Note) == 1


def test_a_number_belongs_to_its_sender(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=())
    for person in (people.technician, people.second_technician):
        sent(client_for(app, person), f"/lab/tickets/{grouped(ticket.code)}/notes", note="Corona dura")
    assert rows(session, Note) == 2


def test_twins_at_the_same_instant_do_it_once(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=())
    first = client_for(app, people.technician)
    words = {"csrf_token": token(first, "/lab/cards"), "form_number": NUMBER, "note": "Corona dura"}
    cookie = first.get_cookie("session")
    assert cookie
    start, answers = threading.Barrier(6), []

    def twin() -> None:
        client = app.test_client()
        client.set_cookie("session", cookie.value)
        start.wait()
        answers.append(client.post(f"/lab/tickets/{grouped(ticket.code)}/notes", data=words))

    twins = [threading.Thread(target=twin) for _each in range(6)]
    for each in twins:
        each.start()
    for each in twins:
        each.join()
    assert {(each.status_code, each.location) for each in answers} == {(302, f"/lab/tickets/{grouped(ticket.code)}")}
    assert rows(session, Note) == 1


def test_a_twin_inside_the_work_takes_everything_back(app: Flask, session: Session, house: House) -> None:
    """Also where nobody looked before: the record is made in the transaction of the work."""
    form = Sent(NUMBER, "u1", "/lab/x", "", "/lab/", house.now())
    with app.app_context():
        with transaction() as write:
            form.claim(write)
        try:
            with transaction() as write:
                write.add(PostDone(nonce="other", sender="u1", path="", at=house.now()))
                write.flush()
                form.claim(write)
        except Repeated:
            pass
        db.session.rollback()
    assert rows(session, PostDone) == 1


def test_cards_by_a_lost_answer_are_done_once(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)
    at = f"/lab/scan?at={url.split('/')[3]}"
    post(client, at, {"scan": "*COMP.BATTERY"})
    page = url.removesuffix("/notes")
    assert 'placeholder="Pila: ora la causa"' in client.get(page).text
    held = client.get_cookie("session")
    assert held
    sent(client, at, scan="*CAUSE.C03")
    client.set_cookie("session", held.value)  # the answer, and the cookie with it, was lost
    assert sent(client, at, scan="*CAUSE.C03").status_code == 302
    assert rows(session, Finding) == 1
    assert "ora la causa" not in client.get(page).text


def test_files_count_as_words(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)

    def with_file(content: bytes) -> TestResponse:
        return sent(client, url, note="Corona dura", file=(BytesIO(content), "a.txt"))

    assert [with_file(b"one").status_code, with_file(b"one").status_code, with_file(b"two").status_code] == [
        302,
        302,
        409,
    ]


def test_signing_in_is_never_answered_from_memory(app: Flask, session: Session) -> None:
    """The cookie is what one signs in for: a lost one must be given again."""
    people = make_people(session)
    client = app.test_client()
    words = {"email": people.technician.email, "password": PASSWORD}
    assert sent(client, "/login", **words).status_code == 302
    client.delete_cookie("session")
    assert sent(client, "/login", **words).status_code == 302
    assert client.get("/lab/cards").status_code == 200


def test_a_page_that_stays_is_told_where_to_go(app: Flask, session: Session, house: House) -> None:
    client, url = bench(app, session, house)
    words = {"csrf_token": token(client), "note": "Corona dura", "form_number": NUMBER}
    told = client.post(url, data=words, headers={"X-Stay": "1"})
    assert (told.status_code, told.headers["X-Location"]) == (204, url.removesuffix("/notes"))
    assert "Location" not in told.headers


def test_forms_are_forgotten_after_a_day(session: Session, clock: Clock) -> None:
    for hours, name in ((25, "old"), (23, "young")):
        session.add(PostDone(nonce=name, sender="u1", path="/", at=clock.instant - timedelta(hours=hours)))
    session.flush()
    forget(session, before=clock.instant - timedelta(days=1))
    assert session.scalars(select(PostDone.nonce)).all() == ["young"]
