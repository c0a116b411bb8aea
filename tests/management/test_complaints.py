"""The register: who types into it, who answers, what it says about how well it goes."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.spreadsheet import cell
from service_center.messages.models import Complaint
from service_center.outbox.models import OutboxRow
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import COVERED, DENIED, People, client_for, make_people, make_ticket, post
from tests.conftest import Clock

REGISTER, NEW = "/manage/complaints", "/manage/complaints/new"
TODAY = ["20", "11", "2026"]


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def ticket(session: Session, house: House, people: People) -> Ticket:
    return make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(COVERED, DENIED), shop=people.shop)


def typed(about: Ticket | None = None, /, **more: object) -> dict[str, object]:
    return {
        "ticket": codes.grouped(about.code) if about else "", "who": "customer", "name": "" if about else "Ciro Rea", "email": "", "phone": "",
        "language": "it", "channel": "phone", "received_on": TODAY, "subject": "decision" if about else "other", "text": "Il vetro non l'ho rotto io.",
        **more,
    }  # fmt: skip


def taken_in(app: Flask, session: Session, people: People, ticket: Ticket | None = None, **more: object) -> Complaint:
    answered = post(client_for(app, people.manager), NEW, typed(ticket, **more), page=REGISTER)
    assert answered.status_code == 302, answered.text
    session.rollback()
    return session.scalars(select(Complaint).order_by(Complaint.id.desc())).first()  # type: ignore[return-value]


def test_whoever_picks_up_the_telephone_types_it(app: Flask, session: Session, people: People, ticket: Ticket) -> None:
    for user in (people.front_desk, people.technician):
        answered = post(client_for(app, user), NEW, typed(text=f"Sentito da {user.name}"), page=NEW)
        assert answered.status_code == 302
    made = taken_in(app, session, people, ticket, who="shop")
    assert (made.name, made.email, made.from_shop) == ("Gioielleria Esempio Caserta", people.shop.email, True)
    assert made.verdict_id is not None
    assert session.scalar(select(func.count()).select_from(Complaint)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"ticket": "K7QM"}, {"ticket": "K7QM-2F9D-XH3C"}, {"name": ""}, {"text": " "}, {"channel": "web"}, {"subject": "x"},
        {"received_on": ["31", "2", "2026"]}, {"received_on": ["21", "11", "2026"]}, {"received_on": ["1", "1", "1999"]}, {"email": "no"},
    ],
)  # fmt: skip
def test_what_will_not_do_comes_back_with_what_was_typed(app: Flask, session: Session, people: People, wrong: dict[str, object]) -> None:  # fmt: skip
    answered = post(client_for(app, people.front_desk), NEW, typed(**wrong), page=NEW)
    assert answered.status_code == 422
    if "text" not in wrong:
        assert "non l&#39;ho rotto" in answered.text
    assert session.scalar(select(func.count()).select_from(Complaint)) == 0


def test_only_managers_see_the_register_and_answer(
    app: Flask, session: Session, people: People, ticket: Ticket
) -> None:
    made = taken_in(app, session, people, ticket)
    for user in (people.technician, people.front_desk, people.clerk, people.admin):
        client = client_for(app, user)
        for page in (REGISTER, f"{REGISTER}.csv", f"{REGISTER}/{made.id}"):
            assert client.get(page).status_code == 403
    assert app.test_client().get(REGISTER).status_code == 302


def test_open_ones_stand_by_their_day_with_what_is_late(app: Flask, session: Session, people: People, ticket: Ticket, clock: Clock) -> None:  # fmt: skip
    taken_in(app, session, people, ticket, text="Secondo")
    taken_in(app, session, people, text="Primo", received_on=["17", "11", "2026"])
    clock.instant = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    page = client_for(app, people.manager).get(REGISTER).text
    assert page.index("Primo") < page.index("Secondo")
    assert "Reclami (2)" in page
    assert page.count("tone-stop") >= 1
    today = client_for(app, people.manager).get("/manage/").text
    assert "Primo" in today


def test_the_register_is_searched_and_filtered(app: Flask, session: Session, people: People, ticket: Ticket) -> None:
    taken_in(app, session, people, ticket, text="Per la garanzia")
    taken_in(app, session, people, text="Per il telefono 100%_")
    client = client_for(app, people.manager)
    for query, there, not_there in (
        (f"q={codes.grouped(ticket.code)}", "Per la garanzia", "Per il telefono"), ("q=100%25_", "Per il telefono", "Per la garanzia"),
        ("subject=decision", "Per la garanzia", "Per il telefono"), (f"shop={people.shop.id}", "Per la garanzia", "Per il telefono"),
    ):  # fmt: skip
        page = client.get(f"{REGISTER}?{query}").text
        assert there in page, query
        assert not_there not in page, query
    for strange in ("page=0", "page=99999999", "shop=x", "tab=%00", "q=%00%ff", "subject=nothing", f"q={'a' * 5000}"):
        assert client.get(f"{REGISTER}?{strange}").status_code == 200, strange


def test_the_spreadsheet_computes_nothing(app: Flask, session: Session, people: People) -> None:
    taken_in(app, session, people, name='=HYPERLINK("http://x")', text="+39 non risponde; mai")
    answered = client_for(app, people.manager).get(f"{REGISTER}.csv")
    assert answered.mimetype == "text/csv"
    rows = list(csv.reader(StringIO(answered.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 2
    assert rows[1][6].startswith("'=")
    assert rows[1][11] == "'+39 non risponde; mai"
    assert [cell(each) for each in (None, 5, "-1", "a")] == ["", "5", "'-1", "a"]


def test_an_answer_ends_it_once_and_keeps_what_a_second_manager_typed(app: Flask, session: Session, people: People, ticket: Ticket) -> None:  # fmt: skip
    made = taken_in(app, session, people, ticket)
    page = f"{REGISTER}/{made.id}"
    client = client_for(app, people.manager)
    shown = client.get(page).text
    assert "non l&#39;ho rotto" in shown
    assert "urto" in shown.lower()
    version = str(session.get_one(Ticket, ticket.id).version)
    assert post(client, page, {"outcome": "", "answer": "Allora…"}, page=page).status_code == 422
    assert "Allora…" in post(client, page, {"outcome": "maybe", "answer": "Allora…"}, page=page).text
    assert (
        post(client, page, {"outcome": "upheld", "answer": "Hai ragione.", "version": version}, page=page).status_code
        == 302
    )
    late = post(client, page, {"outcome": "not_upheld", "answer": "Di mio pugno.", "version": version}, page=page)
    assert late.status_code == 422
    assert "Di mio pugno." in late.text
    session.rollback()
    assert session.get_one(Complaint, made.id).answer == "Hai ragione."
    sent = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "complaint_letter")
    assert session.scalar(sent) == 2


def test_a_ticket_that_changed_meanwhile_is_looked_at_again(app: Flask, session: Session, people: People, ticket: Ticket) -> None:  # fmt: skip
    made = taken_in(app, session, people, ticket)
    page = f"{REGISTER}/{made.id}"
    client = client_for(app, people.manager)
    answered = post(client, page, {"outcome": "explained", "answer": "Una lunga risposta.", "version": "1"}, page=page)
    assert answered.status_code == 422
    assert "Una lunga risposta." in answered.text
    session.rollback()
    assert session.get_one(Complaint, made.id).answered_at is None


def test_a_complaint_about_no_repair_is_answered_too(app: Flask, session: Session, people: People) -> None:
    made = taken_in(app, session, people, email="ciro@posta.example")
    page = f"{REGISTER}/{made.id}"
    assert (
        post(client_for(app, people.manager), page, {"outcome": "explained", "answer": "Ecco."}, page=page).status_code
        == 302
    )
    session.rollback()
    assert session.get_one(Complaint, made.id).outcome == "explained"


def test_figures_say_what_was_answered_in_time(app: Flask, session: Session, people: People, ticket: Ticket, clock: Clock) -> None:  # fmt: skip
    first, second = taken_in(app, session, people, ticket), taken_in(app, session, people)
    client = client_for(app, people.manager)
    for made, days in ((first, 0), (second, 8)):
        clock.instant += timedelta(days=days)
        client = client_for(app, people.manager)
        page = f"{REGISTER}/{made.id}"
        assert post(client, page, {"outcome": "explained", "answer": "Ecco."}, page=page).status_code == 302
    shown = client.get(f"{REGISTER}?tab=answered").text
    assert "1 su 2 (50 %)" in shown
    assert "Gioielleria Esempio Caserta" in shown
    assert "Causa non coperta" in shown


def test_an_unknown_complaint_is_not_there(app: Flask, people: People) -> None:
    client = client_for(app, people.manager)
    for number in ("999", "2147483647", "99999999999999"):
        assert client.get(f"{REGISTER}/{number}").status_code == 404
