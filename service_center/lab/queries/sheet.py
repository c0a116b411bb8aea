"""All that one ticket's screen shows, in a fixed number of queries; and one ticket held for a change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Shop, User
from service_center.catalogue.models import Part
from service_center.catalogue.queries import Test, parts_for, tests_of
from service_center.core.house import House
from service_center.lab.queries.checks import Desk, desk
from service_center.messages.models import Complaint, Message
from service_center.messages.queries import complaints_on, thread
from service_center.proofs.models import ProofFile
from service_center.proofs.queries import files
from service_center.tickets import lineage, queries
from service_center.tickets.casefile import CaseFile
from service_center.tickets.clocks import Clock
from service_center.tickets.lifecycle import Facts
from service_center.tickets.models import (
    Measurement,
    Note,
    PartReserved,
    PartUsed,
    Photo,
    Ticket,
    Verdict,
)
from service_center.tickets.services.remedy import clocks_of
from service_center.tickets.shelves import kept_for


@dataclass(frozen=True)
class Sheet:
    """A ticket as the bench sees it; `people` are names by number, `kin` the item and what it replaced or was replaced by."""

    ticket: Ticket
    facts: Facts
    verdict: Verdict
    verdicts: Sequence[Verdict]
    clocks: Sequence[Clock]
    history: Sequence[queries.Happening]
    photos: Sequence[Photo]
    papers: Sequence[ProofFile]
    readings: Sequence[Measurement]
    tests: Mapping[str, Test]
    needed: Sequence[str]
    parts_used: Sequence[PartUsed]
    parts: Sequence[Part]
    parts_kept: Sequence[tuple[PartReserved, Part]]
    notes: Sequence[Note]
    thread: Sequence[Message]
    complaints: Sequence[Complaint]
    visits: Sequence[Ticket]
    kin: Sequence[int]
    people: Mapping[int, str]
    shop: Shop | None
    desk: Desk


def sheet(session: Session, code: str, *, reader: Actor, house: House) -> Sheet:
    """Everything about one ticket; NotFound when there is none."""
    ticket = queries.get(session, code, seen_by=reader)
    made = queries.verdicts(session, ticket.id)
    latest, history, kin = made[-1], queries.timeline(session, ticket.id), lineage.kin(session, ticket.item_id)
    file, visits = CaseFile(session, ticket, steps=history[::-1]), queries.earlier_visits(session, ticket, of=kin)
    return Sheet(
        ticket=ticket,
        facts=queries.facts_of(session, ticket, actor=reader, house=house, file=file),
        verdict=latest,
        verdicts=made,
        clocks=clocks_of(session, ticket, latest, house=house, visits=visits),
        history=history,
        photos=queries.photos(session, ticket.id),
        papers=files(session, ticket.proof_id),
        readings=file.readings,
        tests=tests_of(house.brand, ticket.item.family, ticket.item.model),
        needed=queries.needed_tests(ticket, house=house),
        parts_used=queries.parts_used(session, ticket.id),
        parts=parts_for(session, ticket.item.family),
        parts_kept=kept_for(session, ticket.id),
        notes=queries.notes(session, ticket.id),
        thread=thread(session, ticket.id),
        complaints=complaints_on(session, ticket.id, seen_by=reader),
        visits=visits,
        kin=kin,
        people=_names(session, ticket),
        shop=session.get(Shop, ticket.shop_id) if ticket.shop_id is not None else None,
        desk=desk(session, ticket, house=house, file=file),
    )


def _names(session: Session, ticket: Ticket) -> dict[int, str]:
    """Who decided something about it."""
    ids = {found.decided_by_id for found in ticket.findings if found.decided_by_id is not None}
    if not ids:
        return {}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(sorted(ids))))}
