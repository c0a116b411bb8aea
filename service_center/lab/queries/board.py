"""The bench at a glance: queues by due date, and the figures of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import User
from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.core.i18n import ROME, civil_day
from service_center.lab.queries.conditions import IN_LAB, QUEUE, UNSAFE, Queue, late
from service_center.lab.queries.next import Hands, chosen
from service_center.proofs.models import ProofOfPurchase, Reuse
from service_center.tickets.days import Days, WaitSpan, split
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Channel, Finding, Item, Request, Ticket, Wait
from service_center.tickets.services.claims import HELD

S = Status
SHOWN = 7
PAPER_SEEN = func.coalesce(ProofOfPurchase.reuse == Reuse.SEEN, false())


@dataclass(frozen=True)
class OpenWait:
    """An answer that is missing since `since`."""

    kind: WaitKind
    since: datetime
    detail: dict[str, Any]


@dataclass(frozen=True)
class Card:
    """A ticket on the board. `days` is None before it was taken in charge; `mine` says that the reader works on it."""

    code: str
    family: str
    model: str
    symptom: str
    components: tuple[str, ...]
    status: Status
    safety: bool
    urgent: bool
    days: Days | None
    due_on: date | None
    location: str
    country: str
    mine: bool
    holder: str
    repaired_by_reader: bool
    paper_seen: bool
    waits: tuple[OpenWait, ...]


@dataclass(frozen=True)
class QueueShown:
    """The first cards of a queue, how many there are in all, and the last promised day among them."""

    queue: Queue
    total: int
    cards: tuple[Card, ...]
    last_due_on: date | None


def board(
    session: Session, *, reader: Actor, house: House, whose: str = "", who: Hands | None = None
) -> dict[Queue, QueueShown]:
    """All queues, or what is one's own or of one's skills; in three queries however many tickets there are."""
    wanted = chosen(whose, who) if who else true()
    ranked = _ranked(wanted).subquery()
    rows = session.execute(
        select(
            Ticket.id, Ticket.code, Ticket.status, Ticket.safety, Ticket.urgent, Ticket.due_on, Ticket.day_zero, Ticket.finished_at, Ticket.location,
            Ticket.return_country, Ticket.symptoms, Ticket.claimed_by_id, Ticket.repaired_by_id, Item.family,
            func.coalesce(Model.code, Item.model_text).label("model"), User.name.label("holder"), PAPER_SEEN.label("paper_seen"),
            ranked.c.queue, ranked.c.total, ranked.c.last_due_on,
        )
        .join(ranked, ranked.c.id == Ticket.id)
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(ProofOfPurchase, ProofOfPurchase.id == Ticket.proof_id)
        .outerjoin(User, User.id == Ticket.claimed_by_id)
        .order_by(ranked.c.rank)
    ).all()  # fmt: skip
    ids = [row.id for row in rows]
    waits, parts = waits_of(session, ids), _components(session, ids)
    queues: dict[Queue, list[Any]] = defaultdict(list)
    for row in rows:
        queues[Queue(row.queue)].append(row)
    return {
        queue: QueueShown(
            queue, found[0].total if found else 0,
            tuple(_card(row, waits[row.id], parts[row.id], reader=reader, house=house) for row in found),
            found[0].last_due_on if found else None,
        )
        for queue in Queue
        for found in [queues[queue]]
    }  # fmt: skip


def _ranked(wanted: ColumnElement[bool]) -> Select[Any]:
    """What is shown of every queue, narrow: a ticket's queue is asked once, then it is ranked; the shown are looked up whole.

    Safety before everything, then what is urgent, then the promised day; what has no day yet comes last.
    """
    columns = (Ticket.id, QUEUE.label("queue"), Ticket.safety, Ticket.urgent, Ticket.due_on)
    placed = select(*columns).where(IN_LAB, wanted).cte("placed").prefix_with("MATERIALIZED")
    day = placed.c.due_on
    order = (placed.c.safety.desc(), placed.c.urgent.desc(), day.is_(None), day, placed.c.id)
    rank = func.row_number().over(partition_by=placed.c.queue, order_by=order).label("rank")
    ranked = select(placed.c.id, placed.c.queue, rank).subquery()
    last = func.max(placed.c.due_on).label("last_due_on")
    totals = select(placed.c.queue, func.count().label("total"), last).group_by(placed.c.queue).subquery()
    return (
        select(ranked.c.id, ranked.c.queue, ranked.c.rank, totals.c.total, totals.c.last_due_on)
        .join(totals, totals.c.queue == ranked.c.queue)
        .where(ranked.c.rank <= SHOWN)
    )


def _card(row: Any, waits: Sequence[Wait], components: Sequence[str], *, reader: Actor, house: House) -> Card:
    return Card(
        code=row.code, family=row.family, model=row.model, symptom=row.symptoms[0] if row.symptoms else "", components=tuple(components),
        status=row.status, safety=row.safety, urgent=row.urgent, days=counted(row.day_zero, row.finished_at, waits, house=house), due_on=row.due_on,
        location=row.location, country=row.return_country, mine=reader.user_id is not None and row.claimed_by_id == reader.user_id, holder=row.holder or "",
        repaired_by_reader=reader.user_id is not None and row.repaired_by_id == reader.user_id,
        paper_seen=row.paper_seen, waits=tuple(OpenWait(w.kind, w.opened_at, w.detail) for w in waits if w.closed_at is None),
    )  # fmt: skip


def counted(day_zero: date | None, finished_at: datetime | None, waits: Iterable[Wait], *, house: House) -> Days | None:
    """Whose days they were, for a row without its object."""
    if day_zero is None:
        return None
    today = house.today()
    return split(
        day_zero,
        [WaitSpan(wait.kind, wait.on_whom, wait.opened_at, wait.closed_at) for wait in waits],
        until=min(today, civil_day(finished_at)) if finished_at else today,
        promised=house.brand.setting("promise_working_days"),
        closures=house.brand.closures,
    )


def waits_of(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[Wait]]:
    """All waits of these tickets, by ticket; one query."""
    found: dict[int, list[Wait]] = defaultdict(list)
    for wait in session.scalars(select(Wait).where(Wait.ticket_id.in_(ticket_ids)).order_by(Wait.id)):
        found[wait.ticket_id].append(wait)
    return found


def _components(session: Session, ticket_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Finding.ticket_id, Finding.component).where(Finding.ticket_id.in_(ticket_ids)).order_by(Finding.id)
    )
    for ticket_id, component in rows:
        found[ticket_id].append(component)
    return found


@dataclass(frozen=True)
class Figures:
    """The day's figures: own tickets, come in and finished today, unannounced ones on the shelf, and disputed contents."""

    mine: int
    entered: int
    finished: int
    unannounced: int
    disputed: int


def _count(*where: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(Ticket).where(*where).scalar_subquery()


def figures(session: Session, *, reader: Actor, house: House) -> Figures:
    """The figures under the board; one query."""
    midnight = datetime.combine(house.today(), time(), ROME)
    unannounced = (
        select(func.count())
        .select_from(Ticket)
        .join(Request, Request.id == Ticket.request_id)
        .where(Request.channel == Channel.ARRIVAL, Ticket.status == S.RECEIVED)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            _count(Ticket.status.in_(HELD), Ticket.claimed_by_id == reader.user_id),
            _count(Ticket.received_at >= midnight),
            _count(Ticket.finished_at >= midnight),
            unannounced,
            select(func.count(Wait.ticket_id.distinct()))
            .where(Wait.closed_at.is_(None), Wait.kind == WaitKind.CONTENTS)
            .scalar_subquery(),
        )
    ).one()
    return Figures(*row)


def alerts(session: Session, *, today: date) -> tuple[int, int]:
    """How many tickets carry a safety flag, and how many are late; one query, on every page of the lab."""
    unsafe, over = session.execute(select(_count(UNSAFE), _count(late(today)))).one()
    return unsafe, over
