"""What came along with an item, as its sender and the lab read it, and how long one may object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.tickets.models import Ticket
from service_center.tickets.services.contents import disputed, may_object
from service_center.tickets.wording.vocabulary import accessory, grade, zone


@dataclass(frozen=True)
class ContentsWords:
    """`came` are things in words, `condition` zone and grade; `open`: the sender may object until `until`; `waiting`: they did."""

    came: list[str]
    condition: list[tuple[str, str]]
    until: date
    open: bool
    waiting: bool


def contents(ticket: Ticket, *, today: date) -> ContentsWords | None:
    """None before the parcel was unpacked."""
    if ticket.contents_until is None:
        return None
    graded = [(zone(code).capitalize(), f"{mark}, {grade(mark)}") for code, mark in ticket.condition.items()]
    return ContentsWords(
        [accessory(each) for each in ticket.accessories], graded, ticket.contents_until, may_object(ticket, today), disputed(ticket) is not None,
    )  # fmt: skip
