"""Hanging files on a proof, and a person's look at it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.likeness import pieces
from service_center.core.uploads import Kept
from service_center.outbox.services import enqueue
from service_center.proofs.documents import KINDS, Document
from service_center.proofs.ledger import twins
from service_center.proofs.models import ProofFile, ProofLine, ProofLook, ProofOfPurchase, Reuse

CHECKED = (
    "kind", "document", "seller", "seller_name", "vat_number", "purchased_on", "number", "total_cents", "card", "card_dated_on",
    "delivered_on", "legible",
)  # fmt: skip
"""What a person reads off the papers and confirms."""


@dataclass(frozen=True)
class ReadLine:
    """One thing that was bought, as somebody read it; `id` is the line's own where it stood there before."""

    text: str
    quantity: int = 1
    total_cents: int | None = None
    ean: str = ""
    id: int | None = None


def attach(session: Session, proof: ProofOfPurchase, files: Sequence[Kept], *, now: datetime) -> list[ProofFile]:
    """Stored files become files of the proof, which is in the session by now or goes there with them.

    A machine reads each when there is time, and a paper that was sent before is marked for a person's look.
    """
    session.add(proof)
    session.flush()
    rows = [
        ProofFile(
            proof_id=proof.id, storage_key=kept.storage_key, preview_key=kept.preview_key, thumb_key=kept.thumb_key,
            media_type=kept.media_type, sha256=kept.sha256, width=kept.width, height=kept.height, pages=kept.pages,
            name=kept.name, added_at=now, likeness=kept.likeness,
        )
        for kept in files
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    for row in rows:
        session.add_all(ProofLook(piece=piece, file_id=row.id) for piece in pieces(row.likeness))
        enqueue(session, "read_proof", {"file_id": row.id}, now=now)
    session.flush()
    if rows and twins(session, proof, rows):
        proof.reuse = Reuse.SEEN
    return rows


def look_again(session: Session, file: ProofFile) -> None:
    """A machine has read the paper by now: two that only look alike bear other numbers and days."""
    proof = session.get_one(ProofOfPurchase, file.proof_id)
    own = session.scalars(select(ProofFile).where(ProofFile.proof_id == proof.id)).all()
    if proof.reuse == Reuse.SEEN and not twins(session, proof, own):
        proof.reuse = Reuse.NEVER


def confirm(proof: ProofOfPurchase, read: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """A person looked: what they read off the papers counts from now on; no amount stands on a paper without prices."""
    for name in CHECKED:
        if name in read:
            setattr(proof, name, read[name])
    kind = next((KINDS[each] for each in Document if each.value == proof.document), None)
    if kind is not None and not kind.priced:
        proof.total_cents = None
    proof.checked_by_id, proof.checked_at = actor.user_id, now


def write_lines(
    session: Session, proof: ProofOfPurchase, lines: Sequence[ReadLine], *, claimed: Collection[int] = ()
) -> list[ProofLine]:
    """The paper's lines as they were read now. A line that stood there keeps its row, and one that others claimed stays."""
    session.flush()
    known = {line.id: line for line in session.scalars(select(ProofLine).where(ProofLine.proof_id == proof.id))}
    rows = []
    for place, read in enumerate(lines, 1):
        row = (known.pop(read.id, None) if read.id is not None else None) or ProofLine(proof_id=proof.id)
        row.place, row.text, row.quantity = place, read.text, read.quantity
        row.total_cents, row.ean = read.total_cents, read.ean
        rows.append(row)
    session.add_all(rows)
    for left in known.values():
        if left.id not in claimed:
            session.delete(left)
    session.flush()
    return rows


def cover(file: ProofFile, masks: Sequence[Sequence[int]], masked_key: str, thumb_key: str) -> None:
    """From now on everybody but the person who confirms sees the paper without what lies under the masks."""
    file.masks, file.masked_key, file.thumb_key = [list(each) for each in masks], masked_key, thumb_key
