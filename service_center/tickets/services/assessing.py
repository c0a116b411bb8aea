"""Verdicts on tickets: the claim is made of what stands in the tables, and the answer is stored as it was made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import ROME
from service_center.core.uploads import Kept
from service_center.proofs.models import ProofOfPurchase
from service_center.proofs.services import attach
from service_center.tickets.lifecycle import Action, WaitKind
from service_center.tickets.models import Finding, Item, Ticket, Verdict
from service_center.tickets.services.advancing import advance, check_version
from service_center.warranty.assess import answer
from service_center.warranty.vocabulary import Card, Proof, Seller

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
    """What we repaired on the same item before this request, not before its purchase."""
    rows = session.execute(
        select(Finding.component, Ticket.finished_at)
        .join(Ticket, Ticket.id == Finding.ticket_id)
        .join(Item, Item.id == Ticket.item_id)
        .where(
            Ticket.item_id == ticket.item_id,
            Ticket.id != ticket.id,
            Ticket.finished_at < ticket.requested_at,
            Finding.action != "A20",
        )
    )
    proof = ticket.proof
    bought = proof.purchased_on if proof else None
    done = [(row.component, row.finished_at.astimezone(ROME).date()) for row in rows if row.finished_at is not None]
    return [{"component": c, "completed_on": d.isoformat()} for c, d in done if bought is None or d >= bought]


def reassess(session: Session, ticket: Ticket, occasion: str, *, actor: Actor, now: datetime, house: House) -> Verdict:
    """Assess anew and store the answer beside the old ones; findings and headline take it over. A decision stays."""
    claim = claim_of(session, ticket)
    record = answer(claim, house.rulebook).as_dict() if claim else {**NO_DATE, "id": ticket.code}
    verdict = Verdict(
        ticket_id=ticket.id,
        made_at=now,
        made_by_id=actor.user_id,
        made_by=actor.name or actor.kind,
        occasion=occasion,
        claim=claim or {},
        record=record,
    )
    session.add(verdict)
    for finding, part in zip(ticket.findings, record["findings"], strict=False):
        finding.verdict, finding.record = part["verdict"], part
    for finding in ticket.findings[len(record["findings"]) :]:
        finding.verdict, finding.record = record["verdict"], {**record, "findings": []}
    ticket.verdict, ticket.reason = headline(ticket, record)
    last = record["last_covered_day"]
    ticket.last_covered_day = date.fromisoformat(last) if last else None
    return verdict


def headline(ticket: Ticket, record: dict[str, Any]) -> tuple[str, str | None]:
    """The headline after people's decisions: the common outcome, else MIXED."""
    outcomes = {finding.outcome for finding in ticket.findings}
    if not any(finding.decision for finding in ticket.findings):
        return record["verdict"], record["reason"]
    if len(outcomes) == 1:
        common = outcomes.pop()
        return common, record["reason"] if common == "NOT_COVERED" else None
    return "MIXED", record["reason"]


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
    ticket.findings.remove(found)
    session.delete(found)
    ticket.version += 1
    session.flush()
    reassess(session, ticket, "finding", actor=actor, now=now, house=house)


def decide(
    session: Session, ticket: Ticket, finding_id: int, decision: str, reason: str, *, actor: Actor, now: datetime, house: House
) -> None:  # fmt: skip
    """A named person decides what the terms leave open, with a reason; the rules' own verdict stays beside it."""
    found = next((f for f in ticket.findings if f.id == finding_id and f.verdict == "AMBIGUOUS"), None)
    if found is None:
        raise Refused("finding_gone")
    if decision not in ("COVERED", "NOT_COVERED"):
        raise Refused("decision_unknown", field="decision")
    if not reason.strip():
        raise Refused("note_needed", field="reason")
    found.decision, found.decision_reason, found.decided_by_id, found.decided_at = decision, reason, actor.user_id, now
    latest = session.scalars(
        select(Verdict).where(Verdict.ticket_id == ticket.id).order_by(Verdict.id.desc()).limit(1)
    ).one()
    ticket.verdict, ticket.reason = headline(ticket, latest.record)
    if any(f.outcome == "AMBIGUOUS" for f in ticket.findings):
        ticket.version += 1
        return
    advance(
        session,
        ticket,
        Action.DECIDE,
        actor=actor,
        now=now,
        house=house,
        note=reason,
        facts={"decision": decision, "reason": reason},
    )


def confirm_proof(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> None:
    """A proof came or was corrected: assess anew, and end or open the wait for papers (R11)."""
    verdict = reassess(session, ticket, "proof", actor=actor, now=now, house=house)
    waiting = any(w.kind is WaitKind.PAPERS and w.closed_at is None for w in ticket.waits)
    needs = verdict.record["needs"]
    if waiting and not needs:
        advance(session, ticket, Action.PAPERS_ARRIVED, actor=actor, now=now, house=house)


def add_papers(session: Session, ticket: Ticket, files: Sequence[Kept], *, actor: Actor, now: datetime) -> None:
    """Papers came in: they hang on the ticket's proof, which waits for a person's look again."""
    proof = ticket.proof
    if proof is None:
        proof = ProofOfPurchase(
            kind=Proof.NONE.value, seller=Seller.UNKNOWN.value, card=Card.ABSENT.value, created_at=now
        )  # fmt: skip
        session.add(proof)
        session.flush()
        ticket.proof, ticket.proof_id = proof, proof.id
    attach(session, proof, files, now=now)
    proof.legible = proof.checked_at = proof.checked_by_id = None
    ticket.version += 1


def _ask_for_decision(session: Session, ticket: Ticket, *, actor: Actor, now: datetime, house: House) -> None:
    waiting = any(w.kind is WaitKind.DECISION and w.closed_at is None for w in ticket.waits)
    if not waiting and any(f.outcome == "AMBIGUOUS" for f in ticket.findings):
        advance(session, ticket, Action.ASK_DECISION, actor=actor, now=now, house=house)


def _refuse_unless_on_bench(ticket: Ticket) -> None:
    if ticket.status.value not in ("diagnosing", "repairing", "replacing"):
        raise Refused("not_on_the_bench")
