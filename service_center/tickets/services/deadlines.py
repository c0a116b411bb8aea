"""Papers that were asked for (R11): until which day they are awaited, and what the rules' answer is when they did not come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.i18n import ROME, civil_day
from service_center.outbox.services import enqueue
from service_center.tickets.models import Ticket, Wait
from service_center.warranty.statutory import action_until, starts_on
from service_center.warranty.vocabulary import Reason, Seller, VerdictValue

PENDING = VerdictValue.PENDING_DOCS
RULES = ("R11", "R30")
A_WEEK = timedelta(days=7)
MORNING = time(8)
"""Nobody is written to in the middle of the night."""


def ask(session: Session, ticket: Ticket, wait: Wait, *, at: datetime, house: House) -> None:
    """The papers are awaited from this asking on, the last one counts: a reminder, and the end on the day after."""
    until = civil_day(at) + timedelta(days=house.brand.setting("proof_deadline_days"))
    wait.detail = {**wait.detail, "asked_at": at.isoformat(), "until": until.isoformat()}
    facts = {"ticket": ticket.code, "wait_id": wait.id, "asked_at": at.isoformat()}
    remind = at + timedelta(days=house.brand.setting("reminder_days"))
    enqueue(session, "papers_reminder", facts, now=at, not_before=remind, ticket_id=ticket.id)
    look_again(session, ticket, facts, now=at, on=until + timedelta(days=1))


def look_again(session: Session, ticket: Ticket, facts: dict[str, Any], *, now: datetime, on: date) -> None:
    """On that morning somebody sees whether the papers came."""
    morning = datetime.combine(on, MORNING, ROME)
    enqueue(session, "papers_deadline", facts, now=now, not_before=morning, ticket_id=ticket.id)


def asked_at(wait: Wait) -> datetime:
    """When the papers were last asked for."""
    return datetime.fromisoformat(wait.detail["asked_at"]) if "asked_at" in wait.detail else wait.opened_at


def awaited(detail: Mapping[str, Any]) -> date | None:
    """The last day on which papers are awaited, of a wait's detail; None where it says none."""
    return date.fromisoformat(detail["until"]) if "until" in detail else None


def awaited_until(wait: Wait, house: House) -> date:
    """The last day on which the papers are awaited."""
    return awaited(wait.detail) or civil_day(wait.opened_at) + timedelta(
        days=house.brand.setting("proof_deadline_days")
    )


def lapsed(record: dict[str, Any], ticket: Ticket, house: House) -> dict[str, Any]:
    """The rules' answer on a ticket whose papers did not come: what only waited for them is not covered, the rest stays."""
    waited = [part["verdict"] for part in (record, *record["findings"])]
    if ticket.papers_expired_on is None or PENDING not in waited:
        return record
    parts = [_lapsed(part) for part in record["findings"]]
    headline = _lapsed(record) if record["verdict"] == PENDING else record
    met = {code for part in parts for code in part["reasons"]} or set(headline["reasons"])
    reasons = [reason.value for reason in Reason if reason in met]
    cited = [*headline["rules"], *(rule for part in parts for rule in part["rules"])]
    return {
        **headline, "findings": parts, "verdict": _common(parts) or headline["verdict"], "reasons": reasons, "reason": reasons[0],
        "needs": [], "rules": list(dict.fromkeys(cited)), "legal_review": record["legal_review"] or _answers_by_law(ticket, house),
    }  # fmt: skip


def _lapsed(part: dict[str, Any]) -> dict[str, Any]:
    if part["verdict"] != PENDING:
        return part
    rules = list(dict.fromkeys([*part["rules"], *RULES]))
    lapse = {"verdict": VerdictValue.NOT_COVERED.value, "reason": Reason.PROOF.value, "advice": None, "rules": rules}
    return {**part, **lapse, "reasons": [*part["reasons"], Reason.PROOF.value]}


def _common(parts: Sequence[dict[str, Any]]) -> str | None:
    """The verdict of all parts, MIXED where they differ, None where there are none."""
    found = {part["verdict"] for part in parts}
    return None if not found else found.pop() if len(found) == 1 else VerdictValue.MIXED.value


def _answers_by_law(ticket: Ticket, house: House) -> bool:
    """Whether we sold it ourselves and still answer for it by law: then a person looks at the denial."""
    proof = ticket.proof
    if proof is None or proof.purchased_on is None or proof.seller != Seller.OWN_SHOP:
        return False
    start = starts_on(proof.purchased_on, proof.delivered_on)
    return civil_day(ticket.requested_at) <= action_until(house.rulebook.newest.law, start)
