"""Decisions by people, beside the rules' verdicts: carried, outdated, overruled, told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.outbox.models import OutboxRow, State
from service_center.tickets import differences, history, outcomes, queries
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Finding, Ticket, Verdict
from service_center.tickets.services import assessing, deciding, papers
from service_center.tickets.services.advancing import advance
from tests.builders import DENIED, WHEN, People, actor, make_people, make_ticket

UNCLEAR = ("S02", "movement", "undetermined", "A02")
WET = ("S11", "movement", "liquid_within_limits", "A03")
REASON = "La prova a secco perde, e non c'è segno di urto."
LATE = WHEN.date() - timedelta(days=731 + 20)
CARD = WHEN.date() - timedelta(days=700)


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def letters(session: Session, ticket: Ticket, *, state: State = State.WAITING) -> list[str]:
    rows = session.scalars(
        select(OutboxRow).where(OutboxRow.ticket_id == ticket.id, OutboxRow.kind == "letter").order_by(OutboxRow.id)
    )
    return [row.facts["template"] for row in rows if row.state is state]


def waiting(ticket: Ticket) -> bool:
    return any(wait.kind is WaitKind.DECISION and wait.closed_at is None for wait in ticket.waits)


def decide(
    session: Session, house: House, people: People, ticket: Ticket, finding: Finding | None, outcome: str
) -> None:
    deciding.decide(
        session, ticket, finding.id if finding else None, outcome, REASON, actor=actor(people.manager), now=WHEN, house=house
    )  # fmt: skip
    session.commit()


def find(session: Session, house: House, people: People, ticket: Ticket, what: tuple[str, str, str, str]) -> Finding:
    symptom, component, cause, work = what
    found = assessing.add_finding(
        session, ticket, symptom=symptom, component=component, cause=cause, action=work, actor=actor(people.technician), now=WHEN, house=house
    )  # fmt: skip
    session.commit()
    return found


def test_the_rules_own_verdict_stays_beside_the_decision(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    decide(session, house, people, ticket, ticket.findings[0], "COVERED")
    latest = queries.latest_verdict(session, ticket.id)
    assert latest.record["verdict"] == "AMBIGUOUS"
    assert (latest.occasion, latest.made_by) == ("decision", "Carmela Improta")
    assert outcomes.headline(latest.record) == ticket.verdict == "COVERED"
    assert ticket.findings[0].record["decided"]["reason"] == REASON
    assert not waiting(ticket)


def test_a_decision_is_told_once_when_all_is_decided(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(UNCLEAR, WET))
    before = letters(session, ticket).count("decision")
    decide(session, house, people, ticket, ticket.findings[0], "COVERED")
    assert letters(session, ticket).count("decision") == before == 0
    assert waiting(ticket)
    decide(session, house, people, ticket, ticket.findings[1], "NOT_COVERED")
    assert letters(session, ticket).count("decision") == 1
    assert not waiting(ticket)
    assert ticket.verdict == "MIXED"


def test_one_more_finding_leaves_a_decision_as_it_is(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    decide(session, house, people, ticket, ticket.findings[0], "COVERED")
    find(session, house, people, ticket, DENIED)
    assert ticket.findings[0].outcome == "COVERED"
    assert ticket.verdict == "MIXED"


def test_a_decision_on_other_facts_goes_back_to_the_desk(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    decide(session, house, people, ticket, ticket.findings[0], "COVERED")
    assert ticket.proof
    ticket.proof.purchased_on = date(2026, 1, 10)
    papers.confirm_proof(session, ticket, actor=actor(people.front_desk), now=WHEN, house=house)
    session.commit()
    found = ticket.findings[0]
    assert (found.outcome, found.undecided) == ("AMBIGUOUS", True)
    assert found.record["outdated"]["reason"] == REASON
    assert waiting(ticket)
    with pytest.raises(Refused, match="decision_missing"):
        advance(session, ticket, Action.START_REPAIR, actor=actor(people.technician), now=WHEN, house=house)
    decide(session, house, people, ticket, found, "NOT_COVERED")
    assert (found.undecided, ticket.verdict, waiting(ticket)) == (False, "NOT_COVERED", False)


def test_two_dates_are_decided_before_anything_is_found(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, purchased_on=LATE, card_dated_on=CARD)
    assert ticket.verdict == "AMBIGUOUS"
    decide(session, house, people, ticket, None, "COVERED")
    assert ticket.verdict == "COVERED"
    for step in (Action.POST, Action.RECEIVE, Action.TAKE_IN_CHARGE, Action.START_DIAGNOSIS):
        advance(session, ticket, step, actor=actor(people.technician), now=WHEN, house=house)
    plain = find(session, house, people, ticket, ("S02", "movement", "manufacturing_defect", "A02"))
    assert (plain.verdict, plain.outcome, plain.decision_reason) == ("AMBIGUOUS", "COVERED", REASON)
    own = find(session, house, people, ticket, WET)
    assert own.outcome == "AMBIGUOUS"
    denied = find(session, house, people, ticket, DENIED)
    assert denied.outcome == "NOT_COVERED"


def test_dates_decided_against_the_customer_hold_for_every_finding(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(
        session, house, people, status=Status.DIAGNOSING, findings=(UNCLEAR, WET), purchased_on=LATE, card_dated_on=CARD
    )
    decide(session, house, people, ticket, None, "NOT_COVERED")
    assert {found.outcome for found in ticket.findings} == {"NOT_COVERED"}


def test_a_manager_overrules_the_rules_and_may_turn_it_round(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    found = ticket.findings[0]
    decide(session, house, people, ticket, found, "COVERED")
    assert (found.verdict, found.outcome) == ("NOT_COVERED", "COVERED")
    assert queries.timeline(session, ticket.id)[0].action is Action.OVERRULE
    decide(session, house, people, ticket, found, "NOT_COVERED")
    assert ticket.verdict == "NOT_COVERED"
    kept = [each.occasion for each in session.scalars(select(Verdict).where(Verdict.ticket_id == ticket.id))]
    assert kept[-2:] == ["overruled", "overruled"]
    assert letters(session, ticket).count("decision") == 1
    assert history.first_fault(queries.chain(session, ticket.id, ticket.code)) is None


@pytest.mark.parametrize(("outcome", "reason", "code"), [("FREE", REASON, "decision_unknown"), ("COVERED", " ", "note_needed"), ("NOT_COVERED", REASON, "decided_so_already")])  # fmt: skip
def test_what_is_no_decision_is_refused(
    session: Session, house: House, people: People, outcome: str, reason: str, code: str
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    with pytest.raises(Refused, match=code):
        deciding.decide(
            session, ticket, ticket.findings[0].id, outcome, reason, actor=actor(people.manager), now=WHEN, house=house
        )


def test_a_denial_by_our_own_shop_waits_for_a_person(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,), seller="own_shop")
    assert outcomes.needs_legal_review(queries.latest_verdict(session, ticket.id).record)
    decide(session, house, people, ticket, ticket.findings[0], "NOT_COVERED")
    assert queries.timeline(session, ticket.id)[0].action is Action.DECIDE
    assert not outcomes.needs_legal_review(queries.latest_verdict(session, ticket.id).record)


def test_a_changed_verdict_is_told_once_and_not_when_it_is_taken_back(
    session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=())
    first = find(session, house, people, ticket, DENIED)
    assert letters(session, ticket).count("verdict_changed") == 1
    find(session, house, people, ticket, UNCLEAR)
    assert letters(session, ticket).count("verdict_changed") == 1
    for finding_id in [found.id for found in ticket.findings]:
        assessing.remove_finding(session, ticket, finding_id, actor=actor(people.technician), now=WHEN, house=house)
    session.commit()
    assert first not in ticket.findings
    assert letters(session, ticket).count("verdict_changed") == 0


def test_a_quote_or_a_decision_says_it_instead(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    assert letters(session, ticket).count("verdict_changed") == 1
    decide(session, house, people, ticket, ticket.findings[0], "COVERED")
    assert letters(session, ticket)[-1] == "decision"
    assert "verdict_changed" not in letters(session, ticket)


def test_differences_say_what_changed_and_who_must_know() -> None:
    part = {
        "component": "glass",
        "cause": "impact",
        "verdict": "NOT_COVERED",
        "reason": "CAUSE",
        "reasons": ["CAUSE"],
        "rules": ["R20"],
    }
    before = {"verdict": "COVERED", "reason": None, "rules": ["R01", "R16"], "last_covered_day": "2026-11-20", "needs": [], "legal_review": False, "terms": "t", "findings": []}  # fmt: skip
    again = {**before, "rules": ["R16", "R01"]}
    assert not differences.between(before, again)
    other = differences.between(before, {**before, "rules": ["R16"]})
    assert [change.what for change in other.changes] == ["rules"]
    assert not other.told
    denied = {**before, "verdict": "NOT_COVERED", "reason": "CAUSE", "findings": [part]}
    told = differences.between(before, denied)
    assert told.told
    assert {"outcome", "reason", "to_pay", "finding"} == {change.what for change in told.changes}
    free = {**denied, "findings": [{**part, "decided": {"outcome": "GOODWILL", "reason": "x", "by": "y"}}]}
    assert differences.between(denied, free).told
