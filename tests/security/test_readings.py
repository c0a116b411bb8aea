"""What a machine reads on a hostile paper, and jobs that a dead worker did twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.uploads import receive
from service_center.outbox import worker
from service_center.outbox.models import OutboxRow, State
from service_center.proofs import handlers as proof_handlers
from service_center.proofs.models import ProofFile
from service_center.proofs.readers.apart import Reader
from service_center.proofs.readers.suggestion import Found, LineFound, Suggestion
from service_center.proofs.services import attach
from service_center.tickets import handlers
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Event, Ticket
from tests.builders import WHEN, make_people, make_ticket
from tests.conftest import Clock
from tests.security.test_files import Sent, electronic

TRICK = "00\x0042\u202e7100\ud800"


def test_no_paper_writes_what_cannot_be_seen(
    app: Flask, session: Session, house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = Suggestion("pdf", number=Found(TRICK), seller=Found(TRICK), lines=[LineFound(TRICK)]).as_json()
    monkeypatch.setattr(Reader, "read", lambda *_a, **_k: said)
    ticket = make_ticket(session, house, make_people(session))
    assert ticket.proof
    [row] = attach(session, ticket.proof, [receive(Sent(electronic(), "a.xml"), house.storage, field="papers", pdf=True)], now=WHEN)  # fmt: skip
    session.commit()
    with app.app_context():
        while worker.run_once(proof_handlers.HANDLERS, clock=clock, most=5):
            pass
    session.expire_all()
    kept = session.get_one(ProofFile, row.id)
    assert kept.read_at is not None
    assert (kept.reading["number"]["value"], kept.reading["lines"][0]["text"]) == ("00427100", "00427100")


def test_a_reading_done_twice_is_one_reading(app: Flask, session: Session, house: House, clock: Clock) -> None:
    ticket = make_ticket(session, house, make_people(session))
    assert ticket.proof
    [row] = attach(session, ticket.proof, [receive(Sent(electronic(), "a.xml"), house.storage, field="papers", pdf=True)], now=WHEN)  # fmt: skip
    session.commit()
    job = worker.Job(1, "read_proof", {"file_id": row.id}, None, 1)
    seen = []
    for _ in range(2):
        with app.app_context():
            proof_handlers.read_proof(job)
        session.expire_all()
        seen.append(session.get_one(ProofFile, row.id).reading)
    assert seen[0] == seen[1]
    assert seen[0]["number"]["value"] == "7"
    with app.app_context():
        assert proof_handlers.read_proof(worker.Job(2, "read_proof", {"file_id": 2**31 - 1}, None, 1)) == ""


def test_a_deadline_that_is_met_twice_ends_once(app: Flask, session: Session, house: House, clock: Clock) -> None:
    ticket = make_ticket(session, house, make_people(session), status=Status.RECEIVED, kind="none")
    jobs = session.scalars(select(OutboxRow).where(OutboxRow.ticket_id == ticket.id, OutboxRow.kind == "papers_deadline")).all()  # fmt: skip
    assert jobs
    todo = [worker.Job(each.id, each.kind, each.facts, each.ticket_id, 1) for each in jobs]
    session.rollback()

    def expired() -> int:
        session.rollback()
        asked = select(func.count()).select_from(Event).where(Event.ticket_id == ticket.id, Event.action == Action.EXPIRE_PAPERS)  # fmt: skip
        return session.execute(asked).scalar_one()

    with app.app_context():
        # Too soon, as when a clock was wrong: nothing happens.
        for job in todo:
            handlers.papers_deadline(job)
        assert expired() == 0
        clock.instant += timedelta(days=60)
        for job in (*todo, *reversed(todo)):
            handlers.papers_deadline(job)
            handlers.papers_reminder(job)
    assert expired() == 1
    told = select(func.count()).select_from(OutboxRow).where(
        OutboxRow.ticket_id == ticket.id, OutboxRow.facts["template"].as_string() == "papers_expired", OutboxRow.state == State.WAITING
    )  # fmt: skip
    assert session.execute(told).scalar_one() <= 2, "one to each side"
    session.expire_all()
    on = session.get_one(Ticket, ticket.id).papers_expired_on
    assert isinstance(on, date)
