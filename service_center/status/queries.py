"""What a status page shows, by columns: the page is asked a thousand times for every change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets.clocks import Clock, of_claim
from service_center.tickets.days import Days, WaitSpan, split
from service_center.tickets.lifecycle import Status, WaitKind, Whom
from service_center.tickets.models import Item, Ticket, Verdict, Wait
from service_center.tickets.queries import Happening, timeline
from service_center.tickets.services.deadlines import awaited
from service_center.tickets.services.remedy import repaired_before
from service_center.warranty.vocabulary import Seller


@dataclass(frozen=True)
class OpenWait:
    """An answer that is missing; `needs` names the papers, `until` the last day on which they are awaited."""

    kind: WaitKind
    on_whom: Whom
    closed_at: datetime | None
    needs: tuple[str, ...]
    until: date | None = None


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands; nothing personal."""

    id: int
    code: str
    status: Status
    family: str
    safety: bool
    requested_at: datetime
    since: datetime
    day_zero: date | None
    finished_on: date | None
    outcome: str
    verdict: dict[str, Any]
    clocks: tuple[Clock, ...]
    seller: str
    days: Days | None
    waits: tuple[OpenWait, ...]
    history: Sequence[Happening]


def standing(session: Session, code: str, *, house: House) -> Standing | None:
    """The ticket with this code, or None; three queries, whatever its history."""
    latest = select(func.max(Verdict.id)).where(Verdict.ticket_id == Ticket.id).correlate(Ticket).scalar_subquery()
    row = session.execute(
        select(
            Ticket.id, Ticket.code, Ticket.status, Ticket.safety, Ticket.requested_at, Ticket.day_zero, Ticket.finished_at,
            Ticket.verdict, Ticket.item_id, Item.family, Verdict.record, Verdict.claim, func.coalesce(ProofOfPurchase.seller_name, "").label("seller"),
        )
        .join(Item, Item.id == Ticket.item_id)
        .join(Verdict, Verdict.id == latest)
        .outerjoin(ProofOfPurchase, ProofOfPurchase.id == Ticket.proof_id)
        .where(Ticket.code == code)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    waits = session.execute(
        select(Wait.kind, Wait.on_whom, Wait.opened_at, Wait.closed_at, Wait.detail)
        .where(Wait.ticket_id == row.id)
        .order_by(Wait.id)
    ).all()
    history = timeline(session, row.id)
    moved = next((past.at for past in history if past.target is row.status and past.source is not row.status), None)
    finished_on = civil_day(row.finished_at) if row.finished_at else None
    return Standing(
        id=row.id, code=row.code, status=row.status, family=row.family, safety=row.safety, requested_at=row.requested_at,
        since=moved or row.requested_at, day_zero=row.day_zero, finished_on=finished_on, outcome=row.verdict, verdict=row.record,
        clocks=of_claim(row.record, row.claim, house=house, repaired=repaired_before(session, row.item_id) if row.claim.get("seller") == Seller.OWN_SHOP else False),
        seller=row.seller,
        days=_counted(row.day_zero, finished_on, [WaitSpan(w.kind, w.on_whom, w.opened_at, w.closed_at) for w in waits], house),
        waits=tuple(
            OpenWait(w.kind, w.on_whom, w.closed_at, tuple(w.detail.get("needs", ())), awaited(w.detail)) for w in waits if w.closed_at is None
        ),
        history=history,
    )  # fmt: skip


def _counted(day_zero: date | None, finished_on: date | None, waits: list[WaitSpan], house: House) -> Days | None:
    if day_zero is None:
        return None
    today = house.today()
    return split(
        day_zero, waits, until=min(today, finished_on) if finished_on else today, closures=house.brand.closures,
        promised=house.brand.setting("promise_working_days"),
    )  # fmt: skip
