"""House rules of things that come again: one serial is one thing, a person confirms the rest, a replacement keeps the first one's end."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.tickets import lineage, queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Item, Ticket
from service_center.tickets.services import assessing, identity
from tests.builders import COVERED, WHEN, People, actor, client_for, make_people, make_ticket, post

LATER = WHEN + timedelta(days=60)


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def visit(session: Session, house: House, people: People, serial: str = "", *, at: datetime = WHEN, status: Status = Status.TO_SEND, **more: object) -> Ticket:  # fmt: skip
    """A visit of a thing with this number."""
    made = make_ticket(session, house, people, at=at, status=status, **more)  # type: ignore[arg-type]
    made.item.serial = serial
    session.flush()
    identity.recognise(session, made, now=at)
    session.commit()
    session.expunge_all()
    return queries.get(session, made.code, seen_by=actor(people.manager))


def test_the_same_number_is_the_same_thing_however_it_is_written(session: Session, house: House, people: People) -> None:  # fmt: skip
    first = visit(session, house, people, "AB-12 34", status=Status.CLOSED)
    again = visit(session, house, people, "ab1234", at=LATER)
    assert (again.item_id, again.repeats_id) == (first.item_id, first.id)
    assert [each.code for each in queries.earlier_visits(session, again)] == [first.code]
    other = visit(session, house, people, "AB-1234", at=LATER, family="smartwatch")
    assert other.item_id != first.item_id


def test_what_we_repaired_before_counts_in_the_claim(session: Session, house: House, people: People) -> None:
    first = visit(session, house, people, "AB-1234", status=Status.CLOSED)
    again = visit(session, house, people, "AB-1234", at=LATER, status=Status.DIAGNOSING)
    claim = assessing.claim_of(session, again)
    assert claim is not None
    assert [repair["component"] for repair in claim["previous_repairs"]] == [COVERED[1]]
    [work] = lineage.own_work(session, again, house=house)
    assert (work.code, work.component, work.holds(LATER.date())) == (first.code, COVERED[1], True)


def test_a_person_confirms_that_two_visits_are_of_one_thing(app: Flask, session: Session, house: House, people: People) -> None:  # fmt: skip
    first = visit(session, house, people, status=Status.CLOSED)
    again = visit(session, house, people, at=LATER, status=Status.RECEIVED, purchased_on=None, kind="none")
    [found] = lineage.likely(session, again)
    assert (found.ticket.id, found.by) == (first.id, "person")
    session.rollback()
    tech, here = client_for(app, people.technician), f"/lab/tickets/{grouped(again.code)}"
    assert f"{here}/same" in tech.get(here).text
    assert first.code[:4] in tech.get(f"{here}/same").text
    for typed in ("", "x", "999999999999", "0"):
        assert post(tech, f"{here}/same", {"earlier": typed}).status_code == 422
    assert post(tech, f"{here}/same", {"earlier": str(first.id)}).status_code == 302
    session.rollback()
    linked = session.get_one(Ticket, again.id)
    assert (linked.item_id, linked.repeats_id, linked.proof_id) == (first.item_id, first.id, first.proof_id)
    assert tech.get(f"{here}/same").status_code == 404


def test_a_person_says_that_it_is_another_thing(session: Session, house: House, people: People) -> None:
    visit(session, house, people, status=Status.CLOSED)
    again = visit(session, house, people, at=LATER)
    identity.deny(session, again, now=LATER)
    assert lineage.likely(session, again) == []
    with pytest.raises(Refused):
        identity.deny(session, again, now=LATER)


def test_two_numbers_are_two_things(session: Session, house: House, people: People) -> None:
    visit(session, house, people, "AB-1234", status=Status.CLOSED)
    assert lineage.likely(session, visit(session, house, people, "CD-9876", at=LATER)) == []


def replaced(session: Session, house: House, people: People) -> Ticket:
    """A visit whose thing was replaced by another, with number NEW-1."""
    first = visit(session, house, people, "OLD-1", status=Status.CLOSED)
    session.add(Item(family="watch", serial="NEW-1", replaces_id=first.item_id, water_mark=True, created_at=WHEN))
    session.commit()
    return first


@pytest.mark.parametrize("email", ["adele@posta.example", "nipote@posta.example"])
def test_a_replacement_keeps_the_first_purchase_whoever_brings_it(session: Session, house: House, people: People, email: str) -> None:  # fmt: skip
    first = replaced(session, house, people)
    again = visit(session, house, people, "new 1", at=LATER, status=Status.DIAGNOSING, email=email, purchased_on=LATER.date())  # fmt: skip
    assessing.reassess(session, again, "identity", actor=actor(people.technician), now=LATER, house=house)
    assert again.item.replaces_id == first.item_id
    assert again.last_covered_day == first.last_covered_day
    assert (again.proof_id == first.proof_id) is (email == "adele@posta.example")
    assert [each.id for each in queries.earlier_visits(session, again)] == [first.id]
    assert lineage.replaced(session, again.item) is not None


def test_somebody_elses_papers_are_not_taken_over(session: Session, house: House, people: People) -> None:
    first = visit(session, house, people, "AB-1234", status=Status.CLOSED)
    again = visit(session, house, people, "AB-1234", at=LATER, email="altri@posta.example", purchased_on=None, kind="none")  # fmt: skip
    assert again.item_id == first.item_id
    assert again.proof_id != first.proof_id
    assert again.proof is not None
    assert again.proof.purchased_on is None


def test_managers_see_what_came_back_soon(app: Flask, session: Session, house: House, people: People) -> None:
    visit(session, house, people, "AB-1234", status=Status.CLOSED)
    soon = visit(session, house, people, "AB-1234", at=LATER)
    late = visit(session, house, people, "AB-1234", at=WHEN + timedelta(days=700))
    assert late.repeats_id == soon.id
    assert [each.code for each in lineage.again_within(session, 90)] == [soon.code]
    session.rollback()
    assert soon.code[:4] in client_for(app, people.manager).get("/manage/repeats").text
