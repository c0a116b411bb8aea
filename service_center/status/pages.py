"""Who asks behind a code, and what a page of theirs shows; shared by the public page and the owner's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import abort, redirect, request, url_for

from service_center.accounts.access import owner_of
from service_center.accounts.actor import Actor, customer
from service_center.core.budgets import spend
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.status.queries import OpenWait, Standing
from service_center.status.wording import asked_of_the_shop, closing, progress
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import BEFORE_POSTING, STOPS_CLOCK, Status, WaitKind, Whom
from service_center.tickets.models import Ticket
from service_center.tickets.wording import actions, days, statuses, verdicts, vocabulary
from service_center.tickets.wording.clocks import clocks
from service_center.tickets.wording.needs import only_words

UNKNOWN_CODES_AN_HOUR = 30
FINISHED = frozenset({Status.READY, Status.SHIPPED_OUT, Status.DELIVERED, Status.CLOSED})


def unknown_code() -> None:
    """Somebody tried a code that does not exist; after too many an hour they wait. A known code is never throttled."""
    with transaction(once=False) as write:
        name = f"code:{request.remote_addr}"
        allowed = spend(write, name, limit=UNKNOWN_CODES_AN_HOUR, per=timedelta(hours=1), now=house().now())
    if not allowed:
        abort(429)


def owned(code: str) -> tuple[Ticket, Actor]:
    """The ticket whose owner this browser showed to be, and the owner as actor; NotFound for everybody else."""
    ticket_id = owner_of(codes.parse(code))
    if ticket_id is None:
        raise NotFound
    who = customer(ticket_id)
    ticket = queries.get(reading(), codes.parse(code), seen_by=who)
    return ticket, customer(ticket_id, ticket.customer.name)


def back(code: str, anchor: str = "") -> Any:
    """To the owner's page."""
    return redirect(url_for("status.owner", code=code, _anchor=anchor or None))


def asked_of(waits: tuple[OpenWait, ...], *, shop: bool = False) -> OpenWait | None:
    """The open wait that asks something of the customer; the one that stops the clock first."""
    mine = [wait for wait in waits if wait.on_whom is (Whom.SHOP if shop else Whom.CUSTOMER)]
    return min(mine, key=lambda wait: wait.kind not in STOPS_CLOCK, default=None)


def shown(here: Standing, *, own: bool) -> dict[str, Any]:
    """Everything that the status page says; no personal data. `own`: the reader is known to be the owner."""
    code, wait = codes.grouped(here.code), asked_of(here.waits)
    found = [replace(each, name=here.seller) for each in here.clocks] if own else here.clocks
    terms = clocks(found, brand=house().brand.name)
    asked = statuses.asked(wait.kind, reader="customer", needs=wait.needs, until=wait.until) if wait else None
    unsafe = here.safety and here.status in BEFORE_POSTING
    by_shop = wait is None and any(w.kind is WaitKind.PAPERS and w.on_whom is Whom.SHOP for w in here.waits)
    nothing = asked_of_the_shop() if by_shop else statuses.nothing_asked(here.status, reader="customer")
    return {
        "code": code,
        "badge": statuses.status(here.status, statuses.still_open(here.waits), reader="customer"),
        "family": vocabulary.family(here.family),
        "family_icon": here.family,
        "since": here.since,
        "progress": progress(here.status, frozenset(past.target for past in here.history)),
        "next": "" if unsafe else statuses.what_next(here.status, reader="customer"),
        "days": days.days(here.days, reader="customer", day_zero=here.day_zero, finished_on=here.finished_on),
        "asked": asked or (None if unsafe else nothing),
        "asked_url": "" if unsafe and not asked else asked_url(code, here.status, wait if asked else None),
        "verdict": verdicts.verdict(
            here.verdict,
            reader="paper" if by_shop else "customer",
            outcome=here.outcome,
            now=here.status,
            told=own,
            clocks=terms,
        ),
        "rights": verdicts.rights_notice(terms),
        "timeline": actions.timeline(here.history, reader="customer"),
        "closing": closing(house().brand, house().today()),
        "unsafe": unsafe,
        "own": own,
        "dropped": here.status is Status.CANCELLED,
    }


_PLACES = {
    "quote": "status.quote",
    "replacement": "status.replacement",
    "papers": "status.owner",
    "objection": "status.owner",
    "collection": "status.ticket",
}


def asked_url(code: str, now: Status, wait: OpenWait | None) -> str:
    """Where the one thing is done that is asked; a parcel to send has its label among the papers."""
    if wait is not None:
        told = wait.kind is WaitKind.PAPERS and only_words(wait.needs)
        anchor = "messages" if told else wait.kind.value
        return url_for(_PLACES.get(wait.kind.value, "status.owner"), code=code, _anchor=anchor)
    return url_for("status.owner", code=code, _anchor="papers") if now is Status.TO_SEND else ""
