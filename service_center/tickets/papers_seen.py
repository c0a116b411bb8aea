"""What a sender reads when their paper was sent before: that a person will look, and nothing about anybody else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from service_center.core.i18n import _
from service_center.core.uploads import Kept
from service_center.proofs.ledger import seen_before


def words_if_seen(session: Session, kept: Iterable[Kept], *, besides: int | None = None) -> str:
    """The sentence, or nothing; papers of the proof `besides` are the sender's own."""
    return seen() if seen_before(session, kept, besides=besides) else ""


def seen() -> str:
    """Neutral: one receipt for several things is right, and most people are."""
    return _("We have seen this paper before: a person will look at it. You need do nothing.")
