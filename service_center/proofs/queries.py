"""Questions about proofs of purchase."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.proofs.models import ProofFile, ProofLine


def files(session: Session, proof_id: int | None) -> Sequence[ProofFile]:
    """A proof's files, the oldest first."""
    if proof_id is None:
        return []
    return session.scalars(select(ProofFile).where(ProofFile.proof_id == proof_id).order_by(ProofFile.id)).all()


def lines(session: Session, proof_id: int | None) -> Sequence[ProofLine]:
    """What stands on a proof, in its order."""
    if proof_id is None:
        return []
    return session.scalars(
        select(ProofLine).where(ProofLine.proof_id == proof_id).order_by(ProofLine.place, ProofLine.id)
    ).all()
