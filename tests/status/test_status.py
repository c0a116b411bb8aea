"""Behind a ticket code: what everybody may read, what the owner may do, and what neither may."""

from __future__ import annotations

import html
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from service_center.accounts.models import Purpose
from service_center.accounts.services import make_link
from service_center.core.database import db
from service_center.core.house import House
from service_center.offers.services.quotes import Line, send_quote
from service_center.outbox.models import OutboxRow
from service_center.proofs.models import ProofFile
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.browser.papers import receipt
from tests.builders import COVERED, DENIED, WHEN, People, actor, client_for, make_people, make_ticket, post
from tests.conftest import Clock

SEEN = [Status.TO_SEND, Status.DIAGNOSING, Status.RETURNING, Status.DELIVERED, Status.CANCELLED]
PERSONAL = ("Adele", "Fontanarosa", "adele@posta.example", "Agostino", "80136", "3330000000", "Si ferma la notte")


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def owner_of(app: Flask, session: Session, ticket: Ticket) -> FlaskClient:
    """The owner's browser, let in by the link of a letter."""
    key = make_link(session, Purpose.OWNER, ticket.id, now=WHEN, lasts=timedelta(days=30))
    session.commit()
    client = app.test_client()
    answer = client.get(f"/status/{ticket.code}/owner?key={key}")
    assert answer.status_code == 302
    assert "key=" not in answer.headers["Location"]
    return client


def status_of(session: Session, ticket: Ticket) -> Status:
    session.rollback()
    return session.scalars(select(Ticket.status).where(Ticket.id == ticket.id)).one()


# --- everybody ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", SEEN)
def test_the_page_and_its_json_tell_nothing_personal(
    app: Flask, session: Session, house: House, people: People, status: Status
) -> None:
    ticket = make_ticket(
        session, house, people, status=status, findings=(DENIED,) if status is Status.RETURNING else (COVERED,)
    )
    page = app.test_client().get(f"/status/{ticket.code}")
    plain = app.test_client().get(f"/status/{ticket.code}", headers={"Accept": "application/json"})
    assert plain.json["status"] == status.value
    assert [word for word in PERSONAL if word in page.text or word in plain.text] == []


def test_a_code_is_forgiven_and_a_mistyped_one_is_told_apart_from_an_unknown_one(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket, client = make_ticket(session, house, people), app.test_client()
    shown = codes.grouped(ticket.code)
    for typed in (
        ticket.code.lower(),
        shown.replace("-", " "),
        f"http://x.example/t/{ticket.code}",
        shown.replace("0", "o"),
    ):
        assert client.get("/status", query_string={"code": typed}).headers["Location"] == f"/status/{shown}"
    wrong = shown[:-1] + ("A" if shown[-1] != "A" else "B")
    mistyped, unknown = client.get("/status", query_string={"code": wrong}), client.get(f"/status/{codes.new_code()}")
    assert (mistyped.status_code, unknown.status_code) == (404, 404)
    assert "sbagliata" in mistyped.text
    assert "Non conosciamo" in unknown.text
    assert wrong in mistyped.text, "what was typed is gone"


def test_guessing_is_slow_and_a_known_code_never_waits(
    app: Flask, session: Session, house: House, people: People, clock: Clock
) -> None:
    ticket, client = make_ticket(session, house, people), app.test_client()
    answers = [client.get(f"/status/{codes.new_code()}").status_code for _guess in range(32)]
    assert answers == [404] * 30 + [429] * 2
    assert client.get(f"/status/{ticket.code}").status_code == 200
    clock.instant += timedelta(hours=1)
    assert client.get(f"/status/{codes.new_code()}").status_code == 404


def test_the_page_asks_the_same_few_questions_whatever_its_history(
    app: Flask, session: Session, house: House, people: People
) -> None:
    young, old = make_ticket(session, house, people), make_ticket(session, house, people, status=Status.CLOSED)
    client = app.test_client()
    client.get(f"/status/{young.code}")
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *words: asked.append(words[2]))
    numbers = []
    for ticket in (young, old):
        asked.clear()
        assert client.get(f"/status/{ticket.code}").status_code == 200
        numbers.append(len([each for each in asked if each.startswith("SELECT")]))
    assert numbers[0] == numbers[1] <= 4


