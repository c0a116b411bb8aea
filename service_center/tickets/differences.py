"""What changed between two verdicts of a ticket, and whether anybody outside the lab must hear of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service_center.tickets import outcomes

Record = Mapping[str, Any]
Part = tuple[str, str]
"""A finding as a verdict names it: component and cause."""


@dataclass(frozen=True)
class Change:
    """One thing that was so and is otherwise now; `part` is empty for the verdict as a whole."""

    what: str
    before: Any
    after: Any
    part: Part | None = None


@dataclass(frozen=True)
class Difference:
    """All that changed, in the order in which people ask for it."""

    changes: tuple[Change, ...]
    told: bool

    def __bool__(self) -> bool:
        return bool(self.changes)


WHOLE = ("last_covered_day", "needs", "legal_review", "terms")


def between(before: Record, after: Record) -> Difference:
    """From one record to the next."""
    changes = [Change("outcome", outcomes.headline(before), outcomes.headline(after)), Change("reason", outcomes.reason(before), outcomes.reason(after))]  # fmt: skip
    changes += [Change(name, before.get(name), after.get(name)) for name in WHOLE]
    changes += [Change("to_pay", _to_pay(before), _to_pay(after))]
    changes += [Change("rules", sorted(before.get("rules", ())), sorted(after.get("rules", ())))]
    changes += _decisions(before, after)
    found = [change for change in changes if change.before != change.after] + _findings(before, after)
    return Difference(tuple(found), told(before) != told(after))


def told(record: Record) -> dict[str, Any]:
    """What a customer or a shop knows of a verdict: the answer, its reason, and what is to be paid."""
    to_pay = [list(part) for part in _to_pay(record)]
    return {"outcome": outcomes.headline(record), "reason": outcomes.reason(record), "to_pay": to_pay}


def _to_pay(record: Record) -> tuple[Part, ...]:
    """The findings that have a price."""
    parts = record.get("findings") or ()
    return tuple(sorted(_named(part) for part in parts if outcomes.outcome(part) == "NOT_COVERED"))


def _named(part: Record) -> Part:
    return part.get("component", ""), part.get("cause", "")


def _decisions(before: Record, after: Record) -> list[Change]:
    return [Change(name, _said(before.get(name)), _said(after.get(name))) for name in ("decided", "outdated")]


def _said(decision: Record | None) -> Any:
    return decision and {name: decision[name] for name in ("outcome", "reason", "by")}


def _findings(before: Record, after: Record) -> list[Change]:
    """Findings that came or went, and what changed on those that stayed; two alike are told apart by their order."""
    old, new = _by_name(before), _by_name(after)
    changes = []
    for key in dict.fromkeys((*old, *new)):
        was, now, part = old.get(key), new.get(key), key[0]
        if was is None or now is None:
            gone, came = was and outcomes.outcome(was), now and outcomes.outcome(now)
            changes.append(Change("finding", gone, came, part))
            continue
        pairs = (
            ("outcome", outcomes.outcome(was), outcomes.outcome(now)), ("reason", was.get("reason"), now.get("reason")),
            ("rules", sorted(was.get("rules", ())), sorted(now.get("rules", ()))),
            ("decided", _said(was.get("decided")), _said(now.get("decided"))), ("outdated", _said(was.get("outdated")), _said(now.get("outdated"))),
        )  # fmt: skip
        changes += [Change(name, one, other, part) for name, one, other in pairs if one != other]
    return changes


def _by_name(record: Record) -> dict[tuple[Part, int], Record]:
    seen: Counter[Part] = Counter()
    named = {}
    for part in record.get("findings") or ():
        key = _named(part)
        named[key, seen[key]] = part
        seen[key] += 1
    return named
