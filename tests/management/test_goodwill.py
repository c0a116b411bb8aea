"""Courtesies: free for the customer, out of a budget, and never a change of what the rules said."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.management.queries.goodwill import budget, granted
from service_center.management.services.decisions import decide
from service_center.management.services.goodwill import Courtesy, grant, set_budget
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.seasons import around, bounds, season_of
from service_center.tickets.services import assessing
from service_center.tickets.services.advancing import advance
from tests.builders import DENIED, WHEN, People, actor, client_for, make_people, make_ticket, post

SEASON = "2026-2"
WHY = "Cliente affezionata, in ritardo di pochi giorni."


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def ticket(session: Session, house: House, people: People) -> Ticket:
    return make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))


def give(session: Session, house: House, people: People, ticket: Ticket, **facts: object) -> None:
    asked = {
        "finding_id": ticket.findings[0].id if ticket.findings else None,
        "reason": WHY,
        "cost_cents": 2400,
        "shop_id": None,
    } | facts
    grant(session, ticket, Courtesy(**asked), actor=actor(people.manager), now=WHEN, house=house)  # type: ignore[arg-type]
    session.commit()


def again(session: Session, people: People, ticket: Ticket) -> Ticket:
    code = ticket.code
    session.rollback()
    session.expunge_all()
    return queries.get(session, code, seen_by=actor(people.manager))


def test_a_courtesy_is_free_and_the_rules_verdict_stays(
    session: Session, house: House, people: People, ticket: Ticket
) -> None:
    set_budget(session, SEASON, None, 5000, house=house)
    give(session, house, people, ticket)
    [found] = ticket.findings
    assert (found.verdict, found.outcome, found.free, ticket.verdict) == ("NOT_COVERED", "GOODWILL", True, "GOODWILL")
    facts = queries.facts_of(session, ticket, actor=actor(people.manager), house=house)
    assert (facts.covered, facts.to_pay) == (1, 0)
    assert budget(session, SEASON, None).left_cents == 2600
    advance(session, ticket, Action.START_REPAIR, actor=actor(people.technician), now=WHEN, house=house)


def test_a_spent_budget_refuses_unless_its_own_reason_is_given(
    session: Session, house: House, people: People, ticket: Ticket
) -> None:
    with pytest.raises(Refused, match="budget_missing"):
        give(session, house, people, ticket)
    ticket = again(session, people, ticket)
    set_budget(session, SEASON, None, 1000, house=house)
    session.commit()
    with pytest.raises(Refused, match="budget_spent"):
        give(session, house, people, ticket)
    ticket = again(session, people, ticket)
    give(session, house, people, ticket, over_budget="Concordato con la direzione.")
    assert budget(session, SEASON, None).left_cents == -1400
    assert granted(session, SEASON)[0].over_budget == "Concordato con la direzione."


def test_a_shop_pays_from_its_own_budget(session: Session, house: House, people: People, ticket: Ticket) -> None:
    set_budget(session, SEASON, people.shop.id, 3000, house=house)
    give(session, house, people, ticket, shop_id=people.shop.id)
    assert budget(session, SEASON, people.shop.id).left_cents == 600
    assert budget(session, SEASON, None).spent_cents == 0


def test_without_a_typed_cost_it_is_parts_and_minutes(
    session: Session, house: House, people: People, ticket: Ticket
) -> None:
    set_budget(session, SEASON, None, 10_000, house=house)
    give(session, house, people, ticket, cost_cents=None, minutes=30)
    assert budget(session, SEASON, None).spent_cents == 2000


def test_a_courtesy_that_is_turned_round_gives_its_money_back(
    session: Session, house: House, people: People, ticket: Ticket
) -> None:
    set_budget(session, SEASON, None, 5000, house=house)
    give(session, house, people, ticket)
    decide(session, ticket, ticket.findings[0].id, "NOT_COVERED", "È un urto.", actor=actor(people.manager), now=WHEN, house=house)  # fmt: skip
    session.commit()
    assert budget(session, SEASON, None).spent_cents == 0
    assert granted(session, SEASON)[0].taken_back_at is not None


def test_a_late_request_may_be_done_free_before_anything_is_found(
    session: Session, house: House, people: People
) -> None:
    late = make_ticket(session, house, people, purchased_on=WHEN.date() - timedelta(days=735))
    assert (late.verdict, late.reason) == ("NOT_COVERED", "WINDOW")
    set_budget(session, SEASON, None, 5000, house=house)
    give(session, house, people, late)
    assert late.verdict == "GOODWILL"
    for step in (Action.POST, Action.RECEIVE, Action.TAKE_IN_CHARGE, Action.START_DIAGNOSIS):
        advance(session, late, step, actor=actor(people.technician), now=WHEN, house=house)
    found = assessing.add_finding(
        session, late, symptom="S04", component="battery", cause="battery_end_of_life", action="A01", actor=actor(people.technician), now=WHEN, house=house
    )  # fmt: skip
    own = assessing.add_finding(
        session, late, symptom="S10", component="glass", cause="impact", action="A06", actor=actor(people.technician), now=WHEN, house=house
    )  # fmt: skip
    assert (found.outcome, own.outcome) == ("GOODWILL", "NOT_COVERED")


def test_the_page_grants_lists_and_exports(app: Flask, session: Session, house: House, people: People, ticket: Ticket) -> None:  # fmt: skip
    boss = client_for(app, people.manager)
    assert post(boss, "/manage/goodwill", {"season": SEASON, "budget": "house", "limit": "50"}).status_code == 302
    assert post(boss, "/manage/goodwill", {"season": SEASON, "budget": "house", "limit": "x"}).status_code == 422
    typed = {"about": str(ticket.findings[0].id), "decision": "GOODWILL", "reason": "=1+1 cortesia", "cost": "24,00", "budget": "house", "version": ticket.version}  # fmt: skip
    assert post(boss, f"/manage/decisions/{ticket.code}", typed).status_code == 302
    page = boss.get("/manage/goodwill").text
    assert ticket.code[:4] in page
    exported = boss.get(f"/manage/goodwill.csv?season={SEASON}").text
    assert "'=1+1 cortesia" in exported
    assert "24,00" in exported


def test_seasons_are_parts_of_a_year() -> None:
    assert season_of(WHEN.date(), 6) == SEASON
    first, after = bounds(SEASON, 6)
    assert (first.isoformat(), after.isoformat()) == ("2026-07-01", "2027-01-01")
    assert around(SEASON, 6, 3) == ["2026-2", "2026-1", "2025-2"]
