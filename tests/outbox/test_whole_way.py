"""From a step to the letter in the folder, with a link that opens the repair."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts import services as accounts
from service_center.accounts.actor import customer
from service_center.accounts.models import Link, Purpose
from service_center.core.errors import NotFound
from service_center.core.house import House
from service_center.offers.models import Quote
from service_center.offers.services.quotes import Line, send_quote
from service_center.outbox import queries, worker
from service_center.outbox.models import OutboxRow, SentLetter, State
from service_center.outbox.services import enqueue
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.queries import get
from service_center.tickets.services import advancing
from tests.builders import DENIED, WHEN, actor, client_for, make_people, make_ticket
from tests.conftest import Clock


def letters(app: Flask) -> list[EmailMessage]:
    """What lies in the folder, the oldest first."""
    folder = Path(app.extensions["sender"].folder)
    return [email.message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml"))]  # type: ignore[arg-type]


def parts(letter: EmailMessage) -> tuple[str, str]:
    plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def work(app: Flask, session: Session) -> int:
    session.rollback()  # SQLite has one writer
    with app.app_context():
        return worker.run_once(app.extensions["handlers"], clock=app.extensions["house"].clock)


def key_in(text: str) -> str:
    found = re.search(r"https?://\S+/owner\?key=\S+", text)
    assert found, text
    return parse_qs(urlsplit(found[0]).query)["key"][0]


def test_a_request_leaves_one_letter_whose_link_opens_the_repair(
    app: Flask, house: House, session: Session, clock: Clock
) -> None:
    ticket = make_ticket(session, house, make_people(session))
    assert work(app, session) == 1
    [letter] = letters(app)
    text, html = parts(letter)
    assert letter["To"].addresses[0].addr_spec == "adele@posta.example"
    assert "\n" not in letter["Subject"]
    key = key_in(text)
    assert key in html
    assert accounts.follow_link(session, Purpose.OWNER, key, now=clock.instant).subject_id == ticket.id
    page = client_for(app).get(
        urlsplit(re.search(r"https?://\S+key=\S+", text)[0])._replace(scheme="", netloc="").geturl()
    )  # type: ignore[index]
    assert page.status_code == 302
    assert work(app, session) == 0


def test_what_is_kept_is_what_left_without_the_secret(app: Flask, house: House, session: Session) -> None:
    ticket = make_ticket(session, house, make_people(session))
    work(app, session)
    [kept] = queries.letters(session, ticket.id)
    [letter] = letters(app)
    key = key_in(parts(letter)[0])
    assert key not in kept.text + kept.html
    assert kept.subject == letter["Subject"]
    assert kept.provider_id
    [row] = session.scalars(select(OutboxRow)).all()
    assert (row.state, row.provider_id) == (State.DONE, kept.provider_id)
    assert key not in str(row.facts)


ROADS: list[tuple[Status, dict[str, object], list[str]]] = [
    (Status.RECEIVED, {}, ["request_received", "received"]),
    (Status.READY, {}, ["request_received", "received", "ready"]),
    (Status.RETURNING, {"findings": (DENIED,)}, ["request_received", "received", "quote", "quote_refused"]),
    (Status.DELIVERED, {}, ["request_received", "received", "ready", "shipped", "delivered"]),
    (Status.CANCELLED, {}, ["request_received", "cancelled"]),
]  # fmt: skip


@pytest.mark.parametrize(("status", "more", "told"), ROADS, ids=lambda value: getattr(value, "value", None))
def test_each_step_that_tells_leaves_exactly_one_letter(
    app: Flask, house: House, session: Session, status: Status, more: dict[str, object], told: list[str]
) -> None:
    make_ticket(session, house, make_people(session), status=status, **more)  # type: ignore[arg-type]
    assert work(app, session) == len(told)
    # a new verdict is said by the quote: the letter about the change itself is taken back before it leaves
    leaves = select(OutboxRow).where(OutboxRow.kind == "letter", OutboxRow.state != State.WITHDRAWN)
    rows = session.scalars(leaves.order_by(OutboxRow.id)).all()
    assert [row.facts["template"] for row in rows] == told
    assert {row.state for row in rows} == {State.DONE}, [row.last_error for row in rows]
    assert len(letters(app)) == len(told)


def test_a_shop_that_stands_in_for_a_customer_gets_no_owners_link(app: Flask, house: House, session: Session) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, shop=people.shop, email="")
    work(app, session)
    [letter] = letters(app)
    text, _html = parts(letter)
    assert letter["To"].addresses[0].addr_spec == people.shop.email
    assert f"/t/{ticket.code}" in text
    assert "key=" not in text
    assert session.scalars(select(Link).where(Link.purpose == Purpose.OWNER)).all() == []


def test_an_undone_step_is_not_told_but_what_somebody_said_is(
    app: Flask, house: House, session: Session, clock: Clock
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.RECEIVED)
    work(app, session)
    said = len(letters(app))
    ticket = get(session, ticket.code, seen_by=actor(people.manager))
    advancing.advance(
        session, ticket, Action.UNDO, actor=actor(people.front_desk), now=WHEN, house=house, note="wrong scan"
    )
    advancing.advance(session, ticket, Action.RECEIVE, actor=actor(people.front_desk), now=WHEN, house=house)
    advancing.tell(session, ticket, "message", now=WHEN, facts={"text": "Ciao"})
    advancing.advance(session, ticket, Action.UNDO, actor=actor(people.front_desk), now=WHEN, house=house, note="again")
    session.commit()
    assert work(app, session) == 1
    assert len(letters(app)) == said + 1
    assert "Ciao" in parts(letters(app)[-1])[0]


def test_it_is_me_sends_the_link_to_the_tickets_own_address(
    app: Flask, house: House, session: Session, clock: Clock
) -> None:
    ticket = make_ticket(session, house, make_people(session))
    work(app, session)
    enqueue(session, "owner_link", {"ticket_id": ticket.id}, now=clock.instant)
    session.commit()
    work(app, session)
    letter = letters(app)[-1]
    assert letter["To"].addresses[0].addr_spec == "adele@posta.example"
    key = key_in(parts(letter)[0])
    link = accounts.follow_link(session, Purpose.OWNER, key, now=clock.instant)
    assert (link.expires_at - clock.instant).total_seconds() == house.brand.setting("owner_link_minutes") * 60


def test_lost_codes_go_to_their_owner_only(app: Flask, house: House, session: Session, clock: Clock) -> None:
    people = make_people(session)
    ours = make_ticket(session, house, people)
    theirs = make_ticket(session, house, people, email="other@posta.example")
    gone = make_ticket(session, house, people, status=Status.CANCELLED)
    work(app, session)
    before = len(letters(app))
    enqueue(session, "lost_code", {"email": "Adele@Posta.example"}, now=clock.instant)
    enqueue(session, "lost_code", {"email": "nobody@posta.example"}, now=clock.instant)
    session.commit()
    assert work(app, session) == 2
    [letter] = letters(app)[before:]
    text, _html = parts(letter)
    assert f"/status/{ours.code[:4]}-" in text
    assert theirs.code[:4] not in text
    assert gone.code[:4] not in text
    assert "key=" not in text


@pytest.mark.parametrize(("purpose", "path"), [(Purpose.INVITE, "/invite/"), (Purpose.RESET, "/password/new/")])
def test_a_password_link_works_and_is_kept_nowhere(
    app: Flask, session: Session, clock: Clock, purpose: Purpose, path: str
) -> None:
    people = make_people(session)
    enqueue(session, "password_link", {"user_id": people.clerk.id, "purpose": purpose.value}, now=clock.instant)
    session.commit()
    assert work(app, session) == 1
    [letter] = letters(app)
    found = re.search(rf"{path}(\S+)", parts(letter)[0])
    assert found
    assert accounts.follow_link(session, purpose, found[1], now=clock.instant).subject_id == people.clerk.id
    [kept] = session.scalars(select(SentLetter)).all()
    assert found[1] not in kept.text + kept.html


def test_somebody_switched_off_gets_no_password_link(app: Flask, session: Session, clock: Clock) -> None:
    people = make_people(session)
    accounts.switch_off(session, people.clerk, now=clock.instant)
    enqueue(session, "password_link", {"user_id": people.clerk.id, "purpose": "reset"}, now=clock.instant)
    session.commit()
    assert work(app, session) == 1
    assert letters(app) == []


def test_a_quote_that_nobody_answers_is_over_the_night_after(
    app: Flask, house: House, session: Session, clock: Clock
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(DENIED,))
    from_here = get(session, ticket.code, seen_by=actor(people.technician))
    send_quote(
        session, from_here, [Line("Vetro", 2400)], days_needed=5, actor=actor(people.technician), now=WHEN, house=house
    )
    session.commit()
    session.expunge_all()
    clock.instant = WHEN + timedelta(days=house.brand.setting("quote_valid_days") + 1)
    work(app, session)
    [quote] = session.scalars(select(Quote)).all()
    assert quote.answer == "expired"
    assert get(session, ticket.code, seen_by=customer(ticket.id)).status is Status.RETURNING


def test_a_letter_of_a_ticket_that_is_gone_is_dead_at_once(app: Flask, session: Session, clock: Clock) -> None:
    facts = {
        "template": "ready",
        "language": "it",
        "recipient": "a@b.example",
        "recipient_name": "A",
        "ticket": "0" * 12,
    }
    row = enqueue(session, "letter", facts, now=clock.instant)
    session.commit()
    work(app, session)
    session.refresh(row)
    assert row.state is State.DEAD
    with pytest.raises(NotFound):
        accounts.follow_link(session, Purpose.OWNER, "", now=clock.instant)
