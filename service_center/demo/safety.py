"""The demo's safety register: what the intake stopped, one flag at the bench kept apart, one that ended."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role, User
from service_center.core.house import House
from service_center.tickets import queries
from service_center.tickets.lifecycle import ON_BENCH, Status
from service_center.tickets.models import Item, SafetyReport, Ticket
from service_center.tickets.services import safety
from service_center.tickets.services.safety import Seen

STOPPED = 10
HOT = "In carica la cassa scotta e il vetro si è sollevato da un lato."
SKIN = "Al banco si stacca la placcatura interna; il cliente parla di prurito."
DONE = "Misurato il rilascio di nichel su tre punti: entro i limiti. Informato il cliente."


def show(session: Session, house: House) -> None:
    """Once: what is there already stays."""
    boss = session.scalars(select(User).where(User.demo, User.role == Role.MANAGER)).first()
    if boss is None or session.scalars(select(SafetyReport.id).limit(1)).first() is not None:
        return
    who, now = Actor(boss.role.value, boss.id, boss.name), house.now()
    asked = session.scalars(
        select(Ticket).where(Ticket.safety, Ticket.status == Status.REQUESTED).order_by(Ticket.id).limit(STOPPED)
    )
    for ticket in asked.all():
        safety.at_opening(session, ticket, actor=Actor("public"), now=ticket.requested_at, house=house)
    hot = _on_bench(session, who, Item.family == "smartwatch")
    if hot is not None:
        report = safety.flag(session, hot, Seen("overheating", HOT, lot="SW21-2611"), actor=who, now=now, house=house)
        safety.isolate(session, hot, report, "Cassa ignifuga 1", actor=who, now=now)
    skin = _on_bench(session, who, Item.family == "jewel")
    if skin is not None:
        report = safety.flag(session, skin, Seen("skin", SKIN, injury=True), actor=who, now=now, house=house)
        safety.end(session, skin, report, "safe", DONE, actor=who, now=now, house=house)


def _on_bench(session: Session, who: Actor, family: object) -> Ticket | None:
    code = session.scalars(
        select(Ticket.code)
        .join(Item, Item.id == Ticket.item_id)
        .where(Ticket.status.in_(ON_BENCH), Ticket.safety.is_(False), family)  # type: ignore[arg-type]
        .order_by(Ticket.id.desc())
        .limit(1)
    ).first()
    return queries.get(session, code, seen_by=who) if code else None
