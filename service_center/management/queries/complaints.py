"""The register of complaints (R32): what waits, what was answered, and how well."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from service_center.accounts.models import Shop, User
from service_center.messages.complaints import in_time
from service_center.messages.models import Complaint
from service_center.tickets import codes
from service_center.tickets.models import Finding, Ticket, Verdict

PAGE = 50
MOST_EXPORTED = 20_000


class Tab(enum.StrEnum):
    """Which part of the register."""

    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class Asked:
    """What a manager looks for."""

    words: str = ""
    subject: str = ""
    shop_id: int | None = None


@dataclass(frozen=True)
class Line:
    """A complaint in the register, with its ticket and shop where it has them."""

    complaint: Complaint
    code: str
    shop: str
    answered_by: str


@dataclass(frozen=True)
class Figures:
    """How well complaints of a year were answered; the lists are (code or name, number), the most first."""

    received: int
    answered: int
    in_time: int
    late_open: int
    subjects: list[tuple[str, int]]
    reasons: list[tuple[str, int]]
    shops: list[tuple[str, int]]


def _of_tab(tab: Tab) -> ColumnElement[bool]:
    return Complaint.answered_at.is_(None) if tab is Tab.OPEN else Complaint.answered_at.is_not(None)


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.words:
        like = f"%{_escaped(asked.words.lower())}%"
        columns = (Complaint.name, Complaint.email, Complaint.text, Complaint.answer)
        found: list[ColumnElement[bool]] = [func.lower(column).like(like, escape="\\") for column in columns]
        with suppress(ValueError):
            found.append(Ticket.code == codes.parse(asked.words))
        conditions.append(or_(*found))
    if asked.subject:
        conditions.append(Complaint.subject == asked.subject)
    if asked.shop_id is not None:
        conditions.append(Ticket.shop_id == asked.shop_id)
    return conditions


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _whole() -> Select[Complaint, str, str, str]:
    return (
        select(Complaint, Ticket.code, Shop.name, User.name)
        .outerjoin(Ticket, Ticket.id == Complaint.ticket_id)
        .outerjoin(Shop, Shop.id == Ticket.shop_id)
        .outerjoin(User, User.id == Complaint.answered_by_id)
    )


def _lines(session: Session, asked: Select[Complaint, str, str, str]) -> list[Line]:
    return [Line(made, code or "", shop or "", by or "") for made, code, shop, by in session.execute(asked)]


def lines(session: Session, tab: Tab, asked: Asked, *, page: int = 1) -> list[Line]:
    """A page of the register: the open ones by their day, the answered ones by their answer, the newest first."""
    order = Complaint.due_on.asc() if tab is Tab.OPEN else Complaint.answered_at.desc()
    found = _whole().where(_of_tab(tab), *_conditions(asked)).order_by(order, Complaint.id)
    return _lines(session, found.limit(PAGE).offset((page - 1) * PAGE))


def counted(session: Session, asked: Asked) -> dict[Tab, int]:
    """How many there are in each part."""
    base = select(func.count()).select_from(Complaint).outerjoin(Ticket, Ticket.id == Complaint.ticket_id)
    return {tab: session.execute(base.where(_of_tab(tab), *_conditions(asked))).scalar_one() for tab in Tab}


def exported(session: Session, asked: Asked) -> list[Line]:
    """The whole register, the oldest first."""
    return _lines(session, _whole().where(*_conditions(asked)).order_by(Complaint.id).limit(MOST_EXPORTED))


def due_soon(session: Session, *, until: date) -> list[Line]:
    """Open and due by that day, the oldest first: for today's page."""
    found = _whole().where(Complaint.answered_at.is_(None), Complaint.due_on <= until)
    return _lines(session, found.order_by(Complaint.due_on, Complaint.id).limit(PAGE))


def shops(session: Session) -> Sequence[tuple[int, str]]:
    """The shops about whose tickets somebody complained."""
    asked = select(Shop.id, Shop.name).join(Ticket, Ticket.shop_id == Shop.id).join(Complaint, Complaint.ticket_id == Ticket.id)  # fmt: skip
    return [(number, name) for number, name in session.execute(asked.distinct().order_by(Shop.name))]


def figures(session: Session, *, since: date, today: date) -> Figures:
    """How well the complaints were answered that fell due since a day."""
    rows = session.execute(
        select(Complaint.subject, Complaint.due_on, Complaint.answered_at, Shop.name, Verdict.record, Finding.record)
        .outerjoin(Ticket, Ticket.id == Complaint.ticket_id)
        .outerjoin(Shop, Shop.id == Ticket.shop_id)
        .outerjoin(Verdict, Verdict.id == Complaint.verdict_id)
        .outerjoin(Finding, Finding.id == Complaint.finding_id)
        .where(Complaint.due_on >= since)
    ).all()
    answered = [row for row in rows if row.answered_at is not None]
    return Figures(
        received=len(rows), answered=len(answered), in_time=sum(in_time(row.due_on, row.answered_at) for row in answered),
        late_open=sum(row.answered_at is None and row.due_on < today for row in rows),
        subjects=Counter(row.subject for row in rows).most_common(),
        reasons=Counter(reason for row in rows for reason in _reasons(row[4], row[5])).most_common(),
        shops=Counter(row.name for row in rows if row.name).most_common(10),
    )  # fmt: skip


def _reasons(verdict: dict[str, object] | None, finding: dict[str, object] | None) -> list[str]:
    """Why it was denied what somebody complained about: the finding's reasons, else the verdict's."""
    told = (finding or verdict or {}).get("reasons")
    return [str(each) for each in told] if isinstance(told, list) else []
