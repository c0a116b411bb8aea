"""The safety register: entries by hazard, model and period, and the models that show up too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from service_center.accounts.models import User
from service_center.catalogue.models import Model
from service_center.core.i18n import ROME
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Customer, Item, SafetyReport, Ticket

SHOWN = 200
ALARM_DAYS, ALARM_FROM = 90, 2
"""A model that shows the same hazard this often within these days is an alarm."""


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for; empty: all."""

    hazard: str = ""
    model: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Entry:
    """One entry with its item; `customer` is a name to take out of what people wrote."""

    report: SafetyReport
    code: str
    status: Status
    family: str
    model: str
    model_name: str
    serial: str
    purchased_on: date | None
    isolated_by: str
    ended_by: str
    customer: str


@dataclass(frozen=True)
class Alarm:
    """A model that shows a hazard again and again."""

    model: str
    hazard: str
    number: int


def entries(session: Session, wanted: Wanted, *, limit: int | None = SHOWN) -> list[Entry]:
    """Open ones first, then the newest."""
    rows = session.execute(
        _whole().where(*_conditions(wanted)).order_by(SafetyReport.ended_at.is_not(None), SafetyReport.id.desc()).limit(limit)
    )  # fmt: skip
    return [Entry(*row) for row in rows]


def entry(session: Session, report_id: int) -> Entry | None:
    """One entry."""
    row = session.execute(_whole().where(SafetyReport.id == report_id)).one_or_none()
    return Entry(*row) if row else None


def _whole() -> Any:
    isolator, ender = aliased(User), aliased(User)
    return (
        select(
            SafetyReport, Ticket.code, Ticket.status, Item.family, func.coalesce(Model.code, Item.model_text), func.coalesce(Model.name, ""),
            Item.serial, ProofOfPurchase.purchased_on, func.coalesce(isolator.name, ""), func.coalesce(ender.name, ""), Customer.name,
        )
        .join(Ticket, Ticket.id == SafetyReport.ticket_id)
        .join(Item, Item.id == Ticket.item_id)
        .join(Customer, Customer.id == Ticket.customer_id)
        .outerjoin(ProofOfPurchase, ProofOfPurchase.id == Ticket.proof_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .outerjoin(isolator, isolator.id == SafetyReport.isolated_by_id)
        .outerjoin(ender, ender.id == SafetyReport.ended_by_id)
    )  # fmt: skip


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.hazard:
        found.append(SafetyReport.hazard == wanted.hazard)
    if wanted.model:
        like = wanted.model.lower()
        found.append(
            or_(
                *(
                    func.lower(column).contains(like, autoescape=True)
                    for column in (Model.code, Model.name, Item.model_text, Item.serial, SafetyReport.lot)
                )
            )
        )
    if wanted.first:
        found.append(SafetyReport.flagged_at >= _midnight(wanted.first))
    if wanted.last and wanted.last < date.max:
        found.append(SafetyReport.flagged_at < _midnight(wanted.last + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    """When a day begins in Rome; the calendar's first days have no instant before them."""
    return datetime.combine(max(day, date(1900, 1, 1)), time(0), ROME)


def alarms(session: Session, *, today: date) -> list[Alarm]:
    """Models that showed the same hazard at least twice within ninety days, the most frequent first; mistakes left out."""
    rows = session.execute(
        select(func.coalesce(Model.code, Item.model_text), SafetyReport.hazard)
        .join(Ticket, Ticket.id == SafetyReport.ticket_id)
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .where(SafetyReport.flagged_at >= _midnight(today - timedelta(days=ALARM_DAYS)), SafetyReport.ending != "mistake")
    ).all()  # fmt: skip
    counted = Counter((model, hazard) for model, hazard in rows if model)
    return [Alarm(model, hazard, number) for (model, hazard), number in counted.most_common() if number >= ALARM_FROM]


def by_model(found: Sequence[Entry]) -> list[tuple[str, int]]:
    """How many entries each model has among these, the most first."""
    return Counter(each.model for each in found).most_common()
