"""A draft begins, is kept page by page, and is sent exactly once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service_center.accounts.actor import PUBLIC
from service_center.accounts.tokens import digest, new_secret
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.core.uploads import Kept
from service_center.intake.draft import Draft, from_json, to_json
from service_center.intake.models import IntakeDraft
from service_center.intake.queries import DRAFT_LASTS
from service_center.outbox.services import enqueue
from service_center.proofs.models import Registration
from service_center.proofs.registrations import hand_over
from service_center.proofs.services import attach
from service_center.tickets.models import Ticket
from service_center.tickets.paper_uses import mark
from service_center.tickets.services import opening


@dataclass(frozen=True)
class Sending:
    """One item as it goes out, and the papers that hang on its proof; `receipt_of`: the registration whose receipt goes along."""

    item: opening.NewItem
    papers: Sequence[Kept]
    receipt_of: Registration | None = None


def begin(session: Session, *, now: datetime) -> tuple[str, IntakeDraft]:
    """A new draft and the secret by which its browser knows it."""
    secret = new_secret()
    row = IntakeDraft(token_hash=digest(secret), data=to_json(Draft()), created_at=now, updated_at=now)
    session.add(row)
    # One sweep a day, asked for by whoever begins a draft that may have to be forgotten.
    over = now + DRAFT_LASTS + timedelta(days=1)
    enqueue(session, "forget_drafts", {}, now=now, not_before=over, key=f"forget-drafts-{civil_day(over)}")
    session.flush()
    return secret, row


def keep(row: IntakeDraft, draft: Draft, *, now: datetime) -> None:
    """What was typed stays, right or wrong."""
    row.data, row.updated_at = to_json(draft), now


def discard(session: Session, row: IntakeDraft) -> list[str]:
    """Forget a draft; returns the keys of its files, to be deleted after the transaction. What was sent stays sent."""
    keys = [] if row.request_id else keys_of(from_json(row.data))
    session.delete(row)
    return keys


def keys_of(draft: Draft) -> list[str]:
    """The storage keys of a draft's files."""
    return [key for kept in draft.files() for key in (kept.storage_key, kept.preview_key, kept.thumb_key)]


def send(
    session: Session, row: IntakeDraft, asking: opening.Asking, items: Sequence[Sending], *, secret: str, now: datetime, house: House
) -> list[Ticket]:  # fmt: skip
    """Open a ticket for each item. The caller holds the row locked and saw that it was not sent yet."""
    opened = opening.open(session, asking, [each.item for each in items], actor=PUBLIC, now=now, house=house)
    tickets = [each.ticket for each in opened]
    for ticket, sending in zip(tickets, items, strict=True):
        if ticket.proof is not None and sending.receipt_of is not None:
            hand_over(session, sending.receipt_of, ticket.proof)
        if ticket.proof is not None and sending.papers:
            attach(session, ticket.proof, sending.papers, now=now)
        ticket.pin_hash = digest(pin_of(secret, ticket.code))
    for ticket in tickets[1:]:
        mark(session, ticket)
    # From now on the answers live in the tickets, and only there.
    row.request_id, row.data, row.updated_at = tickets[0].request_id, {}, now
    session.flush()
    return tickets


def pin_of(secret: str, code: str) -> str:
    """The PIN of a ticket that was asked for here: made of the browser's own secret, so that sending twice, going back or
    printing the slip again shows the same one, although we keep nothing but its digest."""
    mixed = hmac.new(secret.encode(), code.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mixed[:8]) % 1_000_000:06d}"
