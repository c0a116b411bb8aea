"""Stock in words: a shelf's line, what moved, for whom something is kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from service_center.catalogue.models import Part, PartMove
from service_center.core.i18n import _, later, ngettext
from service_center.tickets.codes import grouped
from service_center.tickets.models import PartReserved
from service_center.tickets.shelves import Shelf
from service_center.tickets.wording.vocabulary import family

_KINDS = {
    "arrived": later("Arrived"), "used": later("Fitted"), "taken_back": later("Put back"), "counted": later("Stock count"), "scrapped": later("Scrapped"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A part in the list; `order` is a word when something is to be ordered, else empty."""

    part: Part
    fits: str
    free: int
    awaited: int
    order: str


@dataclass(frozen=True)
class Moved:
    """A change of the stock, as the list shows it."""

    at: datetime
    what: str
    quantity: str
    note: str


@dataclass(frozen=True)
class Claim:
    """A ticket for which pieces are kept, or awaited."""

    code: str
    kept: int
    awaited: int


def rows(shelves: Iterable[Shelf]) -> list[Row]:
    """The list of parts."""
    return [
        Row(
            each.part, ", ".join(family(name) for name in each.part.families), each.free, each.awaited,
            _("Order %(number)s", number=each.to_order) if each.to_order else "",
        )
        for each in shelves
    ]  # fmt: skip


def moves(found: Iterable[PartMove]) -> list[Moved]:
    """What moved, with its sign."""
    return [
        Moved(each.at, str(_KINDS[each.kind]), f"{each.quantity:+d}".replace("-", "−"), each.note) for each in found
    ]


def claims(found: Iterable[tuple[PartReserved, str]]) -> list[Claim]:
    """Who has a claim, the most urgent first."""
    return [Claim(grouped(code), row.granted, row.quantity - row.granted) for row, code in found]


def arrived(code: str, quantity: int, served: Sequence[str]) -> str:
    """What became of an arrival."""
    said = ngettext("%(num)s piece of %(code)s came in.", "%(num)s pieces of %(code)s came in.", quantity, code=code)
    if not served:
        return said
    tickets = ", ".join(grouped(each) for each in served)
    return " ".join((said, _("These wait no more: %(tickets)s.", tickets=tickets)))


def kept(code: str, row: PartReserved) -> str:
    """What became of asking for a part."""
    if row.granted == row.quantity:
        return _("%(code)s is kept for this ticket.", code=code)
    return _("%(code)s is awaited: it is kept for this ticket when it comes.", code=code)
