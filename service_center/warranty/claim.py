"""What is claimed: a JSON object in, a frozen claim out, or the sentence that says what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NoReturn

from service_center.warranty.vocabulary import Card, Cause, Evidence, Proof, Seller, Tampering

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# RFC 3339, seconds optional; whether the day exists is for datetime to say.
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?"
    r"(?P<offset>[Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?"
)
_SHOWN = 60


class NotAClaim(ValueError):
    """The text or object is no claim; `problem` is a plain English sentence, `id` the claim's if it can be read."""

    def __init__(self, problem: str, claim_id: str | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.id = claim_id


@dataclass(frozen=True, slots=True)
class Finding:
    """A component and why it failed."""

    component: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class PreviousRepair:
    """A component that we repaired before, and the day when that was finished."""

    component: str
    completed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as contract.md section 4 has it; dates are civil dates in Europe/Rome, the request an aware instant."""

    family: str
    seller: Seller
    purchased_on: date
    requested_at: datetime
    proof: Proof
    id: str | None = None
    second_hand: bool = False
    card_dated_on: date | None = None
    registered_on: date | None = None
    delivered_on: date | None = None
    noticed_on: date | None = None
    request_evidence: Evidence = Evidence.OWN_CONTACT
    carrier_accepted_on: date | None = None
    card: Card = Card.ABSENT
    water_mark: bool | None = None
    tampering: Tampering = Tampering.NONE
    previous_repairs: tuple[PreviousRepair, ...] = ()
    findings: tuple[Finding, ...] = ()


def read(text: str) -> Claim:
    """The claim in a JSON text; raises NotAClaim."""
    return parse(read_json(text))


def read_json(text: str) -> object:
    """Strict JSON, without NaN and endless numbers; an object that names a field twice is remembered as such."""
    try:
        return _decoder.decode(text)
    except (ValueError, RecursionError) as fault:
        raise NotAClaim(f"This is not JSON: {fault}.") from fault


def parse(raw: object) -> Claim:
    """The claim in a decoded JSON object; null stands for the default; raises NotAClaim for the first fault."""
    if not isinstance(raw, dict):
        raise NotAClaim("A claim is a JSON object.")
    try:
        return Claim(**_values(raw, _READERS, _NEEDED))
    except _Wrong as wrong:
        claim_id = raw.get("id")
        sentence = f"The claim cannot be read: {wrong}."
        raise NotAClaim(sentence, claim_id if isinstance(claim_id, str) else None) from None


class _Wrong(ValueError):
    """What is wrong with a field, as a sentence without its full stop."""


class _Repeating(dict[str, Any]):
    """A JSON object that names a field twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Repeating(found)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)

_Reader = Callable[[object], Any]


def _values(raw: dict[str, Any], readers: dict[str, _Reader], needed: tuple[str, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in raw.items():
        reader = readers.get(name)
        if reader is None:
            raise _Wrong(f"{_shown(name)} is an unknown field")
        if value is not None:
            try:
                values[name] = reader(value)
            except _Wrong as wrong:
                raise _Wrong(f"{name}{wrong}") from None
    for name in needed:
        if name not in values:
            raise _Wrong(f"{name} is missing")
    if isinstance(raw, _Repeating):
        raise _Wrong("a field is given twice")
    return values


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Wrong(f" must be a text, not {_shown(value)}")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(f" must be true or false, not {_shown(value)}")
    return value


def _day(value: object) -> date:
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:  # no such day: told below
        pass
    raise _Wrong(f" must be a date that exists, written YYYY-MM-DD, not {_shown(value)}")


def _instant(value: object) -> datetime:
    shape = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if shape and not shape["offset"]:
        raise _Wrong(f" has no offset from UTC: {_shown(value)}")
    try:
        if shape:
            return datetime.fromisoformat(shape[0].upper())
    except ValueError:  # no such day: told below
        pass
    raise _Wrong(f" must be an instant as 2026-11-20T10:00:00+01:00, not {_shown(value)}")


def _one_of(vocabulary: type[StrEnum]) -> _Reader:
    members: dict[object, StrEnum] = {member.value: member for member in vocabulary}

    def read_word(value: object) -> StrEnum:
        try:
            return members[value]
        except (KeyError, TypeError):
            raise _Wrong(f" must be one of {', '.join(vocabulary)}, not {_shown(value)}") from None

    return read_word


def _list_of(kind: Callable[..., Any], readers: dict[str, _Reader]) -> _Reader:
    needed = tuple(readers)

    def read_list(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _Wrong(f" must be a list, not {_shown(value)}")
        return tuple([read_row(row, number) for number, row in enumerate(value, 1)])

    def read_row(row: object, number: int) -> Any:
        if not isinstance(row, dict):
            raise _Wrong(f"[{number}] must be an object, not {_shown(row)}")
        try:
            return kind(**_values(row, readers, needed))
        except _Wrong as wrong:
            raise _Wrong(f"[{number}]: {wrong}") from None

    return read_list


def _shown(value: object) -> str:
    # What nests is only named: showing it could recurse too deep.
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


_READERS: dict[str, _Reader] = {
    "id": _text,
    "family": _text,
    "seller": _one_of(Seller),
    "second_hand": _truth,
    "purchased_on": _day,
    "card_dated_on": _day,
    "registered_on": _day,
    "delivered_on": _day,
    "noticed_on": _day,
    "requested_at": _instant,
    "request_evidence": _one_of(Evidence),
    "carrier_accepted_on": _day,
    "proof": _one_of(Proof),
    "card": _one_of(Card),
    "water_mark": _truth,
    "tampering": _one_of(Tampering),
    "previous_repairs": _list_of(PreviousRepair, {"component": _text, "completed_on": _day}),
    "findings": _list_of(Finding, {"component": _text, "cause": _one_of(Cause)}),
}
_NEEDED = ("family", "seller", "purchased_on", "requested_at", "proof")
