"""The lab's own page for a new ticket: how somebody asked decides where the ticket begins and what fixes its day."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Channel, Ticket
from service_center.tickets.queries import get
from tests.builders import People, actor, client_for, make_people, post, token
from tests.retailers.desk import picture, repair

PAGE = "/lab/intake/new"


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def desk(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.front_desk)


def asked(**more: object) -> dict[str, object]:
    """A page filled in while somebody is on the telephone."""
    address = {"street": "Via Prova 1", "city": "Napoli", "postal_code": "80100", "province": "NA"}
    own = {
        "channel": "counter",
        "seller": "other-shop",
        "seller_name": "Gioielleria Esempio Caserta",
        "back": "customer",
        "carrier_on": ["", "", ""],
    }
    return repair() | address | own | more


def opened(client: FlaskClient, session: Session, people: People, **more: object) -> Ticket:
    answered = post(client, PAGE, asked(**more), page=PAGE)
    assert answered.status_code == 302, answered.text
    found = get(session, answered.location.rsplit("/", 1)[-1].replace("-", ""), seen_by=actor(people.manager))
    session.expunge_all()
    session.rollback()
    return found


CHANNELS = (
    ("counter", Channel.COUNTER, Status.RECEIVED, "own_contact"),
    ("phone", Channel.PHONE, Status.TO_SEND, "own_contact"),
    ("email", Channel.EMAIL, Status.TO_SEND, "own_contact"),
    ("whatsapp", Channel.WHATSAPP, Status.TO_SEND, "own_contact"),
    ("arrival", Channel.ARRIVAL, Status.RECEIVED, "arrival"),
)


@pytest.mark.parametrize(("typed", "channel", "status", "evidence"), CHANNELS)
def test_how_they_asked_decides_where_it_begins(
    session: Session,
    people: People,
    desk: FlaskClient,
    now: datetime,
    typed: str,
    channel: Channel,
    status: Status,
    evidence: str,
) -> None:
    ticket = opened(desk, session, people, channel=typed, carrier_on=["18", "11", "2026"])
    assert (ticket.request.channel, ticket.status, ticket.request.evidence) == (channel, status, evidence)
    assert ticket.request.carrier_accepted_on == (date(2026, 11, 18) if typed == "arrival" else None)
    assert (ticket.shop_id, ticket.requested_at) == (None, now)
    assert ticket.proof
    assert (ticket.proof.seller, ticket.proof.shop_id) == ("authorised_retailer", people.shop.id)


def test_a_contact_of_last_week_counts_as_we_recorded_it(session: Session, people: People, desk: FlaskClient) -> None:
    ticket = opened(desk, session, people, channel="whatsapp", asked_on=["13", "11", "2026"])
    assert (ticket.request.evidence, ticket.requested_at.date()) == ("own_contact", date(2026, 11, 13))


def test_the_page_after_it_bears_pin_papers_and_ways_on(desk: FlaskClient) -> None:
    answered = post(desk, PAGE, asked(photos=[picture()]), page=PAGE)
    page = desk.get(answered.location).text
    code = answered.location.rsplit("/", 1)[-1]
    assert re.search(r'class="code pin">\w{4,}', page)
    assert f"/lab/tickets/{code}" in page
    for paper in ("slip", "bag"):
        assert desk.get(f"/lab/intake/{code}/{paper}.pdf").data.startswith(b"%PDF")


def test_what_is_collected_needs_no_street(session: Session, people: People, desk: FlaskClient) -> None:
    ticket = opened(desk, session, people, back="collected", street="", city="", postal_code="")
    assert (ticket.return_name, ticket.return_street) == ("Adele Fontanarosa", "")


@pytest.mark.parametrize("seller", ["own_shop", "marketplace", "unknown"])
def test_a_seller_that_is_no_shop(session: Session, people: People, desk: FlaskClient, seller: str) -> None:
    ticket = opened(desk, session, people, seller=seller, seller_name="", card="")
    assert ticket.proof
    assert (ticket.proof.seller, ticket.proof.card) == (seller, "absent")


BAD: dict[str, tuple[dict[str, object], str]] = {
    "nothing at all": (dict.fromkeys(asked(), ""), "family"),
    "a channel that is none": ({"channel": "pigeon"}, "channel"),
    "tomorrow": ({"asked_on": ["21", "11", "2026"]}, "asked_on"),
    "the carrier had it tomorrow": ({"channel": "arrival", "carrier_on": ["21", "11", "2026"]}, "carrier_on"),
    "no seller": ({"seller": ""}, "seller"),
    "no shop": ({"seller_name": ""}, "seller_name"),
    "no street": ({"street": ""}, "street"),
    "not served": ({"country": "RU"}, "country"),
    "another family's model": ({"family": "jewel", "symptom": "S14"}, "model"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_beside_its_field_and_kept(session: Session, desk: FlaskClient, case: str) -> None:
    changed, field = BAD[case]
    answered = post(
        desk, PAGE, asked() | {"serial": "KEPT-1"} | {k: v for k, v in changed.items() if k != "serial"}, page=PAGE
    )
    assert answered.status_code == 422, case
    assert f'id="{field}-error"' in answered.text, case
    assert "KEPT-1" in answered.text
    assert session.scalar(select(func.count()).select_from(Ticket)) == 0


@pytest.mark.parametrize("case", BAD)
def test_the_live_verdict_is_always_a_panel(desk: FlaskClient, case: str) -> None:
    data = {"csrf_token": token(desk, PAGE), **asked(**BAD[case][0])}
    answered = desk.post("/lab/intake/new/verdict", data=data, headers={"X-Live": "1"})
    assert (answered.status_code, "<html" in answered.text) == (200, False)


def test_the_same_page_sent_twice_is_one_ticket(session: Session, people: People, desk: FlaskClient) -> None:
    once = re.search(r'name="once"[^>]*value="([^"]+)"', desk.get(PAGE).text)
    assert once
    first, second = (opened(desk, session, people, once=once[1]) for _ in range(2))
    assert first.code == second.code


@pytest.mark.parametrize("who", ["clerk", "admin", None])
def test_the_counter_is_the_labs(app: Flask, people: People, who: str | None) -> None:
    client = client_for(app, getattr(people, who) if who else None)
    assert client.get(PAGE).status_code == (403 if who else 302)
