"""The worker: what is due is done once, what fails comes again later or stops, what a dead process held is not lost."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from service_center.core.budgets import Budget, spend
from service_center.core.database import db, transaction
from service_center.core.errors import NotFound
from service_center.core.house import House
from service_center.outbox import queries, services, worker
from service_center.outbox.models import OutboxRow, State
from service_center.outbox.senders import Forbidden, Permanent, Temporary
from service_center.outbox.worker import Handler, Job
from tests.builders import WHEN
from tests.conftest import Clock


def put(session: Session, kind: str = "letter", **more: object) -> OutboxRow:
    row = services.enqueue(session, kind, {"n": 1}, now=WHEN, **more)  # type: ignore[arg-type]
    session.commit()
    return row


def once(app: Flask, handler: Handler, *, kind: str = "letter") -> int:
    with app.app_context():
        return worker.run_once({kind: handler}, clock=app.extensions["house"].clock)


def seen(session: Session, row: OutboxRow) -> OutboxRow:
    """The row as it stands now, with no transaction left open: SQLite has one writer."""
    found = session.get_one(OutboxRow, row.id, populate_existing=True)
    session.expunge(found)
    session.rollback()
    return found


def raising(fault: Exception) -> Handler:
    def handler(job: Job) -> str:
        raise fault

    return handler


def test_what_is_due_is_done_once_and_its_number_kept(app: Flask, session: Session) -> None:
    row = put(session)
    jobs: list[Job] = []

    def handler(job: Job) -> str:
        jobs.append(job)
        return "provider-7"

    assert (once(app, handler), once(app, handler)) == (1, 0)
    assert jobs == [Job(row.id, "letter", {"n": 1}, None, 1)]
    row = seen(session, row)
    assert (row.state, row.provider_id, row.lease_id, row.done_at) == (State.DONE, "provider-7", None, WHEN)


def test_what_is_not_due_yet_waits(app: Flask, session: Session, clock: Clock) -> None:
    put(session, not_before=WHEN + timedelta(hours=1))
    assert once(app, lambda job: "") == 0
    clock.instant += timedelta(hours=1)
    assert once(app, lambda job: "") == 1


def test_no_transaction_is_open_while_a_handler_works(app: Flask, session: Session) -> None:
    put(session)

    def handler(job: Job) -> str:
        with transaction() as other:  # SQLite has one writer: this would wait for ever
            other.execute(select(func.count()).select_from(OutboxRow))
        return str(db.engine.pool.checkedout())  # type: ignore[attr-defined]

    assert once(app, handler) == 1
    assert session.scalars(select(OutboxRow.provider_id)).one() == "0"


def test_a_temporary_failure_comes_again_later_each_time_and_then_stops(
    app: Flask, session: Session, clock: Clock
) -> None:
    row, waits = put(session), []
    for _ in range(worker.ATTEMPTS):
        assert once(app, raising(Temporary("busy"))) == 1
        row = seen(session, row)
        waits.append(row.not_before - clock.instant)
        clock.instant = max(row.not_before, clock.instant)
    assert row.state is State.DEAD
    assert "busy" in row.last_error
    assert once(app, lambda job: "") == 0
    assert all(later > earlier for earlier, later in pairwise(waits[:8]))
    assert max(waits) <= worker.LONGEST_PAUSE
    assert sum(waits, timedelta()) > timedelta(hours=8)


def test_a_provider_that_names_a_time_is_left_alone_until_then(app: Flask, session: Session, clock: Clock) -> None:
    row = put(session)
    once(app, raising(Temporary("limit", timedelta(hours=2))))
    assert seen(session, row).not_before == clock.instant + timedelta(hours=2)


def test_back_off_never_grows_past_its_bound_nor_falls_in_step() -> None:
    pauses = {worker.pause_after(99) for _ in range(50)}
    assert len(pauses) > 40
    assert max(pauses) <= worker.LONGEST_PAUSE


@pytest.mark.parametrize("kind", ["letter", "nobody_knows"])
def test_a_permanent_failure_or_an_unknown_kind_is_dead_at_once(app: Flask, session: Session, kind: str) -> None:
    row = put(session, kind)
    assert once(app, raising(Permanent("no such address"))) == 1
    assert seen(session, row).state is State.DEAD
    assert [each.id for each in queries.dead(session)] == [row.id]


def test_a_fault_nobody_foresaw_is_tried_again_and_stops_nothing(app: Flask, session: Session) -> None:
    first, second = put(session), put(session, "other")
    with app.app_context():
        done = worker.run_once({"letter": raising(KeyError("x")), "other": lambda job: "ok"}, clock=lambda: WHEN)
    assert done == 2
    assert seen(session, first).state is State.WAITING
    assert seen(session, second).state is State.DONE


def test_a_provider_that_does_not_let_the_house_in_kills_no_letter(app: Flask, session: Session, clock: Clock) -> None:
    row = put(session)
    for _ in range(worker.ATTEMPTS + 3):
        once(app, raising(Forbidden("401")))
        clock.instant += timedelta(hours=5)
    assert seen(session, row).state is State.WAITING
    assert once(app, lambda job: "at last") == 1


def die(app: Flask, session: Session, kind: str) -> OutboxRow:
    """A process took the row and was killed."""
    row = put(session, kind)
    with app.app_context(), transaction() as write:
        assert services.claim(write, "dead", now=WHEN, until=WHEN + worker.LEASE) is not None
    return row


def test_what_a_dead_process_held_is_uncertain_if_it_may_have_left(app: Flask, session: Session, clock: Clock) -> None:
    row = die(app, session, "letter")
    assert once(app, lambda job: "twice") == 0
    clock.instant += worker.LEASE + timedelta(seconds=1)
    assert once(app, lambda job: "twice") == 0
    assert seen(session, row).state is State.UNCERTAIN


def test_what_a_dead_process_held_is_done_again_where_twice_does_no_harm(
    app: Flask, session: Session, clock: Clock
) -> None:
    row = die(app, session, "quote_expiry")
    clock.instant += worker.LEASE + timedelta(seconds=1)
    assert once(app, lambda job: "", kind="quote_expiry") == 1
    row = seen(session, row)
    assert (row.state, row.attempts) == (State.DONE, 2)


def test_a_job_that_kills_its_process_every_time_stops(app: Flask, session: Session, clock: Clock) -> None:
    row = put(session, "poison")
    for _ in range(worker.ATTEMPTS):
        with app.app_context(), transaction() as write:
            services.release_lapsed(write, now=clock.instant, most=worker.ATTEMPTS)
            assert services.claim(write, "x", now=clock.instant, until=clock.instant + worker.LEASE) is not None
        clock.instant += worker.LEASE + timedelta(seconds=1)
    assert once(app, lambda job: "", kind="poison") == 0
    assert seen(session, row).state is State.DEAD


def test_who_lost_the_lease_changes_nothing(app: Flask, session: Session) -> None:
    row = put(session)

    def slow(job: Job) -> str:
        with transaction() as write:
            write.get_one(OutboxRow, job.id).lease_id = "somebody else"
        return "late"

    once(app, slow)
    row = seen(session, row)
    assert (row.state, row.provider_id) == (State.LEASED, "")


def test_two_workers_never_take_the_same_row(app: Flask, session: Session) -> None:
    for number in range(40):
        services.enqueue(session, "letter", {"n": number}, now=WHEN)
    session.commit()
    taken: Counter[int] = Counter()
    lock = threading.Lock()

    def handler(job: Job) -> str:
        with lock:
            taken[job.id] += 1
        return ""

    crew = [threading.Thread(target=once, args=(app, handler)) for _ in range(4)]
    for one in crew:
        one.start()
    for one in crew:
        one.join(60)
    assert len(taken) == 40
    assert set(taken.values()) == {1}
    assert queries.counts(session) == {"done": 40}


def test_what_was_withdrawn_never_leaves(app: Flask, session: Session) -> None:
    early = put(session, ticket_id=7)
    late = services.enqueue(session, "letter", {"template": "ready"}, now=WHEN + timedelta(minutes=1), ticket_id=7)
    other = services.enqueue(session, "letter", {"template": "ready"}, now=WHEN + timedelta(minutes=1), ticket_id=8)
    assert services.withdraw(session, ticket_id=7, since=WHEN + timedelta(seconds=1)) == 1
    session.commit()
    states = [seen(session, row).state for row in (early, late, other)]
    assert states == [State.WAITING, State.WITHDRAWN, State.WAITING]


def test_a_dead_row_is_tried_again_from_the_beginning_and_a_done_one_is_not(app: Flask, session: Session) -> None:
    row = put(session)
    once(app, raising(Permanent("wrong")))
    services.requeue(session, row.id, now=WHEN)
    session.commit()
    assert once(app, lambda job: "ok") == 1
    row = seen(session, row)
    assert (row.state, row.attempts) == (State.DONE, 1)
    with pytest.raises(NotFound):
        services.requeue(session, row.id, now=WHEN)


def test_the_same_key_is_asked_once(session: Session) -> None:
    assert put(session, key="reminder:1").id == put(session, key="reminder:1").id


def test_a_letter_does_not_wait_behind_what_takes_long(app: Flask, session: Session) -> None:
    put(session, kind="reading")
    put(session, kind="letter")
    hangs, left = threading.Event(), threading.Event()
    stop = threading.Event()

    def slow(job: Job) -> str:
        assert left.wait(30), "the letter waited"
        hangs.set()
        return ""

    def letter(job: Job) -> str:
        left.set()
        return ""

    handlers: dict[str, Handler] = {"reading": slow, "letter": letter}
    apart = frozenset({"reading"})

    def lane(which: worker.Lane) -> None:
        with app.app_context():
            worker.run_forever(handlers, clock=lambda: WHEN, stop=stop, lane=which)

    lanes = [threading.Thread(target=lane, args=(each,)) for each in (worker.Lane(only=apart), worker.Lane(but=apart))]
    for each in lanes:
        each.start()
    assert hangs.wait(30)
    stop.set()
    for each in lanes:
        each.join()
    assert queries.counts(session) == {"done": 2}


def test_the_worker_outlives_a_database_that_is_away(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(session)
    stop, falls = threading.Event(), iter([True])
    real = services.release_lapsed

    def sometimes(write: Session, **more: object) -> None:
        if next(falls, False):
            raise OperationalError("SELECT", {}, Exception("gone"))
        real(write, **more)  # type: ignore[arg-type]

    def handler(job: Job) -> str:
        stop.set()
        return ""

    monkeypatch.setattr(services, "release_lapsed", sometimes)
    monkeypatch.setattr(worker, "SICK_SECONDS", 0.01)
    with app.app_context():
        worker.run_forever({"letter": handler}, clock=lambda: WHEN, stop=stop)
    assert queries.counts(session) == {"done": 1}


def test_old_budgets_and_pieces_of_files_go(app: Flask, house: House, session: Session) -> None:
    for per in (timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)):
        spend(session, f"old {per}", limit=1, per=per, now=WHEN - timedelta(days=9))
        spend(session, f"new {per}", limit=1, per=per, now=WHEN)
    session.commit()
    with app.app_context():
        worker._tidy(WHEN)
    assert all(name.startswith("new") for name in session.scalars(select(Budget.name)))
    assert session.scalar(select(func.count()).select_from(Budget)) == 3
