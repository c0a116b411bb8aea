"""Who holds the item: one table of which step hands it to whom, and what is said where the chain has a gap; pure."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from service_center.tickets.lifecycle import BEFORE_POSTING, ON_BENCH, Action, Status

A, S = Action, Status


class Holder(enum.StrEnum):
    """In whose hands the item is; the last three are places of the lab."""

    CUSTOMER = "customer"
    SHOP = "shop"
    COURIER = "courier"
    DOCK = "dock"
    BENCH = "bench"
    PACK_OUT = "pack_out"


AT_THE_LAB = frozenset({Holder.DOCK, Holder.BENCH, Holder.PACK_OUT})
SENDER = frozenset({Holder.CUSTOMER, Holder.SHOP})

# The step and who holds the item after it; what stands here several times is settled by the ticket: a shop's item begins
# in the shop's hands, and ends there or with the customer, as its address says.
HANDS_TO: dict[Action, Holder] = {
    A.ASK: Holder.CUSTOMER,
    A.ANNOUNCE: Holder.CUSTOMER,
    A.HAND_IN: Holder.DOCK,
    A.ARRIVE_UNANNOUNCED: Holder.DOCK,
    A.POST: Holder.COURIER,
    A.RECEIVE: Holder.DOCK,
    A.START_DIAGNOSIS: Holder.BENCH,
    A.START_REPAIR: Holder.BENCH,
    A.TAKE_UP_AGAIN: Holder.BENCH,
    A.FAIL_QUALITY: Holder.BENCH,
    A.PASS_QUALITY: Holder.PACK_OUT,
    A.CLOSE_UP: Holder.PACK_OUT,
    A.SHIP: Holder.COURIER,
    A.HAND_OVER: Holder.CUSTOMER,
    A.DELIVER: Holder.CUSTOMER,
}
SIGNED = frozenset({A.HAND_OVER, A.DELIVER})
"""Steps after which somebody outside has it: whoever took it signs."""

# In whose hands it can be in a status; the first is the likeliest, for tickets older than the chain.
_HELD: dict[Status, tuple[Holder, ...]] = {
    **dict.fromkeys((*BEFORE_POSTING, S.CANCELLED), (Holder.CUSTOMER, Holder.SHOP)),
    S.IN_TRANSIT_IN: (Holder.COURIER,),
    S.RECEIVED: (Holder.DOCK,),
    S.TAKEN_IN_CHARGE: (Holder.DOCK,),
    **dict.fromkeys((*ON_BENCH, S.TESTING), (Holder.BENCH,)),
    S.RETURNING: (Holder.BENCH, Holder.DOCK),
    S.READY: (Holder.PACK_OUT,),
    S.SHIPPED_OUT: (Holder.COURIER,),
    S.DELIVERED: (Holder.CUSTOMER, Holder.SHOP),
    S.CLOSED: (Holder.CUSTOMER, Holder.SHOP),
}


@dataclass(frozen=True)
class Link:
    """A hand-over: who has had it since when; `since` is None where nobody noted it."""

    holder: Holder
    since: datetime | None
    name: str = ""
    condition: str = ""
    signed_by: str = ""


@dataclass(frozen=True)
class Chain:
    """Who has it now, and the hand-overs before, the newest first; `gap`: the status says otherwise than the last one."""

    now: Link
    before: tuple[Link, ...]
    gap: bool


def chain(links: Iterable[Link], status: Status, *, of_shop: bool) -> Chain:
    """The chain as the ticket's status lets it be true: a wrong or missing link is replaced by what must be so."""
    known = list(links)
    possible = _HELD[status]
    if known and known[-1].holder in possible:
        return Chain(known[-1], tuple(reversed(known[:-1])), gap=False)
    likeliest = Holder.SHOP if of_shop and Holder.SHOP in possible else possible[0]
    return Chain(Link(likeliest, None), tuple(reversed(known)), gap=bool(known))


def worst(grades: Sequence[object]) -> str:
    """The grade of an item is that of its worst place; A is the best."""
    return max((grade for grade in grades if isinstance(grade, str)), default="")[:16]
