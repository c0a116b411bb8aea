"""Whatever is sent, the lab answers with a page that says what to do, and in as many queries as ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from service_center.core.database import db
from service_center.core.house import House
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import bench
from tests.builders import COVERED, DENIED, People, actor, client_for, post, token
from tests.lab.conftest import Make

FIELDS = (
    "scan", "action", "note", "version", "symptom", "component", "cause", "work", "decision", "reason", "test", "phase", "value", "part",
    "quantity", "old_part", "text", "place", "subject", "needs", "kind", "seller", "seller_name", "purchased_on", "number", "card", "card_dated_on",
    "legible", "text_0", "amount_0", "text_7", "amount_7", "days_needed", "end", "reading_dry_pressure", "accessories", "grade_glass", "tampering",
    "water_mark", "remark", "photos", "photo_front", "files", "codes", "courier", "weight",
)  # fmt: skip
WRONG = ("", "x" * 70_000, "\x00\x01", "9" * 400, "-1", "²", "nan")
POSTS = (
    "/act", "/notes", "/messages", "/place", "/photos", "/findings", "/findings/preview", "/findings/1/remove", "/findings/1/decide", "/findings/2147483647/remove",
    "/findings/99999999999/remove", "/measures", "/parts", "/parts/1/remove", "/parts/2147483647/remove", "/papers", "/proof", "/quote", "/quality",
)  # fmt: skip


@pytest.mark.parametrize("status", [Status.DIAGNOSING, Status.TESTING, Status.CANCELLED])
def test_no_field_breaks_a_page(boss: FlaskClient, make: Make, status: Status) -> None:
    ticket = make(status=status)
    own = f"/lab/tickets/{grouped(ticket.code)}"
    csrf = token(boss)
    pages = [own + rest for rest in POSTS] + [
        f"/lab/reception/{grouped(ticket.code)}",
        "/lab/scan",
        "/lab/dispatch",
        "/lab/dispatch/1",
    ]
    for page in pages:
        for wrong in WRONG:
            data = {name: wrong for name in FIELDS if wrong or name != "version"} | {"csrf_token": csrf}
            answered = boss.post(page, data=data)
            assert answered.status_code in {200, 302, 404, 409, 413, 422}, (page, wrong[:20], answered.status_code)
            assert answered.status_code != 200 or page.endswith("/preview")


def test_odd_addresses_are_no_faults(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.DIAGNOSING)
    for page in (
        "/lab/tickets/NOPE",
        "/lab/tickets/0000-0000-0000",
        "/lab/tickets/%00",
        "/lab/reception/xx",
        "/lab/dispatch/99",
        "/lab/dispatch/99999999999",
    ):
        assert tech.get(page).status_code == 404, page
    odd = (
        "page=0",
        "page=-3",
        "page=99999",
        "page=²",
        "state=nope",
        "q=%00",
        "q=%25_%5C",
        "q=" + "a" * 5000,
        "q=" + "%20".join("abcdefghij"),
        "q=000000000",
    )
    for query in odd:
        assert tech.get(f"/lab/tickets?{query}").status_code == 200, query
    assert tech.get("/lab/dispatch?code=%00").status_code == 200
    assert (
        tech.get(f"/lab/tickets/{grouped(ticket.code)}/findings/preview?component=battery&cause=wear").status_code
        == 200
    )


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    asked: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def queries(app: Flask, client: FlaskClient, page: str) -> int:
    client.get(page)
    with counted(app) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


def test_lists_ask_the_database_as_often_for_many_as_for_few(app: Flask, tech: FlaskClient, make: Make) -> None:
    def all_pages() -> list[int]:
        return [queries(app, tech, page) for page in ("/lab/", "/lab/tickets", "/lab/reception", "/lab/dispatch")]

    statuses = (Status.TO_SEND, Status.RECEIVED, Status.DIAGNOSING, Status.REPAIRING, Status.READY)
    for status in statuses:
        make(status=status)
    few = all_pages()
    for status in statuses * 2:
        make(status=status, findings=(COVERED, DENIED) if status is not Status.READY else (COVERED,))
    assert all_pages() == few


def test_a_ticket_asks_the_database_as_often_with_much_on_it(
    app: Flask, tech: FlaskClient, session: Session, house: House, people: People, make: Make
) -> None:
    bare, full = (
        make(status=Status.DIAGNOSING, findings=(COVERED, DENIED)),
        make(status=Status.DIAGNOSING, findings=(COVERED, DENIED, COVERED, DENIED, COVERED, DENIED)),
    )
    _load(session, full, house, people)
    pages = [f"/lab/tickets/{grouped(ticket.code)}" for ticket in (bare, full)]
    few, much = (queries(app, tech, page) for page in pages)
    assert few == much
    assert few < 40


def _load(session: Session, ticket: Ticket, house: House, people: People) -> None:
    for number in range(6):
        bench.write_note(session, ticket, f"nota {number}", actor=actor(people.technician), now=house.now())
        bench.measure(
            session, ticket, "rate", "before", number / 10, actor=actor(people.technician), now=house.now(), house=house
        )
    session.commit()


def test_front_desk_and_manager_have_the_same_pages(app: Flask, people: People, make: Make) -> None:
    ticket = make(status=Status.READY)
    for person in (people.front_desk, people.manager):
        client = client_for(app, person)
        for page in (
            "/lab/",
            "/lab/tickets",
            "/lab/reception",
            "/lab/dispatch",
            f"/lab/tickets/{grouped(ticket.code)}",
        ):
            assert client.get(page).status_code == 200
        assert post(client, "/lab/scan", {"scan": ticket.code}).status_code == 302
