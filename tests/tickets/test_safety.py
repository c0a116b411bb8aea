"""The safety flag: raised by anybody at any time, kept off couriers, alerted at once, ended by a manager."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor, customer
from service_center.core.errors import Refused, Stale
from service_center.core.house import House
from service_center.outbox.models import OutboxRow
from service_center.tickets.hazards import BATTERY, Ending, Hazard, grounded
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Channel, Ticket
from service_center.tickets.services import opening, safety
from service_center.tickets.services.advancing import advance
from tests.builders import WHEN, People, actor, make_people, make_ticket

SEEN = safety.Seen("swelling", "Si è gonfiato in carica.", injury=True, lot="L26-11")


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def flagged(
    session: Session, house: House, people: People, status: Status = Status.READY, hazard: str = "swelling"
) -> Ticket:
    ticket = make_ticket(session, house, people, status=status)
    safety.flag(session, ticket, replace(SEEN, hazard=hazard), actor=actor(people.technician), now=WHEN, house=house)
    session.flush()
    return ticket


def ended(session: Session, ticket: Ticket, house: House, people: People, ending: str = "safe") -> None:
    [report] = safety.reports(session, ticket.id)
    safety.end(
        session,
        ticket,
        report,
        ending,
        "Misurata a freddo: integra.",
        actor=actor(people.manager),
        now=WHEN,
        house=house,
    )


def alerts(session: Session) -> list[OutboxRow]:
    return list(session.scalars(select(OutboxRow).where(OutboxRow.kind == "safety_alert")))


def decision_waits(ticket: Ticket) -> list[bool]:
    return [wait.closed_at is None for wait in ticket.waits if wait.kind is WaitKind.DECISION]


def test_a_flag_enters_the_register_waits_for_a_manager_and_alerts_every_manager(
    session: Session, house: House, people: People
) -> None:
    ticket = flagged(session, house, people)
    [report] = safety.reports(session, ticket.id)
    assert (ticket.safety, report.hazard, report.injury, report.lot) == (True, "swelling", True, "L26-11")
    assert report.flagged_by == people.technician.name
    assert report.alerted == people.manager.name
    assert decision_waits(ticket) == [True]
    assert [row.facts["recipient"] for row in alerts(session)] == [people.manager.email]


def test_a_named_officer_is_alerted_instead_of_the_managers(session: Session, house: House, people: People) -> None:
    named = replace(house, brand=replace(house.brand, safety_officer=("Ida Sicura", "ida@example.com")))
    flagged(session, named, people)
    assert [row.facts["recipient"] for row in alerts(session)] == ["ida@example.com"]


@pytest.mark.parametrize("who", ["customer", "clerk", "front_desk"])
def test_customer_shop_and_reception_may_flag(session: Session, house: House, people: People, who: str) -> None:
    ticket = make_ticket(session, house, people, status=Status.TO_SEND)
    by: Actor = customer(ticket.id) if who == "customer" else actor(getattr(people, who))
    safety.flag(session, ticket, SEEN, actor=by, now=WHEN, house=house)
    assert ticket.safety


@pytest.mark.parametrize(
    "status", [Status.TO_SEND, Status.RECEIVED, Status.REPAIRING, Status.SHIPPED_OUT, Status.CLOSED]
)
def test_a_flag_can_be_raised_and_ended_wherever_the_item_is(
    session: Session, house: House, people: People, status: Status
) -> None:
    ticket = flagged(session, house, people, status)
    ended(session, ticket, house, people)
    assert (ticket.status, ticket.safety, decision_waits(ticket)) == (status, False, [False])


@pytest.mark.parametrize(
    ("seen", "code"), [(replace(SEEN, hazard="boredom"), "hazard_unknown"), (replace(SEEN, words=" "), "note_needed")]
)
def test_a_flag_needs_a_known_hazard_and_words(
    session: Session, house: House, people: People, seen: safety.Seen, code: str
) -> None:
    ticket = make_ticket(session, house, people)
    with pytest.raises(Refused) as refused:
        safety.flag(session, ticket, seen, actor=actor(people.technician), now=WHEN, house=house)
    assert refused.value.code == code


@pytest.mark.parametrize("action", [Action.SHIP, Action.HAND_OVER])
def test_what_is_flagged_does_not_leave_the_house(
    session: Session, house: House, people: People, action: Action
) -> None:
    ticket = flagged(session, house, people)
    with pytest.raises(Refused, match="safety_open"):
        advance(session, ticket, action, actor=actor(people.technician), now=WHEN, house=house)
    ended(session, ticket, house, people)
    advance(session, ticket, action, actor=actor(people.technician), now=WHEN, house=house)


@pytest.mark.parametrize("action", [Action.POST, Action.GUIDE])
def test_nobody_is_told_to_post_what_is_flagged(session: Session, house: House, people: People, action: Action) -> None:
    ticket = make_ticket(session, house, people)
    if action is Action.GUIDE:
        ticket.status = Status.REQUESTED
    safety.flag(session, ticket, SEEN, actor=actor(people.front_desk), now=WHEN, house=house)
    with pytest.raises(Refused, match="safety_open"):
        advance(session, ticket, action, actor=actor(people.front_desk), now=WHEN, house=house)


@pytest.mark.parametrize("who", ["technician", "front_desk", "clerk"])
def test_only_a_manager_ends_a_flag(session: Session, house: House, people: People, who: str) -> None:
    ticket = flagged(session, house, people)
    [report] = safety.reports(session, ticket.id)
    with pytest.raises(Refused, match="not_yours_to_do"):
        safety.end(
            session, ticket, report, "safe", "Va bene.", actor=actor(getattr(people, who)), now=WHEN, house=house
        )
    assert ticket.safety


def test_an_end_needs_an_outcome_a_reason_and_the_latest_page(session: Session, house: House, people: People) -> None:
    ticket = flagged(session, house, people)
    [report] = safety.reports(session, ticket.id)
    boss = actor(people.manager)
    with pytest.raises(Refused, match="ending_unknown"):
        safety.end(session, ticket, report, "forgotten", "Va bene.", actor=boss, now=WHEN, house=house)
    with pytest.raises(Refused, match="note_needed"):
        safety.end(session, ticket, report, "safe", " ", actor=boss, now=WHEN, house=house)
    with pytest.raises(Stale):
        safety.end(
            session, ticket, report, "safe", "Va bene.", actor=boss, now=WHEN, house=house, version=ticket.version - 1
        )
    ended(session, ticket, house, people)
    with pytest.raises(Refused, match="not_flagged"):
        safety.end(session, ticket, report, "safe", "Di nuovo.", actor=boss, now=WHEN, house=house)


def test_a_second_flag_keeps_the_item_until_both_have_ended(session: Session, house: House, people: People) -> None:
    ticket = flagged(session, house, people)
    safety.flag(session, ticket, replace(SEEN, hazard="skin"), actor=actor(people.front_desk), now=WHEN, house=house)
    first, second = safety.reports(session, ticket.id)
    boss = actor(people.manager)
    safety.end(session, ticket, first, "safe", "Integra.", actor=boss, now=WHEN, house=house)
    assert ticket.safety
    safety.end(session, ticket, second, "mistake", "Era un altro anello.", actor=boss, now=WHEN, house=house)
    assert not ticket.safety


def test_a_finding_that_waits_for_a_decision_waits_on(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(
        session, house, people, status=Status.DIAGNOSING, findings=(("S02", "movement", "undetermined", "A01"),)
    )
    assert [finding.outcome for finding in ticket.findings] == ["AMBIGUOUS"]
    safety.flag(session, ticket, SEEN, actor=actor(people.technician), now=WHEN, house=house)
    ended(session, ticket, house, people)
    assert True in decision_waits(ticket)


def test_isolation_notes_place_person_and_moment(session: Session, house: House, people: People) -> None:
    ticket = flagged(session, house, people)
    [report] = safety.reports(session, ticket.id)
    safety.isolate(
        session, ticket, report, "Cassa ignifuga 1", actor=actor(people.front_desk), now=WHEN, injury=False, lot="L27"
    )
    assert (report.place, report.isolated_by_id, report.isolated_at) == ("Cassa ignifuga 1", people.front_desk.id, WHEN)
    assert (ticket.location, report.lot, report.injury) == ("Cassa ignifuga 1", "L27", False)
    with pytest.raises(Refused, match="place_needed"):
        safety.isolate(session, ticket, report, "  ", actor=actor(people.front_desk), now=WHEN)


@pytest.mark.parametrize(("symptom", "hazard"), [("S21", "swelling"), ("S22", "skin")])
def test_what_the_intake_hears_is_in_the_register_at_once_and_still_dated(
    session: Session, house: House, people: People, symptom: str, hazard: str
) -> None:
    asking = opening.Asking(
        channel=Channel.WEB, evidence="own_contact", requested_at=WHEN, customer=opening.NewCustomer("Adele Fontanarosa", "adele@posta.example"),
        return_to=opening.ReturnTo("Adele Fontanarosa", "Via Prova 1", "80136", "Napoli", "NA"),
    )  # fmt: skip
    new = opening.NewItem(family="smartwatch", symptoms=(symptom,), words="Scotta.")
    [opened] = opening.open(session, asking, [new], actor=Actor("public"), now=WHEN, house=house)
    [report] = safety.reports(session, opened.ticket.id)
    assert (report.hazard, report.words, report.flagged_by) == (hazard, "Scotta.", "")
    assert (opened.ticket.status, opened.ticket.requested_at) == (Status.REQUESTED, WHEN)
    assert len(alerts(session)) == 1


@pytest.mark.parametrize("hazard", list(Hazard))
@pytest.mark.parametrize("ending", ["", *Ending])
def test_a_battery_that_may_be_damaged_never_flies(hazard: Hazard, ending: str) -> None:
    away = ending in (Ending.BATTERY_OUT, Ending.MISTAKE)
    assert grounded(hazard, ending) is (hazard in BATTERY and not away)
