"""Decisions by named persons: what the terms leave open, a verdict of the rules overruled, a courtesy."""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.tickets import outcomes
from service_center.tickets.lifecycle import Action, WaitKind
from service_center.tickets.models import Event, Finding, Ticket, Verdict
from service_center.tickets.queries import latest_verdict
from service_center.tickets.services.advancing import advance, check_version
from service_center.tickets.services.assessing import bare_verdict, claim_of, keep
from service_center.tickets.services.carrying import put, spread, take_back_goodwill
from service_center.warranty.vocabulary import VerdictValue as V

OCCASIONS = {Action.DECIDE: "decision", Action.OVERRULE: "overruled", Action.GRANT_GOODWILL: "goodwill"}


def decide(
    session: Session, ticket: Ticket, finding_id: int | None, outcome: str, reason: str, *,
    actor: Actor, now: datetime, house: House, version: int | None = None,
) -> Event:  # fmt: skip
    """A person decides, with a reason; the rules' own verdict stays beside it.

    Without a finding it is a decision on dates and papers, which holds for every finding that asks nothing else.
    """
    check_version(ticket, version)
    if outcome not in outcomes.OUTCOMES:
        raise Refused("decision_unknown", field="decision")
    if not reason.strip():
        raise Refused("note_needed", field="reason")
    latest = latest_verdict(session, ticket.id)
    record = copy.deepcopy(latest.record)
    finding = _finding(ticket, finding_id) if finding_id is not None else None
    if finding is None and not open_as_a_whole(ticket, record):
        raise Refused("finding_gone")
    action = _action(ticket, _part(ticket, record, finding), outcome, asked=bool(record["legal_review"]))
    claim = claim_of(session, ticket)
    made: dict[str, Any] = {
        "outcome": outcome, "reason": reason.strip(), "by": actor.name, "by_id": actor.user_id, "at": now.isoformat(),
        "basis": outcomes.basis(claim, _part(ticket, record, finding) if finding else None),
    }  # fmt: skip
    _apply(ticket, record, finding, made, lambda: bare_verdict(session, ticket, house=house))
    take_back_goodwill(session, ticket, finding_id, now=now)
    keep(session, ticket, Verdict(claim=claim or {}, record=record, occasion=OCCASIONS[action]), actor=actor, now=now)
    return advance(
        session, ticket, action, actor=actor, now=now, house=house, note=reason.strip(),
        facts={"decision": outcome, "reason": reason.strip(), "by": actor.name},
    )  # fmt: skip


def open_as_a_whole(ticket: Ticket, record: dict[str, Any]) -> bool:
    """Whether dates and papers may be decided on: they are in doubt or deny, or nothing was found yet."""
    if ticket.findings:
        return bool(record.get("decided") or record.get("outdated")) or record["verdict"] in (
            V.AMBIGUOUS,
            V.NOT_COVERED,
        )
    return record["verdict"] in (V.AMBIGUOUS, V.NOT_COVERED, V.COVERED)


def _finding(ticket: Ticket, finding_id: int) -> Finding:
    found = next((each for each in ticket.findings if each.id == finding_id), None)
    if found is None or found.verdict in (V.PENDING_DOCS, V.INVALID_INPUT):
        raise Refused("finding_gone")
    return found


def _part(ticket: Ticket, record: dict[str, Any], finding: Finding | None) -> dict[str, Any]:
    if finding is None:
        return record
    part: dict[str, Any] = record["findings"][ticket.findings.index(finding)]
    return part


def _action(ticket: Ticket, part: dict[str, Any], outcome: str, *, asked: bool) -> Action:
    """Which step it is: the answer to what is open, a courtesy, or a verdict turned round."""
    if outcome == outcomes.GOODWILL:
        if part["verdict"] == V.COVERED and not outcomes.outdated(part):
            raise Refused("covered_anyway", field="decision")
        return Action.GRANT_GOODWILL
    stands = outcomes.decided(part)
    waits = any(wait.kind is WaitKind.DECISION and wait.closed_at is None for wait in ticket.waits)
    open_now = part["verdict"] == V.AMBIGUOUS or outcomes.outdated(part) is not None
    denial = asked and part["verdict"] == V.NOT_COVERED
    if stands is None and (open_now or (denial and outcome == V.NOT_COVERED)):
        return Action.DECIDE
    if stands is None and part["verdict"] == outcome:
        if waits:
            return Action.DECIDE
        raise Refused("decided_so_already", field="decision")
    return Action.OVERRULE


def _apply(ticket: Ticket, record: dict[str, Any], finding: Finding | None, made: dict[str, Any], bare: Any) -> None:
    """The decision stands on its part; one on dates and papers goes on to the findings that it answers."""
    if finding is not None:
        put(finding, _part(ticket, record, finding), made)
        return
    record["decided"] = made
    record.pop("outdated", None)
    spread(ticket, record, bare)
