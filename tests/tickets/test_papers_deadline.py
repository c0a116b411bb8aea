"""Missing papers to their end (R11): asked for, reminded, given up, and welcome afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.lab import services as lab
from service_center.offers.queries import quotes
from service_center.offers.services.quotes import Line, answer, send_quote
from service_center.outbox.models import OutboxRow, SentLetter, State
from service_center.outbox.worker import run_once
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Ticket
from service_center.tickets.services import assessing, papers
from service_center.tickets.services.advancing import advance
from service_center.tickets.services.deadlines import lapsed
from service_center.tickets.services.paper_lines import PaperRead
from tests.builders import COVERED, DENIED, WHEN, People, actor, client_for, make_people, make_ticket
from tests.conftest import Clock

SCAN = Kept("aa/x.jpg", "aa/p.jpg", "aa/t.jpg", "image/jpeg", "1" * 64, 10, 10, 1, "scontrino.jpg")
NO_PROOF: dict[str, Any] = {"purchased_on": None, "kind": "none"}


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def days_pass(app: Flask, session: Session, clock: Clock, days: int) -> None:
    session.commit()
    clock.instant += timedelta(days=days)
    with app.app_context():
        while run_once(app.extensions["handlers"], clock=clock):
            pass
    session.expunge_all()


def fresh(session: Session, people: People, ticket: Ticket) -> Ticket:
    session.expunge_all()
    return queries.get(session, ticket.code, seen_by=actor(people.manager))


def letters(session: Session, ticket: Ticket) -> list[tuple[str, str]]:
    rows = session.scalars(
        select(OutboxRow).where(OutboxRow.ticket_id == ticket.id, OutboxRow.kind == "letter").order_by(OutboxRow.id)
    )
    return [(row.facts["template"], row.facts["recipient"]) for row in rows if row.state is not State.WITHDRAWN]


def test_what_did_not_come_in_time_is_a_paid_repair(
    app: Flask, session: Session, house: House, clock: Clock, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, **NO_PROOF)
    days_pass(app, session, clock, 14)
    assert fresh(session, people, ticket).verdict == "PENDING_DOCS"
    days_pass(app, session, clock, 1)
    ticket = fresh(session, people, ticket)
    verdict = queries.latest_verdict(session, ticket.id)
    assert (ticket.verdict, ticket.reason, ticket.papers_expired_on) == ("NOT_COVERED", "PROOF", date(2026, 12, 5))
    assert (verdict.occasion, verdict.record["needs"]) == ("papers_expired", [])
    assert {"R11", "R30"} <= set(verdict.record["rules"])
    assert not [wait for wait in ticket.waits if wait.closed_at is None]
    assert [name for name, _to in letters(session, ticket)][-2:] == ["papers_needed", "papers_expired"]
    [told] = session.scalars(select(SentLetter).where(SentLetter.text.contains("non è arrivato in tempo")))
    assert "garanzia legale" in told.text
    advance(session, ticket, Action.TAKE_IN_CHARGE, actor=actor(people.technician), now=clock.instant, house=house)


def test_it_is_given_up_once(app: Flask, session: Session, house: House, clock: Clock, people: People) -> None:
    ticket = make_ticket(session, house, people, **NO_PROOF)
    days_pass(app, session, clock, 15)
    for row in session.scalars(select(OutboxRow).where(OutboxRow.kind == "papers_deadline")):
        row.state, row.attempts = State.WAITING, 0
    days_pass(app, session, clock, 30)
    assert [name for name, _to in letters(session, ticket)].count("papers_expired") == 1
    [told] = session.scalars(select(SentLetter).where(SentLetter.text.contains("non è arrivato in tempo")))
    assert "si può spedire lo stesso" in told.text


def test_the_last_asking_counts(app: Flask, session: Session, house: House, clock: Clock, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, **NO_PROOF)
    days_pass(app, session, clock, 10)
    ticket = fresh(session, people, ticket)
    lab.ask_papers(session, ticket, ["proof"], "Anche il retro", actor=actor(people.front_desk), now=clock.instant, house=house)  # fmt: skip
    days_pass(app, session, clock, 14)
    assert fresh(session, people, ticket).papers_expired_on is None
    days_pass(app, session, clock, 1)
    assert fresh(session, people, ticket).papers_expired_on == date(2026, 12, 15)


def test_papers_that_lie_with_us_are_not_late(
    app: Flask, session: Session, house: House, clock: Clock, people: People
) -> None:
    ticket = make_ticket(session, house, people, **NO_PROOF)
    clock.instant += timedelta(days=13)
    papers.add_papers(session, ticket, [SCAN], actor=customer(ticket.id), now=clock.instant)
    days_pass(app, session, clock, 20)
    assert fresh(session, people, ticket).papers_expired_on is None


def test_the_shop_reads_it_too(app: Flask, session: Session, house: House, clock: Clock, people: People) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop, card="unstamped")
    days_pass(app, session, clock, 15)
    assert {to for name, to in letters(session, ticket) if name == "papers_expired"} == {
        "adele@posta.example", people.shop.email
    }  # fmt: skip


def test_what_is_dangerous_is_not_dunned(
    app: Flask, session: Session, house: House, clock: Clock, people: People
) -> None:
    ticket = make_ticket(session, house, people, **NO_PROOF)
    ticket.safety = True
    days_pass(app, session, clock, 60)
    assert fresh(session, people, ticket).papers_expired_on is None


def expired_on_the_bench(
    app: Flask, session: Session, house: House, clock: Clock, people: People, **facts: Any
) -> Ticket:
    """Without papers, given up, taken in charge, and a quote lies with the customer."""
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, **facts)
    days_pass(app, session, clock, 15)
    ticket, tech = fresh(session, people, ticket), actor(people.technician)
    for action in (Action.TAKE_IN_CHARGE, Action.START_DIAGNOSIS):
        advance(session, ticket, action, actor=tech, now=clock.instant, house=house)
    symptom, component, cause, work = COVERED
    assessing.add_finding(session, ticket, symptom=symptom, component=component, cause=cause, action=work, actor=tech, now=clock.instant, house=house)  # fmt: skip
    assert (ticket.findings[0].verdict, ticket.findings[0].record["reason"]) == ("NOT_COVERED", "PROOF")
    send_quote(session, ticket, [Line("Pila", 1200, ticket.findings[0].id)], days_needed=3, actor=tech, now=clock.instant, house=house)  # fmt: skip
    session.commit()
    return fresh(session, people, ticket)


READ: dict[str, Any] = {"kind": "receipt", "purchased_on": date(2026, 1, 10), "seller": "authorised_retailer", "card": "complete", "legible": True}  # fmt: skip


def test_a_proof_that_comes_later_opens_it_again(
    app: Flask, session: Session, house: House, clock: Clock, people: People
) -> None:
    ticket = expired_on_the_bench(app, session, house, clock, people, card="absent")
    lab.confirm_papers(
        session, ticket, PaperRead(READ), [SCAN], actor=actor(people.front_desk), now=clock.instant, house=house
    )
    session.commit()
    ticket = fresh(session, people, ticket)
    assert (ticket.verdict, ticket.papers_expired_on, ticket.findings[0].verdict) == ("COVERED", None, "COVERED")
    assert not [wait for wait in ticket.waits if wait.closed_at is None]
    assert [name for name, _to in letters(session, ticket)][-1] == "quote_withdrawn"
    days_pass(app, session, clock, 60)
    assert fresh(session, people, ticket).status is Status.DIAGNOSING


@pytest.mark.parametrize("accepted", [True, False])
def test_a_proof_that_comes_after_the_answer_leaves_nothing_to_pay(
    app: Flask, session: Session, house: House, clock: Clock, people: People, accepted: bool
) -> None:
    """An accepted quote is owed no more; what was about to go back unrepaired is taken up again."""
    ticket = expired_on_the_bench(app, session, house, clock, people, card="absent")
    now, tech = clock.instant, actor(people.technician)
    answer(session, ticket, accepted, actor=customer(ticket.id, "Anna"), now=now, house=house)
    lab.confirm_papers(session, ticket, PaperRead(READ), [SCAN], actor=actor(people.front_desk), now=now, house=house)
    assert ticket.findings[0].outcome == "COVERED"
    if accepted:
        assert (ticket.quote_answer, quotes(session, ticket.id)[0].answer) == (None, "withdrawn")
        assert ticket.status is Status.REPAIRING
        return
    assert ticket.status is Status.RETURNING
    advance(session, ticket, Action.TAKE_UP_AGAIN, actor=tech, now=now, house=house, note="Lo scontrino è arrivato.")
    advance(session, ticket, Action.START_REPAIR, actor=tech, now=now, house=house)
    assert ticket.status.value == "repairing"


def test_what_comes_incomplete_is_asked_for_again(
    app: Flask, session: Session, house: House, clock: Clock, people: People
) -> None:
    ticket = expired_on_the_bench(app, session, house, clock, people, card="absent")
    read = READ | {"card": "unstamped"}
    lab.confirm_papers(
        session, ticket, PaperRead(read), [SCAN], actor=actor(people.front_desk), now=clock.instant, house=house
    )
    session.commit()
    ticket = fresh(session, people, ticket)
    [wait] = [w for w in ticket.waits if w.closed_at is None and w.kind is WaitKind.PAPERS]
    assert wait.detail["needs"] == ["stamp"]
    assert wait.detail["until"] == (clock.instant.date() + timedelta(days=14)).isoformat()
    days_pass(app, session, clock, 15)
    assert fresh(session, people, ticket).reason == "PROOF"


def test_the_pages_say_until_when(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, shop=people.shop, **NO_PROOF)
    own = make_ticket(session, house, people, **NO_PROOF)
    shop, lab_page = client_for(app, people.clerk), client_for(app, people.front_desk)
    address = f"{ticket.code[:4]}-{ticket.code[4:8]}-{ticket.code[8:]}"
    assert "4 dic 2026" in shop.get(f"/retailer/tickets/{address}?lang=it").text
    assert "4 dic 2026" in lab_page.get(f"/lab/tickets/{address}?lang=it").text
    address = f"{own.code[:4]}-{own.code[4:8]}-{own.code[8:]}"
    assert "4 dic 2026" in client_for(app).get(f"/status/{address}?lang=it").text


PENDING = {"component": "battery", "cause": "wear", "verdict": "PENDING_DOCS", "reason": None, "reasons": [], "advice": None, "rules": ["R11"]}  # fmt: skip
GLASS = PENDING | {"component": "glass", "verdict": "NOT_COVERED", "reason": "CAUSE", "reasons": ["CAUSE"], "rules": ["R18"]}  # fmt: skip
FREE = PENDING | {"verdict": "COVERED", "rules": ["R17"]}


@pytest.mark.parametrize(
    ("headline", "parts", "verdict", "reasons"),
    [
        ("PENDING_DOCS", [], "NOT_COVERED", ["PROOF"]),
        ("PENDING_DOCS", [PENDING, PENDING], "NOT_COVERED", ["PROOF"]),
        ("MIXED", [PENDING, GLASS], "NOT_COVERED", ["CAUSE", "PROOF"]),
        ("MIXED", [PENDING, FREE], "MIXED", ["PROOF"]),
        ("NOT_COVERED", [GLASS], "NOT_COVERED", ["CAUSE"]),
        ("COVERED", [FREE], "COVERED", []),
    ],
)
def test_only_what_waited_for_papers_is_given_up(
    house: House, headline: str, parts: list[dict[str, Any]], verdict: str, reasons: list[str]
) -> None:
    ticket = Ticket(papers_expired_on=WHEN.date(), requested_at=WHEN)
    met = ["CAUSE"] if GLASS in parts else []
    whole = {"verdict": headline, "reason": None, "reasons": met, "rules": ["R11"], "advice": None, "legal_review": False, "needs": ["proof"], "findings": parts}  # fmt: skip
    found = lapsed(whole, ticket, house)
    assert (found["verdict"], found["reasons"]) == (verdict, reasons)
    assert DENIED
    ticket.papers_expired_on = None
    assert lapsed(whole, ticket, house) is whole
