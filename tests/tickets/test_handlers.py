"""What becomes of tickets and drafts by themselves."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.intake import services as intake
from service_center.intake.draft import Draft, DraftItem, KeptFile
from service_center.intake.models import IntakeDraft
from service_center.outbox.models import OutboxRow
from service_center.outbox.worker import run_once
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import papers
from tests.builders import actor, make_people, make_ticket
from tests.conftest import Clock


def days_pass(app: Flask, clock: Clock, days: int) -> None:
    clock.instant += timedelta(days=days)
    with app.app_context():
        while run_once(app.extensions["handlers"], clock=clock):
            pass


def test_what_was_delivered_closes_by_itself_after_two_weeks(
    app: Flask, session: Session, house: House, clock: Clock
) -> None:
    ticket = make_ticket(session, house, make_people(session), status=Status.DELIVERED)
    asked = select(Ticket.status).where(Ticket.id == ticket.id)
    session.commit()
    days_pass(app, clock, 13)
    assert session.scalar(asked) is Status.DELIVERED
    session.commit()
    days_pass(app, clock, 2)
    assert session.scalar(asked) is Status.CLOSED


def test_a_draft_that_nobody_sent_is_forgotten_with_its_pictures(
    app: Flask, session: Session, house: House, clock: Clock
) -> None:
    kept = KeptFile("a", "item", "x.jpg", "image/jpeg", "aa/full.jpg", "aa/preview.jpg", "aa/thumb.jpg", "0" * 64)
    for key in ("aa/full.jpg", "aa/preview.jpg", "aa/thumb.jpg"):
        house.storage.put(key, b"x")
    _secret, row = intake.begin(session, now=clock.instant)
    intake.keep(row, Draft((DraftItem(files=(kept,)),)), now=clock.instant)
    session.commit()
    days_pass(app, clock, 29)
    assert session.scalar(select(func.count()).select_from(IntakeDraft)) == 1
    session.commit()
    days_pass(app, clock, 3)
    assert session.scalar(select(func.count()).select_from(IntakeDraft)) == 0
    assert not list(house.storage.root.rglob("*.jpg"))  # type: ignore[attr-defined]


def letters(session: Session, ticket: Ticket) -> list[str]:
    session.commit()
    rows = session.scalars(
        select(OutboxRow).where(OutboxRow.ticket_id == ticket.id, OutboxRow.kind == "letter").order_by(OutboxRow.id)
    )
    return [row.facts["template"] for row in rows]


def test_papers_that_do_not_come_are_asked_for_once_more(
    app: Flask, session: Session, house: House, clock: Clock
) -> None:
    """R11."""
    ticket = make_ticket(session, house, make_people(session), status=Status.RECEIVED, purchased_on=None)
    days_pass(app, clock, 6)
    assert letters(session, ticket) == ["request_received", "received"]
    days_pass(app, clock, 2)
    assert letters(session, ticket)[-1] == "papers_needed"
    days_pass(app, clock, 60)
    assert letters(session, ticket).count("papers_needed") == 1


def test_whoever_sent_them_is_left_in_peace(app: Flask, session: Session, house: House, clock: Clock) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.RECEIVED, purchased_on=None)
    assert ticket.proof
    ticket.proof.purchased_on = date(2026, 1, 10)
    papers.confirm_proof(session, ticket, actor=actor(people.front_desk), now=clock.instant, house=house)
    session.commit()
    days_pass(app, clock, 8)
    assert "papers_needed" not in letters(session, ticket)
