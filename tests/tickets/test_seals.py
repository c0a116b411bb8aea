"""House rules of the numbered seals."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.tickets.bench_models import Seal
from service_center.tickets.checking import seal_before, seal_of
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Item, Ticket
from service_center.tickets.services import bench, sealing
from service_center.tickets.services.advancing import advance
from tests.builders import WHEN, People, actor, answer_checks, make_people, make_ticket


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def tested(session: Session, house: House, people: People) -> Ticket:
    return make_ticket(session, house, people, status=Status.TESTING)


def put(session: Session, house: House, people: People, ticket: Ticket, number: str) -> Seal:
    return sealing.put(session, ticket, number, actor=actor(people.technician), now=WHEN, house=house)


def test_a_number_is_used_once(session: Session, house: House, people: People, tested: Ticket) -> None:
    assert put(session, house, people, tested, "*seal.004512").number == "004512"
    assert put(session, house, people, tested, "004512").number == "004512"
    other = make_ticket(session, house, people, status=Status.TESTING, email="altro@posta.example")
    with pytest.raises(Refused, match="seal_used"):
        put(session, house, people, other, "004512")


@pytest.mark.parametrize("typed", ["", "12", "sì no", "x" * 21, "A/1234"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="seal_unreadable"):
        sealing.number_of(typed)


def test_only_what_is_done_and_can_be_sealed_is_sealed(session: Session, house: House, people: People) -> None:
    with pytest.raises(Refused, match="seal_not_now"):
        put(session, house, people, make_ticket(session, house, people, status=Status.REPAIRING), "004512")
    jewel = make_ticket(session, house, people, status=Status.RECEIVED, family="jewel", email="b@posta.example")
    jewel.status = Status.RETURNING
    with pytest.raises(Refused, match="seal_not_here"):
        put(session, house, people, jewel, "004513")


def test_a_house_that_seals_lets_nothing_pass_without(
    session: Session, house: House, people: People, tested: Ticket
) -> None:
    strict = replace(house, brand=replace(house.brand, settings={**house.brand.settings, "seal_required": 1}))
    tester = actor(people.second_technician)
    bench.measure(session, tested, "dry_pressure", "after", 10, actor=tester, now=WHEN, house=strict)
    answer_checks(session, strict, tested, people.second_technician)
    session.flush()
    with pytest.raises(Refused, match="seal_missing"):
        advance(session, tested, Action.PASS_QUALITY, actor=tester, now=WHEN, house=strict)
    put(session, strict, people, tested, "004512")
    advance(session, tested, Action.PASS_QUALITY, actor=tester, now=WHEN, house=strict)
    assert tested.status is Status.READY


def test_back_on_the_bench_the_seal_is_broken_by_us(
    session: Session, house: House, people: People, tested: Ticket
) -> None:
    seal = put(session, house, people, tested, "004512")
    advance(
        session, tested, Action.FAIL_QUALITY, actor=actor(people.technician), now=WHEN, house=house, note="si ferma"
    )
    session.flush()
    assert (seal.found, seal_of(session, tested.id)) == ("reopened", None)


def test_a_second_seal_takes_the_firsts_place_and_gives_it_back(
    session: Session, house: House, people: People, tested: Ticket
) -> None:
    first, second = put(session, house, people, tested, "004512"), put(session, house, people, tested, "004513")
    session.flush()
    assert seal_of(session, tested.id) is second
    sealing.take_off(session, tested, second.id)
    session.flush()
    assert (seal_of(session, tested.id), first.found) == (first, "")
    assert [seal.number for seal in session.scalars(select(Seal))] == ["004512"]
    with pytest.raises(NotFound):
        sealing.take_off(session, make_ticket(session, house, people, email="c@posta.example"), first.id)


@pytest.mark.parametrize("replaced", [False, True], ids=["the same item", "what it was given for"])
def test_at_the_next_visit_the_seal_is_asked_for(
    session: Session, house: House, people: People, tested: Ticket, replaced: bool
) -> None:
    third, again = (make_ticket(session, house, people, email=f"{each}@posta.example") for each in "de")
    third, again, tested = (session.get_one(Ticket, each.id) for each in (again, third, tested))
    seal = put(session, house, people, tested, "004512")
    assert seal_before(session, again) is None
    if replaced:
        again.item = Item(family="watch", model_text="", replaces_id=tested.item_id, created_at=WHEN)
        session.add(again.item)
        session.flush()
        again.item_id = again.item.id
    else:
        again.item, again.item_id = tested.item, tested.item_id
    assert seal_before(session, again) is seal
    tech = actor(people.technician)
    with pytest.raises(Refused, match="seal_answer_unknown"):
        sealing.note_found(session, again, "lost", actor=tech, now=WHEN)
    sealing.note_found(session, again, "broken", actor=tech, now=WHEN)
    assert (seal.found, seal.found_ticket_id, seal.found_by_id) == ("broken", again.id, people.technician.id)
    assert again.tampering == "none"  # it never decides alone
    third.item, third.item_id = again.item, again.item_id
    assert seal_before(session, third) is None


def test_the_next_free_number_follows_the_highest(
    session: Session, house: House, people: People, tested: Ticket
) -> None:
    assert sealing.next_number(session) == 1
    put(session, house, people, tested, "OPS-9")
    put(session, house, people, tested, "000041")
    session.flush()
    assert sealing.next_number(session) == 42
