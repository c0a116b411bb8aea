"""A guarantee is registered once, never needed, never a proof, and found again by who knows it (R06, R13)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.outbox.models import SentLetter
from service_center.outbox.worker import run_once
from service_center.proofs.models import ProofFile, ProofOfPurchase, Registration
from service_center.proofs.registrations import Keys, NewRegistration, card_state, hand_over, offered, register
from service_center.tickets import queries
from service_center.tickets.models import Ticket
from tests.builders import WHEN, People, actor, client_for, make_people, make_ticket, post
from tests.conftest import Clock
from tests.intake.walking import Browser, picture

TYPED: dict[str, Any] = {
    "family": "watch", "model": "opspw-482", "serial": " ab 12 ", "purchased_on": ["1", "11", "2024"], "seller": "shop",
    "shop_name": "Gioielleria Esempio Caserta", "card": ["model", "serial", "date", "buyer", "shop"], "stamped": "yes",
    "name": "Adele Fontanarosa", "email": "Adele@Posta.example", "phone": "333 1234567",
}  # fmt: skip


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def browser(app: Flask, people: People) -> FlaskClient:
    return client_for(app)


def new(**more: Any) -> NewRegistration:
    facts: dict[str, Any] = {
        "name": "Adele Fontanarosa", "family": "watch", "purchased_on": date(2024, 11, 1), "email": "adele@posta.example", "model": "OPSPW-482",
        "serial": "AB12", "registered_on": date(2024, 12, 10),
    }  # fmt: skip
    return NewRegistration(**(facts | more))


def only(session: Session) -> Registration:
    return session.scalars(select(Registration)).one()


def test_a_customer_registers_and_reads_the_number(
    app: Flask, session: Session, browser: FlaskClient, clock: Clock
) -> None:
    answer = post(browser, "/warranty/register?lang=en", TYPED | {"receipt": (BytesIO(picture()), "r.jpg")}, follow_redirects=True)  # fmt: skip
    row = only(session)
    assert row.number in answer.text
    assert (row.email, row.serial, row.model_code, row.seller_name) == (
        "adele@posta.example", "AB12", "OPSPW-482", "Gioielleria Esempio Caserta",
    )  # fmt: skip
    assert (row.registered_on, row.channel, row.stamped, row.notice, row.phone) == (
        date(2026, 11, 20), "web", True, "registration-1", "+393331234567",
    )  # fmt: skip
    assert session.scalar(select(func.count()).select_from(ProofFile).where(ProofFile.proof_id == row.proof_id)) == 1
    with app.app_context():
        while run_once(app.extensions["handlers"], clock=clock):
            pass
    session.commit()
    [letter] = session.scalars(select(SentLetter))
    assert row.number in letter.subject
    assert row.number not in client_for(app).get("/warranty/register/done", follow_redirects=True).text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"purchased_on": ["1", "11", "2027"]}, "This day is still to come"),
        ({"purchased_on": ["", "", ""]}, "Write the date of purchase"),
        ({"purchased_on": ["31", "2", "2025"]}, "This date does not exist"),
        ({"email": "adele"}, "Write an e-mail address"),
        ({"email": ""}, "Fill in “E-mail address”"),
        ({"model": ""}, "Fill in “Model code”"),
        ({"family": "jewel"}, "the code of another kind of item"),
        ({"shop_name": ""}, "Write the name of the shop and its town."),
        ({"shop_name": "Gioielleria Esempio"}, "Which shop was it?"),
        ({"seller": ""}, "Choose who sold it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    session: Session, browser: FlaskClient, changed: dict[str, Any], sentence: str
) -> None:
    answer = post(browser, "/warranty/register?lang=en", TYPED | changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Adele Fontanarosa" in answer.text
    assert session.scalar(select(func.count()).select_from(Registration)) == 0


def test_a_model_is_recognised_by_code_ean_and_name(session: Session, browser: FlaskClient) -> None:
    for number, model in enumerate(("8032288000016", "posh paris", "OPSPW-482")):
        post(browser, "/warranty/register", TYPED | {"model": model, "serial": f"S{number}"})
    assert set(session.scalars(select(Registration.model_code))) == {"OPSPW-482"}


@pytest.mark.parametrize("serial", ["AB12", ""])
def test_registered_twice_is_one_row(session: Session, browser: FlaskClient, serial: str) -> None:
    typed = TYPED | {"serial": serial}
    assert post(browser, "/warranty/register", typed).status_code == 302
    answer = post(browser, "/warranty/register?lang=en", typed)
    assert answer.status_code == 422
    assert "registered already" in answer.text
    only(session)


def test_who_writes_to_one_address_again_and_again_waits(browser: FlaskClient) -> None:
    answers = [post(browser, "/warranty/register", TYPED | {"serial": f"S{n}"}).status_code for n in range(8)]
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("typed", "lab", "others"),
    [
        (Keys("adele@posta.example"), True, False),
        (Keys(serial="ab 12"), True, False),
        (Keys(model="OPSPW-482", purchased_on=date(2024, 11, 1)), True, False),
        (Keys(model="OPSPW-482"), False, False),
        (Keys("adele@posta.example", "AB12"), True, True),
        (Keys("adele@posta.example", "", "OPSPW-482"), True, True),
        (Keys("adele@posta.example", "XX99"), False, False),
        (Keys("adele@posta.example", "AB12", "", date(2025, 1, 1)), False, False),
        (Keys("other@posta.example", "AB12"), True, False),
        (Keys(), False, False),
    ],
)
def test_nobody_fishes_for_others_data(session: Session, people: People, typed: Keys, lab: bool, others: bool) -> None:
    register(session, new(), actor=actor(people.front_desk), now=WHEN)
    assert (offered(session, typed, in_lab=True) is not None) is lab
    assert (offered(session, typed, in_lab=False) is not None) is others


@pytest.mark.parametrize(
    ("filled", "stamped", "state"),
    [
        ([], False, "absent"),
        (["model"], True, "incomplete"),
        (["model", "serial", "date", "buyer", "shop"], False, "unstamped"),
        (["model", "serial", "date", "buyer", "shop"], True, "complete"),
    ],
)
def test_a_card_is_as_good_as_its_fields(filled: list[str], stamped: bool, state: str) -> None:
    assert card_state(dict.fromkeys(filled, True), stamped) == state


def test_a_registration_saves_a_late_request_for_a_person(session: Session, house: House, people: People) -> None:
    """R06: late by purchase, in time by registration."""
    ticket = make_ticket(session, house, people, purchased_on=date(2024, 11, 1), registered_on=date(2024, 12, 10))
    assert ticket.verdict == "AMBIGUOUS"
    late = make_ticket(session, house, people, purchased_on=date(2024, 11, 1), registered_on=date(2026, 11, 10))
    assert (late.verdict, late.reason) == ("NOT_COVERED", "WINDOW")


def registered_before(session: Session, people: People) -> Registration:
    row = register(session, new(), actor=actor(people.front_desk), now=WHEN)
    session.commit()
    return row


def walked(app: Flask, *, model: str = "OPSPW-482", serial: str = "", day: date | None = None, email: str) -> Browser:
    """A request on the web that only waits to be sent."""
    walk = Browser(client_for(app))
    bought = {"purchased_on": [str(day.day), str(day.month), str(day.year)]} if day else {"no_date": "y"}
    walk.item(what={"family": "watch", "model": model, "serial": serial}, when={**bought, "card": "complete"})
    walk.you(email=email)
    return walk


CHECK, USE = "/repairs/new/check?lang=en", "/repairs/new/1/registration"


def test_the_web_finds_it_again_and_uses_it(app: Flask, session: Session, people: People) -> None:
    """R06 to its end: late by the purchase, saved by the registration, and a person decides with the rules' advice."""
    registered_before(session, people)
    walk = walked(app, serial="AB12", day=date(2024, 11, 1), email="adele@posta.example")
    assert "You registered this item on" in walk.get(CHECK).text
    walk.post(USE)
    assert "goes with the request" in walk.get(CHECK).text
    walk.send()
    code = session.scalars(select(Ticket.code)).one()
    ticket = queries.get(session, code, seen_by=actor(people.manager))
    assert ticket.proof
    assert ticket.proof.registered_on == date(2024, 12, 10)
    record = queries.latest_verdict(session, ticket.id).record
    assert (record["verdict"], record["advice"]) == ("AMBIGUOUS", "goodwill")


