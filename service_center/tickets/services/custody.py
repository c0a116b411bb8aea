"""Writing the chain of hands: a row for each step that hands the item on, taken back with the step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Shop, User
from service_center.tickets.bench_models import Custody
from service_center.tickets.custody import HANDS_TO, SIGNED, Chain, Holder, Link, chain, worst
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Event, Ticket

LONGEST = 120


def hand_on(
    session: Session, ticket: Ticket, event: Event, *, actor: Actor, note: str = "", facts: Mapping[str, Any] | None = None
) -> None:  # fmt: skip
    """The step was taken: note in whose hands the item is now, unless it stays in the same ones."""
    holder = HANDS_TO.get(event.action)
    if holder is None:
        return
    holder, name = _whose(session, ticket, event.action, holder, actor, facts or {})
    last = session.scalars(_standing(ticket.id).order_by(Custody.id.desc()).limit(1)).first()
    if last is not None and (last.holder, last.name) == (holder.value, name):
        return
    session.add(
        Custody(
            ticket_id=ticket.id, event_id=event.id, holder=holder.value, name=name[:LONGEST], since=event.at,
            condition=worst([*ticket.condition.values()]), signed_by=_signature(event.action, actor, note)[:LONGEST],
        )
    )  # fmt: skip


def take_back(session: Session, undone: Event, by: Event) -> None:
    """The step was undone: whoever had it before has it still."""
    for row in session.scalars(select(Custody).where(Custody.event_id == undone.id, Custody.taken_back_at.is_(None))):
        row.taken_back_at = by.at


def grade(session: Session, ticket: Ticket) -> None:
    """The item was looked at: its condition belongs to the hand-over that brought it here."""
    last = session.scalars(_standing(ticket.id).order_by(Custody.id.desc()).limit(1)).first()
    if last is not None and last.holder == Holder.DOCK:
        last.condition = worst([*ticket.condition.values()])


def chain_of(session: Session, ticket: Ticket) -> Chain:
    """Who has it, and who had it; two queries."""
    rows: Sequence[Custody] = session.scalars(_standing(ticket.id).order_by(Custody.id)).all()
    known = {each.value for each in Holder}
    links = [
        Link(Holder(row.holder), row.since, row.name, row.condition, row.signed_by)
        for row in rows
        if row.holder in known
    ]
    return _of_nobody_else(session, ticket, chain(links, ticket.status, of_shop=ticket.shop_id is not None))


def _of_nobody_else(session: Session, ticket: Ticket, found: Chain) -> Chain:
    """A colleague took it over at the bench without a step: it is no longer at the bench of whoever began."""
    if found.now.holder is not Holder.BENCH or not found.now.name or ticket.claimed_by_id is None:
        return found
    worker = session.get(User, ticket.claimed_by_id)
    same = worker is not None and worker.name == found.now.name
    return found if same else replace(found, now=replace(found.now, name=""))


def _standing(ticket_id: int) -> Any:
    return select(Custody).where(Custody.ticket_id == ticket_id, Custody.taken_back_at.is_(None))


def _whose(
    session: Session, ticket: Ticket, action: Action, holder: Holder, actor: Actor, facts: Mapping[str, Any]
) -> tuple[Holder, str]:
    """The holder with a name: the courier's, the technician's, the shop's; a customer is not named."""
    if holder is Holder.COURIER:
        return holder, str(facts.get("courier", ""))
    if holder is Holder.BENCH:
        return holder, actor.name
    shop = session.get(Shop, ticket.shop_id) if holder is Holder.CUSTOMER and ticket.shop_id is not None else None
    if shop is None or (action in SIGNED and not _goes_to(ticket, shop)):
        return holder, ""
    return Holder.SHOP, shop.name


def _goes_to(ticket: Ticket, shop: Shop) -> bool:
    """Whether the way back ends at the shop."""
    to, at = (ticket.return_street, ticket.return_postal_code), (shop.street, shop.postal_code)
    return to == at or not ticket.return_street.strip()


def _signature(action: Action, actor: Actor, note: str) -> str:
    """Who took it: the name that was typed, else whoever says that it arrived at theirs."""
    if action not in SIGNED:
        return ""
    return note.strip() or ("" if actor.in_lab or actor.kind == "system" else actor.name)
