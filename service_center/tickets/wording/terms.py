"""A ticket's two terms in words, wherever its verdict is shown."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.tickets.models import Ticket, Verdict
from service_center.tickets.services.remedy import clocks_of
from service_center.tickets.wording.clocks import ClockWords, clocks


def terms_of(session: Session, ticket: Ticket, verdict: Verdict, *, house: House) -> tuple[ClockWords, ...]:
    """The two terms of a ticket in words."""
    return clocks(clocks_of(session, ticket, verdict, house=house), brand=house.brand.name)
