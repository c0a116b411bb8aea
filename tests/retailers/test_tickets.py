"""The shop's list and the page of one repair: who sees what, and what a shop answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from service_center.accounts.models import User
from service_center.core.database import db
from service_center.core.house import House
from service_center.messages.models import Message
from service_center.messages.services import say
from service_center.offers.models import Quote
from service_center.offers.services.quotes import Line, send_quote
from service_center.outbox.models import OutboxRow
from service_center.parcels.models import Parcelled, Shipment
from service_center.proofs.models import ProofFile
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import get
from tests.builders import DENIED, WHEN, People, actor, client_for, make_people, make_ticket, post
from tests.conftest import Clock
from tests.retailers.desk import picture


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def clerk(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.clerk)


def at_shop(session: Session, house: House, people: People, status: Status = Status.TO_SEND, **more: object) -> str:
    """A ticket of the clerk's shop, as addresses name it."""
    found = make_ticket(session, house, people, status=status, shop=people.shop, **more)  # type: ignore[arg-type]
    session.expunge_all()
    session.rollback()
    return grouped(found.code)


def again(session: Session, people: People, code: str) -> Ticket:
    session.expunge_all()
    found = get(session, code.replace("-", ""), seen_by=actor(people.manager))
    session.expunge_all()
    session.rollback()
    return found


def quoted(session: Session, house: House, people: People) -> str:
    """A ticket whose only finding is not covered, with a quote that waits for its answer."""
    code = at_shop(session, house, people, Status.DIAGNOSING, findings=(DENIED,))
    ticket = get(session, code.replace("-", ""), seen_by=actor(people.manager))
    send_quote(
        session,
        ticket,
        [Line("Sostituzione vetro", 2400)],
        days_needed=5,
        actor=actor(people.technician),
        now=WHEN,
        house=house,
    )
    session.commit()
    session.expunge_all()
    return code


def papers_missing(session: Session, house: House, people: People) -> str:
    return at_shop(session, house, people, kind="none", purchased_on=None)


# --- who sees what -----------------------------------------------------------------------------------------------------


def test_a_clerk_sees_own_shop_only_and_an_administrator_the_retailers(
    app: Flask, session: Session, house: House, people: People
) -> None:
    own = at_shop(session, house, people)
    sister = grouped(make_ticket(session, house, people, shop=people.sister_shop).code)
    foreign = grouped(make_ticket(session, house, people, shop=people.other_shop).code)
    session.rollback()

    def listed(user: User) -> list[bool]:
        page = client_for(app, user).get("/retailer/?tab=send").text
        return [f"/retailer/tickets/{code}" in page for code in (own, sister, foreign)]

    assert listed(people.clerk) == [True, False, False]
    assert listed(people.admin) == [True, True, False]
    assert listed(people.other_clerk) == [False, False, True]


ROUTES = (
    ("GET", ""), ("GET", "/opened"), ("GET", "/quote"), ("GET", "/address"), ("GET", "/cancel"), ("GET", "/slip.pdf"), ("GET", "/bag.pdf"),
    ("GET", "/label.pdf"), ("GET", "/report.pdf"), ("POST", "/messages"), ("POST", "/post"), ("POST", "/papers"), ("POST", "/delivered"),
    ("POST", "/quote"), ("POST", "/address"), ("POST", "/cancel"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "end"), ROUTES)
def test_another_retailers_ticket_is_not_there(
    app: Flask, session: Session, house: House, people: People, method: str, end: str
) -> None:
    code = quoted(session, house, people)
    client = client_for(app, people.other_admin)
    url = f"/retailer/tickets/{code}{end}"
    assert (
        client.get(url) if method == "GET" else post(client, url, {"text": "x", "answer": "accept"})
    ).status_code == 404


@pytest.mark.parametrize("who", ["technician", "manager", None])
def test_the_desk_is_the_shops(app: Flask, people: People, who: str | None) -> None:
    client = client_for(app, getattr(people, who) if who else None)
    for url in ("/retailer/", "/retailer/new", "/retailer/people"):
        assert client.get(url).status_code == (403 if who else 302)


@pytest.mark.parametrize("code", ["x", "0000-0000-0000", "ZZZZZZZZZZZZ", "%00", "AAAA-BBBB-CCC%27"])
def test_an_address_that_is_no_code_is_not_there(clerk: FlaskClient, code: str) -> None:
    assert clerk.get(f"/retailer/tickets/{code}").status_code == 404


