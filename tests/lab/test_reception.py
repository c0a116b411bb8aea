"""House rules of a parcel with many items: checked off by scan, what joins, what is missing, what nobody announced."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.outbox.models import OutboxRow, SentLetter, State
from service_center.outbox.worker import run_once
from service_center.parcels.models import Parcelled, Shipment
from service_center.parcels.services import announce
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import locked
from tests.builders import People, actor, post
from tests.conftest import Clock
from tests.lab.conftest import Make, Rows

BRT = "084119355207"


@pytest.fixture
def parcel(session: Session, house: House, people: People, make: Make) -> list[Ticket]:
    """Three items of one shop under one courier's number, each announced by itself."""
    made = [make(status=Status.TO_SEND, shop=people.shop, email="") for _each in range(3)]
    for each in made:
        clerk = actor(people.clerk)
        announce(
            session, locked(session, each.code, seen_by=clerk), "brt", BRT, actor=clerk, now=house.now(), house=house
        )
    session.commit()
    return made


def scan(client: FlaskClient, text: str, at: str = "reception") -> str:
    return str(post(client, f"/lab/scan?at={at}", {"scan": text}).location)


def receive(client: FlaskClient, ticket: Ticket, **more: object) -> None:
    assert post(client, f"/lab/reception/{grouped(ticket.code)}", {"tampering": "none", **more}).status_code == 302


def inside(rows: Rows) -> dict[int, Parcelled]:
    return {row.ticket_id: row for row in rows(select(Parcelled))}


def box(rows: Rows) -> int:
    return min(each.id for each in rows(select(Shipment)))


def test_the_courier_number_opens_one_list_from_everywhere(tech: FlaskClient, parcel: list[Ticket], rows: Rows) -> None:
    where = f"/lab/reception/parcels/{box(rows)}"
    assert scan(tech, BRT) == where
    assert scan(tech, BRT, at="") == where
    page = tech.get(where).text
    assert all(each.code[:4] in page for each in parcel)


def test_a_scan_checks_an_item_off_and_opens_it(tech: FlaskClient, parcel: list[Ticket], rows: Rows) -> None:
    first = parcel[0]
    assert scan(tech, first.code, at=f"parcel-{box(rows)}") == f"/lab/reception/{grouped(first.code)}"
    assert [row.found_at is not None for _id, row in sorted(inside(rows).items())] == [True, False, False]
    receive(tech, first, tape="broken", place="A-01")
    assert {each.seal for each in rows(select(Shipment))} == {"broken"}


def test_what_did_not_come_is_told_to_the_sender_once(
    app: Flask, tech: FlaskClient, parcel: list[Ticket], rows: Rows, clock: Clock, people: People
) -> None:
    receive(tech, parcel[0])
    said = post(tech, f"/lab/reception/parcels/{box(rows)}/done", {})
    assert said.status_code == 302
    assert [row.missing_at is not None for _id, row in sorted(inside(rows).items())] == [False, True, True]
    [waiting] = [row for row in rows(select(OutboxRow)) if row.facts.get("template") == "parcel_missing"]
    assert (waiting.facts["recipient"], len(waiting.facts["missing"])) == (people.shop.email, 2)
    clock.instant += timedelta(hours=1)
    with app.app_context():
        while run_once(app.extensions["handlers"], clock=clock):
            pass
    [letter] = [each for each in rows(select(SentLetter)) if "2 oggetti" in each.subject]
    assert f"{grouped(parcel[1].code)}  Orologio" in letter.text
    assert post(tech, f"/lab/reception/parcels/{box(rows)}/done", {}).status_code == 422


def test_what_turns_up_late_is_no_longer_named(tech: FlaskClient, parcel: list[Ticket], rows: Rows) -> None:
    receive(tech, parcel[0])
    post(tech, f"/lab/reception/parcels/{box(rows)}/done", {})
    receive(tech, parcel[1])
    letters = [row for row in rows(select(OutboxRow)) if row.facts.get("template") == "parcel_missing"]
    assert [[code for code, *_item in row.facts["missing"]] for row in letters if row.state is State.WAITING] == [
        [parcel[2].code]
    ]
    assert inside(rows)[parcel[1].id].missing_at is None


def test_a_known_item_that_nobody_named_joins_the_open_parcel(
    tech: FlaskClient, parcel: list[Ticket], make: Make, rows: Rows
) -> None:
    stranger = make(status=Status.TO_SEND)
    scan(tech, stranger.code, at=f"parcel-{box(rows)}")
    row = inside(rows)[stranger.id]
    assert (row.shipment_id, row.surplus) == (box(rows), True)
    page = tech.get(f"/lab/reception/parcels/{box(rows)}").text
    assert "non annunciato in questo pacco" in page
    assert "e altri" not in page, "the parcel keeps the name of who sent it"


def test_an_item_of_another_parcel_opens_its_own(
    session: Session, house: House, tech: FlaskClient, parcel: list[Ticket], make: Make, rows: Rows
) -> None:
    other = make(status=Status.TO_SEND)
    customer = Actor("customer", ticket_id=other.id)
    announce(session, locked(session, other.code, seen_by=customer), "gls", "NA610000011", actor=customer, now=house.now(), house=house)  # fmt: skip
    session.commit()
    scan(tech, other.code, at=f"parcel-{box(rows)}")
    assert inside(rows)[other.id].shipment_id != box(rows)


def test_three_answers_take_in_what_nobody_announced(tech: FlaskClient, rows: Rows) -> None:
    assert scan(tech, "084999900001") == "/lab/reception/unannounced?number=084999900001"
    typed = {"sender": "Bar Centrale, Aversa", "family": "jewel", "shelf": "Q-1", "number": "084999900001"}
    assert post(tech, "/lab/reception/unannounced", typed | {"sender": ""}).status_code == 422
    opened = post(tech, "/lab/reception/unannounced", typed)
    [ticket] = rows(select(Ticket))
    assert opened.location == f"/lab/reception/{grouped(ticket.code)}"
    assert (ticket.status, ticket.location) == (Status.RECEIVED, "Q-1")
    [shipment] = rows(select(Shipment))
    assert (shipment.tracking, inside(rows)[ticket.id].surplus) == ("084999900001", True)
    assert "data-label-now" in tech.get(opened.location).text


def test_the_label_prints_by_itself_once(tech: FlaskClient, parcel: list[Ticket]) -> None:
    page = f"/lab/reception/{grouped(parcel[0].code)}"
    receive(tech, parcel[0])
    assert "data-label-now" in tech.get(page).text
    assert "data-label-now" not in tech.get(page).text
    picture = tech.get(f"/lab/tickets/{grouped(parcel[0].code)}/bag.png")
    assert picture.mimetype == "image/png"
