"""The desk of decisions: what waits, both readings, a decision that loses nothing that was typed, honest figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.management.queries.decisions import desk
from service_center.management.queries.verdicts import Judged
from service_center.offers.services.quotes import Line, send_quote
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import safety
from tests.builders import COVERED, DENIED, WHEN, People, actor, client_for, make_people, make_ticket, post

WET = ("S11", "movement", "liquid_within_limits", "A03")
LATE, CARD = WHEN.date() - timedelta(days=751), WHEN.date() - timedelta(days=700)
REASON = "La guarnizione del fondello era montata storta: l'acqua è entrata senza colpa di chi lo portava."


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def boss(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.manager)


def again(session: Session, people: People, ticket: Ticket) -> Ticket:
    session.rollback()
    session.expire_all()
    return queries.get(session, ticket.code, seen_by=actor(people.manager))


def typed(ticket: Ticket, **more: object) -> dict[str, object]:
    about = str(ticket.findings[0].id) if ticket.findings else "whole"
    return {
        "about": about,
        "decision": "COVERED",
        "reason": REASON,
        "version": ticket.version,
        "budget": "house",
    } | more


def test_the_desk_shows_all_that_waits_for_a_person(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    dates = make_ticket(session, house, people, purchased_on=LATE, card_dated_on=CARD)
    water = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    own = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,), seller="own_shop")
    make_ticket(session, house, people, status=Status.DIAGNOSING)
    make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    assert {case.code for case in desk(session)} == {dates.code, water.code, own.code}
    page = boss.get("/manage/decisions").text
    assert all(ticket.code[:4] in page for ticket in (dates, water, own))


def test_a_case_shows_both_readings_and_the_facts(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, purchased_on=LATE, card_dated_on=CARD)
    page = boss.get(f"/manage/decisions/{ticket.code}?lang=en")
    assert page.status_code == 200
    assert "R07" in page.text


def test_a_decision_is_made_and_told(boss: FlaskClient, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    url = f"/manage/decisions/{ticket.code}"
    assert post(boss, url, typed(ticket)).status_code == 302
    found = again(session, people, ticket)
    assert (found.verdict, found.findings[0].decision_reason) == ("COVERED", REASON)
    assert REASON.replace("'", "&#39;") in boss.get(url).text
    assert ticket.code not in {case.code for case in desk(session)}


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"decision": "FREE"}, {"about": "999"}, {"about": "x"}, {"decision": "GOODWILL", "cost": "", "minutes": ""}])  # fmt: skip
def test_a_refused_decision_keeps_what_was_typed(
    boss: FlaskClient, session: Session, house: House, people: People, wrong: dict[str, str]
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    answer = post(boss, f"/manage/decisions/{ticket.code}", typed(ticket, reason="Parole mie") | wrong)
    assert answer.status_code == 422
    assert "reason" in wrong or "Parole mie" in answer.text
    assert again(session, people, ticket).verdict == "AMBIGUOUS"


def test_who_was_slower_is_told_and_loses_nothing(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    answer = post(boss, f"/manage/decisions/{ticket.code}", typed(ticket, version=1, reason="Parole mie"))
    assert answer.status_code == 409
    assert "Parole mie" in answer.text


def test_what_the_customer_will_read_is_shown_before(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    answer = post(boss, f"/manage/decisions/{ticket.code}", typed(ticket, preview="1"))
    assert answer.status_code == 200
    assert answer.text.count("Carmela Improta") >= 2
    assert again(session, people, ticket).verdict == "AMBIGUOUS"


def test_a_quote_for_what_is_now_covered_is_withdrawn(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    sent = send_quote(session, ticket, [Line("Vetro", 2400, ticket.findings[0].id)], days_needed=3, actor=actor(people.technician), now=WHEN, house=house)  # fmt: skip
    session.commit()
    assert post(boss, f"/manage/decisions/{ticket.code}", typed(ticket)).status_code == 302
    session.refresh(sent)
    assert sent.answer == "withdrawn"


def test_only_managers_come_to_the_desk(app: Flask, people: People, session: Session, house: House) -> None:
    ticket = make_ticket(session, house, people)
    for somebody in (people.technician, people.clerk):
        client = client_for(app, somebody)
        assert client.get("/manage/decisions").status_code == 403
        assert client.get(f"/manage/decisions/{ticket.code}").status_code == 403


def test_figures_count_what_the_rules_said_whatever_was_decided(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    assert post(boss, f"/manage/decisions/{ticket.code}", typed(ticket)).status_code == 302
    assert boss.get("/manage/verdicts").status_code == 200
    behind = boss.get("/manage/verdicts/list?rules=NOT_COVERED&outcome=COVERED&kind=overruled").text
    assert ticket.code[:4] in behind
    assert ticket.code[:4] not in boss.get("/manage/verdicts/list?kind=kept").text
    assert ticket.code[:4] in boss.get("/manage/verdicts.csv?season=2026-2").text
    assert boss.get("/manage/verdicts?season=0-9").status_code == 200


def test_today_leads_to_the_decision_and_to_the_safety_report(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    doubtful = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(WET,))
    unsafe = make_ticket(session, house, people, status=Status.DIAGNOSING)
    seen = safety.Seen("overheating", "Scotta.")
    report = safety.flag(session, unsafe, seen, actor=actor(people.technician), now=WHEN, house=house)
    session.commit()
    page = boss.get("/manage/").text
    assert f'href="/manage/decisions/{doubtful.code}"' in page
    assert f'href="/manage/safety/{report.id}"' in page


def test_our_own_work_is_a_fact_of_the_decision(
    boss: FlaskClient, session: Session, house: House, people: People
) -> None:
    first = make_ticket(session, house, people, status=Status.CLOSED, findings=(COVERED,))
    again = make_ticket(
        session, house, people, status=Status.DIAGNOSING, findings=(COVERED,), at=WHEN + timedelta(days=60)
    )
    again.item_id = first.item_id
    session.commit()
    page = boss.get(f"/manage/decisions/{again.code}?lang=en").text
    assert "Our own work" in page
    assert grouped(first.code) in page
    assert "this request is in time" in page


@pytest.mark.parametrize(("rules", "now", "kind"), [
    ("COVERED", "COVERED", "kept"), ("AMBIGUOUS", "AMBIGUOUS", "open"), ("PENDING_DOCS", "PENDING_DOCS", "open"),
    ("AMBIGUOUS", "COVERED", "decided"), ("NOT_COVERED", "COVERED", "overruled"), ("NOT_COVERED", "GOODWILL", "goodwill"),
])  # fmt: skip
def test_what_is_not_yet_decided_is_counted_apart(rules: str, now: str, kind: str) -> None:
    assert Judged("X", "watch", "glass", "impact", WHEN, rules, "", now, "").kind == kind
