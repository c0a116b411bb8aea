"""What becomes of tickets and drafts by themselves."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.intake import services as intake
from service_center.intake.draft import Draft, DraftItem, KeptFile
from service_center.intake.models import IntakeDraft
from service_center.outbox.worker import run_once
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import make_people, make_ticket
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
