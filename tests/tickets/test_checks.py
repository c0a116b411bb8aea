"""House rules of the check lists, of limits and of what a manager signs for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue import queries as catalogue
from service_center.catalogue.models import Model
from service_center.catalogue.services import set_limits
from service_center.core.errors import NotFound, Refused
from service_center.core.house import House
from service_center.tickets import queries
from service_center.tickets.bench_models import Check, Waiver
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Event, EventText, Ticket
from service_center.tickets.reading_forms import parsed, suits
from service_center.tickets.services import bench, checking
from service_center.tickets.services.advancing import advance
from tests.builders import WHEN, People, actor, answer_checks, make_people, make_ticket

LATER = WHEN + timedelta(hours=1)
Pass = Callable[[Ticket], object]


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def tested(session: Session, house: House, people: People) -> Ticket:
    """In the final checks, its reading taken, its list still open."""
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    bench.measure(session, ticket, "dry_pressure", "after", 10, actor=actor(people.technician), now=WHEN, house=house)
    session.flush()
    return ticket


@pytest.fixture
def pass_it(session: Session, house: House, people: People) -> Pass:
    tester = actor(people.second_technician)
    return lambda ticket: advance(session, ticket, Action.PASS_QUALITY, actor=tester, now=LATER, house=house)


def test_a_needed_check_without_an_answer_keeps_it_here_by_its_name(tested: Ticket, pass_it: Pass) -> None:
    with pytest.raises(Refused, match="checks_missing") as no:
        pass_it(tested)
    assert no.value.facts["checks"] == ("fault_gone", "hands_date", "complete")


def test_answered_in_order_it_passes(
    session: Session, house: House, people: People, tested: Ticket, pass_it: Pass
) -> None:
    answer_checks(session, house, tested, people.second_technician)
    pass_it(tested)
    assert tested.status is Status.READY


def test_after_a_repair_that_failed_everything_is_checked_anew(
    session: Session, house: House, people: People, tested: Ticket, pass_it: Pass
) -> None:
    answer_checks(session, house, tested, people.second_technician)
    tester, repairer = actor(people.second_technician), actor(people.technician)
    advance(session, tested, Action.FAIL_QUALITY, actor=tester, now=LATER, house=house, note="Corona lenta")
    advance(session, tested, Action.FINISH, actor=repairer, now=LATER + timedelta(hours=1), house=house)
    facts = queries.facts_of(session, tested, actor=tester, house=house)
    assert facts.checks_missing == ("fault_gone", "hands_date", "complete")
    assert queries.held(session, tested, house=house)[0].name == "dry_pressure"
    # an undone failure is none
    for _step in range(2):
        advance(session, tested, Action.UNDO, actor=tester, now=LATER, house=house, note="Scheda sbagliata")
    assert tested.status is Status.TESTING
    pass_it(tested)
    assert tested.status is Status.READY


def test_what_it_does_not_have_is_an_answer(
    session: Session, house: House, people: People, tested: Ticket, pass_it: Pass
) -> None:
    answer_checks(session, house, tested, people.second_technician)
    checking.answer(session, tested, {"hands_date": "not_there"}, actor=actor(people.technician), now=WHEN, house=house)
    pass_it(tested)


def test_a_check_that_is_not_in_order_keeps_it_even_where_it_is_not_needed(
    session: Session, house: House, people: People, tested: Ticket, pass_it: Pass
) -> None:
    answer_checks(session, house, tested, people.second_technician)
    checking.answer(session, tested, {"clean": "not_ok"}, actor=actor(people.technician), now=WHEN, house=house)
    with pytest.raises(Refused, match="checks_failed") as no:
        pass_it(tested)
    assert no.value.facts["checks"] == ("clean",)


def test_the_first_list_is_asked_and_keeps_nothing(session: Session, house: House, people: People) -> None:
    ticket, tech = make_ticket(session, house, people, status=Status.DIAGNOSING), actor(people.technician)
    checking.answer(session, ticket, {"runs": "not_ok"}, actor=tech, now=WHEN, house=house)
    with pytest.raises(Refused, match="check_unknown"):
        checking.answer(session, ticket, {"fault_gone": "ok"}, actor=tech, now=WHEN, house=house)
    advance(session, ticket, Action.START_REPAIR, actor=tech, now=WHEN, house=house)
    advance(session, ticket, Action.FINISH, actor=tech, now=WHEN, house=house)


def test_an_answer_given_anew_takes_the_first_ones_place(
    session: Session, house: House, people: People, tested: Ticket
) -> None:
    tech = actor(people.technician)
    assert checking.answer(session, tested, {"clean": "not_ok"}, actor=tech, now=WHEN, house=house) == {"clean": ""}
    session.flush()
    assert checking.answer(session, tested, {"clean": "ok"}, actor=tech, now=WHEN, house=house) == {"clean": "not_ok"}
    session.flush()
    assert [row.answer for row in session.scalars(select(Check))] == ["ok"]


def test_a_list_is_closed_before_and_after_the_bench(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    with pytest.raises(Refused, match="checks_closed"):
        checking.answer(session, ticket, {"runs": "ok"}, actor=actor(people.technician), now=WHEN, house=house)


# --- signatures ------------------------------------------------------------------------------------------------------


@pytest.fixture
def sign(session: Session, house: House, people: People) -> Callable[[Ticket, str], Waiver]:
    return lambda ticket, subject: checking.sign(
        session, ticket, subject, "Il cliente la usa per casa", words="Pressione", consent="D’accordo, al telefono", actor=actor(people.manager),
        now=LATER, house=house,
    )  # fmt: skip


def test_a_manager_signs_by_name_and_it_may_leave(
    session: Session, house: House, people: People, pass_it: Pass, sign: Callable[[Ticket, str], Waiver]
) -> None:
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    answer_checks(session, house, ticket, people.second_technician)
    session.flush()
    waiver = sign(ticket, "test:dry_pressure")
    assert (waiver.signed_by, waiver.consent) == ("Carmela Improta", "D’accordo, al telefono")
    told = session.execute(select(Event.action, EventText.text).join(EventText, EventText.event_id == Event.id)).all()
    assert (Action.WAIVE, "Pressione: Il cliente la usa per casa") in [tuple(row) for row in told]
    pass_it(ticket)
    assert ticket.status is Status.READY


def test_taken_back_it_keeps_the_item_again(
    session: Session, house: House, people: People, tested: Ticket, pass_it: Pass, sign: Callable[[Ticket, str], Waiver]
) -> None:
    answer_checks(session, house, tested, people.second_technician)
    checking.answer(session, tested, {"clean": "not_ok"}, actor=actor(people.technician), now=WHEN, house=house)
    session.flush()
    waiver = sign(tested, "check:clean")
    checking.unsign(session, tested, waiver.id, actor=actor(people.manager), now=LATER, house=house)
    session.flush()
    with pytest.raises(Refused, match="checks_failed"):
        pass_it(tested)
    with pytest.raises(NotFound):
        checking.unsign(session, tested, waiver.id, actor=actor(people.manager), now=LATER, house=house)


def test_what_is_read_after_the_signature_is_not_signed_for(
    session: Session, house: House, people: People, pass_it: Pass, sign: Callable[[Ticket, str], Waiver]
) -> None:
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    answer_checks(session, house, ticket, people.second_technician)
    sign(ticket, "test:dry_pressure")
    after = LATER + timedelta(minutes=1)
    bench.measure(session, ticket, "dry_pressure", "after", 90, actor=actor(people.technician), now=after, house=house)
    session.flush()
    with pytest.raises(Refused, match="tests_failed"):
        pass_it(ticket)


def test_nobody_but_a_manager_signs_and_only_for_what_keeps_it(
    session: Session, house: House, people: People, tested: Ticket, sign: Callable[[Ticket, str], Waiver]
) -> None:
    with pytest.raises(Refused, match="not_yours_to_do"):
        checking.sign(
            session, tested, "check:fault_gone", "sì", words="x", consent="", actor=actor(people.technician), now=WHEN, house=house
        )  # fmt: skip
    with pytest.raises(Refused, match="nothing_to_sign"):
        sign(tested, "test:dry_pressure")
    sign(tested, "check:fault_gone")
    with pytest.raises(Refused, match="nothing_to_sign"):
        sign(tested, "check:fault_gone")


# --- limits ----------------------------------------------------------------------------------------------------------


def test_a_models_own_limits_stand_over_the_houses(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    model = session.scalars(select(Model)).one()
    ticket.item.model = model
    set_limits(
        model,
        {"rate": (-15.0, 15.0), "amplitude": (250.0, None), "consumption": (None, None)},
        ["rate", "amplitude", "consumption"],
    )
    session.flush()
    tests = catalogue.tests_of(house.brand, "watch", model)
    assert (tests["rate"].low, tests["rate"].high) == (-15.0, 15.0)
    assert (tests["amplitude"].low, tests["amplitude"].high) == (250.0, None)
    assert tests["consumption"].high == 1.8
    assert "beat_error" not in tests
    read = bench.measure(session, ticket, "rate", "after", 12, actor=actor(people.technician), now=WHEN, house=house)
    assert read.passed
    assert read.low == -15.0


@pytest.mark.parametrize(("low", "high", "code"), [(2.0, 1.0, "limits_crossed"), (None, 1e9, "limit_impossible")])
def test_impossible_limits_are_refused(low: float | None, high: float, code: str) -> None:
    with pytest.raises(Refused, match=code):
        set_limits(Model(), {"rate": (low, high)}, ["rate"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1,52 V", (1.52, "V")), ("-3 s/d", (-3.0, "s/d")), ("2.5µA", (2.5, "µA")), ("1,55", (1.55, "")), ("− 0,4 s/g", (-0.4, "s/g")),
     ("1.2.3", None), ("V", None), ("1,5,", None), ("", None)],
)  # fmt: skip
def test_a_reading_is_taken_with_its_unit_or_without(typed: str, read: tuple[float, str] | None) -> None:
    assert parsed(typed) == read


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("written", "unit", "right"),
    [("V", "V", True), ("mV", "V", False), ("uA", "µA", True), ("μA", "µA", True), ("s/g", "s/d", True), ("s/d", "s/d", True), ("", "V", True)],
)  # fmt: skip
def test_a_unit_of_another_test_is_none_of_this_one(app: object, written: str, unit: str, right: bool) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]
        assert suits(written, unit) is right


def test_a_house_without_lists_asks_nothing(
    session: Session, house: House, people: People, tested: Ticket, pass_it: Pass
) -> None:
    bare = replace(house, brand=replace(house.brand, goods=replace(house.brand.goods, checks={})))
    assert queries.facts_of(session, tested, actor=actor(people.technician), house=bare).checks_missing == ()
