"""The safety register: found by hazard, model and day; exported without customers; ended by a manager on its page."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.management.queries import safety as queries
from service_center.management.queries.safety import Alarm
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import SafetyReport, Ticket
from service_center.tickets.services import safety
from tests.builders import WHEN, People, actor, client_for, make_people, make_ticket, post


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def boss(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.manager)


def flagged(
    session: Session, house: House, people: People, hazard: str = "swelling", words: str = "Si è gonfiato.", **more: object
) -> tuple[Ticket, SafetyReport]:  # fmt: skip
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    when = more.pop("at", WHEN)
    report = safety.flag(
        session, ticket, safety.Seen(hazard, words, **more), actor=actor(people.technician), now=when, house=house  # type: ignore[arg-type]
    )  # fmt: skip
    session.commit()
    return ticket, report


def rows(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/manage/safety.csv{query}").get_data().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_the_register_shows_open_entries_first_and_who_flagged(
    session: Session, house: House, people: People, boss: FlaskClient
) -> None:
    ticket, report = flagged(session, house, people)
    page = boss.get("/manage/safety").text
    assert people.technician.name in page
    assert f"/manage/safety/{report.id}" in page
    assert ticket.code[:4] in page


@pytest.mark.parametrize("user", ["technician", "front_desk", "admin", "clerk"])
@pytest.mark.parametrize("url", ["/manage/safety", "/manage/safety.csv", "/manage/safety/1"])
def test_only_managers_read_the_register(app: Flask, people: People, user: str, url: str) -> None:
    assert client_for(app, getattr(people, user)).get(url).status_code in (403, 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("?hazard=skin", 1),
        ("?model=opspw", 2),
        ("?model=L26", 1),
        ("?model=%25", 0),
        ("?first=2026-11-20&last=2026-11-20", 1),
        ("?last=2026-10-31", 1),
        ("?first=2027-01-01", 0),
    ],
)  # fmt: skip
def test_entries_are_found_by_hazard_model_lot_and_day(
    session: Session, house: House, people: People, boss: FlaskClient, query: str, found: int
) -> None:
    flagged(session, house, people, lot="L26-11")
    flagged(session, house, people, "skin", at=WHEN - timedelta(days=30))
    assert len(rows(boss, query)) == found


@pytest.mark.parametrize(
    "query",
    ["?first=40&first=1&first=2026", "?hazard=nothing", "?last=9999-12-31", "?first=0001-01-01", "?model=" + "x" * 300],
)
def test_no_filter_breaks_the_register(boss: FlaskClient, query: str) -> None:
    assert boss.get(f"/manage/safety{query}").status_code in (200, 422)
    assert boss.get(f"/manage/safety.csv{query}").status_code == 200


def test_the_export_holds_what_an_authority_asks_and_nothing_of_the_customer(
    session: Session, house: House, people: People, boss: FlaskClient
) -> None:
    flagged(
        session,
        house,
        people,
        words="Sono Adele Fontanarosa, +39 333 000 0000, adele@posta.example: scottava.",
        injury=True,
        lot="=1+1",
    )
    [row] = rows(boss)
    text = ";".join(row.values())
    assert "scottava" in text
    assert "OPSPW-482" in text
    assert "'=1+1" in text
    for secret in ("Adele", "Fontanarosa", "333", "adele@", "Scalzi", "Napoli"):
        assert secret not in text


def test_a_formula_in_somebodys_words_stays_words(
    session: Session, house: House, people: People, boss: FlaskClient
) -> None:
    flagged(session, house, people, words="=HYPERLINK(1)")
    [row] = rows(boss)
    assert "'=HYPERLINK(1)" in row.values()


def test_a_model_with_the_same_hazard_twice_in_ninety_days_is_an_alarm(
    session: Session, house: House, people: People, boss: FlaskClient
) -> None:
    flagged(session, house, people, at=WHEN - timedelta(days=89))
    flagged(session, house, people, "skin")
    assert queries.alarms(session, today=WHEN.date()) == []
    _ticket, second = flagged(session, house, people)
    assert queries.alarms(session, today=WHEN.date()) == [Alarm("OPSPW-482", "swelling", 2)]
    assert "OPSPW-482" in boss.get("/manage/safety").text
    second.ending = "mistake"
    session.commit()
    assert queries.alarms(session, today=WHEN.date()) == []


def test_an_old_entry_counts_for_no_alarm(session: Session, house: House, people: People) -> None:
    flagged(session, house, people, at=WHEN - timedelta(days=92))
    flagged(session, house, people)
    assert queries.alarms(session, today=WHEN.date()) == []


def test_a_manager_notes_the_place_and_ends_the_flag_on_the_reports_page(
    session: Session, house: House, people: People, boss: FlaskClient
) -> None:
    ticket, report = flagged(session, house, people)
    url = f"/manage/safety/{report.id}"
    assert post(boss, f"{url}/place", {"place": "Cassa ignifuga 1", "lot": "L9", "injury": "y"}).status_code == 302
    assert post(boss, f"{url}/end", {"ending": "battery_out", "reason": "Cella smaltita."}).status_code == 302
    session.rollback()
    session.expire_all()
    assert (report.place, report.lot, report.injury, report.ending) == ("Cassa ignifuga 1", "L9", True, "battery_out")
    assert not ticket.safety
    page = boss.get(url).text
    assert "Cella smaltita." in page
    assert people.manager.name in page


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("end", {}, 422),
        ("end", {"ending": "safe"}, 422),
        ("end", {"ending": "nothing", "reason": "Va bene."}, 422),
        ("end", {"ending": "safe", "reason": "Va bene.", "version": "0"}, 409),
        ("place", {"place": ""}, 422),
        ("place", {"place": "x" * 41}, 422),
    ],
)  # fmt: skip
def test_what_is_refused_says_so_and_keeps_what_was_typed(
    session: Session, house: House, people: People, boss: FlaskClient, path: str, data: dict[str, object], status: int
) -> None:
    _ticket, report = flagged(session, house, people)
    answered = post(boss, f"/manage/safety/{report.id}/{path}", data)
    assert answered.status_code == status
    assert str(data.get("reason", "")) in answered.text
    session.rollback()
    session.expire_all()
    assert report.ended_at is None


def test_the_bench_flags_and_puts_apart(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    bench = client_for(app, people.technician)
    url = f"/lab/tickets/{ticket.code}/safety"
    assert post(bench, url, {"hazard": "", "words": ""}).status_code == 422
    assert post(bench, url, {"hazard": "overheating", "words": "Scotta in carica."}).status_code == 302
    session.rollback()
    session.expire_all()
    [report] = safety.reports(session, ticket.id)
    assert post(bench, f"{url}/{report.id}/place", {"place": "Cassa ignifuga 2"}).status_code == 302
    session.rollback()
    session.expire_all()
    assert (ticket.safety, report.hazard, report.place) == (True, "overheating", "Cassa ignifuga 2")
    assert "Cassa ignifuga 2" in bench.get(url).text


def test_a_shop_flags_its_own_item_and_reads_what_to_do(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop)
    url = f"/retailer/tickets/{ticket.code}/danger"
    assert client_for(app, people.other_clerk).get(url).status_code == 404
    clerk = client_for(app, people.clerk)
    assert post(clerk, url, {"hazard": "skin"}).status_code == 422
    assert post(clerk, url, {"hazard": "skin", "words": "Arrossamento al polso."}).status_code == 302
    session.rollback()
    session.expire_all()
    assert ticket.safety
    assert clerk.get(url).text.count("<li>") >= 3
