"""Verdicts on tickets: the claim is made of what stands in the tables, and the answer is stored as it was made."""

from __future__ import annotations

import copy
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import ROME
from service_center.tickets import outcomes
from service_center.tickets.lifecycle import Action, WaitKind
from service_center.tickets.lineage import kin
from service_center.tickets.models import Finding, Goodwill, Ticket, Verdict
from service_center.tickets.queries import last_verdict, latest_verdict
from service_center.tickets.services.advancing import advance, check_version
from service_center.tickets.services.carrying import carry, take_back_goodwill
from service_center.tickets.services.deadlines import lapsed
from service_center.tickets.services.telling import announce
from service_center.warranty.assess import answer

# R11: without a date on a proof nothing can be computed; nothing disqualifies either.
NO_DATE: dict[str, Any] = {
    "verdict": "PENDING_DOCS", "reason": None, "reasons": [], "rules": ["R10", "R11"], "last_covered_day": None,
    "legal_review": False, "preliminary": True, "statutory_until": None, "needs": ["proof"], "advice": None, "terms": None, "findings": [],
}  # fmt: skip


def claim_of(session: Session, ticket: Ticket) -> dict[str, Any] | None:
    """The ticket as a claim (contract.md 4); None while the day of purchase is unknown."""
    proof = ticket.proof
    if proof is None or proof.purchased_on is None:
        return None
    findings = [{"component": f.component, "cause": f.cause} for f in ticket.findings]
    return {
        "id": ticket.code,
        "family": ticket.item.family,
        "seller": proof.seller,
        "second_hand": ticket.second_hand,
        "purchased_on": proof.purchased_on.isoformat(),
        "card_dated_on": proof.card_dated_on.isoformat() if proof.card_dated_on else None,
        "registered_on": proof.registered_on.isoformat() if proof.registered_on else None,
        "delivered_on": proof.delivered_on.isoformat() if proof.delivered_on else None,
        "requested_at": ticket.requested_at.astimezone(ROME).isoformat(),
        "request_evidence": ticket.request.evidence,
        "carrier_accepted_on": ticket.request.carrier_accepted_on.isoformat()
        if ticket.request.carrier_accepted_on
        else None,
        "proof": proof.kind,
        "card": proof.card,
        "water_mark": ticket.item.water_mark,
        "tampering": ticket.tampering,
        "previous_repairs": _previous_repairs(session, ticket),
        "findings": findings,
    }


def _previous_repairs(session: Session, ticket: Ticket) -> list[dict[str, str]]:
    """What we repaired on the same thing, or on what it replaced, before this request; not before its purchase."""
    rows = session.execute(
        select(Finding.component, Ticket.finished_at)
        .join(Ticket, Ticket.id == Finding.ticket_id)
        .where(
            Ticket.item_id.in_(kin(session, ticket.item_id)),
            Ticket.id != ticket.id,
            Ticket.finished_at < ticket.requested_at,
            Finding.action != "A20",
        )
    )
    proof = ticket.proof
    bought = proof.purchased_on if proof else None
    done = [(row.component, row.finished_at.astimezone(ROME).date()) for row in rows if row.finished_at is not None]
    return [{"component": c, "completed_on": d.isoformat()} for c, d in done if bought is None or d >= bought]


def bare_verdict(session: Session, ticket: Ticket, *, house: House) -> dict[str, Any]:
    """What the dates and papers alone say, as if nothing had been found."""
    claim = claim_of(session, ticket)
    record = answer({**claim, "findings": []}, house.rulebook).as_dict() if claim else {**NO_DATE, "id": ticket.code}
    return lapsed(record, ticket, house)


def reassess(session: Session, ticket: Ticket, occasion: str, *, actor: Actor, now: datetime, house: House) -> Verdict:
    """Assess anew and store the answer beside the old ones; what changed is told.

    A decision stays while the facts stay that it was made on; else it goes back to the desk.
    """
    before = last_verdict(session, ticket.id)
    claim = claim_of(session, ticket)
    record = answer(claim, house.rulebook).as_dict() if claim else {**NO_DATE, "id": ticket.code}
    record = copy.deepcopy(lapsed(record, ticket, house))
    lost = carry(
        ticket, record, before.record if before else None, claim, lambda: bare_verdict(session, ticket, house=house)
    )
    verdict = keep(session, ticket, Verdict(claim=claim or {}, record=record, occasion=occasion), actor=actor, now=now)
    last = record["last_covered_day"]
    ticket.last_covered_day = date.fromisoformat(last) if last else None
    for finding in lost:
        take_back_goodwill(session, ticket, finding.id if finding else None, now=now)
    if lost:
        _ask_for_decision(session, ticket, actor=actor, now=now, house=house)
    if before is not None:
        announce(session, ticket, before.record, record, occasion, now=now)
    return verdict


def keep(session: Session, ticket: Ticket, verdict: Verdict, *, actor: Actor, now: datetime) -> Verdict:
    """Store a verdict with its author beside the ones before it; the ticket's headline follows."""
    verdict.ticket_id, verdict.made_at = ticket.id, now
    verdict.made_by_id, verdict.made_by = actor.user_id, actor.name or actor.kind
    session.add(verdict)
    ticket.verdict, ticket.reason = outcomes.headline(verdict.record), outcomes.reason(verdict.record)
    return verdict


def add_finding(
    session: Session, ticket: Ticket, *, symptom: str, component: str, cause: str, action: str,
    actor: Actor, now: datetime, house: House, note: str = "", version: int | None = None,
) -> Finding:  # fmt: skip
    """Note what the bench found, with its verdict at once; an ambiguous one goes to the manager."""
    check_version(ticket, version)
    _refuse_unless_on_bench(ticket)
    finding = Finding(
        ticket_id=ticket.id, symptom=symptom, component=component, cause=cause, action=action, note=note, record={},
        found_at=now, found_by_id=actor.user_id,
    )  # fmt: skip
    ticket.findings.append(finding)
    ticket.version += 1
    session.flush()
    reassess(session, ticket, "finding", actor=actor, now=now, house=house)
    if ticket.verdict == "INVALID_INPUT":
        raise Refused("finding_impossible", field="component")
    _ask_for_decision(session, ticket, actor=actor, now=now, house=house)
    return finding


def remove_finding(
    session: Session, ticket: Ticket, finding_id: int, *, actor: Actor, now: datetime, house: House
) -> None:
    """Take a finding back; the verdict is made anew, visibly."""
    _refuse_unless_on_bench(ticket)
    found = next((f for f in ticket.findings if f.id == finding_id), None)
    if found is None:
        raise Refused("finding_gone")
    take_back_goodwill(session, ticket, found.id, now=now)
    session.execute(update(Goodwill).where(Goodwill.finding_id == found.id).values(finding_id=None))
    ticket.findings.remove(found)
    session.delete(found)
    ticket.version += 1
    session.flush()
    reassess(session, ticket, "finding", actor=actor, now=now, house=house)


def _ask_for_decision(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> None:
    waiting = any(w.kind is WaitKind.DECISION and w.closed_at is None for w in ticket.waits)
    lost = latest_verdict(session, ticket.id).record.get("outdated")
    if not waiting and (lost or any(finding.undecided for finding in ticket.findings)):
        advance(session, ticket, Action.ASK_DECISION, actor=actor, now=now, house=house)


def _refuse_unless_on_bench(ticket: Ticket) -> None:
    if ticket.status.value not in ("diagnosing", "repairing", "replacing"):
        raise Refused("not_on_the_bench")
