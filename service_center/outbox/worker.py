"""The worker: takes what is due, one row at a time under a lease, has it done, and notes what became of it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import SystemRandom
from typing import Any

from service_center.core import budgets, posts_done
from service_center.core.database import transaction
from service_center.core.house import house
from service_center.core.i18n import civil_day
from service_center.core.logs import log
from service_center.core.outside import Clock
from service_center.core.storage import FileStorage
from service_center.outbox import queries, services
from service_center.outbox.models import State
from service_center.outbox.senders import NotSent, Permanent, Temporary

# Longer than any sender may take with all its timeouts; after it the row counts as left behind by a dead process.
LEASE = timedelta(minutes=4)
# Twelve attempts over some sixteen hours: a night without the provider loses nothing.
ATTEMPTS = 12
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
IDLE_SECONDS, SICK_SECONDS = 2, 15
KEPT_BUDGETS, KEPT_PIECES, KEPT_FORMS = timedelta(days=3), timedelta(days=1), timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """A row as handlers see it: plain data. `attempts` counts this one."""

    id: int
    kind: str
    facts: Mapping[str, Any]
    ticket_id: int | None
    attempts: int


Handler = Callable[[Job], str]
"""Does the job outside any transaction; returns the provider's id. Raises NotSent only while nothing has left."""


@dataclass(frozen=True)
class Lane:
    """The kinds of rows that one worker takes: only these, or all but those."""

    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()


ALL = Lane()


def run_once(handlers: Mapping[str, Handler], *, clock: Clock, most: int = 50, lane: Lane = ALL) -> int:
    """Do what is due now, at most so many; returns how many rows were handled."""
    with transaction() as session:
        services.release_lapsed(session, now=clock(), most=ATTEMPTS)
    handled = 0
    while handled < most and _one(handlers, clock, lane):
        handled += 1
    return handled


def run_forever(
    handlers: Mapping[str, Handler], *, clock: Clock, stop: threading.Event, lane: Lane = ALL, daily: Callable[[], None] | None = None
) -> None:  # fmt: skip
    """Work until told to stop; a database that is away is waited for. The lane of all the rest tidies up once a day, and does what is `daily`."""
    tidied: date | None = None
    while not stop.is_set():
        try:
            if not lane.only and tidied != civil_day(clock()):
                _tidy(clock())
                if daily is not None:
                    daily()
                tidied = civil_day(clock())
            # One at a time, so that a stop is heard between two letters.
            pause = 0 if run_once(handlers, clock=clock, most=1, lane=lane) else IDLE_SECONDS
        except Exception as fault:
            log.error("worker", fault=type(fault).__name__)
            pause = SICK_SECONDS
        stop.wait(pause)


def _one(handlers: Mapping[str, Handler], clock: Clock, lane: Lane) -> bool:
    """Take one row, have it done outside any transaction, and note the result; False when nothing is due."""
    now, lease = clock(), secrets.token_hex(16)
    with transaction() as session:
        row = services.claim(session, lease, now=now, until=now + LEASE, only=lane.only, but=lane.but)
    if row is None:
        return False
    job = Job(row.id, row.kind, row.facts, row.ticket_id, row.attempts)
    result = _result(handlers, job, clock)
    with transaction() as session:
        kept = services.settle(session, job.id, lease, **result)
    if not kept:
        log.error("outbox_lease_lost", row=job.id, kind=job.kind)
    return True


def _result(handlers: Mapping[str, Handler], job: Job, clock: Clock) -> dict[str, Any]:
    """What becomes of the row, as values for its columns."""
    try:
        handler = handlers.get(job.kind)
        if handler is None:
            raise Permanent(f"nobody handles {job.kind}")
        provider_id = handler(job)
    except Exception as fault:
        return _failed(job, fault, clock())
    log.info("outbox_done", row=job.id, kind=job.kind, attempts=job.attempts)
    return {"state": State.DONE, "done_at": clock(), "provider_id": provider_id[:120], "last_error": ""}


def _failed(job: Job, fault: Exception, now: datetime) -> dict[str, Any]:
    """Again later, or never. What the letter is not to blame for uses up no attempt; what nobody foresaw does."""
    blame = not isinstance(fault, NotSent) or fault.letters_fault
    over = isinstance(fault, Permanent) or (blame and job.attempts >= ATTEMPTS)
    said = log.error if over or not blame or not isinstance(fault, NotSent) else log.warning
    # The type only: what a provider answers may hold an address.
    said("outbox_failed", row=job.id, kind=job.kind, attempts=job.attempts, fault=type(fault).__name__, dead=over)
    error = f"{type(fault).__name__}: {fault}"[:500]
    if over:
        return {"state": State.DEAD, "last_error": error}
    asked = fault.retry_after if isinstance(fault, Temporary) else None
    return {"state": State.WAITING, "last_error": error, "not_before": now + pause_after(job.attempts, asked)}


def pause_after(attempts: int, asked: timedelta | None = None) -> timedelta:
    """Twice as long each time, up to a bound, never all at the same moment; not before what the provider asked for."""
    longest: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 16), LONGEST_PAUSE)
    pause: timedelta = longest * SystemRandom().uniform(0.75, 1)
    return max(pause, min(asked, timedelta(days=1))) if asked else pause


def _tidy(now: datetime) -> None:
    """Once a day: budgets, forms that were done and pieces of files that nobody needs any more."""
    with transaction() as session:
        budgets.forget(session, before=int((now - KEPT_BUDGETS).timestamp()))
        posts_done.forget(session, before=now - KEPT_FORMS)
        stuck = queries.counts(session)
    log.info("outbox_counts", **stuck)
    storage = house().storage
    if isinstance(storage, FileStorage):
        for piece in list(storage.left_over(before=now - KEPT_PIECES)):
            with suppress(OSError):
                piece.unlink(missing_ok=True)
