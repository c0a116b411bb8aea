"""The demo's replacements: a smartwatch that is no longer made, what stands in for it, and offers at every stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor, customer
from service_center.accounts.models import Role, User
from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.offers.services import replacements
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Item, Ticket, Wait

FUNCTIONS = {
    "OPSSW-21": ("chiamate Bluetooth", "battito cardiaco", "contapassi", "sonno"),
    "OPSSW-34": ("chiamate Bluetooth", "battito cardiaco", "contapassi", "sonno", "schermo Amoled", "ossigeno nel sangue"),
    "OPSPW-655": ("cronografo", "datario"), "OPSPW-482": ("datario",), "OPSPW-310": ("datario",), "OPSPW-127": (),
}  # fmt: skip
NO_LONGER_MADE = ("OPSSW-21", "OPSPW-310")
NEW = (
    ("OPSSW-40", "Call Smartwatch 2", 10900, ("chiamate Bluetooth", "battito cardiaco", "contapassi", "sonno")),
    ("OPSSW-52", "Touch Slim", 5900, ("contapassi", "sonno")),
)
STAGES = ("offered", "chosen", "booked")


def show(session: Session, house: House) -> None:
    """Put the range in order and offer something for the first few smartwatches that wait on the bench."""
    if session.scalars(select(Model.id).where(Model.code == NEW[0][0])).first() is not None:
        return
    for code, functions in FUNCTIONS.items():
        for known in session.scalars(select(Model).where(Model.code == code)):
            known.functions, known.current = list(functions), code not in NO_LONGER_MADE
    session.add_all(
        Model(
            code=code, name=name, family="smartwatch", list_price_cents=price, current=True, functions=list(functions)
        )
        for code, name, price, functions in NEW
    )
    session.flush()
    for stage, code in zip(STAGES, _waiting(session), strict=False):
        _play(session, code, stage, now=house.now(), house=house)


def _waiting(session: Session) -> list[str]:
    """Covered smartwatches on the bench of which nothing is awaited, of the model that is no longer made first."""
    open_waits = select(Wait.id).where(Wait.ticket_id == Ticket.id, Wait.closed_at.is_(None)).exists()
    rows = session.scalars(
        select(Ticket.code)
        .join(Item, Item.id == Ticket.item_id)
        .outerjoin(Model, Model.id == Item.model_id)
        .where(
            Item.family == "smartwatch", Ticket.status.in_((Status.DIAGNOSING, Status.REPAIRING)), Ticket.verdict == "COVERED", ~open_waits,
            Ticket.findings.any(), Ticket.safety.is_(False),
        )
        .order_by(Ticket.shop_id.is_not(None), Model.code, Ticket.id)
        .limit(len(STAGES))
    )  # fmt: skip
    return list(rows)


def _play(session: Session, code: str, stage: str, *, now: datetime, house: House) -> None:
    user = session.scalars(select(User).where(User.role == Role.TECHNICIAN, User.demo).order_by(User.id)).first()
    if user is None:
        return
    bench = Actor(user.role.value, user.id, user.name)
    ticket = queries.locked(session, code, seen_by=bench)
    chosen, other = (
        session.scalars(select(Model).where(Model.code == each)).one() for each in ("OPSSW-34", "OPSSW-40")
    )
    ids = [other.id, chosen.id] if ticket.item.model_id != chosen.id else [chosen.id]
    replacements.offer(
        session,
        ticket,
        ids,
        why="discontinued" if not ticket.item.model or not ticket.item.model.current else "no_part",
        actor=bench,
        now=now,
        house=house,
    )
    if stage == "offered":
        return
    replacements.choose(
        session, ticket, chosen.id, actor=customer(ticket.id, ticket.customer.name), now=now, house=house
    )
    if stage == "booked":
        replacements.book(session, ticket, chosen.code, "SW34-0077120", actor=bench, now=now)
    session.flush()
