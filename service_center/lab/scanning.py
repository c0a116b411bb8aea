"""What a scan means: a ticket's code, its number, a courier's number, a command card, or nothing that we know; pure."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass

from service_center.parcels.couriers.courier import compact
from service_center.tickets import codes

NUMBER_DIGITS = 9
TRACKING = range(8, 41)
FNC1 = "\x1d"
# A scanner that types on a US keyboard, read by a computer with an Italian one: what arrives, and what was meant.
_SLIPS = str.maketrans("'-/ç()=+è^\"£&_?òàìéù°§", "-/&:*()][+@#^?_;'={\\}|")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_GS1 = ("]C1", "]Q3", "]d2", "]e0")
_BRACKETS = re.compile(r"\((00|21)\)([^(\s]+)")
_FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "17": 6}
_FREE = ("10", "21")
_NAMES_IT = ("21", "00")
"""The fields of a GS1 code that name one thing: its serial, or the parcel's own number."""


class Kind(enum.Enum):
    """What was held under the scanner."""

    CODE = "code"
    NUMBER = "number"
    TRACKING = "tracking"
    CARD = "card"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scan:
    """What was read: `value` is the code, the number or the courier's number, compact; of a card its text."""

    kind: Kind
    value: str = ""


def read(text: str) -> Scan:
    """Tell what was scanned or typed; forgives a scanner's prefixes and a keyboard of another country."""
    plain = text.strip(" \t\r\n")
    found = _read(_unwrapped(plain))
    if found.kind is not Kind.UNKNOWN:
        return found
    meant = _read(_unwrapped(plain.replace("Ç", "ç").translate(_SLIPS)))
    return meant if meant.kind is not Kind.UNKNOWN else found


def _read(text: str) -> Scan:
    """A code with a wrong symbol is told apart, a `/t/` address is a code.

    A courier's number may have the shape of a code: what is no valid code is looked up as a number as well.
    """
    if re.fullmatch(r"\*[0-9A-Za-z][0-9A-Za-z.\-]*", text):
        return Scan(Kind.CARD, text.upper())
    try:
        return Scan(Kind.CODE, codes.parse(text))
    except codes.Mistyped:
        return Scan(Kind.MISTYPED, compact(text))
    except codes.NotACode:
        pass
    number = compact(text)
    if len(number) == NUMBER_DIGITS and number.isascii() and number.isdigit():
        return Scan(Kind.NUMBER, number)
    if len(number) in TRACKING and number.isascii() and number.isalnum():
        return Scan(Kind.TRACKING, number)
    return Scan(Kind.UNKNOWN, number)


def _unwrapped(text: str) -> str:
    """Without what a scanner puts before it; of a GS1 code the field that names the thing."""
    if bracketed := _BRACKETS.search(text):
        return bracketed[2]
    if text.startswith(_GS1) or text.startswith(FNC1):
        inside = text[3:] if text.startswith("]") else text
        return _named(inside.lstrip(FNC1)) or inside.replace(FNC1, "")
    return _SYMBOLOGY.sub("", text, count=1) if text.startswith("]") else text.replace(FNC1, "")


def _named(text: str) -> str:
    """The serial, or else the parcel's number, of a GS1 code's fields; empty where there is none."""
    fields: dict[str, str] = {}
    while text:
        name, rest = text[:2], text[2:]
        if name in _FIXED:
            fields[name], text = rest[: _FIXED[name]], rest[_FIXED[name] :].lstrip(FNC1)
        elif name in _FREE:
            fields[name], _end, text = rest.partition(FNC1)
        else:
            break
    return next((fields[name] for name in _NAMES_IT if fields.get(name)), "")
