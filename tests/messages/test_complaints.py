"""Complaints (R32): taken in with a day, warned about, answered once, never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.core.brand import Closure
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.messages import services
from service_center.messages.complaints import Alarm, Channel, Outcome, Subject, alarms, answer_by
from service_center.messages.models import Complaint
from service_center.messages.services import Grievance
from service_center.outbox.models import OutboxRow, SentLetter, State
from service_center.outbox.worker import run_once
from service_center.tickets import codes, history, queries
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.models import Event, Photo, Ticket, Wait
from service_center.tickets.services import advancing
from tests.builders import COVERED, DENIED, WHEN, People, actor, client_for, make_people, make_ticket, post
from tests.conftest import Clock

WORDS = "L'orologio non è caduto: il vetro si è crepato da solo."


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def denied(
    session: Session, house: House, people: People, status: Status = Status.DIAGNOSING, **more: object
) -> Ticket:
    return make_ticket(session, house, people, status=status, findings=(COVERED, DENIED), **more)  # type: ignore[arg-type]


def complain(session: Session, house: House, ticket: Ticket, *, now: datetime = WHEN, **more: object) -> Complaint:
    """The customer complains about the decision."""
    held = queries.locked(session, ticket.code, seen_by=customer(ticket.id))
    said = Grievance(**{"subject": Subject.DECISION, "text": WORDS, "channel": Channel.WEB, **more})  # type: ignore[arg-type]
    made = services.complain(
        session, held, services.the_customer(held), said, actor=customer(ticket.id), now=now, house=house
    )
    session.commit()
    return made


def answer(session: Session, house: House, people: People, made: Complaint, *, now: datetime = WHEN, outcome: str = Outcome.EXPLAINED) -> None:  # fmt: skip
    manager = actor(people.manager)
    held, ticket = services.held(session, made.id, actor=manager)
    services.answer_complaint(
        session, held, ticket, outcome, "Lo abbiamo riguardato.", actor=manager, now=now, house=house
    )
    session.commit()


def work(app: Flask, clock: Clock, at: datetime) -> None:
    """Time passes and the worker does what is due."""
    clock.instant = at
    with app.app_context():
        while run_once(app.extensions["handlers"], clock=clock):
            pass


def letters(session: Session, words: str) -> list[str]:
    """Who got a letter whose subject holds these words."""
    session.rollback()
    asked = select(SentLetter.recipient).where(SentLetter.subject.contains(words)).order_by(SentLetter.id)
    return list(session.scalars(asked))


def owner(app: Flask, ticket: Ticket) -> FlaskClient:
    """A browser that showed to be the owner's."""
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["owned"] = {ticket.code: [ticket.id, WHEN.timestamp()]}
    return client


def page(ticket: Ticket, rest: str = "/complaint") -> str:
    return f"/status/{codes.grouped(ticket.code)}{rest}"


# --- the day of the answer --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 25)),  # a Friday morning
        (datetime(2026, 11, 20, 20, 0, tzinfo=UTC), date(2026, 11, 25)),  # after closing time it is still day 0
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), date(2026, 11, 25)),  # Saturday in Rome
        (datetime(2026, 12, 4, 9, 0, tzinfo=UTC), date(2026, 12, 10)),  # over 8 December
    ],
)
def test_the_answer_is_due_on_the_third_working_day_after_the_day_of_receipt(received: datetime, due: date) -> None:
    assert answer_by(received, 3, ()) == due


def test_days_on_which_the_lab_is_closed_do_not_count() -> None:
    shut = [Closure(date(2026, 11, 23), date(2026, 11, 24), {})]
    assert answer_by(WHEN, 3, shut) == date(2026, 11, 27)
    assert alarms(date(2026, 11, 25), shut)[Alarm.BEFORE].date() == date(2026, 11, 20)


# --- taking in --------------------------------------------------------------------------------------------------------


def test_a_complaint_names_the_decision_and_stops_no_clock(session: Session, house: House, people: People) -> None:
    ticket = denied(session, house, people)
    promised = ticket.due_on
    made = complain(session, house, ticket, finding_id=ticket.findings[1].id)
    assert made.verdict_id == queries.latest_verdict(session, ticket.id).id
    assert made.finding_id == ticket.findings[1].id
    assert made.due_on == date(2026, 11, 25)
    here = queries.get(session, ticket.code, seen_by=actor(people.manager))
    assert (here.status, here.due_on) == (Status.DIAGNOSING, promised)
    assert [w.detail for w in here.waits if w.kind is WaitKind.COMPLAINT] == [{"due_on": "2026-11-25"}]
    assert history.first_fault(queries.chain(session, ticket.id, ticket.code)) is None


@pytest.mark.parametrize(
    "status", [Status.TO_SEND, Status.RECEIVED, Status.READY, Status.SHIPPED_OUT, Status.DELIVERED]
)
def test_a_complaint_is_possible_wherever_the_ticket_is(
    session: Session, house: House, people: People, status: Status
) -> None:
    assert complain(session, house, make_ticket(session, house, people, status=status), subject=Subject.QUALITY).id