# --- the list ------------------------------------------------------------------------------------------------------------


def test_each_repair_stands_in_its_tab(session: Session, house: House, people: People, clerk: FlaskClient) -> None:
    assert "/retailer/new" in clerk.get("/retailer/").text
    for status in (
        Status.TO_SEND,
        Status.IN_TRANSIT_IN,
        Status.DIAGNOSING,
        Status.READY,
        Status.CLOSED,
        Status.CANCELLED,
    ):
        at_shop(session, house, people, status)
    waiting = papers_missing(session, house, people)
    counts = {
        tab: clerk.get(f"/retailer/?tab={tab}").text.count('class="obj"')
        for tab in ("send", "lab", "answer", "back", "closed")
    }
    assert counts == {"send": 2, "lab": 2, "answer": 1, "back": 1, "closed": 2}
    assert waiting in clerk.get("/retailer/?tab=answer").text


def test_a_repair_is_found_by_what_people_know(
    session: Session, house: House, people: People, clerk: FlaskClient
) -> None:
    code = at_shop(session, house, people, Status.DIAGNOSING)
    for words in ("CE-0432", "ce-04", "fontana", "3330000", "+39 333 0000000", code[:9]):
        assert code in clerk.get("/retailer/", query_string={"q": words}).text, words
    assert clerk.get("/retailer/", query_string={"q": code.lower()}).location.endswith(code)
    for words in ("%", "_", "nobody", "'; --", "\\", "\x00", "1" * 300):
        assert code not in clerk.get("/retailer/", query_string={"q": words}).text, words


@pytest.mark.parametrize(
    "query",
    [
        "tab=what",
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999",
        "page=99999",
        "shop=x",
        "shop=99999999999999999999",
        "shop=²",
    ],
)
def test_any_address_of_the_list_is_answered(clerk: FlaskClient, query: str) -> None:
    assert clerk.get(f"/retailer/?{query}").status_code == 200


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_a_longer_list_asks_the_database_no_more(
    app: Flask, session: Session, house: House, people: People, clerk: FlaskClient
) -> None:
    asked = []
    for number in (1, 6):
        for _ in range(number):
            papers_missing(session, house, people)
        with statements(app) as seen:
            clerk.get("/retailer/?tab=answer")
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 8


# --- one repair ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.REPLACING and s is not Status.REQUESTED])
def test_the_page_of_a_repair_is_there_in_every_status(
    session: Session, house: House, people: People, clerk: FlaskClient, status: Status
) -> None:
    code = at_shop(
        session,
        house,
        people,
        status,
        findings=(DENIED,) if status is Status.RETURNING else (("S04", "battery", "battery_end_of_life", "A01"),),
    )
    assert clerk.get(f"/retailer/tickets/{code}").status_code == 200
    if status in (Status.READY, Status.CLOSED):
        assert clerk.get(f"/retailer/tickets/{code}/report.pdf").data.startswith(b"%PDF")


def test_the_parcel_is_announced_with_its_number(
    session: Session, house: House, people: People, clerk: FlaskClient
) -> None:
    code = at_shop(session, house, people)
    refused = post(
        clerk, f"/retailer/tickets/{code}/post", {"courier": "pigeon", "tracking": "1"}, page="/retailer/new"
    )
    assert refused.status_code == 422
    assert (
        post(
            clerk,
            f"/retailer/tickets/{code}/post",
            {"courier": "brt", "tracking": "0841 1935 5200"},
            page="/retailer/new",
        ).status_code
        == 302
    )
    assert again(session, people, code).status is Status.IN_TRANSIT_IN
    assert session.scalar(select(Shipment.tracking)) == "084119355200"
    session.rollback()
    assert "084119355200" in clerk.get(f"/retailer/tickets/{code}").text
    assert post(clerk, f"/retailer/tickets/{code}/post", {}, page="/retailer/new").status_code == 422
    assert post(clerk, f"/retailer/tickets/{code}/cancel", {}, page="/retailer/new").status_code == 422


def test_a_repair_is_given_up_before_it_is_posted(
    session: Session, house: House, people: People, clerk: FlaskClient
) -> None:
    code = at_shop(session, house, people)
    assert clerk.get(f"/retailer/tickets/{code}/cancel").status_code == 200
    assert again(session, people, code).status is Status.TO_SEND
    assert post(clerk, f"/retailer/tickets/{code}/cancel", {}, page="/retailer/new").status_code == 302
    assert again(session, people, code).status is Status.CANCELLED


