"""Who reads: customers are addressed with tu, shops, the lab and papers impersonally."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from service_center.core.i18n import Later

Reader = Literal["customer", "shop", "lab", "paper"]
"""Whom the words are for; the public status page and the owner's page are both the customer's."""


@dataclass(frozen=True)
class Voiced:
    """One sentence in two voices: to the customer, and impersonally to everybody else."""

    tu: Later
    impersonal: Later

    def to(self, reader: Reader, **facts: object) -> str:
        """The sentence for this reader, with its facts filled in."""
        words = self.tu if reader == "customer" else self.impersonal
        return words % facts if facts else str(words)


def same(words: Later) -> Voiced:
    """A sentence that everybody reads alike."""
    return Voiced(words, words)
