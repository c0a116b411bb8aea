"""The choice before the remedy: repair or replacement, explained and recorded for what the brand sold itself (B.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.tickets.clocks import Answers, Clock, Term, bought_of, law_of, of_claim
from service_center.tickets.lifecycle import COMING, Status
from service_center.tickets.models import Ticket, Verdict
from service_center.warranty.statutory import choice_is_told

REPAIR, REPLACEMENT = "repair", "replacement"
CHOICES = (REPAIR, REPLACEMENT)
BEFORE_REMEDY = COMING | {Status.RECEIVED, Status.TAKEN_IN_CHARGE, Status.DIAGNOSING}


def is_told(verdict: Verdict, *, house: House) -> bool:
    """Whether the choice is explained: the brand sold it, on a day for which the setting says so."""
    bought = bought_of(verdict.claim)
    law = law_of(bought, house)
    own = verdict.claim.get("seller") == "own_shop"
    return bought is not None and law is not None and own and choice_is_told(law, bought.purchased_on)


def is_open(ticket: Ticket) -> bool:
    """Whether the choice can still be made, or made anew."""
    return ticket.status in BEFORE_REMEDY


def choose(
    ticket: Ticket, verdict: Verdict, choice: str, wording: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """Keep what the consumer chose, with the words that were read before."""
    if choice not in CHOICES:
        raise Refused("choice_unknown", field="choice")
    if not is_open(ticket) or not is_told(verdict, house=house):
        raise Refused("choice_over")
    ticket.remedy_choice = {
        "choice": choice, "at": now.isoformat(), "by": actor.kind, "wording": wording,
    }  # fmt: skip
    ticket.version += 1


def repaired_before(session: Session, item_id: int) -> bool:
    """Whether this item was repaired under the law on some visit: the longer term is given once."""
    chosen = session.scalars(
        select(Ticket.remedy_choice).where(
            Ticket.item_id == item_id, Ticket.finished_at.is_not(None), Ticket.tested_by_id.is_not(None)
        )
    )
    return any((each or {}).get("choice") == REPAIR for each in chosen)


def _repaired_in(visits: Iterable[Ticket], item_id: int) -> bool:
    """The same, of visits that were read already."""
    return any(
        each.item_id == item_id and each.finished_at and each.tested_by_id and (each.remedy_choice or {}).get("choice") == REPAIR
        for each in visits
    )  # fmt: skip


def clocks_of(
    session: Session, ticket: Ticket, verdict: Verdict, *, house: House, visits: Sequence[Ticket] | None = None
) -> tuple[Clock, ...]:
    """The two terms of a ticket as they stand today; `visits` are its item's other ones, where they were read already."""
    seller = ticket.proof.seller_name if ticket.proof else ""
    if visits is None:
        again = repaired_before(session, ticket.item_id)
    else:
        again = _repaired_in([ticket, *visits], ticket.item_id)
    return of_claim(verdict.record, verdict.claim, house=house, seller_name=seller, repaired=again)


def longer_until(found: tuple[Clock, ...]) -> Clock | None:
    """The law's term, where a repair would extend it and the brand answers."""
    return next((c for c in found if c.term is Term.LEGAL and c.answers is Answers.BRAND), None)
