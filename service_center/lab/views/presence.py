"""Who is at a ticket: the page says that it is open, and time at the bench begins with what one has in hand."""

from __future__ import annotations

from typing import Any

from flask import render_template
from sqlalchemy import select

from service_center.accounts.access import actor, lab
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.lab.queries.company import company, who_is_here
from service_center.lab.views.room import read_code, room
from service_center.lab.wording import company as words
from service_center.tickets.bench_models import BenchSpan
from service_center.tickets.models import Ticket
from service_center.tickets.queries import visible
from service_center.tickets.services import presence, spans
from service_center.tickets.services.claims import HELD


@room.post("/here/<code>")
@lab
def here(code: str) -> Any:
    """This person has the ticket's page open; answered with who else has. It counts as no activity and blocks nobody."""
    who, now = actor(), house().now()
    asked = select(Ticket.id).where(Ticket.code == read_code(code), visible(who))
    ticket_id = reading().scalars(asked).first()
    if ticket_id is None:
        raise NotFound
    with transaction() as write:
        presence.here(write, ticket_id, who.user_id or 0, now=now)
    others = who_is_here(reading(), ticket_id, besides=who.user_id, now=now)
    return render_template("lab/ticket/here.html", others=words.here(others))


def begun(code: str) -> None:
    """Whoever opens the ticket that they have in hand is at it from now on; one row at most."""
    who, now = actor(), house().now()
    last = spans.last_of(who.user_id or 0).scalar_subquery()
    mine = select(Ticket.id, BenchSpan).outerjoin(BenchSpan, BenchSpan.id == last).where(
        Ticket.code == read_code(code), Ticket.claimed_by_id == who.user_id, Ticket.status.in_(HELD), visible(who)
    )  # fmt: skip
    found = reading().execute(mine).first()
    if found is None or who.user_id is None:
        return
    ticket_id, span = found
    if not spans.fresh(span, ticket_id, now):
        with transaction() as write:
            spans.at_it(write, ticket_id, who.user_id, now=now)


def companions(ticket: Ticket) -> words.CompanyWords:
    """Whose hands it is in, who else is here, the time at the bench."""
    return words.company(company(reading(), ticket, reader=actor(), now=house().now()))
