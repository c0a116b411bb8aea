"""The chain of hands: a row a hand-over, one table of who has it, and no page that breaks on a gap."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.parcels import services as parcels
from service_center.tickets import queries
from service_center.tickets.bench_models import Custody
from service_center.tickets.custody import HANDS_TO, Holder, Link, chain, worst
from service_center.tickets.lifecycle import STEPS, Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import advance
from service_center.tickets.services.custody import chain_of, grade
from service_center.tickets.wording.custody import custody
from service_center.tickets.wording.voices import Reader
from tests.builders import WHEN, actor, client_for, make_people, make_ticket

LATER = WHEN + timedelta(hours=2)


def _hands(session: Session, ticket: Ticket) -> list[tuple[str, str]]:
    rows = session.scalars(
        select(Custody).where(Custody.ticket_id == ticket.id, Custody.taken_back_at.is_(None)).order_by(Custody.id)
    )
    return [(row.holder, row.name) for row in rows]


def _fresh(session: Session, ticket: Ticket) -> Ticket:
    session.commit()
    session.expunge_all()
    return queries.get(session, ticket.code, seen_by=customer(ticket.id))


def test_a_delivered_item_went_through_every_hand_once(session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DELIVERED)
    assert _hands(session, ticket) == [
        ("customer", ""), ("courier", ""), ("dock", ""), ("bench", people.technician.name), ("pack_out", ""), ("courier", "BRT"), ("customer", ""),
    ]  # fmt: skip


def test_a_shops_item_begins_at_the_shop_and_ends_where_its_address_says(session: Session, house: House) -> None:
    people = make_people(session)
    home = make_ticket(session, house, people, status=Status.DELIVERED, shop=people.shop)
    assert _hands(session, home)[0] == ("shop", people.shop.name)
    assert _hands(session, home)[-1] == ("customer", "")
    back = make_ticket(session, house, people, status=Status.SHIPPED_OUT, shop=people.shop)
    back.return_street, back.return_postal_code = people.shop.street, people.shop.postal_code
    advance(session, back, Action.DELIVER, actor=actor(people.clerk), now=LATER, house=house)
    assert _hands(session, back)[-1] == ("shop", people.shop.name)
    assert chain_of(session, back).now.signed_by == people.clerk.name


def test_an_undone_step_gives_it_back_to_whoever_had_it(session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    advance(session, ticket, Action.UNDO, actor=actor(people.technician), now=LATER, house=house, note="falsch")
    assert chain_of(session, ticket).now.holder is Holder.DOCK
    again = _fresh(session, ticket)
    advance(session, again, Action.START_DIAGNOSIS, actor=actor(people.second_technician), now=LATER, house=house)
    assert _hands(session, again)[-1] == ("bench", people.second_technician.name)


def test_the_same_hands_are_no_hand_over_and_a_colleagues_are(session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    number = len(_hands(session, ticket))
    advance(session, ticket, Action.START_REPAIR, actor=actor(people.technician), now=LATER, house=house)
    assert len(_hands(session, ticket)) == number
    advance(session, ticket, Action.UNDO, actor=actor(people.technician), now=LATER, house=house, note="x")
    advance(session, ticket, Action.START_REPAIR, actor=actor(people.second_technician), now=LATER, house=house)
    assert _hands(session, ticket)[-1] == ("bench", people.second_technician.name)


def test_a_bench_that_somebody_else_took_over_is_not_called_by_the_old_name(session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.REPAIRING)
    assert chain_of(session, ticket).now.name == people.technician.name
    ticket.claimed_by_id = people.second_technician.id
    assert chain_of(session, ticket).now.name == ""


def test_whoever_takes_it_at_the_counter_signs_by_name(session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.READY)
    advance(session, ticket, Action.HAND_OVER, actor=actor(people.front_desk), now=LATER, house=house, note="Ugo Sala")
    assert chain_of(session, ticket).now.signed_by == "Ugo Sala"
    sent = make_ticket(session, house, people, status=Status.SHIPPED_OUT)
    advance(session, sent, Action.DELIVER, actor=customer(sent.id, "Adele Fontanarosa"), now=LATER, house=house)
    assert chain_of(session, sent).now.signed_by == "Adele Fontanarosa"
    told = make_ticket(session, house, people, status=Status.SHIPPED_OUT)
    advance(session, told, Action.DELIVER, actor=actor(people.front_desk), now=LATER, house=house)
    assert chain_of(session, told).now.signed_by == ""


def test_the_sender_names_the_courier_and_reception_the_condition(session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people)
    parcels.announce(session, ticket, "gls", "", actor=customer(ticket.id), now=LATER, house=house)
    assert _hands(session, ticket)[-1] == ("courier", "GLS")
    advance(session, ticket, Action.RECEIVE, actor=actor(people.front_desk), now=LATER, house=house)
    ticket.condition = {"glass": "C", "case": "A"}
    grade(session, ticket)
    assert chain_of(session, ticket).now.condition == "C"


def test_a_chain_with_no_link_or_a_wrong_one_says_what_the_status_says(app: Flask) -> None:
    gaps: tuple[list[Link], ...] = (
        [],
        [Link(Holder.PACK_OUT, WHEN)],
        [Link(Holder.CUSTOMER, WHEN), Link(Holder.DOCK, None, "?", "Z", "x")],
    )
    readers: tuple[Reader, ...] = ("customer", "shop", "lab")
    with app.test_request_context(), speaking("it"):
        for status, reader, links in product(Status, readers, gaps):
            found = chain(links, status, of_shop=False)
            words = custody(found, reader=reader)
            assert words.sentence
            assert not (words.gap and reader != "lab")
            assert found.gap == (bool(links) and found.now not in links)


def test_every_step_that_moves_the_item_hands_it_on() -> None:
    moving = {step.action for step in STEPS if step.sources is None or step.to in (Status.IN_TRANSIT_IN, Status.READY, Status.SHIPPED_OUT, Status.DELIVERED)}  # fmt: skip
    assert moving <= set(HANDS_TO)
    assert worst(["A", "D", 3, None]) == "D"
    assert worst([]) == ""


def test_a_ticket_older_than_the_chain_has_its_pages(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.REPAIRING, shop=people.shop)
    for row in session.scalars(select(Custody)):
        session.delete(row)
    session.add(Custody(ticket_id=ticket.id, holder="somewhere", since=WHEN))
    session.commit()
    assert client_for(app, people.technician).get(f"/lab/tickets/{ticket.code}").status_code == 200
    assert client_for(app, people.clerk).get(f"/retailer/tickets/{ticket.code}").status_code == 200


def test_names_of_colleagues_stay_in_the_lab(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.REPAIRING, shop=people.shop)
    with app.test_request_context(), speaking("it"):
        found = chain_of(session, ticket)
        assert people.technician.name in custody(found, reader="lab").sentence
        assert people.technician.name not in custody(found, reader="shop").sentence
