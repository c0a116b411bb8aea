"""Parcels: who shares one, which number fits, and what becomes of one that did not leave after all."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.lab import services as lab
from service_center.parcels import services as parcels
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.queries import booked, codes_in
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from tests.builders import WHEN, People, actor, client_for, make_people, make_ticket, post

NUMBER = "084119355200"


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def sent(session: Session, house: House, people: People, number: int) -> list[Ticket]:
    """Tickets of one address that left in one parcel."""
    who = actor(people.technician)
    tickets = [make_ticket(session, house, people, status=Status.READY) for _each in range(number)]
    parcel = parcels.book(session, tickets, "brt", actor=who, now=WHEN, house=house)
    parcels.ship(session, parcel, tickets, NUMBER, actor=who, now=WHEN, house=house)
    session.commit()
    return tickets


def take_back(session: Session, house: House, people: People, ticket: Ticket) -> None:
    lab.act(session, ticket, Action.UNDO, "Sacco sbagliato", actor=actor(people.front_desk), now=WHEN, house=house)
    session.flush()


def test_a_parcel_that_did_not_leave_waits_again_and_takes_another_label(
    session: Session, house: House, people: People
) -> None:
    [ticket] = sent(session, house, people, 1)
    take_back(session, house, people, ticket)
    assert ticket.status is Status.READY
    parcel = booked(session, ticket.id)
    assert (parcel.left_at, parcel.tracking) == (None, "")
    assert [each.id for each in parcels.open_shipments(session, ticket)] == [parcel.id]


def test_one_item_that_did_not_leave_brings_its_whole_parcel_back(
    session: Session, house: House, people: People
) -> None:
    first, second = sent(session, house, people, 2)
    take_back(session, house, people, first)
    assert (first.status, second.status) == (Status.READY, Status.READY)
    assert len(codes_in(session, booked(session, second.id))) == 2


def test_undoing_another_step_leaves_parcels_alone(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.READY)
    parcels.book(session, [ticket], "brt", actor=actor(people.technician), now=WHEN, house=house)
    take_back(session, house, people, ticket)
    assert ticket.status is Status.TESTING
    assert len(parcels.open_shipments(session, ticket)) == 1


def test_one_parcel_has_one_address(session: Session, house: House, people: People) -> None:
    here, shop = (
        make_ticket(session, house, people, status=Status.READY),
        make_ticket(session, house, people, status=Status.READY),
    )
    shop.return_street = "Corso Prova 12"
    with pytest.raises(Refused, match="several_addresses"):
        parcels.book(session, [here, shop], "brt", actor=actor(people.technician), now=WHEN, house=house)


def test_only_what_is_ready_is_booked_and_only_a_number_of_the_courier_leaves(
    session: Session, house: House, people: People
) -> None:
    who = actor(people.technician)
    with pytest.raises(Refused, match="not_ready"):
        parcels.book(
            session,
            [make_ticket(session, house, people, status=Status.TESTING)],
            "brt",
            actor=who,
            now=WHEN,
            house=house,
        )
    ticket = make_ticket(session, house, people, status=Status.READY)
    parcel = parcels.book(session, [ticket], "dhl", actor=who, now=WHEN, house=house)
    for number in ("", "1234567890", NUMBER):
        with pytest.raises(Refused, match="tracking"):
            parcels.ship(session, parcel, [ticket], number, actor=who, now=WHEN, house=house)


@pytest.mark.parametrize(
    ("courier", "good", "wrong"),
    [
        ("brt", "084119355200", "08411935520"),
        ("gls", "AB123456789", "AB12345678"),
        ("dhl", "1234567891", "1234567890"),
        ("ups", "1Z999AA10123456784", "1Z999AA10123456785"),
    ],
)
def test_a_courier_knows_its_own_numbers(courier: str, good: str, wrong: str) -> None:
    """E.1 to E.3, with their check digits."""
    known = COURIERS[courier]
    assert known.accepts(good)
    assert not known.accepts(wrong)
    assert good in known.follow(good)


def test_the_address_changes_until_a_parcel_is_booked(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.READY)
    who = actor(people.front_desk)
    parcels.change_address(
        session, ticket, parcels.where(queries.get(session, ticket.code, seen_by=who)), actor=who, now=WHEN, house=house
    )
    parcels.book(session, [ticket], "brt", actor=who, now=WHEN, house=house)
    with pytest.raises(Refused, match="already_booked"):
        parcels.change_address(session, ticket, parcels.where(ticket), actor=who, now=WHEN, house=house)


def test_whoever_signed_for_a_parcel_stands_with_it(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.SHIPPED_OUT, shop=people.shop)
    shop, page = client_for(app, people.clerk), f"/retailer/tickets/{ticket.code}/delivered"
    session.commit()
    assert post(shop, page, {"signed_by": "x" * 121}).status_code == 422
    assert post(shop, page, {"signed_by": "Nunzia Esempio"}).status_code == 302
    session.expire_all()
    parcel = booked(session, ticket.id)
    assert (parcel.signed_by, parcel.delivered_at is not None) == ("Nunzia Esempio", True)
