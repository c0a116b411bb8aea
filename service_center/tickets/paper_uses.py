"""Who else uses the paper of a ticket, and whether that is right: a proof is good for as many claims as it has lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from service_center.proofs.ledger import Twin, Why, twins
from service_center.proofs.models import ProofLine, Reuse
from service_center.proofs.queries import files, lines
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Item, Ticket

SHOWN = 12


class Right(StrEnum):
    """Why another ticket may stand on the same paper; NONE: a person has to look."""

    NONE = "none"
    OTHER_LINE = "other_line"
    SAME_ITEM = "same_item"
    CANCELLED = "cancelled"
    ENOUGH_LINES = "enough_lines"
    QUANTITY = "quantity"


@dataclass(frozen=True)
class Use:
    """Another ticket on the same paper: by what it was found, and which line it claims."""

    ticket: Ticket
    why: tuple[Why, ...]
    right: Right
    line: ProofLine | None
    mine: int | None
    theirs: int | None
    since: datetime

    @property
    def alarming(self) -> bool:
        """Whether a person has to look."""
        return self.right is Right.NONE


def uses(session: Session, ticket: Ticket) -> list[Use]:
    """Every other ticket on this ticket's paper, those that need a look first."""
    if ticket.proof is None:
        return []
    found = twins(session, ticket.proof, files(session, ticket.proof_id))
    others = _tickets(session, ticket, {twin.proof_id for twin in found})
    if not others:
        return []
    own = lines(session, ticket.proof_id)
    claimed = _claimed(session, [ticket, *others])
    made = [_use(ticket, other, found, own, claimed, len(others)) for other in others]
    return sorted(made, key=lambda each: not each.alarming)


def mark(session: Session, ticket: Ticket) -> None:
    """Papers are marked as they come, by themselves alone; of tickets that came together we know more by now."""
    if (
        ticket.proof is not None
        and ticket.proof.reuse == Reuse.SEEN
        and not any(use.alarming for use in uses(session, ticket))
    ):
        ticket.proof.reuse = Reuse.NEVER


def _tickets(session: Session, ticket: Ticket, proofs: set[int]) -> Sequence[Ticket]:
    return session.scalars(
        select(Ticket)
        .where(Ticket.proof_id.in_({*proofs, ticket.proof_id}), Ticket.id != ticket.id)
        .options(joinedload(Ticket.customer), joinedload(Ticket.item).joinedload(Item.model), joinedload(Ticket.proof))
        .order_by(Ticket.id)
        .limit(SHOWN)
    ).all()


def _claimed(session: Session, tickets: Sequence[Ticket]) -> dict[int, ProofLine]:
    """The line of each ticket that claims one."""
    ids = {each.proof_line_id for each in tickets if each.proof_line_id is not None}
    rows = {row.id: row for row in session.scalars(select(ProofLine).where(ProofLine.id.in_(ids)))} if ids else {}
    return {each.id: rows[each.proof_line_id] for each in tickets if each.proof_line_id in rows}


def _use(
    ticket: Ticket, other: Ticket, found: Sequence[Twin], own: Sequence[ProofLine], claimed: Mapping[int, ProofLine], number: int
) -> Use:  # fmt: skip
    mine, theirs = claimed.get(ticket.id), claimed.get(other.id)
    same_line = mine is not None and theirs is not None and _same(mine, theirs)
    why = [twin for twin in found if twin.proof_id == other.proof_id]
    shown = next((twin for twin in why if twin.theirs is not None), None)
    reasons = [twin.why for twin in why] + ([Why.LINE] if same_line or not why else [])
    return Use(
        other, tuple(reasons), _right(ticket, other, own, claimed, number), theirs,
        shown.mine if shown else None, shown.theirs if shown else None, other.requested_at,
    )  # fmt: skip


def _right(
    ticket: Ticket, other: Ticket, own: Sequence[ProofLine], claimed: Mapping[int, ProofLine], number: int
) -> Right:
    """The order of the questions: given up, the same thing again, another line, enough pieces on the line, lines enough."""
    if other.status is Status.CANCELLED:
        return Right.CANCELLED
    if other.item_id == ticket.item_id or other.id == ticket.repeats_id or other.repeats_id == ticket.id:
        return Right.SAME_ITEM
    mine, theirs = claimed.get(ticket.id), claimed.get(other.id)
    if mine is None or theirs is None:
        room = sum(line.quantity for line in own)
        return Right.ENOUGH_LINES if number < room or other.request_id == ticket.request_id else Right.NONE
    if not _same(mine, theirs):
        return Right.OTHER_LINE
    pieces = sum(line.quantity for line in own if _same(line, mine))
    claims = sum(_same(line, mine) for line in claimed.values())
    return Right.QUANTITY if claims <= pieces else Right.NONE


def _same(one: ProofLine, other: ProofLine) -> bool:
    """The same thing on two readings of a paper: by its row, its EAN, or its words."""
    if one.id == other.id:
        return True
    if one.ean and other.ean:
        return one.ean == other.ean
    return _plain(one.text) == _plain(other.text)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
