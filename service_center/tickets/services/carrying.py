"""Decisions that stand, carried into a new verdict; one that was made on other facts goes back to the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from service_center.tickets import outcomes
from service_center.tickets.models import Finding, Goodwill, Ticket

Part = dict[str, Any]


def carry(
    ticket: Ticket, record: Part, previous: Mapping[str, Any] | None, claim: Part | None, bare: Callable[[], Part]
) -> list[Finding | None]:
    """Put what people decided into a fresh record and onto the findings; returns whose decision no longer stands.

    None among them is the decision on dates and papers. `bare` is the verdict without findings, made only when needed.
    """
    lost: list[Finding | None] = []
    stood = previous and (previous.get("decided") or previous.get("outdated"))
    if stood and previous and previous.get("decided") and _same(stood, outcomes.basis(claim)):
        record["decided"] = stood
    elif stood:
        record["outdated"] = stood
        lost += [None] if previous and previous.get("decided") else []
    for place, finding in enumerate(ticket.findings):
        within = place < len(record["findings"])
        part = record["findings"][place] if within else {**record, "findings": []}
        if _carried(finding, part, claim if within else None):
            lost.append(finding)
    spread(ticket, record, bare)
    return lost


def _carried(finding: Finding, part: Part, claim: Part | None) -> bool:
    """The finding's own decision; true when it was made on other facts."""
    stood = _standing(finding)
    stale = stood is not None and not _same(stood, outcomes.basis(claim, part))
    before = stood if stale else finding.record.get("outdated")
    if before:
        part["outdated"] = before
    put(finding, part, None if stale else stood)
    return stale


def _standing(finding: Finding) -> Part | None:
    stood: Part | None = finding.record.get("decided")
    if stood is None and finding.decision:
        at = finding.decided_at.isoformat() if finding.decided_at else ""
        stood = {"outcome": finding.decision, "reason": finding.decision_reason, "by": "", "by_id": finding.decided_by_id, "at": at}  # fmt: skip
    return stood


def _same(stood: Mapping[str, Any], facts: Part) -> bool:
    return stood.get("basis") in (None, facts)


def put(finding: Finding, part: Part, decision: Part | None) -> None:
    """A finding takes its part of the verdict, and the decision that stands on it or none."""
    part.pop("decided", None)
    if decision is not None:
        part["decided"] = decision
        part.pop("outdated", None)
    finding.verdict, finding.record = part["verdict"], dict(part)
    finding.decision = decision["outcome"] if decision else None
    finding.decision_reason = decision["reason"] if decision else ""
    finding.decided_by_id = decision.get("by_id") if decision else None
    finding.decided_at = datetime.fromisoformat(decision["at"]) if decision and decision["at"] else None


def spread(ticket: Ticket, record: Part, bare: Callable[[], Part]) -> None:
    """What was decided on dates and papers answers every finding that asks nothing else."""
    stands = record.get("decided")
    if not stands or not record["findings"]:
        return
    alone = bare()
    for finding, part in zip(ticket.findings, record["findings"], strict=False):
        own = part.get("decided")
        if own is not None and not own.get("whole"):
            continue
        if outcomes.settles(stands, part, alone):
            put(finding, part, {**stands, "whole": True, "basis": {**stands["basis"], **_named(part)}})
        else:
            put(finding, part, None)


def _named(part: Part) -> dict[str, Any]:
    return {name: part.get(name) for name in ("component", "cause")}


def take_back_goodwill(session: Session, ticket: Ticket, finding_id: int | None, *, now: datetime) -> None:
    """A courtesy that no longer stands leaves the budget; its row stays for the history."""
    session.execute(
        update(Goodwill)
        .where(Goodwill.ticket_id == ticket.id, Goodwill.taken_back_at.is_(None))
        .where(Goodwill.finding_id.is_(None) if finding_id is None else Goodwill.finding_id == finding_id)
        .values(taken_back_at=now)
        .execution_options(synchronize_session=False)
    )
