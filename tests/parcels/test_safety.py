"""What is flagged goes to no courier; a battery that may be damaged never flies."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.parcels import services as parcels
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Shipment
from service_center.parcels.wording import told
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import safety
from tests.builders import WHEN, People, actor, client_for, make_people, make_ticket

AIR = sorted(code for code, courier in COURIERS.items() if courier.air)
GROUND = sorted(set(COURIERS) - set(AIR))


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def flag(session: Session, house: House, people: People, ticket: Ticket, hazard: str = "swelling") -> None:
    seen = safety.Seen(hazard, "Si è gonfiato.")
    safety.flag(session, ticket, seen, actor=actor(people.technician), now=WHEN, house=house)
    session.commit()


def end(session: Session, house: House, people: People, ticket: Ticket, ending: str) -> None:
    [report] = safety.reports(session, ticket.id)
    safety.end(session, ticket, report, ending, "Esaminato.", actor=actor(people.manager), now=WHEN, house=house)
    session.commit()


def book(session: Session, house: House, people: People, ticket: Ticket, courier: str) -> Shipment:
    made = parcels.book(session, [ticket], courier, actor=actor(people.technician), now=WHEN, house=house)
    session.commit()
    return made


def test_dhl_and_ups_fly() -> None:
    assert AIR == ["dhl", "ups"]


@pytest.mark.parametrize("courier", sorted(COURIERS))
def test_no_courier_takes_what_is_flagged(session: Session, house: House, people: People, courier: str) -> None:
    ticket = make_ticket(session, house, people, status=Status.READY)
    flag(session, house, people, ticket)
    with pytest.raises(Refused, match="safety_open"):
        book(session, house, people, ticket, courier)


@pytest.mark.parametrize("courier", AIR)
@pytest.mark.parametrize("ending", ["safe", "disposed", "adr", "kept"])
def test_a_reported_battery_does_not_fly_after_the_flag(
    session: Session, house: House, people: People, courier: str, ending: str
) -> None:
    ticket = make_ticket(session, house, people, status=Status.READY)
    flag(session, house, people, ticket)
    end(session, house, people, ticket, ending)
    with pytest.raises(Refused) as refused:
        book(session, house, people, ticket, courier)
    assert (refused.value.code, refused.value.field) == ("ground_only", "courier")


@pytest.mark.parametrize(
    ("hazard", "ending", "courier"),
    [*[("swelling", "safe", each) for each in GROUND], ("swelling", "battery_out", "dhl"), ("burn", "mistake", "ups"), ("skin", "safe", "dhl")],
)  # fmt: skip
def test_it_travels_where_nothing_speaks_against_it(
    session: Session, house: House, people: People, hazard: str, ending: str, courier: str
) -> None:
    ticket = make_ticket(session, house, people, status=Status.READY)
    flag(session, house, people, ticket, hazard)
    end(session, house, people, ticket, ending)
    assert book(session, house, people, ticket, courier).courier == courier


def test_a_parcel_booked_before_the_flag_neither_leaves_nor_gets_a_label(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.READY)
    made = book(session, house, people, ticket, "brt")
    client = client_for(app, people.technician)
    assert client.get(f"/lab/shipments/{made.id}/label.pdf").mimetype == "application/pdf"
    session.rollback()
    ticket = queries.get(session, ticket.code, seen_by=actor(people.manager))
    flag(session, house, people, ticket)
    with pytest.raises(Refused, match="safety_open"):
        parcels.ship(session, made, [ticket], "084119355200", actor=actor(people.technician), now=WHEN, house=house)
    session.rollback()
    assert client.get(f"/lab/shipments/{made.id}/label.pdf").status_code == 302


def test_a_shop_gets_no_label_for_what_is_flagged(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop)
    client = client_for(app, people.clerk)
    assert client.get(f"/retailer/tickets/{ticket.code}/label.pdf").status_code == 200
    session.rollback()
    flag(session, house, people, queries.get(session, ticket.code, seen_by=actor(people.manager)))
    assert client.get(f"/retailer/tickets/{ticket.code}/label.pdf").status_code == 404


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_parcels_page_tells_the_marking(language: str) -> None:
    with speaking(language):
        assert told(0, on_the_ground=False) == []
        assert "UN3481" in told(1, on_the_ground=False)[0]
        assert told(2, on_the_ground=False)[1] != told(3, on_the_ground=False)[1]
        assert len(told(1, on_the_ground=True)) == 3
