"""What changed between two verdicts, in sentences, and on what occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service_center.core.i18n import Later, _, day, later
from service_center.tickets import outcomes
from service_center.tickets.differences import Change, Difference
from service_center.tickets.wording import verdicts, vocabulary
from service_center.tickets.wording.needs import short_need
from service_center.warranty.vocabulary import Reason

_OCCASIONS: dict[str, Later] = {
    "opened": later("the repair was asked for"),
    "reception": later("the item was looked at on arrival"),
    "finding": later("what was found changed"),
    "proof": later("the proof of purchase was confirmed"),
    "papers_expired": later("the papers did not come in time"),
    "authorisation": later("the days on which the shop was authorised were corrected"),
    "identity": later("the item was recognised"),
    "decision": later("a person decided"),
    "overruled": later("a person overruled the rules"),
    "goodwill": later("a courtesy was granted"),
}
_REASONS: dict[str, Later] = {
    Reason.WINDOW: later("asked for too late"),
    Reason.VOID: later("opened or repaired by others"),
    Reason.COMPONENT: later("a part that is not covered"),
    Reason.CAUSE: later("a cause that is excluded"),
    Reason.CARD: later("a seller who is not authorised"),
    Reason.PROOF: later("no proof of purchase"),
}
_SOMETHING_ELSE = later("something was corrected")


def occasion(code: str) -> str:
    """Why a verdict was made."""
    return str(_OCCASIONS.get(code, _SOMETHING_ELSE))


def reason(code: str | None) -> str:
    """A denial's reason in a few words, for lists and figures."""
    return str(_REASONS[code]) if code in _REASONS else "–"


def sentences(difference: Difference) -> list[str]:
    """What changed, a line each, in the order of the difference."""
    return list(dict.fromkeys(filter(None, (_sentence(change) for change in difference.changes))))


def _sentence(change: Change) -> str:
    if change.what == "finding":
        return _came(change)
    worded = _VALUES.get(change.what)
    if worded is None:
        return ""
    label, value = worded
    facts = {"before": value(change.before), "after": value(change.after), "what": str(label)}
    if change.part:
        return _("%(part)s, %(what)s: %(before)s → %(after)s", part=_part(change.part), **facts)
    return _("%(what)s: %(before)s → %(after)s", **facts)


def _came(change: Change) -> str:
    part = _part(change.part or ("", ""))
    if change.before is None:
        return _("Finding added: %(part)s, %(outcome)s", part=part, outcome=_low(verdicts.outcome(change.after)))
    return _("Finding taken back: %(part)s", part=part)


def _part(part: tuple[str, str]) -> str:
    return _(
        "%(component)s (%(cause)s)", component=vocabulary.component(part[0]), cause=_low(vocabulary.cause(part[1]))
    )


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]


def _outcome(value: str) -> str:
    return _low(verdicts.outcome(value))


def _day(value: str | None) -> str:
    return day(date.fromisoformat(value)) if value else "–"


def _needs(value: Sequence[str] | None) -> str:
    return ", ".join(short_need(each) for each in value or ()) or _("nothing")


def _yes(value: bool | None) -> str:
    return _("yes") if value else _("no")


def _said(value: Mapping[str, Any] | None) -> str:
    return (
        _("%(outcome)s, %(name)s", outcome=_outcome(value["outcome"]), name=value["by"] or "–") if value else _("none")
    )


def _parts(value: Sequence[tuple[str, str]]) -> str:
    return ", ".join(_low(vocabulary.component(component)) for component, _cause in value) or _("nothing")


def _rules(value: Sequence[str]) -> str:
    return ", ".join(value) or "–"


def _plain(value: object) -> str:
    return str(value or "–")


_VALUES: dict[str, tuple[Later, Any]] = {
    "outcome": (later("Verdict"), _outcome),
    "reason": (later("Reason"), reason),
    "last_covered_day": (later("Guarantee until"), _day),
    "needs": (later("Missing"), _needs),
    "legal_review": (later("Legal guarantee to be looked at"), _yes),
    "terms": (later("Version of the terms"), _plain),
    "to_pay": (later("To pay"), _parts),
    "rules": (later("Rules"), _rules),
    "decided": (later("Decision"), _said),
    "outdated": (later("Decided on other facts"), _said),
}


# --- letters --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decided:
    """A person's decision in a letter: on what, the answer, the reason word for word, and by whom."""

    what: str
    headline: str
    reason: str
    by: str


def in_letters(record: Mapping[str, Any], frozen: Mapping[str, Any]) -> dict[str, Any]:
    """What letters say of decisions that stand, and of what was told before."""
    was = frozen.get("was") or {}
    return {
        "decisions": _decisions(record),
        "was": verdicts.outcome(was["outcome"]) if was else "",
        "whys": [occasion(each) for each in frozen.get("occasions", ())],
    }


def _decisions(record: Mapping[str, Any]) -> list[Decided]:
    found, parts = [], record.get("findings") or (record,)
    for part in parts:
        made = outcomes.decided(part)
        if made is not None:
            what = _part((part["component"], part["cause"])) if part.get("component") else ""
            found.append(Decided(what, verdicts.outcome(made["outcome"]), made["reason"], verdicts.decided_by(made)))
    return found
