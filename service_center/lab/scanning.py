"""What a scan means: a ticket's code, its number, a courier's number, or nothing that we know; pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from service_center.parcels.couriers.courier import compact
from service_center.tickets import codes

NUMBER_DIGITS = 9
TRACKING = range(8, 41)


class Kind(enum.Enum):
    """What was held under the scanner."""

    CODE = "code"
    NUMBER = "number"
    TRACKING = "tracking"
    MISTYPED = "mistyped"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scan:
    """What was read: `value` is the code, the number or the courier's number, compact."""

    kind: Kind
    value: str = ""


def read(text: str) -> Scan:
    """Tell what was scanned or typed, a `/t/` address included; a code with a wrong symbol is told apart.

    A courier's number may have the shape of a code: what is no valid code is looked up as a number as well.
    """
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