@pytest.mark.parametrize(
    ("answer", "kept", "status"), [("accept", "accepted", Status.REPAIRING), ("refuse", "refused", Status.RETURNING)]
)
def test_the_shop_answers_a_quote(
    session: Session, house: House, people: People, clerk: FlaskClient, answer: str, kept: str, status: Status
) -> None:
    code = quoted(session, house, people)
    url = f"/retailer/tickets/{code}/quote"
    assert url in clerk.get(f"/retailer/tickets/{code}").text
    assert "24,00" in clerk.get(url).text
    assert post(clerk, url, {}, page="/retailer/new").status_code == 422
    assert post(clerk, url, {"answer": answer}, page="/retailer/new").status_code == 302
    quote = session.scalars(select(Quote)).one()
    assert (quote.answer, quote.answered_by) == (kept, people.clerk.name)
    session.rollback()
    assert again(session, people, code).status is status
    assert post(clerk, url, {"answer": answer}, page="/retailer/new").status_code == 422
    assert clerk.get(url).status_code == 200


def test_a_quote_that_is_over_is_not_answered(
    session: Session, house: House, people: People, clerk: FlaskClient, clock: Clock
) -> None:
    code = quoted(session, house, people)
    clock.instant += timedelta(days=31)
    again_signed_in = client_for(clerk.application, people.clerk)
    assert (
        post(again_signed_in, f"/retailer/tickets/{code}/quote", {"answer": "accept"}, page="/retailer/new").status_code
        == 422
    )


def test_no_quote_no_page(session: Session, house: House, people: People, clerk: FlaskClient) -> None:
    assert clerk.get(f"/retailer/tickets/{at_shop(session, house, people)}/quote").status_code == 404


def test_papers_hang_on_the_proof_and_the_lab_is_told(
    session: Session, house: House, people: People, clerk: FlaskClient, clock: Clock
) -> None:
    code = papers_missing(session, house, people)
    url = f"/retailer/tickets/{code}/papers"
    assert 'id="papers"' in clerk.get(f"/retailer/tickets/{code}").text
    assert post(clerk, url, {}, page="/retailer/new").status_code == 422
    broken = post(clerk, url, {"papers": [(BytesIO(b"nothing"), "x.pdf")], "note": "KEPT"}, page="/retailer/new")
    assert (broken.status_code, "KEPT" in broken.text, 'id="papers-error"' in broken.text) == (422, True, True)
    clock.instant += timedelta(hours=1)
    assert (
        post(clerk, url, {"papers": [picture("white")], "note": "timbro sul retro"}, page="/retailer/new").status_code
        == 302
    )
    ticket = again(session, people, code)
    assert session.scalars(select(ProofFile.proof_id)).all() == [ticket.proof_id]
    said = session.scalars(select(Message.text)).one()
    assert "white.jpg" in said
    assert "timbro sul retro" in said
    session.rollback()
    assert [wait.closed_at for wait in ticket.waits] == [None], "the lab looks first"
    assert "tone-work" in clerk.get(f"/retailer/tickets/{code}").text


def test_words_go_to_the_lab_and_come_back(
    session: Session, house: House, people: People, clerk: FlaskClient, now: datetime
) -> None:
    code = at_shop(session, house, people)
    url = f"/retailer/tickets/{code}/messages"
    assert post(clerk, url, {"text": "  \x00 "}, page="/retailer/new").status_code == 422
    assert post(clerk, url, {"text": "x" * 5000}, page="/retailer/new").status_code == 422
    assert post(clerk, url, {"text": "<b>Quando?</b>"}, page="/retailer/new").status_code == 302
    say(
        session,
        get(session, code.replace("-", ""), seen_by=actor(people.technician)),
        "Domani.",
        actor=actor(people.technician),
        now=now,
    )
    session.commit()
    page = clerk.get(f"/retailer/tickets/{code}").text
    assert "&lt;b&gt;Quando?" in page
    assert "Domani." in page
    assert people.technician.name not in page, "the lab speaks with one voice"
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Message).where(Message.read_at.is_not(None))) == 1


