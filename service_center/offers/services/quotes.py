"""Quoting what the guarantee does not cover, and taking the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.offers.models import Quote
from service_center.offers.queries import open_quote, quotes
from service_center.outbox.services import enqueue
from service_center.tickets.lifecycle import Action, WaitKind
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import advance

# The version of the words above the two buttons; a new text gets a new one, and old answers keep theirs.
WORDING = "quote-1"
DEAREST = 1_000_000


@dataclass(frozen=True)
class Line:
    """One line of a quote: what is done for which finding, in cents with VAT."""

    text: str
    cents: int
    finding_id: int | None = None


def send_quote(
    session: Session, ticket: Ticket, lines: Sequence[Line], *, days_needed: int, actor: Actor, now: datetime, house: House, version: int | None = None
) -> Quote:  # fmt: skip
    """Freeze a quote and ask for the answer; valid for the house's days, today not counted (ERIF: 30 calendar days)."""
    if not lines or any(not line.text.strip() for line in lines):
        raise Refused("quote_empty", field="lines")
    if any(not 0 < line.cents <= DEAREST for line in lines):
        raise Refused("amount_impossible", field="lines")
    if not 1 <= days_needed <= 120:
        raise Refused("days_impossible", field="days_needed")
    total = sum(line.cents for line in lines)
    valid_until = civil_day(now) + timedelta(days=house.brand.setting("quote_valid_days"))
    facts = {
        "lines": [{"text": line.text, "cents": line.cents} for line in lines], "total_cents": total, "currency": "EUR",
        "valid_until": valid_until.isoformat(), "days_needed": days_needed,
    }  # fmt: skip
    advance(
        session,
        ticket,
        Action.SEND_QUOTE,
        actor=actor,
        now=now,
        house=house,
        version=version,
        facts=facts,
        detail={"total_cents": total},
    )
    ticket.quote_answer = None
    quote = Quote(
        ticket_id=ticket.id, lines=[{"text": line.text, "cents": line.cents, "finding_id": line.finding_id} for line in lines], total_cents=total,
        currency="EUR", vat_percent=house.brand.setting("vat_percent"), days_needed=days_needed, sent_at=now, sent_by_id=actor.user_id,
        valid_until=valid_until, wording=WORDING,
    )  # fmt: skip
    session.add(quote)
    session.flush()
    # It may be answered up to and with the last day; the night after, it is over.
    later = now + timedelta(days=house.brand.setting("quote_valid_days") + 1)
    enqueue(
        session,
        "quote_expiry",
        {"quote_id": quote.id, "ticket": ticket.code},
        now=now,
        not_before=later,
        ticket_id=ticket.id,
    )
    return quote


def answer(
    session: Session, ticket: Ticket, accepted: bool, *, actor: Actor, now: datetime, house: House, address: str = "", start_now: bool = False
) -> Quote:  # fmt: skip
    """The customer or the shop says yes or no, once; a quote that is over says so."""
    quote = open_quote(session, ticket.id)
    if quote is None:
        raise Refused("no_open_quote")
    if civil_day(now) > quote.valid_until:
        raise Refused("quote_over", valid_until=quote.valid_until)
    action = Action.ACCEPT_QUOTE if accepted else Action.REFUSE_QUOTE
    facts = {"total_cents": quote.total_cents, "currency": quote.currency}
    advance(session, ticket, action, actor=actor, now=now, house=house, facts=facts)
    quote.answer, quote.answered_at = ("accepted" if accepted else "refused"), now
    quote.answered_by, quote.answered_from, quote.start_now = actor.name or actor.kind, address[:45], start_now
    return quote


def expire(session: Session, ticket: Ticket, quote: Quote, *, actor: Actor, now: datetime, house: House) -> None:
    """Nobody answered in time."""
    if quote.answer is not None or civil_day(now) <= quote.valid_until:
        return
    advance(session, ticket, Action.EXPIRE_QUOTE, actor=actor, now=now, house=house)
    quote.answer, quote.answered_at = "expired", now


def withdraw_needless(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> Quote | None:
    """A quote asks for what is no longer to be paid: an open one needs no answer any more, an accepted one is owed no more."""
    quote = next(reversed(quotes(session, ticket.id)), None)
    if quote is None or quote.answer not in (None, "accepted") or _asks_what_is_owed(ticket, quote):
        return None
    if quote.answer is None:
        if not any(wait.kind is WaitKind.QUOTE and wait.closed_at is None for wait in ticket.waits):
            return None
        advance(session, ticket, Action.WITHDRAW_QUOTE, actor=actor, now=now, house=house)
        quote.answered_at = now
    quote.answer, ticket.quote_answer = "withdrawn", None
    return quote


def _asks_what_is_owed(ticket: Ticket, quote: Quote) -> bool:
    """Something is to be paid, and the quote names nothing besides."""
    paid = {finding.id for finding in ticket.findings if finding.outcome == "NOT_COVERED"}
    return bool(paid) and {line["finding_id"] for line in quote.lines if line.get("finding_id") is not None} <= paid
