"""What counts of a stored verdict once people have decided: the rules' answer stays, a decision stands beside it.

A record is a verdict as contract.md 4 has it. Where somebody decided, the whole or a finding's part also holds `decided`:
outcome, reason, by, at, and `basis`, the facts that were looked at. Facts that change turn `decided` into `outdated`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from service_center.warranty.vocabulary import VerdictValue as V

Record = Mapping[str, Any]
GOODWILL = "GOODWILL"
OUTCOMES = (V.COVERED.value, V.NOT_COVERED.value, GOODWILL)
FREE = frozenset({V.COVERED.value, GOODWILL})
"""Done without a price: by the guarantee, or as a courtesy."""
_NOT_FACTS = frozenset({"id", "findings"})


def decided(record: Record) -> Record | None:
    """The decision that stands on a verdict or a finding's part."""
    return record.get("decided")


def outdated(record: Record) -> Record | None:
    """A decision that was made on other facts, as long as nobody decided anew."""
    return None if record.get("decided") else record.get("outdated")


def outcome(record: Record) -> str:
    """What counts of one part, or of a verdict without findings."""
    stands = decided(record)
    return str(stands["outcome"] if stands else record["verdict"])


def headline(record: Record) -> str:
    """What counts of a whole verdict: the common outcome of its findings, else MIXED."""
    parts = record.get("findings") or ()
    if not parts:
        return outcome(record)
    if not any(decided(part) for part in parts):
        return str(record["verdict"])
    return common(outcome(part) for part in parts)


def common(outcomes: Iterable[str]) -> str:
    """One outcome for several findings."""
    found = set(outcomes)
    return found.pop() if len(found) == 1 else V.MIXED.value


def reason(record: Record) -> str | None:
    """The denial's reason, where the headline still is, or holds, a denial."""
    return record["reason"] if headline(record) in (V.NOT_COVERED, V.MIXED) else None


def basis(claim: Record | None, part: Record | None = None) -> dict[str, Any]:
    """The facts that a decision is made on: those of the claim, and the finding's own."""
    facts = {name: value for name, value in (claim or {}).items() if name not in _NOT_FACTS}
    return facts | ({name: part.get(name) for name in ("component", "cause")} if part else {})


def settles(decision: Record, part: Record, bare: Record) -> bool:
    """Whether a decision on dates and papers, made on the verdict without findings, answers a finding's part too.

    A finding that brings a doubt or a denial of its own is not settled by it.
    """
    if decision["outcome"] == V.NOT_COVERED and part["verdict"] == V.AMBIGUOUS:
        return True
    own = set(part["rules"]) - set(bare["rules"]) or set(part["reasons"]) - set(bare["reasons"])
    return part["verdict"] == bare["verdict"] and not own


def waits_for_a_person(record: Record) -> bool:
    """Whether somebody still has to decide: something is open, or was decided on other facts."""
    parts = record.get("findings") or (record,)
    return any(outcome(part) == V.AMBIGUOUS or outdated(part) is not None for part in parts)


def needs_legal_review(record: Record) -> bool:
    """A denial by a seller who may owe it anyway, on which nobody has recorded an outcome yet (B.1)."""
    parts = record.get("findings") or (record,)
    denied = [part for part in parts if part["verdict"] == V.NOT_COVERED]
    return bool(record.get("legal_review")) and any(decided(part) is None for part in denied)