def test_the_way_back_changes_until_it_is_booked(
    session: Session, house: House, people: People, clerk: FlaskClient
) -> None:
    code = at_shop(session, house, people)
    url = f"/retailer/tickets/{code}/address"
    to = {
        "name": "Bar Sport",
        "street": "Via Prova 9",
        "postal_code": "80100",
        "city": "Napoli",
        "province": "na",
        "country": "IT",
        "phone": "",
    }
    assert post(clerk, url, {**to, "street": ""}, page="/retailer/new").status_code == 422
    assert post(clerk, url, {**to, "country": "RU"}, page="/retailer/new").status_code == 422
    assert post(clerk, url, {**to, "version": "77"}, page="/retailer/new").status_code == 409
    assert post(clerk, url, to, page="/retailer/new").status_code == 302
    assert again(session, people, code).return_street == "Via Prova 9"


def test_what_arrived_is_noted(session: Session, house: House, people: People, clerk: FlaskClient) -> None:
    code = at_shop(session, house, people, Status.SHIPPED_OUT)
    assert post(clerk, f"/retailer/tickets/{code}/delivered", {}, page="/retailer/new").status_code == 302
    assert again(session, people, code).status is Status.DELIVERED
    assert post(clerk, f"/retailer/tickets/{code}/delivered", {}, page="/retailer/new").status_code == 409


def test_what_lies_in_the_same_parcel_is_named_as_far_as_it_is_the_shops_own(
    session: Session, house: House, people: People, clerk: FlaskClient
) -> None:
    mine, beside = (at_shop(session, house, people, Status.SHIPPED_OUT) for _each in range(2))
    others = make_ticket(session, house, people, status=Status.TO_SEND)
    of_mine = select(Parcelled.shipment_id).join(Ticket).where(Ticket.code == mine.replace("-", ""))
    box = session.scalars(of_mine.order_by(Parcelled.shipment_id.desc())).first()
    for code in (beside.replace("-", ""), others.code):
        ticket_id = session.scalars(select(Ticket.id).where(Ticket.code == code)).one()
        session.add(Parcelled(shipment_id=box, ticket_id=ticket_id))
    session.commit()
    page = clerk.get(f"/retailer/tickets/{mine}").text
    assert f'href="/retailer/tickets/{beside}"' in page
    assert grouped(others.code) not in page


# --- people --------------------------------------------------------------------------------------------------------------


def test_an_administrator_invites_clerks_of_the_own_retailer(app: Flask, session: Session, people: People) -> None:
    admin = client_for(app, people.admin)
    new = {"name": "Gina Nuova", "email": "Gina@Shop.example", "shop": str(people.sister_shop.id)}
    for bad in (
        {"name": ""},
        {"email": "gina"},
        {"shop": str(people.other_shop.id)},
        {"shop": ""},
        {"email": people.clerk.email},
    ):
        refused = post(admin, "/retailer/people", new | bad, page="/retailer/new")
        assert (refused.status_code, "Gina" in refused.text or "gina" in refused.text) == (422, True), bad
    assert post(admin, "/retailer/people", new, page="/retailer/new").status_code == 302
    user = session.scalars(select(User).where(User.email == "gina@shop.example")).one()
    assert (user.retailer_id, user.shop_id, user.role.value) == (
        people.shop.retailer_id,
        people.sister_shop.id,
        "retailer_clerk",
    )
    assert session.scalars(select(OutboxRow.facts)).one() == {"user_id": user.id, "purpose": "invite"}


def test_an_administrator_switches_off_own_clerks_only(
    app: Flask, session: Session, people: People, clerk: FlaskClient
) -> None:
    admin = client_for(app, people.admin)
    for user_id in (people.other_clerk.id, people.admin.id, people.technician.id, 999999, 99999999999999999999):
        assert post(admin, f"/retailer/people/{user_id}/off", {}, page="/retailer/new").status_code == 404
    assert post(admin, f"/retailer/people/{people.clerk.id}/off", {}, page="/retailer/new").status_code == 302
    assert clerk.get("/retailer/").status_code == 302


def test_a_clerk_has_no_people(clerk: FlaskClient, people: People) -> None:
    assert clerk.get("/retailer/people").status_code == 403
    assert post(clerk, f"/retailer/people/{people.clerk.id}/off", {}, page="/retailer/new").status_code == 403


def test_a_shop_that_must_name_the_seller_is_led_to_the_messages(
    clerk: FlaskClient, session: Session, house: House, people: People
) -> None:
    page = clerk.get(
        f"/retailer/tickets/{at_shop(session, house, people, Status.RECEIVED, seller='unknown')}?lang=en"
    ).text
    assert "Write the name" in page
    assert 'href="#thread"' in page
