"""A thing that comes again, in words: beside which earlier visit, for the second repair of which part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service_center.core.i18n import _, civil_day, day
from service_center.tickets.codes import grouped
from service_center.tickets.lineage import Likely, OwnWork
from service_center.tickets.models import Item, Ticket
from service_center.tickets.wording import remedies
from service_center.tickets.wording.vocabulary import component


@dataclass(frozen=True)
class Side:
    """One of two things that are compared."""

    id: int
    code: str
    item: str
    at: datetime
    customer: str


@dataclass(frozen=True)
class Again:
    """What the ticket's screen says: is it the same one, what did it replace, which part was repaired before."""

    question: str
    replaced: list[str]
    second: list[str]


def side(ticket: Ticket) -> Side:
    """A visit, to be laid beside another."""
    return Side(
        ticket.id, grouped(ticket.code), remedies.identity(ticket.item), ticket.requested_at, ticket.customer.name
    )


def by(found: Likely) -> str:
    """By what it was taken for the same thing."""
    return remedies.seen_by(found.by)


def again(
    ticket: Ticket, found: Sequence[Likely], works: Sequence[OwnWork], old: Item | None, new: Item | None
) -> Again:
    """All that is to be known about earlier visits."""
    question = ""
    if found:
        facts = {"code": grouped(found[0].ticket.code), "day": day(found[0].ticket.requested_at), "by": by(found[0])}
        question = _("Is it the same as %(code)s of %(day)s? %(by)s", **facts)
    replaced = [remedies.replaces(old)] if old else []
    replaced += [remedies.replaced_by(new, ticket.last_covered_day)] if new else []
    return Again(question, replaced, [_second(work, civil_day(ticket.requested_at)) for work in works])


def _second(work: OwnWork, asked_on: date) -> str:
    facts = {
        "component": component(work.component),
        "code": grouped(work.code),
        "day": day(work.finished_on),
        "until": day(work.until),
    }
    if work.holds(asked_on):
        return _(
            "Second repair of the same part: %(component)s, repaired on %(day)s (%(code)s). We answer for that work until %(until)s: a manager looks at it.",
            **facts,
        )
    return _(
        "Second repair of the same part: %(component)s, repaired on %(day)s (%(code)s). We answered for that work until %(until)s.",
        **facts,
    )