def test_its_me_and_lost_code_answer_the_same_to_everybody(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket, client = make_ticket(session, house, people), app.test_client()
    known = post(client, f"/status/{ticket.code}/link", page="/login")
    unknown = post(client, f"/status/{codes.grouped(codes.new_code())}/link", page="/login")
    assert (known.status_code, unknown.status_code) == (302, 302)
    for email in ("adele@posta.example", "nessuno@posta.example"):
        assert post(client, "/status/lost", {"email": email}).headers["Location"] == "/status"
    session.rollback()
    kinds = session.scalars(select(OutboxRow.kind).where(OutboxRow.kind != "letter")).all()
    assert sorted(kinds) == ["lost_code", "lost_code", "owner_link"]


# --- the owner ------------------------------------------------------------------------------------------------------


def test_a_link_opens_its_own_ticket_only_and_ends(
    app: Flask, session: Session, house: House, people: People, clock: Clock
) -> None:
    mine, other = make_ticket(session, house, people), make_ticket(session, house, people)
    client = owner_of(app, session, mine)
    assert "Adele Fontanarosa" in client.get(f"/status/{mine.code}/owner").text
    assert "Adele" not in client.get(f"/status/{other.code}/owner").text
    key = make_link(session, Purpose.OWNER, mine.id, now=WHEN, lasts=timedelta(days=30))
    session.commit()
    assert app.test_client().get(f"/status/{other.code}/owner?key={key}").status_code == 404
    clock.instant += timedelta(days=31)
    assert app.test_client().get(f"/status/{mine.code}/owner?key={key}").status_code == 404
    assert "Adele" not in client.get(f"/status/{mine.code}/owner").text, "the day is over"


def test_code_and_pin_open_it_too_but_not_by_trying(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people)
    url = f"/status/{codes.grouped(ticket.code)}/owner"
    client = app.test_client()
    answers = [post(client, url, {"pin": f"{number:06d}"}, page=url) for number in range(6)]
    assert {answer.status_code for answer in answers} == {422}
    assert "Troppi tentativi" in answers[-1].text


def test_the_owner_posts_moves_and_cancels_only_while_that_is_possible(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people)
    client, url = owner_of(app, session, ticket), f"/status/{codes.grouped(ticket.code)}"
    typed = {
        "name": "Adele",
        "street": "Via Nuova 1",
        "postal_code": "80100",
        "city": "Napoli",
        "province": "na",
        "country": "IT",
        "phone": "",
    }
    assert post(client, f"{url}/address", typed, page=f"{url}/address").status_code == 302
    refused = post(client, f"{url}/address", {**typed, "country": "RU"}, page=f"{url}/address")
    assert refused.status_code == 422
    assert "Via Nuova 1" in refused.text
    assert (
        post(client, f"{url}/posted", {"courier": "brt", "tracking": "084119355101"}, page=f"{url}/owner").status_code
        == 302
    )
    assert status_of(session, ticket) is Status.IN_TRANSIT_IN
    assert post(client, f"{url}/cancel", page=f"{url}/owner").status_code == 422
    assert status_of(session, ticket) is Status.IN_TRANSIT_IN


def test_papers_that_were_asked_for_are_kept_and_wrong_files_are_told(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, purchased_on=None)
    client, url = owner_of(app, session, ticket), f"/status/{codes.grouped(ticket.code)}"
    wrong = post(
        client,
        f"{url}/papers",
        {"files": (BytesIO(b"ciao"), "x.jpg")},
        page=f"{url}/owner",
        content_type="multipart/form-data",
    )
    assert wrong.status_code == 422
    assert "x.jpg" in wrong.text
    good = post(client, f"{url}/papers", {"files": (BytesIO(receipt("20-09-2025")), "scontrino.jpg")}, page=f"{url}/owner", content_type="multipart/form-data")  # fmt: skip
    assert good.status_code == 302
    session.rollback()
    assert session.scalar(select(func.count()).select_from(ProofFile)) == 1


@pytest.mark.parametrize(("answer", "status"), [("accept", Status.REPAIRING), ("refuse", Status.RETURNING)])
def test_the_owner_answers_the_quote_once(
    app: Flask, session: Session, house: House, people: People, answer: str, status: Status
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    send_quote(
        session,
        ticket,
        [Line("Sostituzione vetro", 2400)],
        days_needed=5,
        actor=actor(people.technician),
        now=WHEN,
        house=house,
    )
    client, url = owner_of(app, session, ticket), f"/status/{codes.grouped(ticket.code)}/quote"
    page = client.get(url).text
    assert "24,00" in page
    assert "La garanzia esclude questa causa: urto o caduta." in page
    assert post(client, url, {}, page=url).status_code == 422, "neither yes nor no"
    assert post(client, url, {"answer": answer}, page=url).status_code == 302
    assert status_of(session, ticket) is status
    assert post(client, url, {"answer": "accept"}, page="/status/lost").status_code == 422
    assert status_of(session, ticket) is status


def test_nobody_else_answers_a_quote(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    send_quote(
        session, ticket, [Line("Vetro", 2400)], days_needed=5, actor=actor(people.technician), now=WHEN, house=house
    )
    session.commit()
    for browser in (app.test_client(), client_for(app, people.technician), client_for(app, people.other_clerk)):
        assert (
            post(browser, f"/status/{ticket.code}/quote", {"answer": "accept"}, page="/status/lost").status_code == 404
        )
    assert status_of(session, ticket) is Status.DIAGNOSING


def test_closing_days_are_told_before_and_while_they_last(app: Flask, clock: Clock) -> None:
    client = app.test_client()
    assert "chiusura natalizia" not in client.get("/").text
    clock.instant = WHEN.replace(month=12, day=10)
    assert "24 dic 2026" in client.get("/").text
    clock.instant = WHEN.replace(month=12, day=28)
    assert "chiusura natalizia" in client.get("/").text


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_rule_that_a_verdict_can_name_has_its_sentence_and_its_documents(
    app: Flask, house: House, language: str
) -> None:
    page = app.test_client().get(f"/warranty/rules?lang={language}").text
    terms = house.rulebook.newest
    for rule, clause in terms.clauses.items():
        assert f'id="{rule}"' in page
        assert html.escape(clause.text[language]).replace("&#x27;", "&#39;") in page
    cited = {rule for row in (*terms.rows, *terms.causes) for rule in row.ruling.rules} | set(terms.window.rules)
    assert cited <= terms.clauses.keys()


def test_a_rule_beside_a_verdict_leads_to_its_sentence(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    assert '/warranty/rules#R17"' in app.test_client().get(f"/status/{ticket.code}").text


def test_a_dangerous_item_asks_for_nothing_else(app: Flask, session: Session, house: House, people: People) -> None:
    """Above all: do not send it. No days, no parcel, no “nothing is needed” beside it."""
    ticket = make_ticket(session, house, people)
    ticket.safety = True
    session.commit()
    page = client_for(app).get(f"/status/{codes.grouped(ticket.code)}?lang=en").text
    assert page.count("Do not send") == 1
    assert "Your turn" not in page
    assert "How we count the days" not in page


def test_what_the_shop_is_asked_for_is_not_asked_of_the_customer(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop, card="unstamped")
    page = client_for(app).get(f"/status/{codes.grouped(ticket.code)}?lang=en").text
    assert "We have asked the shop for the document." in page
    assert "ask the shop where you bought it" not in page


def test_nobody_waits_for_a_yes_that_was_said(app: Flask, session: Session, house: House, people: People) -> None:
    asked = make_ticket(session, house, people, purchased_on=date(2020, 1, 7))
    under_way = make_ticket(session, house, people, status=Status.RETURNING, findings=(DENIED,))
    said = [
        "before you say yes to a quote" in client_for(app).get(f"/status/{codes.grouped(each.code)}?lang=en").text
        for each in (asked, under_way)
    ]
    assert said == [True, False]


@pytest.mark.parametrize(("proof", "anchor"), [({"seller": "unknown"}, "messages"), ({"purchased_on": None}, "papers")])
def test_a_name_is_asked_for_by_a_message_and_a_paper_by_a_file(
    app: Flask, session: Session, house: House, people: People, proof: dict[str, object], anchor: str
) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, **proof)
    page = owner_of(app, session, ticket).get(f"/status/{codes.grouped(ticket.code)}/owner?lang=en").text
    assert f'owner#{anchor}"' in page
    assert f'id="{anchor}"' in page
    assert ("Write the name" in page) == (anchor == "messages")
    assert ("Send the document" in page) == (anchor == "papers")


@pytest.mark.parametrize(("proof", "words"), [
    ({}, "does not limit the legal guarantee"), ({"purchased_on": None}, "Beside this guarantee of the brand stands the legal guarantee"),
])  # fmt: skip
def test_the_notice_says_what_the_terms_above_it_do_not(
    app: Flask, session: Session, house: House, people: People, proof: dict[str, object], words: str
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING if not proof else Status.RECEIVED, **proof)
    page = app.test_client().get(f"/status/{ticket.code}?lang=en").text
    assert words in page
    assert page.count('class="clocks"') == (0 if proof else 1)
