"""Force majeure: it stops the promise of one ticket or of the whole house, from a day and by a reason, and ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.tickets import history, queries
from service_center.tickets.days import DayKind, WaitSpan, split
from service_center.tickets.lifecycle import Action, Status, WaitKind, Whom
from service_center.tickets.models import Ticket, Wait
from service_center.tickets.services import force_majeure
from service_center.tickets.services.advancing import advance
from service_center.tickets.wording.days import days
from service_center.tickets.wording.voices import Reader
from tests.builders import WHEN, actor, client_for, make_people, make_ticket, post
from tests.conftest import Clock

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 15, tzinfo=UTC)


def _again(session: Session, ticket: Ticket, who: object) -> Ticket:
    session.commit()
    session.expunge_all()
    return queries.get(session, ticket.code, seen_by=who)  # type: ignore[arg-type]


def test_a_manager_stops_one_promise_and_lets_it_go_on(session: Session, house: House, clock: Clock) -> None:
    people = make_people(session)
    ticket, manager = make_ticket(session, house, people, status=Status.DIAGNOSING), actor(people.manager)
    promised = ticket.due_on
    clock.instant = MONDAY
    with pytest.raises(Refused, match="not_yours_to_do"):
        advance(
            session,
            ticket,
            Action.OPEN_FORCE_MAJEURE,
            actor=actor(people.technician),
            now=clock(),
            house=house,
            note="x",
        )
    with pytest.raises(Refused, match="note_needed"):
        advance(session, ticket, Action.OPEN_FORCE_MAJEURE, actor=manager, now=clock(), house=house)
    advance(session, ticket, Action.OPEN_FORCE_MAJEURE, actor=manager, now=clock(), house=house, note="Allagamento")
    with pytest.raises(Refused, match="not_from_here"):
        advance(session, ticket, Action.OPEN_FORCE_MAJEURE, actor=manager, now=clock(), house=house, note="noch")
    clock.instant = THURSDAY
    ticket = _again(session, ticket, manager)
    counted = queries.days_of(ticket, house=house)
    assert counted is not None
    assert counted.stopped
    assert counted.cells[:4] == (DayKind.LAB, DayKind.OTHER, DayKind.OTHER, DayKind.OTHER)
    advance(session, ticket, Action.END_FORCE_MAJEURE, actor=manager, now=clock(), house=house)
    # Thursday was worked on after three o'clock, so it counts: Tuesday and Wednesday do not.
    assert (promised, ticket.due_on) == (date(2026, 12, 14), date(2026, 12, 16))


def test_the_whole_house_stands_still_from_a_day_and_goes_on_from_another(
    session: Session, house: House, clock: Clock
) -> None:
    people = make_people(session)
    here = [
        make_ticket(session, house, people, status=status)
        for status in (Status.REPAIRING, Status.RECEIVED, Status.TESTING)
    ]
    away = [
        make_ticket(session, house, people, status=status)
        for status in (Status.TO_SEND, Status.READY, Status.SHIPPED_OUT)
    ]
    manager, clock.instant = actor(people.manager), THURSDAY
    assert force_majeure.stop_all(session, "Sciopero", date(2026, 11, 24), actor=manager, now=clock(), house=house) == 3
    assert force_majeure.count(session, stopped=True) == 3
    assert force_majeure.count(session, stopped=False) == 0
    with pytest.raises(Refused, match="nothing_to_stop"):
        force_majeure.stop_all(session, "Sciopero", date(2026, 11, 24), actor=manager, now=clock(), house=house)
    repairing = _again(session, here[0], manager)
    counted = queries.days_of(repairing, house=house)
    assert counted is not None
    assert counted.cells[:4] == (DayKind.LAB, DayKind.OTHER, DayKind.OTHER, DayKind.OTHER)
    clock.instant = THURSDAY + timedelta(days=5)
    assert force_majeure.go_on(session, date(2026, 11, 27), actor=manager, now=clock(), house=house) == 3
    repairing = _again(session, here[0], manager)
    assert repairing.due_on == date(2026, 12, 17)
    assert history.first_fault(queries.chain(session, repairing.id, repairing.code)) is None
    assert not session.scalars(
        select(Wait).where(Wait.ticket_id.in_([each.id for each in away]), Wait.kind == WaitKind.FORCE_MAJEURE)
    ).all()
    with pytest.raises(Refused, match="nothing_stands_still"):
        force_majeure.go_on(session, date(2026, 11, 27), actor=manager, now=clock(), house=house)


def test_the_house_going_on_leaves_a_single_tickets_force_majeure(session: Session, house: House) -> None:
    people = make_people(session)
    manager = actor(people.manager)
    other = make_ticket(session, house, people, status=Status.REPAIRING)
    alone = make_ticket(session, house, people, status=Status.REPAIRING)
    advance(session, alone, Action.OPEN_FORCE_MAJEURE, actor=manager, now=WHEN, house=house, note="Dogana")
    force_majeure.stop_all(session, "Allagamento", WHEN.date(), actor=manager, now=WHEN, house=house)
    assert force_majeure.go_on(session, WHEN.date(), actor=manager, now=WHEN, house=house) == 1
    assert [w.kind for w in _again(session, alone, manager).waits if w.closed_at is None] == [WaitKind.FORCE_MAJEURE]
    assert not [w for w in _again(session, other, manager).waits if w.closed_at is None]


@pytest.mark.parametrize("days_ago", [-1, 31])
def test_a_day_to_come_or_long_ago_is_refused(session: Session, house: House, days_ago: int) -> None:
    people = make_people(session)
    make_ticket(session, house, people, status=Status.REPAIRING)
    with pytest.raises(Refused, match="not_within_days"):
        force_majeure.stop_all(
            session, "x", WHEN.date() - timedelta(days=days_ago), actor=actor(people.manager), now=WHEN, house=house
        )


def test_queries_grow_by_a_bounded_number_a_ticket(session: Session, house: House) -> None:
    people = make_people(session)
    asked = {}
    for number in (1, 4):
        for _ in range(number):
            make_ticket(session, house, people, status=Status.REPAIRING)
        seen: list[str] = []
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", listener := lambda *args: seen.append(args[2]))  # noqa: B023
        force_majeure.stop_all(session, "Allagamento", WHEN.date(), actor=actor(people.manager), now=WHEN, house=house)
        event.remove(engine, "before_cursor_execute", listener)
        asked[number] = len(seen)
        session.commit()
    assert asked[4] - asked[1] <= 3 * 20


def test_a_manager_stops_the_house_on_one_page(app: Flask, session: Session, house: House) -> None:
    people = make_people(session)
    make_ticket(session, house, people, status=Status.REPAIRING)
    client = client_for(app, people.manager)
    assert "1" in client.get("/manage/late/standstill").text
    empty = post(client, "/manage/late/standstill", {"since": ["20", "11", "2026"], "reason": ""})
    assert empty.status_code == 422
    long_ago = post(client, "/manage/late/standstill", {"since": ["20", "11", "2025"], "reason": "Allagamento"})
    assert (long_ago.status_code, "Allagamento" in long_ago.text) == (422, True)
    assert (
        post(client, "/manage/late/standstill", {"since": ["20", "11", "2026"], "reason": "Allagamento"}).status_code
        == 302
    )
    session.commit()
    assert force_majeure.count(session, stopped=True) == 1
    assert client_for(app, people.technician).get("/manage/late/standstill").status_code == 403
    assert post(client, "/manage/late/standstill/end", {"on": ["20", "11", "2026"]}).status_code == 302
    session.commit()
    assert force_majeure.count(session, stopped=True) == 0


def test_whose_day_it_was_is_said_alike_to_all_and_reads_right_to_each(app: Flask) -> None:
    def span(kind: WaitKind, whom: Whom, first: int, last: int) -> WaitSpan:
        return WaitSpan(kind, whom, datetime(2026, 11, first, 6, tzinfo=UTC), datetime(2026, 11, last, 20, tzinfo=UTC))

    waits = [
        span(WaitKind.PART, Whom.SUPPLIER, 3, 3), span(WaitKind.COURIER, Whom.COURIER, 4, 4), span(WaitKind.QUOTE, Whom.CUSTOMER, 5, 5),
        span(WaitKind.PAPERS, Whom.SHOP, 6, 6), span(WaitKind.FORCE_MAJEURE, Whom.NOBODY, 9, 9),
    ]  # fmt: skip
    counted = split(date(2026, 10, 30), waits, until=date(2026, 11, 9), promised=15)
    kinds = [DayKind.LAB, DayKind.PART, DayKind.COURIER, DayKind.CUSTOMER, DayKind.SHOP, DayKind.OTHER]
    assert list(counted.cells[:6]) == kinds
    readers: tuple[Reader, ...] = ("lab", "shop", "customer")
    with app.test_request_context(), speaking("en"):
        told = {reader: days(counted, reader=reader) for reader in readers}
    assert len({words.cells for words in told.values()}) == 1
    for words in told.values():
        assert [key.kind for key in words.keys] == ["lab", "you", "shop", "part", "courier", "other"]
    said = {reader: {key.kind: key.words for key in words.keys} for reader, words in told.items()}
    for kind in ("lab", "part", "courier", "other"):
        assert len({said[reader][kind] for reader in readers}) == 1
    assert said["customer"]["you"] == "waiting for you, does not count"
    assert said["shop"]["shop"] == "waiting for your answer, does not count"
    assert said["lab"]["other"] == "force majeure, does not count"
