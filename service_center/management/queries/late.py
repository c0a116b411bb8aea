"""What is over its promise or close to it: on whom it waits, since when, and who has it."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from service_center.accounts.models import Shop, User
from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.core.workdays import due
from service_center.tickets.bench_models import Custody
from service_center.tickets.days import split
from service_center.tickets.lateness import SOON
from service_center.tickets.lifecycle import IN_HOUSE, STOPS_CLOCK, Status, WaitKind, Whom
from service_center.tickets.models import Event, Item, Ticket, Wait
from service_center.tickets.queries import spans


class Turn(enum.StrEnum):
    """Who has to act before it can go on."""

    LAB = "lab"
    CUSTOMER = "customer"
    SHOP = "shop"
    SUPPLIER = "supplier"
    MANAGER = "manager"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Line:
    """A ticket that is late or about to be; `late_by` counts working days, `turn` whose act is missing since when."""

    code: str
    family: str
    model: str
    status: Status
    safety: bool
    due_on: date
    late_by: int
    turn: Turn
    wait: WaitKind | None
    since: datetime
    shop: str
    worker: str
    holder: str
    place: str


# Whose answer holds the item back, the strongest first; what does not hold it back is nobody's turn.
_HOLDS_BACK = (*sorted(STOPS_CLOCK, key=lambda kind: kind.value), WaitKind.DECISION, WaitKind.PART)


def lines(session: Session, *, house: House) -> list[Line]:
    """All of them, the oldest promise first; four queries, however many there are."""
    until = due(house.today(), SOON, closures=house.brand.closures)
    worker = aliased(User)
    rows = session.execute(
        select(
            Ticket.id, Ticket.code, Ticket.status, Ticket.safety, Ticket.due_on, Ticket.day_zero, Ticket.requested_at, Ticket.location,
            Item.family, func.coalesce(Model.name, Item.model_text).label("model"), Shop.name.label("shop"), worker.name.label("worker"),
        )
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(Shop, Shop.id == Ticket.shop_id)
        .outerjoin(worker, worker.id == Ticket.claimed_by_id)
        .where(Ticket.status.in_(IN_HOUSE - {Status.READY}), Ticket.due_on <= until)
        .order_by(Ticket.due_on, Ticket.id)
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    waits, moved, holders = _waits(session, ids), _moved(session, ids), _holders(session, ids)
    found = []
    for row in rows:
        counted = split(
            row.day_zero, spans(waits[row.id]), until=house.today(), closures=house.brand.closures,
            promised=house.brand.setting("promise_working_days"),
        )  # fmt: skip
        # A promise that stands still moves with the days: what is in time that way is neither late nor close.
        if not counted.late_by and counted.stopped and counted.due_on > until:
            continue
        turn, kind, since = _turn(waits[row.id], moved.get(row.id, row.requested_at))
        found.append(Line(
            row.code, row.family, row.model, row.status, row.safety, row.due_on, counted.late_by, turn, kind, since,
            row.shop or "", row.worker or "", *holders.get(row.id, ("",)), row.location,
        ))  # fmt: skip
    return found


def _turn(waits: Iterable[Wait], moved: datetime) -> tuple[Turn, WaitKind | None, datetime]:
    """On whom it waits; without a wait it is the lab's turn since the last step."""
    open_ones = {wait.kind: wait for wait in waits if wait.closed_at is None}
    for kind in _HOLDS_BACK:
        if kind in open_ones:
            whom = open_ones[kind].on_whom
            return Turn.SHOP if whom is Whom.SHOP else Turn(whom.value), kind, open_ones[kind].opened_at
    return Turn.LAB, None, moved


def _waits(session: Session, ids: Sequence[int]) -> dict[int, list[Wait]]:
    found: dict[int, list[Wait]] = defaultdict(list)
    for wait in session.scalars(select(Wait).where(Wait.ticket_id.in_(ids)).order_by(Wait.id)):
        found[wait.ticket_id].append(wait)
    return found


def _moved(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    """When the last step was taken."""
    last = select(func.max(Event.id)).where(Event.ticket_id.in_(ids)).group_by(Event.ticket_id)
    return {row.ticket_id: row.at for row in session.execute(select(Event.ticket_id, Event.at).where(Event.id.in_(last)))}  # fmt: skip


def _holders(session: Session, ids: Sequence[int]) -> dict[int, tuple[str]]:
    """In whose hands it is, as the last hand-over says."""
    last = (
        select(func.max(Custody.id))
        .where(Custody.ticket_id.in_(ids), Custody.taken_back_at.is_(None))
        .group_by(Custody.ticket_id)
    )
    return {row.ticket_id: (row.holder,) for row in session.execute(select(Custody.ticket_id, Custody.holder).where(Custody.id.in_(last)))}  # fmt: skip
