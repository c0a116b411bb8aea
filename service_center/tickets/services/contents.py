"""The contents of a parcel as they were told to the sender, and the days in which the sender may object."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.core.workdays import due
from service_center.tickets.lifecycle import WaitKind
from service_center.tickets.models import Ticket, Wait


def tell_contents(ticket: Ticket, *, now: datetime, house: House) -> None:
    """From now on the sender reads what came along, and may object until a working day's end."""
    days = house.brand.setting("contents_working_days")
    ticket.contents_until = due(civil_day(now), days, closures=house.brand.closures)


def told_anew(ticket: Ticket, accessories: Sequence[str]) -> bool:
    """Whether the sender does not know these contents yet."""
    return ticket.contents_until is None or set(ticket.accessories) != set(accessories)


def disputed(ticket: Ticket) -> Wait | None:
    """The objection that waits for its answer."""
    waits = (wait for wait in ticket.waits if wait.kind is WaitKind.CONTENTS and wait.closed_at is None)
    return next(waits, None)


def may_object(ticket: Ticket, today: date) -> bool:
    """Whether the sender may still say that something is missing or different."""
    return ticket.contents_until is not None and today <= ticket.contents_until and disputed(ticket) is None