@pytest.mark.parametrize(("serial", "filled"), [("AB12", True), ("", False)])
def test_only_the_serial_number_opens_the_day_of_purchase(
    app: Flask, session: Session, people: People, serial: str, filled: bool
) -> None:
    registered_before(session, people)
    walk = walked(app, serial=serial, email="adele@posta.example")
    assert "1 Nov 2024" not in walk.get(CHECK).text
    walk.post(USE)
    page = walk.get(CHECK).text
    assert "goes with the request" in page
    assert ("1 Nov 2024" in page) is filled


def registered_with_receipt(session: Session) -> Registration:
    kept = Kept("k", "p", "t", "image/jpeg", "f" * 64, 64, 48, 1, "r.jpg")
    row = register(session, new(), actor=Actor("public"), now=WHEN, files=[kept])
    session.commit()
    return row


@pytest.mark.parametrize(("serial", "comes"), [("AB12", True), ("", False)])
def test_the_receipt_of_a_registration_goes_with_the_repair_for_who_knows_the_serial_number(
    app: Flask, session: Session, people: People, serial: str, comes: bool
) -> None:
    """As if it had been sent now: nothing is asked for again, a person confirms it, and it is no twin of itself."""
    row = registered_with_receipt(session)
    walk = walked(app, serial=serial, day=date(2024, 11, 1), email="adele@posta.example")
    walk.post(USE)
    assert ("with the receipt that you sent then" in walk.get(CHECK).text) is comes
    walk.send()
    session.expire_all()
    ticket = queries.get(session, session.scalars(select(Ticket.code)).one(), seen_by=actor(people.manager))
    assert ticket.proof
    files = session.scalars(select(ProofFile.name).where(ProofFile.proof_id == ticket.proof.id)).all()
    assert ("r.jpg" in files, ticket.proof.checked_at, ticket.proof.reuse) == (comes, None, "")
    assert (row.proof_id == ticket.proof.id) is comes