def test_a_closed_ticket_may_still_be_complained_about(session: Session, house: House, people: People) -> None:
    ticket = denied(session, house, people, Status.DELIVERED)
    tech = actor(people.technician)
    held = queries.locked(session, ticket.code, seen_by=tech)
    advancing.advance(session, held, Action.CLOSE, actor=tech, now=WHEN, house=house)
    session.commit()
    made = complain(session, house, ticket)
    answer(session, house, people, made)
    assert queries.get(session, ticket.code, seen_by=tech).status is Status.CLOSED


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": "  "}, "complaint_empty"),
        ({"received_at": WHEN + timedelta(days=1)}, "received_in_future"),
        ({"received_at": WHEN - timedelta(days=400)}, "received_long_ago"),
    ],
)
def test_what_cannot_be_is_refused(session: Session, house: House, people: People, more: dict[str, Any], code: str) -> None:  # fmt: skip
    ticket = denied(session, house, people)
    with pytest.raises(Refused) as no:
        complain(session, house, ticket, **more)
    assert no.value.code == code


def test_one_side_has_one_open_complaint(session: Session, house: House, people: People) -> None:
    ticket = denied(session, house, people)
    made = complain(session, house, ticket)
    with pytest.raises(Refused, match="complaint_open"):
        complain(session, house, ticket, text="Ancora io.")
    session.rollback()
    answer(session, house, people, made)
    assert complain(session, house, ticket, text="Non basta.").id != made.id


def test_a_complaint_about_no_repair_is_registered_once(session: Session, house: House, people: People) -> None:
    who = services.Complainant("Ciro Rea", "ciro@posta.example")
    said = Grievance(
        Subject.OTHER, "Al telefono non risponde nessuno.", Channel.EMAIL, received_at=WHEN - timedelta(days=1)
    )
    desk = actor(people.front_desk)
    made = services.complain(session, None, who, said, actor=desk, now=WHEN, house=house)
    assert (made.ticket_id, made.due_on) == (None, date(2026, 11, 24))
    with pytest.raises(Refused, match="complaint_twice"):
        services.complain(session, None, who, said, actor=desk, now=WHEN, house=house)


# --- letters and alarms -----------------------------------------------------------------------------------------------


def test_receipt_and_answer_leave_as_letters(app: Flask, session: Session, house: House, people: People, clock: Clock) -> None:  # fmt: skip
    made = complain(session, house, denied(session, house, people))
    work(app, clock, WHEN)
    assert letters(session, "reclamo") == ["adele@posta.example"]
    kept = session.scalars(select(SentLetter).where(SentLetter.subject.contains("reclamo"))).one()
    assert "25 nov 2026" in kept.text
    assert WORDS in kept.text
    session.rollback()
    answer(session, house, people, made, outcome=Outcome.NOT_UPHELD)
    work(app, clock, WHEN)
    told = session.scalars(select(SentLetter).where(SentLetter.subject.contains("risposta"))).one()
    assert "Lo abbiamo riguardato." in told.text
    assert "garanzia legale" in told.text
    assert "/owner?key=…" in told.text


def test_managers_are_warned_the_day_before_and_on_the_day(app: Flask, session: Session, house: House, people: People, clock: Clock) -> None:  # fmt: skip
    complain(session, house, denied(session, house, people))
    work(app, clock, datetime(2026, 11, 23, 22, 0, tzinfo=UTC))
    assert letters(session, "Risposta a un reclamo") == []
    work(app, clock, datetime(2026, 11, 24, 8, 20, tzinfo=UTC))
    assert letters(session, "reclamo")[1:] == [people.manager.email]
    work(app, clock, datetime(2026, 11, 25, 8, 20, tzinfo=UTC))
    work(app, clock, datetime(2026, 11, 30, 8, 20, tzinfo=UTC))
    assert letters(session, "reclamo")[1:] == [people.manager.email] * 2


def test_nobody_is_warned_of_what_is_answered(app: Flask, session: Session, house: House, people: People, clock: Clock) -> None:  # fmt: skip
    made = complain(session, house, denied(session, house, people))
    answer(session, house, people, made)
    work(app, clock, datetime(2026, 11, 30, 8, 20, tzinfo=UTC))
    assert people.manager.email not in letters(session, "reclamo")
    assert session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.kind.startswith("complaint"), OutboxRow.state != State.DONE)) == 0  # fmt: skip


def test_undoing_a_step_takes_no_letter_of_a_complaint_back(session: Session, house: House, people: People) -> None:
    ticket = make_ticket(session, house, people, status=Status.TAKEN_IN_CHARGE)
    complain(session, house, ticket, subject=Subject.DELAY)
    kinds = ("complaint_letter", "complaint_alarm")
    assert session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.kind.in_(kinds), OutboxRow.ticket_id.is_not(None))) == 0  # fmt: skip


# --- answering --------------------------------------------------------------------------------------------------------


def test_a_complaint_is_answered_once(session: Session, house: House, people: People) -> None:
    made = complain(session, house, denied(session, house, people))
    answer(session, house, people, made)
    with pytest.raises(Refused, match="complaint_answered"):
        answer(session, house, people, made)


