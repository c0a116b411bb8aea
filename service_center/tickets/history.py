"""The chain of a ticket's events: every link holds the digest of the one before, so no past can be rewritten unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event as the chain sees it; `text_digest` is the salted digest of its words, or empty."""

    ticket_code: str
    seq: int
    at: datetime
    actor: str
    action: str
    source: str | None
    target: str
    text_digest: str
    previous: str
    digest: str


def text_digest(text: str, salt: str) -> str:
    """What the chain keeps of personal words: without the salt, which erasure removes, nobody can guess them."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def link_digest(
    code: str,
    seq: int,
    at: datetime,
    actor: str,
    action: str,
    source: str | None,
    target: str,
    words: str,
    previous: str,
) -> str:
    """SHA-256 over the event's fields and the digest before it."""
    fields = [code, seq, at.astimezone(UTC).isoformat(), actor, action, source, target, words, previous]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def first_fault(links: Iterable[Link]) -> str | None:
    """The first broken place of one ticket's chain, as a sentence; None when it is whole."""
    previous, expected = BEGINNING, 1
    for link in links:
        if link.seq != expected:
            return f"{link.ticket_code}: event {expected} is missing"
        if link.previous != previous:
            return f"{link.ticket_code}: event {link.seq} does not follow event {link.seq - 1}"
        whole = link_digest(
            link.ticket_code, link.seq, link.at, link.actor, link.action, link.source, link.target, link.text_digest, link.previous
        )  # fmt: skip
        if whole != link.digest:
            return f"{link.ticket_code}: event {link.seq} was changed"
        previous, expected = link.digest, expected + 1
    return None