def test_the_receipt_of_a_registration_is_handed_over_once(session: Session, people: People) -> None:
    row, proofs = registered_with_receipt(session), []
    for _each in range(2):
        proof = ProofOfPurchase(kind="receipt", seller="unknown", card="absent", created_at=WHEN + timedelta(days=1))
        hand_over(session, row, proof)
        proofs.append(proof)
    session.flush()
    assert row.proof_id == proofs[0].id
    assert session.scalars(select(ProofFile.proof_id)).all() == [proofs[0].id]
    assert (
        session.scalar(select(func.count()).select_from(ProofOfPurchase).where(ProofOfPurchase.created_at == WHEN)) == 0
    )


def test_the_counter_takes_the_receipt_of_the_registration(app: Flask, session: Session, people: People) -> None:
    row = registered_with_receipt(session)
    desk = client_for(app, people.front_desk)
    typed = {"family": "watch", "serial": "AB12", "name": "Adele", "channel": "counter", "registered": row.number}
    live = post(desk, "/lab/intake/new/verdict?lang=en", typed, headers={"X-Live": "1"})
    assert "the receipt that came with it" in live.text


def test_a_shop_of_several_can_be_chosen(session: Session, browser: FlaskClient, people: People) -> None:
    typed = TYPED | {"shop_name": "Gioielleria Esempio"}
    assert post(browser, "/warranty/register", typed | {"shop": "999"}).status_code == 422
    assert post(browser, "/warranty/register", typed | {"shop": str(people.clerk.shop_id)}).status_code == 302
    assert only(session).shop_id == people.clerk.shop_id


def test_none_of_several_shops_can_be_chosen(session: Session, browser: FlaskClient) -> None:
    typed = TYPED | {"shop_name": "Gioielleria Esempio", "shop": "none"}
    assert post(browser, "/warranty/register", typed).status_code == 302
    assert (only(session).shop_id, only(session).seller_name) == (None, "Gioielleria Esempio")


def test_a_stranger_is_offered_nothing(app: Flask, session: Session, people: People) -> None:
    registered_before(session, people)
    walk = walked(app, serial="AB12", email="other@posta.example")
    assert "You registered this item" not in walk.get(CHECK).text
    walk.post(USE)
    assert "goes with the request" not in walk.get(CHECK).text


def test_the_counter_fills_in_what_was_registered(app: Flask, session: Session, people: People) -> None:
    row = registered_before(session, people)
    desk = client_for(app, people.front_desk)
    typed = {"family": "watch", "serial": "AB12", "name": "Adele", "channel": "counter"}
    live = post(desk, "/lab/intake/new/verdict?lang=en", typed, headers={"X-Live": "1"})
    assert row.number in live.text
    assert 'formaction="/lab/intake/new/verdict"' in live.text
    page = post(desk, "/lab/intake/new/verdict?lang=en", typed | {"use_registration": row.number}).text
    assert 'value="2024"' in page
    assert "The registration is used" in page


def test_a_shop_needs_more_than_an_address(app: Flask, session: Session, people: People) -> None:
    row = registered_before(session, people)
    shop, url = client_for(app, people.clerk), "/retailer/new/verdict?lang=en"
    typed = {"family": "watch", "email": "adele@posta.example"}
    headers = {"X-Live": "1"}
    assert row.number not in post(shop, url, typed, headers=headers).text
    assert row.number in post(shop, url, typed | {"serial": "AB12"}, headers=headers).text


# --- the paper form, copied by staff -------------------------------------------------------------------------------


def test_staff_copies_the_paper_form_with_the_day_on_the_envelope(app: Flask, session: Session, people: People) -> None:
    desk = client_for(app, people.front_desk)
    typed = {k: v for k, v in TYPED.items() if k != "email"} | {"registered_on": ["20", "11", "2024"]}
    assert post(desk, "/manage/registrations/new", typed).status_code == 302
    row = only(session)
    assert (row.registered_on, row.channel, row.entered_by_id) == (date(2024, 11, 20), "paper", people.front_desk.id)
    listed = desk.get("/manage/registrations?lang=en&q=fontanarosa").text
    assert row.number in listed
    assert row.number not in desk.get("/manage/registrations?q=nobody").text
    table = desk.get("/manage/registrations.csv?q=fontanarosa")
    assert row.number in table.text
    assert table.mimetype == "text/csv"
    assert row.number in desk.get(f"/manage/registrations/{row.id}").text


def test_the_envelope_is_not_older_than_the_purchase(app: Flask, people: People) -> None:
    desk = client_for(app, people.manager)
    answer = post(desk, "/manage/registrations/new?lang=en", TYPED | {"registered_on": ["20", "10", "2024"]})
    assert answer.status_code == 422
    assert "before the day of purchase" in answer.text


def test_shops_and_strangers_see_no_list(app: Flask, people: People) -> None:
    assert client_for(app, people.clerk).get("/manage/registrations").status_code in (302, 403)
    assert client_for(app).get("/manage/registrations").status_code == 302
