"""Hanging files on a proof, and a person's look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.uploads import Kept
from service_center.proofs.models import ProofFile, ProofOfPurchase

CHECKED = (
    "kind",
    "seller",
    "seller_name",
    "purchased_on",
    "number",
    "total_cents",
    "card",
    "card_dated_on",
    "delivered_on",
    "legible",
)
"""What a person reads off the papers and confirms."""


def attach(session: Session, proof: ProofOfPurchase, files: Sequence[Kept], *, now: datetime) -> list[ProofFile]:
    """Stored files become files of the proof, which is in the session by now or goes there with them."""
    session.add(proof)
    session.flush()
    rows = [
        ProofFile(
            proof_id=proof.id, storage_key=kept.storage_key, preview_key=kept.preview_key, thumb_key=kept.thumb_key,
            media_type=kept.media_type, sha256=kept.sha256, width=kept.width, height=kept.height, pages=kept.pages,
            name=kept.name, added_at=now,
        )
        for kept in files
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    return rows


def confirm(proof: ProofOfPurchase, read: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """A person looked: what they read off the papers counts from now on."""
    for name in CHECKED:
        if name in read:
            setattr(proof, name, read[name])
    proof.checked_by_id, proof.checked_at = actor.user_id, now
