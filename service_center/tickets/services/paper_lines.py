"""Which line of a paper a ticket claims, what a person says about a paper that was seen before, and what is covered on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import NotFound
from service_center.proofs.models import ProofFile, ProofLine, Reuse
from service_center.proofs.services import ReadLine, cover, write_lines
from service_center.tickets.models import Ticket
from service_center.tickets.paper_uses import uses
from service_center.tickets.services.bench import write_note


@dataclass(frozen=True)
class PaperRead:
    """What somebody read off the papers: the proof's fields, the goods, which of them this item is (counted from 0).

    `reuse_note` is why a paper that was seen before may stand all the same; empty: nobody said so.
    """

    facts: Mapping[str, Any]
    lines: tuple[ReadLine, ...] = ()
    mine: int | None = None
    reuse_note: str = ""


def claim_line(session: Session, ticket: Ticket, read: PaperRead) -> None:
    """The paper's lines as they were read, and the one that is this ticket's item."""
    proof = ticket.proof
    if proof is None:
        return
    ticket.proof_line_id = None
    session.flush()
    mine = select(ProofLine.id).where(ProofLine.proof_id == proof.id)
    claimed = session.scalars(select(Ticket.proof_line_id).where(Ticket.proof_line_id.in_(mine))).all()
    rows = write_lines(session, proof, read.lines, claimed=[each for each in claimed if each is not None])
    if read.mine is not None and read.mine < len(rows):
        ticket.proof_line_id = rows[read.mine].id


def settle_reuse(session: Session, ticket: Ticket, read: PaperRead, *, actor: Actor, now: datetime) -> None:
    """A paper that others use stays marked until a person says why it may stand; colleagues read it on the ticket."""
    proof = ticket.proof
    if proof is None:
        return
    session.flush()
    if not any(use.alarming for use in uses(session, ticket)):
        proof.reuse = Reuse.NEVER
    elif read.reuse_note.strip():
        proof.reuse = Reuse.LOOKED
        write_note(session, ticket, read.reuse_note, actor=actor, now=now)
    elif proof.reuse != Reuse.LOOKED:
        proof.reuse = Reuse.SEEN


@dataclass(frozen=True)
class Covered:
    """The picture of a paper under its masks, stored already."""

    masks: Sequence[Sequence[int]]
    masked_key: str
    thumb_key: str


def cover_paper(
    session: Session, ticket: Ticket, file_id: int, made: Covered, note: str, *, actor: Actor, now: datetime
) -> list[str]:
    """Hide what nobody else needs to see, with a note of who did; returns the keys of files that nobody needs any more."""
    file = session.get(ProofFile, file_id)
    if file is None or ticket.proof_id is None or file.proof_id != ticket.proof_id:
        raise NotFound
    shared = select(ProofFile.id).where(ProofFile.thumb_key == file.thumb_key, ProofFile.id != file.id).limit(1)
    thumb = "" if session.scalar(shared) else file.thumb_key
    spare = [key for key in (file.masked_key, thumb) if key]
    cover(file, made.masks, made.masked_key, made.thumb_key)
    write_note(session, ticket, note, actor=actor, now=now)
    ticket.version += 1
    return spare
