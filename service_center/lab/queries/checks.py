"""What a ticket's check list, signatures and seals look like now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service_center.core.goods import ListedCheck, Stage
from service_center.core.house import House
from service_center.tickets import checking
from service_center.tickets.bench_models import Check, Seal, Waiver
from service_center.tickets.casefile import CaseFile
from service_center.tickets.checking import Hold
from service_center.tickets.lifecycle import IN_HOUSE, Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import held


@dataclass(frozen=True)
class Desk:
    """`stage` is the list that is open, `lines` are its checks, `given` every answer; `holds` is what keeps the item here.

    `seal` closed it at this visit, `before` at the last one.
    """

    stage: Stage | None
    lines: tuple[ListedCheck, ...]
    given: Mapping[tuple[str, str], Check]
    holds: Sequence[Hold]
    waivers: Sequence[Waiver]
    seal: Seal | None
    before: Seal | None
    to_seal: bool
    to_ask: bool


def desk(session: Session, ticket: Ticket, *, house: House, file: CaseFile | None = None) -> Desk:
    """Everything of it for one ticket."""
    goods, stage, testing = house.brand.goods, checking.stage_of(ticket.status), ticket.status is Status.TESTING
    file = file or CaseFile(session, ticket)
    seal, before = checking.seals(session, ticket)
    return Desk(
        stage=stage,
        lines=goods.checks_of(ticket.item.family, stage) if stage else (),
        given=file.given,
        holds=held(session, ticket, house=house, file=file) if testing else (),
        waivers=file.waivers if testing else (),
        seal=seal,
        before=before,
        to_seal=ticket.status in checking.SEALED_IN and goods.can_be_sealed(ticket.item.family),
        to_ask=before is not None and ticket.status in IN_HOUSE,
    )
