"""A new repair at a shop's counter: one page, one ticket."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.proofs.models import ProofFile
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Channel, Photo, Ticket
from service_center.tickets.queries import get
from tests.builders import People, actor, client_for, make_people, post, token
from tests.retailers.desk import code_of, picture, repair, send, shop_on


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def clerk(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.clerk)


def the_ticket(session: Session, people: People, code: str) -> Ticket:
    """The ticket with all its rows, and no transaction left open behind it."""
    found = get(session, code.replace("-", ""), seen_by=actor(people.manager))
    session.expunge_all()
    session.rollback()
    return found


def test_a_repair_is_taken_in_with_its_papers_and_photos(
    session: Session, people: People, clerk: FlaskClient, now: datetime
) -> None:
    code = code_of(
        send(clerk, receipt=[picture("white")], card_photo=[picture("grey")], photos=[picture(), picture("teal")])
    )
    ticket = the_ticket(session, people, code)
    assert (ticket.shop_id, ticket.retailer_id, ticket.shop_reference) == (
        people.shop.id,
        people.shop.retailer_id,
        "CE-0432",
    )
    assert (ticket.request.channel, ticket.request.evidence, ticket.requested_at) == (
        Channel.RETAILER,
        "retailer_slip",
        now,
    )
    assert (ticket.status, ticket.verdict, ticket.return_name) == (Status.TO_SEND, "COVERED", people.shop.name)
    assert ticket.proof
    assert (ticket.proof.seller, ticket.proof.shop_id) == ("authorised_retailer", people.shop.id)
    assert session.scalars(select(Photo.subject).order_by(Photo.id)).all() == ["front", "detail"]
    assert session.scalar(select(func.count()).select_from(ProofFile).where(ProofFile.proof_id == ticket.proof_id)) == 2


def test_the_page_after_it_bears_code_pin_and_papers(clerk: FlaskClient) -> None:
    answered = send(clerk)
    page = clerk.get(answered.location).text
    assert re.search(r'class="code pin">\w{4,}', page)
    code = code_of(answered)
    for paper in ("slip", "bag", "label"):
        printed = clerk.get(f"/retailer/tickets/{code}/{paper}.pdf")
        assert (printed.status_code, printed.mimetype) == (200, "application/pdf")
        assert printed.data.startswith(b"%PDF")
    assert clerk.get(f"/retailer/tickets/{code}/label.pdf?size=a6").data.startswith(b"%PDF")
    assert clerk.get(f"/retailer/tickets/{code}/report.pdf").status_code == 404


def test_an_earlier_day_is_the_shops_word(session: Session, people: People, clerk: FlaskClient) -> None:
    code = code_of(send(clerk, asked_on=["17", "11", "2026"]))
    ticket = the_ticket(session, people, code)
    assert ticket.request.evidence == "retailer_entry"
    assert ticket.requested_at.date().isoformat() == "2026-11-17"


def test_an_administrator_takes_in_at_any_of_their_shops(app: Flask, session: Session, people: People) -> None:
    client = client_for(app, people.admin)
    code = code_of(
        send(
            client,
            shop=str(people.sister_shop.id),
            seller=f"shop-{people.shop.id}",
            back="customer",
            street="Via Prova 1",
            city="Napoli",
            postal_code="80100",
            province="na",
        )
    )
    ticket = the_ticket(session, people, code)
    assert ticket.shop_id == people.sister_shop.id
    assert ticket.proof
    assert ticket.proof.shop_id == people.shop.id
    assert (ticket.return_name, ticket.return_street, ticket.return_province) == (
        "Adele Fontanarosa",
        "Via Prova 1",
        "NA",
    )


def test_nobody_takes_in_for_another_retailer(app: Flask, session: Session, people: People, clerk: FlaskClient) -> None:
    theirs = str(people.other_shop.id)
    refused = send(client_for(app, people.admin), shop=theirs)
    assert (refused.status_code, 'id="shop-error"' in refused.text) == (422, True)
    assert the_ticket(session, people, code_of(send(clerk, shop=theirs))).shop_id == people.shop.id


def test_another_shop_is_known_by_its_name(session: Session, people: People, clerk: FlaskClient) -> None:
    code = code_of(send(clerk, seller="other-shop", seller_name="l'ora giusta roma, ROMA"))
    proof = the_ticket(session, people, code).proof
    assert proof
    assert (proof.shop_id, proof.seller) == (people.other_shop.id, "authorised_retailer")


def test_a_name_that_nobody_knows_is_asked_for_and_not_denied(
    session: Session, people: People, clerk: FlaskClient
) -> None:
    ticket = the_ticket(session, people, code_of(send(clerk, seller="other-shop", seller_name="Da Ciro")))
    assert ticket.proof
    assert (ticket.proof.seller, ticket.proof.seller_name, ticket.verdict) == ("unknown", "Da Ciro", "PENDING_DOCS")


def test_a_swollen_battery_is_not_to_be_sent(session: Session, people: People, clerk: FlaskClient) -> None:
    answered = send(clerk, family="smartwatch", model="", symptom="S21")
    code = code_of(answered)
    assert the_ticket(session, people, code).status is Status.REQUESTED
    assert "tone-stop" in clerk.get(answered.location).text
    assert clerk.get(f"/retailer/tickets/{code}/label.pdf").status_code == 404
    assert post(clerk, f"/retailer/tickets/{code}/post", {}, page="/retailer/new").status_code == 422


def test_the_same_page_sent_twice_is_one_ticket(session: Session, clerk: FlaskClient) -> None:
    page = clerk.get("/retailer/new").text
    once = re.search(r'name="once"[^>]*value="([^"]+)"', page)
    assert once
    first, second = (send(clerk, once=once[1]) for _ in range(2))
    assert code_of(first) == code_of(second)
    assert session.scalar(select(func.count()).select_from(Ticket)) == 1


def test_the_same_page_sent_from_two_windows_is_one_ticket(app: Flask, session: Session, people: People) -> None:
    first, second = (send(client_for(app, people.clerk), once="one page", email="", phone="") for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert session.scalar(select(func.count()).select_from(Ticket)) == 1


def test_what_looks_like_an_open_repair_is_asked_about_first(session: Session, clerk: FlaskClient) -> None:
    first = code_of(send(clerk, serial="SW123"))
    again = send(clerk, serial="sw123", email="", phone="")
    assert again.status_code == 422
    assert first[:4] in again.text
    assert code_of(send(clerk, serial="sw123", another="y"))
    assert session.scalar(select(func.count()).select_from(Ticket)) == 2


def test_files_survive_a_page_that_comes_back(session: Session, clerk: FlaskClient) -> None:
    refused = send(clerk, name="", receipt=[picture("white")], photos=[picture()])
    assert refused.status_code == 422
    held = re.search(r'name="held"[^>]*value="([^"]+)"', refused.text)
    assert held
    code_of(send(clerk, held=held[1]))
    assert session.scalar(select(func.count()).select_from(ProofFile)) == 1
    assert session.scalar(select(func.count()).select_from(Photo)) == 1


def test_held_files_of_nobody_are_nothing(session: Session, clerk: FlaskClient) -> None:
    code_of(send(clerk, held="eyJyZWNlaXB0IjpbXX0.forged.signature"))
    assert session.scalar(select(func.count()).select_from(ProofFile)) == 0


BAD: dict[str, tuple[dict[str, object], str]] = {
    "nothing at all": (dict.fromkeys(repair(), ""), "family"),
    "no family": ({"family": "toaster"}, "family"),
    "a model of another family": ({"family": "jewel", "symptom": "S14", "model": "OPSPW-482"}, "model"),
    "a fault that a jewel cannot have": ({"family": "jewel", "model": "", "symptom": "S17"}, "symptom"),
    "a symptom that is none": ({"symptom": "S77"}, "symptom"),
    "no date on a receipt": ({"purchased_on": ["", "", ""]}, "purchased_on"),
    "a date that is none": ({"purchased_on": ["31", "2", "2026"]}, "purchased_on"),
    "bought tomorrow": ({"purchased_on": ["21", "11", "2026"]}, "purchased_on"),
    "bought in the year 1": ({"purchased_on": ["1", "1", "0999"]}, "purchased_on"),
    "handed in tomorrow": ({"asked_on": ["21", "11", "2026"]}, "asked_on"),
    "handed in before it was bought": ({"asked_on": ["13", "3", "2026"]}, "asked_on"),
    "nobody looked at the card": ({"card": ""}, "card"),
    "another shop without a name": ({"seller": "other-shop"}, "seller_name"),
    "a seller that is none": ({"seller": "shop-99999999999999999999"}, "seller"),
    "no name": ({"name": "\x00 "}, "name"),
    "an address that is none": ({"email": "adele@@posta"}, "email"),
    "a telephone that is none": ({"phone": "chiamare ore pasti"}, "phone"),
    "a parcel to nowhere": ({"back": "customer"}, "street"),
    "a country that is not served": ({"back": "customer", "street": "Via 1", "city": "Mosca", "postal_code": "1", "country": "RU"}, "country"),
    "a novel": ({"words": "x" * 9000}, "words"),
    "a long reference": ({"reference": "x" * 61}, "reference"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_beside_its_field_and_kept(session: Session, clerk: FlaskClient, case: str) -> None:
    changed, field = BAD[case]
    answered = send(clerk, **{"serial": "KEPT-1", **changed} if "serial" not in changed else changed)
    assert answered.status_code == 422, case
    assert re.search(rf'id="{field}(-\d+)?-error"|id="{field}-error"', answered.text), case
    if "serial" not in changed:
        assert "KEPT-1" in answered.text
    assert session.scalar(select(func.count()).select_from(Ticket)) == 0


def test_a_file_that_is_no_picture_is_told_beside_its_question(clerk: FlaskClient) -> None:
    answered = send(clerk, photos=[(BytesIO(b"MZ not a photograph"), "holiday.exe")])
    assert answered.status_code == 422
    assert 'id="photos-error"' in answered.text


def live(client: FlaskClient, **more: object) -> str:
    data = {"csrf_token": token(client, "/retailer/new"), **more}
    answered = client.post("/retailer/new/verdict", data=data, headers={"X-Live": "1"})
    assert answered.status_code == 200
    assert "<html" not in answered.text
    return answered.text


def test_the_verdict_follows_the_form(clerk: FlaskClient) -> None:
    shop = shop_on(clerk)
    assert "verdict" not in live(clerk).replace("verdict on", "")
    assert "tone-wait" in live(clerk, **repair(shop=shop, proof="none", purchased_on=["", "", ""]))
    assert "tone-ok" in live(clerk, **repair(shop=shop))
    assert "tone-rest" in live(clerk, **repair(shop=shop, purchased_on=["19", "11", "2024"]))
    assert "tone-stop" in live(clerk, **repair(shop=shop, symptom="S22"))


@pytest.mark.parametrize("case", BAD)
def test_the_live_verdict_never_falls_over(clerk: FlaskClient, case: str) -> None:
    live(clerk, **repair(**BAD[case][0]))


def test_without_a_script_the_verdict_comes_with_the_whole_page(clerk: FlaskClient) -> None:
    data = {
        "csrf_token": token(clerk, "/retailer/new"),
        **repair(name="", shop=shop_on(clerk)),
        "receipt": [picture("white")],
    }
    page = clerk.post("/retailer/new/verdict", data=data)
    assert page.status_code == 200
    assert "tone-ok" in page.text
    assert "error-summary" not in page.text
    assert re.search(r'name="held"[^>]*value="[^"]{40,}"', page.text)