def test_a_late_answer_stays_late(session: Session, house: House, people: People) -> None:
    made = complain(session, house, denied(session, house, people))
    answer(session, house, people, made, now=WHEN + timedelta(days=6))
    assert services.is_late(made, now=WHEN + timedelta(days=60))


def test_while_another_complaint_waits_the_ticket_waits(session: Session, house: House, people: People) -> None:
    ticket = denied(session, house, people, shop=people.shop)
    made = complain(session, house, ticket)
    clerk = actor(people.clerk)
    held = queries.locked(session, ticket.code, seen_by=clerk)
    services.complain(session, held, services.the_shop(session, held), Grievance(Subject.DELAY, "Il cliente aspetta.", Channel.RETAILER), actor=clerk, now=WHEN, house=house)  # fmt: skip
    session.commit()
    answer(session, house, people, made)
    open_ones = select(func.count()).select_from(Wait).where(Wait.kind == WaitKind.COMPLAINT, Wait.closed_at.is_(None))
    assert session.scalar(open_ones) == 1


def test_a_complaint_keeps_a_ticket_from_closing_and_its_answer_lets_it(app: Flask, session: Session, house: House, people: People, clock: Clock) -> None:  # fmt: skip
    ticket = denied(session, house, people, Status.DELIVERED)
    made = complain(session, house, ticket)
    asked = select(Ticket.status).where(Ticket.id == ticket.id)
    work(app, clock, WHEN + timedelta(days=20))
    assert session.scalar(asked) is Status.DELIVERED
    session.commit()
    answer(session, house, people, made, now=WHEN + timedelta(days=20))
    work(app, clock, WHEN + timedelta(days=33))
    assert session.scalar(asked) is Status.DELIVERED
    session.commit()
    work(app, clock, WHEN + timedelta(days=35))
    assert session.scalar(asked) is Status.CLOSED


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_owner_complains_with_a_photograph_and_reads_the_day(app: Flask, session: Session, house: House, people: People) -> None:  # fmt: skip
    ticket = denied(session, house, people)
    client, part = owner(app, ticket), ticket.findings[1].id
    picture = BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "JPEG")
    typed: dict[str, object] = {
        "subject": f"finding-{part}",
        "text": WORDS,
        "photos": (BytesIO(picture.getvalue()), "vetro.jpg"),
    }
    answered = post(client, page(ticket), typed, page=page(ticket), content_type="multipart/form-data")
    assert answered.status_code == 302
    session.rollback()
    made = session.scalars(select(Complaint)).one()
    assert (made.name, made.email, made.finding_id) == (
        "Adele Fontanarosa",
        "adele@posta.example",
        part,
    )
    assert session.scalars(select(Photo.stage).where(Photo.ticket_id == ticket.id)).all()[-1] == "complaint"
    shown = client.get(page(ticket, "/owner")).text
    assert "25 nov 2026" in shown
    assert "non è caduto" in shown


@pytest.mark.parametrize("typed", [{}, {"subject": "finding-999999", "text": "Bravi."}, {"subject": "finding-x", "text": "Bravi."}, {"subject": "delay", "text": " "}])  # fmt: skip
def test_what_was_typed_stays_when_it_will_not_do(app: Flask, session: Session, house: House, people: People, typed: dict[str, object]) -> None:  # fmt: skip
    ticket = denied(session, house, people)
    client = owner(app, ticket)
    answered = post(client, page(ticket), typed, page=page(ticket))
    assert answered.status_code == 422
    assert str(typed.get("text", "")) in answered.text


def test_only_whoever_complained_reads_it(app: Flask, session: Session, house: House, people: People) -> None:
    ticket = denied(session, house, people, shop=people.shop)
    complain(session, house, ticket)
    address = f"/retailer/tickets/{codes.grouped(ticket.code)}"
    clerk = client_for(app, people.clerk)
    assert post(clerk, f"{address}/complaint", {"subject": "delay", "text": "Il cliente chiama ogni giorno."}, page=address).status_code == 302  # fmt: skip
    assert "non è caduto" not in clerk.get(address).text
    assert "chiama ogni giorno" in clerk.get(address).text
    assert "chiama ogni giorno" not in owner(app, ticket).get(page(ticket, "/owner")).text
    assert client_for(app, people.other_clerk).get(f"{address}/complaint").status_code == 404
    assert app.test_client().get(page(ticket)).status_code == 404
    lab = client_for(app, people.technician).get(f"/lab/tickets/{codes.grouped(ticket.code)}").text
    assert "non è caduto" in lab
    assert "chiama ogni giorno" in lab


def test_the_answer_stands_on_the_page_in_the_same_words(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = denied(session, house, people)
    answer(session, house, people, complain(session, house, ticket))
    assert "Lo abbiamo riguardato." in owner(app, ticket).get(page(ticket, "/owner")).text
    events = session.scalars(select(Event.action).where(Event.ticket_id == ticket.id).order_by(Event.seq)).all()
    assert events[-2:] == [Action.COMPLAIN, Action.ANSWER_COMPLAINT]
