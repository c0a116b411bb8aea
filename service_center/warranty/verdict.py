"""The answer of the rule book, and its shape as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from service_center.warranty.claim import Finding
from service_center.warranty.vocabulary import Advice, Need, Reason, VerdictValue


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with all denial reasons that were met, in the order of the steps, and the rules that decided."""

    verdict: VerdictValue
    rules: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    needs: tuple[Need, ...] = ()
    advice: Advice | None = None

    @property
    def reason(self) -> Reason | None:
        """The primary reason of a denial."""
        return self.reasons[0] if self.reasons else None


@dataclass(frozen=True, slots=True)
class FindingVerdict:
    """The verdict on one finding."""

    finding: Finding
    decision: Decision

    def as_dict(self) -> dict[str, Any]:
        """The finding's part of the contract's JSON."""
        decision = self.decision
        return {
            "component": self.finding.component,
            "cause": str(self.finding.cause),
            "verdict": str(decision.verdict),
            "reason": _plain(decision.reason),
            "reasons": [str(reason) for reason in decision.reasons],
            "advice": _plain(decision.advice),
            "rules": list(decision.rules),
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """The headline of a claim and the verdicts of its findings; `problem` only for INVALID_INPUT."""

    id: str | None
    headline: Decision
    terms: str
    last_covered_day: date | None = None
    statutory_until: date | None = None
    legal_review: bool = False
    preliminary: bool = False
    findings: tuple[FindingVerdict, ...] = ()
    problem: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The contract's JSON (section 4), plain values under its names in its order."""
        headline = self.headline
        shape = {
            "id": self.id,
            "verdict": str(headline.verdict),
            "reason": _plain(headline.reason),
            "reasons": [str(reason) for reason in headline.reasons],
            "rules": list(headline.rules),
            "last_covered_day": self.last_covered_day.isoformat() if self.last_covered_day else None,
            "legal_review": self.legal_review,
            "preliminary": self.preliminary,
            "statutory_until": self.statutory_until.isoformat() if self.statutory_until else None,
            "needs": [str(need) for need in headline.needs],
            "advice": _plain(headline.advice),
            "terms": self.terms,
            "findings": [finding.as_dict() for finding in self.findings],
        }
        return shape if self.problem is None else shape | {"problem": self.problem}


def _plain(word: StrEnum | None) -> str | None:
    return None if word is None else str(word)


def invalid(claim_id: str | None, problem: str, terms: str) -> Verdict:
    """The verdict on a claim that cannot be true, or cannot be read."""
    return Verdict(claim_id, Decision(VerdictValue.INVALID_INPUT, ()), terms, problem=problem)
