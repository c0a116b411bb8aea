"""Opening, moving along, judging: what changes tickets, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import PUBLIC, SYSTEM, Actor, customer
from service_center.core.errors import NotFound, Refused, Stale
from service_center.core.house import House
from service_center.offers.queries import open_quote
from service_center.offers.services.quotes import Line, answer, expire, send_quote
from service_center.outbox.models import OutboxRow, State
from service_center.tickets import history, queries
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Channel, Event, Ticket, Verdict
from service_center.tickets.services import assessing, bench, deciding, opening, papers
from service_center.tickets.services.advancing import advance
from tests.builders import COVERED, DENIED, WHEN, People, actor, make_people, make_proof, make_ticket, walk

ADDRESS = opening.ReturnTo(
    "Adele Fontanarosa", "Vico Lungo Sant'Agostino degli Scalzi 118 bis", "80136", "Napoli", "NA"
)
ASKING = opening.Asking(
    Channel.WEB, "own_contact", WHEN, opening.NewCustomer("Adele Fontanarosa", "adele@posta.example"), ADDRESS
)
UNCLEAR = ("S02", "movement", "undetermined", "A02")


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def letters(session: Session, ticket: Ticket) -> list[str]:
    rows = session.scalars(select(OutboxRow).where(OutboxRow.ticket_id == ticket.id, OutboxRow.kind == "letter"))
    return [row.facts["template"] for row in rows if row.state is State.WAITING]


def waits(ticket: Ticket) -> set[WaitKind]:
    return {wait.kind for wait in ticket.waits if wait.closed_at is None}


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_request_for_two_items_opens_two_tickets_with_one_customer(
    session: Session, house: House, people: People
) -> None:
    items = [
        opening.NewItem("watch", ("S02",), proof=make_proof()),
        opening.NewItem("jewel", ("S14",), proof=make_proof()),
    ]
    first, second = opening.open(session, ASKING, items, actor=PUBLIC, now=WHEN, house=house)
    assert first.ticket.request_id == second.ticket.request_id
    assert first.ticket.customer_id == second.ticket.customer_id
    assert first.ticket.code != second.ticket.code
    assert first.pin != first.ticket.pin_hash


def test_opening_judges_tells_and_begins_the_history(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people)
    assert ticket.status is Status.TO_SEND
    assert ticket.verdict == "COVERED"
    assert queries.latest_verdict(session, ticket.id).record["preliminary"] is True
    assert letters(session, ticket) == ["request_received"]
    assert [past.action for past in queries.timeline(session, ticket.id)] == [Action.ANNOUNCE]


def test_without_a_day_of_purchase_the_papers_are_asked_for_and_nothing_is_denied(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, purchased_on=None)
    assert ticket.verdict == "PENDING_DOCS"
    assert waits(ticket) == {WaitKind.PAPERS}


def test_a_swelling_battery_is_not_sent_and_a_person_decides(session: Session, house: House, people: People) -> None:
    new = opening.NewItem("smartwatch", ("S21",), proof=make_proof())
    [opened] = opening.open(session, ASKING, [new], actor=PUBLIC, now=WHEN, house=house)
    assert opened.ticket.status is Status.REQUESTED
    assert opened.ticket.safety
    assert WaitKind.DECISION in waits(opened.ticket)
    assert letters(session, opened.ticket) == ["safety_stop"]


@pytest.mark.parametrize(
    ("asking", "items", "code"),
    [
        (ASKING, [], "no_items"),
        (replace(ASKING, requested_at=WHEN + timedelta(days=1)), [opening.NewItem("watch", ())], "requested_in_future"),
        (
            replace(ASKING, return_to=replace(ADDRESS, country="RU")),
            [opening.NewItem("watch", ())],
            "country_not_served",
        ),
        (ASKING, [opening.NewItem("toaster", ())], "family_unknown"),
    ],
)
def test_the_impossible_is_refused_with_its_reason(
    session: Session, house: House, people: People, asking: opening.Asking, items: list[opening.NewItem], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        opening.open(session, asking, items, actor=PUBLIC, now=WHEN, house=house)


def test_the_public_cannot_take_in_at_the_counter(session: Session, house: House, people: People) -> None:
    asking = replace(ASKING, action=Action.HAND_IN)
    with pytest.raises(Refused, match="not_yours_to_do"):
        opening.open(session, asking, [opening.NewItem("watch", ())], actor=PUBLIC, now=WHEN, house=house)


# --- moving along -----------------------------------------------------------------------------------------------------


def test_the_whole_way_leaves_a_whole_chain_and_a_letter_for_each_step_that_tells(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.CLOSED)
    assert history.first_fault(queries.chain(session, ticket.id, ticket.code)) is None
    assert letters(session, ticket) == ["request_received", "received", "ready", "shipped", "delivered"]


def test_a_changed_event_breaks_the_chain(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    event = session.scalars(select(Event).where(Event.ticket_id == ticket.id, Event.seq == 2)).one()
    event.at = event.at - timedelta(days=3)
    session.flush()
    assert history.first_fault(queries.chain(session, ticket.id, ticket.code)) is not None


def test_of_two_who_press_at_once_one_is_told(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.TAKEN_IN_CHARGE)
    seen = ticket.version
    advance(
        session, ticket, Action.START_DIAGNOSIS, actor=actor(people.technician), now=WHEN, house=house, version=seen
    )
    with pytest.raises(Stale):
        advance(
            session,
            ticket,
            Action.WAIT_PART,
            actor=actor(people.second_technician),
            now=WHEN,
            house=house,
            version=seen,
            note="Bobina",
        )


def test_a_shop_cannot_start_a_repair(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, shop=people.shop)
    with pytest.raises(Refused, match="not_yours_to_do"):
        advance(session, ticket, Action.START_REPAIR, actor=actor(people.clerk), now=WHEN, house=house)


def test_day_zero_needs_item_and_papers(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, purchased_on=None)
    with pytest.raises(Refused, match="papers_missing"):
        advance(session, ticket, Action.TAKE_IN_CHARGE, actor=actor(people.front_desk), now=WHEN, house=house)


def test_the_promise_is_fifteen_working_days_without_the_closing_days(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.TAKEN_IN_CHARGE)
    assert ticket.day_zero == date(2026, 11, 20)
    assert ticket.due_on == date(2026, 12, 14)  # 7 and 8 December: a Monday, and a holiday


def test_who_repaired_does_not_pass_the_final_test(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    bench.measure(session, ticket, "dry_pressure", "after", 10, actor=actor(people.technician), now=WHEN, house=house)
    session.flush()
    with pytest.raises(Refused, match="another_person_tests"):
        advance(session, ticket, Action.PASS_QUALITY, actor=actor(people.technician), now=WHEN, house=house)


def test_a_marked_watch_that_was_opened_needs_its_pressure_test(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.TESTING)
    tester = actor(people.second_technician)
    with pytest.raises(Refused, match="tests_missing"):
        advance(session, ticket, Action.PASS_QUALITY, actor=tester, now=WHEN, house=house)
    bench.measure(session, ticket, "dry_pressure", "after", 80, actor=tester, now=WHEN, house=house)
    session.flush()
    with pytest.raises(Refused, match="tests_failed"):
        advance(session, ticket, Action.PASS_QUALITY, actor=tester, now=WHEN, house=house)


def test_undo_takes_back_step_waits_and_letters_and_says_why(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.REPAIRING)
    tech = actor(people.technician)
    advance(
        session,
        ticket,
        Action.WAIT_PART,
        actor=tech,
        now=WHEN + timedelta(minutes=1),
        house=house,
        note="Bobina da ordinare",
    )
    assert waits(ticket) == {WaitKind.PART}
    advance(
        session, ticket, Action.UNDO, actor=tech, now=WHEN + timedelta(minutes=2), house=house, note="Scheda sbagliata"
    )
    assert waits(ticket) == set()
    assert "part_wait" not in letters(session, ticket)
    advance(session, ticket, Action.UNDO, actor=tech, now=WHEN + timedelta(minutes=3), house=house, note="Anche questo")
    assert ticket.status is Status.DIAGNOSING
    assert history.first_fault(queries.chain(session, ticket.id, ticket.code)) is None


def test_an_undo_without_words_is_refused(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    with pytest.raises(Refused, match="note_needed"):
        advance(session, ticket, Action.UNDO, actor=actor(people.technician), now=WHEN, house=house)


# --- judging ----------------------------------------------------------------------------------------------------------


def test_each_finding_has_its_verdict_and_different_ones_are_mixed(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(COVERED, DENIED))
    assert [finding.verdict for finding in ticket.findings] == ["COVERED", "NOT_COVERED"]
    assert ticket.verdict == "MIXED"
    assert len(session.scalars(select(Verdict).where(Verdict.ticket_id == ticket.id)).all()) == 3


def test_an_impossible_finding_is_refused(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=())
    with pytest.raises(Refused, match="finding_impossible"):
        assessing.add_finding(
            session, ticket, symptom="S02", component="display", cause="impact", action="A14", actor=actor(people.technician), now=WHEN, house=house
        )  # fmt: skip


def test_what_the_terms_leave_open_waits_for_the_manager_whose_reason_is_kept(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(UNCLEAR,))
    assert waits(ticket) == {WaitKind.DECISION}
    with pytest.raises(Refused, match="decision_missing"):
        advance(session, ticket, Action.START_REPAIR, actor=actor(people.technician), now=WHEN, house=house)
    found = ticket.findings[0]
    deciding.decide(
        session,
        ticket,
        found.id,
        "COVERED",
        "Nessun segno di urto.",
        actor=actor(people.manager),
        now=WHEN,
        house=house,
    )
    assert (found.verdict, found.outcome, ticket.verdict) == ("AMBIGUOUS", "COVERED", "COVERED")
    assert waits(ticket) == set()
    advance(session, ticket, Action.START_REPAIR, actor=actor(people.technician), now=WHEN, house=house)


def test_only_a_manager_decides(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(UNCLEAR,))
    with pytest.raises(Refused, match="not_yours_to_do"):
        deciding.decide(
            session,
            ticket,
            ticket.findings[0].id,
            "COVERED",
            "Perché sì",
            actor=actor(people.technician),
            now=WHEN,
            house=house,
        )


def test_a_confirmed_proof_ends_the_wait_and_the_old_verdict_stays(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, purchased_on=None)
    assert ticket.proof
    ticket.proof.purchased_on = date(2026, 1, 10)
    papers.confirm_proof(session, ticket, actor=actor(people.front_desk), now=WHEN, house=house)
    assert waits(ticket) == set()
    assert ticket.verdict == "COVERED"
    assert len(session.scalars(select(Verdict).where(Verdict.ticket_id == ticket.id)).all()) == 2


def test_a_second_visit_remembers_the_first_repair(session: Session, house: House, people: People) -> None:
    """R09: what we repaired on the item before is part of the claim."""
    first = make_ticket(
        session, house, people, status=Status.CLOSED, at=WHEN - timedelta(days=90), purchased_on=date(2024, 10, 1)
    )
    new = opening.NewItem(
        "watch", ("S04",), proof=make_proof(purchased_on=date(2024, 10, 1)), item=session.merge(first.item)
    )
    [again] = opening.open(session, ASKING, [new], actor=PUBLIC, now=WHEN, house=house)
    claim = assessing.claim_of(session, again.ticket)
    assert claim
    assert [done["component"] for done in claim["previous_repairs"]] == ["battery"]


# --- quotes -----------------------------------------------------------------------------------------------------------


def quoted(session: Session, house: House, people: People, *findings: tuple[str, str, str, str]) -> Ticket:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=findings)
    send_quote(
        session,
        ticket,
        [Line("Sostituzione vetro", 2400)],
        days_needed=5,
        actor=actor(people.technician),
        now=WHEN,
        house=house,
    )
    return ticket


def customer_of(ticket: Ticket) -> Actor:
    return customer(ticket.id, "Adele Fontanarosa")


def test_what_is_covered_cannot_be_quoted(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(COVERED,))
    with pytest.raises(Refused, match="nothing_to_pay"):
        send_quote(
            session, ticket, [Line("Pila", 600)], days_needed=1, actor=actor(people.technician), now=WHEN, house=house
        )


def test_an_accepted_quote_lets_the_repair_begin(session: Session, house: House, people: People) -> None:
    ticket = quoted(session, house, people, DENIED)
    quote = answer(session, ticket, True, actor=customer_of(ticket), now=WHEN, house=house, address="192.0.2.7")
    assert (ticket.status, quote.answer, quote.answered_from) == (Status.REPAIRING, "accepted", "192.0.2.7")


def test_a_refused_quote_sends_the_item_back_with_nothing_to_pay(
    session: Session, house: House, people: People
) -> None:
    ticket = quoted(session, house, people, DENIED)
    answer(session, ticket, False, actor=customer_of(ticket), now=WHEN, house=house)
    assert ticket.status is Status.RETURNING
    assert letters(session, ticket)[-1] == "quote_refused"


def test_of_a_mixed_ticket_the_covered_part_is_repaired_though_the_quote_is_refused(
    session: Session, house: House, people: People
) -> None:
    ticket = quoted(session, house, people, COVERED, DENIED)
    answer(session, ticket, False, actor=customer_of(ticket), now=WHEN, house=house)
    assert ticket.status is Status.DIAGNOSING
    advance(session, ticket, Action.START_REPAIR, actor=actor(people.technician), now=WHEN, house=house)


def test_a_quote_is_answered_once_and_in_time(session: Session, house: House, people: People) -> None:
    ticket = quoted(session, house, people, DENIED)
    late = WHEN + timedelta(days=31)
    with pytest.raises(Refused, match="quote_over"):
        answer(session, ticket, True, actor=customer_of(ticket), now=late, house=house)
    quote = open_quote(session, ticket.id)
    assert quote
    expire(session, ticket, quote, actor=SYSTEM, now=late, house=house)
    assert (quote.answer, ticket.status) == ("expired", Status.RETURNING)
    with pytest.raises(Refused, match="no_open_quote"):
        answer(session, ticket, True, actor=customer_of(ticket), now=late, house=house)


# --- who sees what ------------------------------------------------------------------------------------------------------


def test_a_ticket_of_another_shop_is_not_found(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop)
    for user in (people.clerk, people.admin, people.technician, people.manager):
        assert queries.get(session, ticket.code, seen_by=actor(user)).id == ticket.id
    for user in (people.other_clerk, people.other_admin):
        with pytest.raises(NotFound):
            queries.get(session, ticket.code, seen_by=actor(user))
    with pytest.raises(NotFound):
        queries.get(session, ticket.code, seen_by=PUBLIC)


def test_duplicates_are_found_by_serial_person_and_picture_of_open_tickets_only(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people)
    who = actor(people.technician)
    assert [
        t.id for t in queries.lookalikes(session, email="adele@posta.example", serial="", sha256=[], seen_by=who)
    ] == [ticket.id]
    assert queries.lookalikes(session, email="", serial="", sha256=[], seen_by=who) == []
    walk(session, house, people, ticket.code, Status.CANCELLED, at=WHEN, findings=())
    assert queries.lookalikes(session, email="adele@posta.example", serial="", sha256=[], seen_by=who) == []
