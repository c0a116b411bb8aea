"""What may hurt somebody, how it ends, and what may travel how: the tables of the safety register (GPSR, E.4)."""

from __future__ import annotations

from enum import StrEnum


class Hazard(StrEnum):
    """What an item does that may hurt somebody."""

    SWELLING = "swelling"
    OVERHEATING = "overheating"
    BURN = "burn"
    SKIN = "skin"
    SHARP = "sharp"
    SWALLOWED = "swallowed"


class Ending(StrEnum):
    """How a person ended the flag, and what became of the danger."""

    SAFE = "safe"
    BATTERY_OUT = "battery_out"
    DISPOSED = "disposed"
    ADR = "adr"
    KEPT = "kept"
    MISTAKE = "mistake"


BATTERY = frozenset({Hazard.SWELLING, Hazard.OVERHEATING, Hazard.BURN})
"""Hazards of a battery that may be damaged: no courier takes such an item by air, flag ended or not."""

FLIES_AGAIN = frozenset({Ending.BATTERY_OUT, Ending.MISTAKE})
"""After these the damaged battery is no longer in it, or never was."""


def grounded(hazard: str, ending: str) -> bool:
    """Whether an item with this entry may travel on the ground alone: its battery may be damaged still."""
    return hazard in BATTERY and ending not in FLIES_AGAIN
