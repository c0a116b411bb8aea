"""What becomes of a ticket by itself: missing papers are asked for again, parts find it, and after the delivery it is closed."""

from __future__ import annotations

from service_center.accounts.actor import SYSTEM
from service_center.core.database import transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.logs import log
from service_center.outbox.senders import Permanent
from service_center.outbox.worker import Handler, Job
from service_center.tickets import queries
from service_center.tickets.lifecycle import COMING, IN_HOUSE, OVER, Action, WaitKind
from service_center.tickets.services import escalating, papers, stock
from service_center.tickets.services.advancing import advance, tell


def close(job: Job) -> str:
    """Close what was delivered; one that came back, or about which somebody complains, stays open."""
    try:
        with transaction() as session:
            ticket = queries.locked(session, job.facts["ticket"], seen_by=SYSTEM)
            if not any(wait.closed_at is None and wait.kind in OBJECTIONS for wait in ticket.waits):
                advance(session, ticket, Action.CLOSE, actor=SYSTEM, now=house().now(), house=house())
    except NotFound as fault:
        raise Permanent("the ticket is gone") from fault
    except Refused as refused:
        # Somebody closed it by hand, or it came in again.
        log.info("close", row=job.id, refused=refused.code)
    return ""


def papers_reminder(job: Job) -> str:
    """Ask once more for papers that did not come; whoever sent them is left in peace."""
    with transaction() as session:
        ticket = queries.locked(session, job.facts["ticket"], seen_by=SYSTEM)
        wait = next((each for each in ticket.waits if each.id == job.facts["wait_id"]), None)
        stands = wait is not None and wait.closed_at is None and ticket.status not in OVER
        # Asked again since: that asking has a reminder of its own.
        newest = wait is not None and job.facts.get("asked_at") in (None, wait.detail.get("asked_at"))
        if wait is not None and stands and newest:
            tell(session, ticket, "papers_needed", now=house().now(), facts={"needs": wait.detail.get("needs", [])})
            if "until" not in wait.detail:  # asked for before deadlines were kept
                papers.set_deadline(session, ticket, wait, now=house().now(), house=house())
    return ""


def papers_deadline(job: Job) -> str:
    """Nobody sent the papers in time: the ticket goes on as a paid repair, and says so (R11)."""
    with transaction() as session:
        ticket = queries.locked(session, job.facts["ticket"], seen_by=SYSTEM)
        wait = next((each for each in ticket.waits if each.id == job.facts["wait_id"]), None)
        if wait is not None and wait.closed_at is None and ticket.status in COMING | IN_HOUSE:
            papers.give_up(session, ticket, wait, now=house().now(), house=house())
    return ""


def part_arrived(job: Job) -> str:
    """All parts are there, and somebody had the ticket in hand when they came."""
    with transaction() as session:
        ticket = queries.locked(session, job.facts["ticket"], seen_by=SYSTEM)
        stock.end_wait(session, ticket, now=house().now(), house=house())
    return ""


def parts_let_go(job: Job) -> str:
    """The item left the bench: what was kept for it is free, unless it is back there."""
    with transaction() as session:
        ticket = queries.locked(session, job.facts["ticket"], seen_by=SYSTEM)
        if ticket.status not in stock.NEEDS_PARTS:
            stock.let_go(session, ticket, now=house().now(), house=house())
    return ""


def look_for_late(job: Job) -> str:
    """The look of a working day's morning: what comes close to its promise or passed it is told."""
    with transaction() as session:
        escalating.look(session, now=house().now(), house=house())
    return ""


OBJECTIONS = frozenset({WaitKind.COMPLAINT, WaitKind.OBJECTION, WaitKind.CONTENTS})
HANDLERS: dict[str, Handler] = {
    "close": close,
    "papers_reminder": papers_reminder,
    "papers_deadline": papers_deadline,
    "part_arrived": part_arrived,
    "parts_let_go": parts_let_go,
    "look_for_late": look_for_late,
}
