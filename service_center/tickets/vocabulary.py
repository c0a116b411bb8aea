"""The codes of symptoms, causes and actions, and which components each one is about; their words are in wording."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from service_center.warranty.vocabulary import Cause


class Symptom(StrEnum):
    """What the customer notices."""

    DEAD = "S01"
    INTERMITTENT = "S02"
    GAINS_OR_LOSES = "S03"
    BATTERY_FLAT = "S04"
    DRAINS_FAST = "S05"
    DOES_NOT_CHARGE = "S06"
    DATE_STUCK = "S07"
    CROWN_OR_BUTTON_STUCK = "S08"
    HANDS_LOOSE = "S09"
    GLASS_BROKEN = "S10"
    MOISTURE = "S11"
    STRAP_BROKEN = "S12"
    CLASP_FAULTY = "S13"
    STONE_MISSING = "S14"
    PLATING_OR_OXIDATION = "S15"
    CHAIN_BROKEN = "S16"
    DISPLAY_DEAD = "S17"
    TOUCH_DEAD = "S18"
    PAIRING = "S19"
    SENSOR_OR_VIBRATION = "S20"
    OVERHEATS_OR_SWELLS = "S21"
    SKIN_REACTION = "S22"
    NOISE = "S23"
    PART_MISSING = "S24"
    OTHER = "S99"


class Action(StrEnum):
    """What the bench does."""

    BATTERY = "A01"
    MOVEMENT_REPLACED = "A02"
    MOVEMENT_SERVICED = "A03"
    GASKETS = "A04"
    WATER_TEST = "A05"
    GLASS = "A06"
    CROWN = "A07"
    HANDS_OR_DATE_ALIGNED = "A08"
    STRAP = "A09"
    CLASP = "A10"
    STONES_SET = "A11"
    SOLDERED = "A12"
    POLISHED = "A13"
    DISPLAY = "A14"
    MAINBOARD = "A15"
    BATTERY_CELL = "A16"
    FIRMWARE_RESET = "A17"
    REPLACED_IDENTICAL = "A18"
    REPLACED_EQUIVALENT = "A19"
    RETURNED_UNREPAIRED = "A20"
    SCRAPPED = "A21"
    CHECKED_AND_ADJUSTED = "A22"


class Accessory(StrEnum):
    """What may come with an item."""

    BOX = "box"
    BOOKLET = "booklet"
    CARD = "card"
    LINKS = "links"
    CHARGER = "charger"
    CABLE = "cable"
    STRAP = "strap"
    POUCH = "pouch"


class PhotoSubject(StrEnum):
    """What a photograph shows."""

    PARCEL = "parcel"
    FRONT = "front"
    BACK = "back"
    SIDE = "side"
    CLASP = "clasp"
    SERIAL = "serial"
    DETAIL = "detail"
    INSIDE = "inside"
    CONTENTS = "contents"
    CARD = "card"
    RECEIPT = "receipt"


SAFETY = frozenset({Symptom.OVERHEATS_OR_SWELLS, Symptom.SKIN_REACTION})
"""Symptoms that stop the intake with a warning and alert a named person (GPSR)."""

NEEDS_CONSENT = frozenset({Action.FIRMWARE_RESET, Action.SCRAPPED})
"""Actions that only the customer's recorded consent allows: a factory reset, scrapping."""

OPENS_CASE = frozenset(
    {
        Action.BATTERY,
        Action.MOVEMENT_REPLACED,
        Action.MOVEMENT_SERVICED,
        Action.GASKETS,
        Action.GLASS,
        Action.CROWN,
        Action.HANDS_OR_DATE_ALIGNED,
    }
)
"""Actions after which a marked item must pass the pressure test again."""

CAUSE_CODES: dict[str, Cause] = {
    "C01": Cause.MATERIAL_DEFECT,
    "C02": Cause.MANUFACTURING_DEFECT,
    "C03": Cause.BATTERY_END_OF_LIFE,
    "C10": Cause.WEAR,
    "C11": Cause.AGEING,
    "C12": Cause.IMPACT,
    "C13": Cause.MISUSE,
    "C14": Cause.CHEMICALS,
    "C15": Cause.LIQUID_UNMARKED,
    "C16": Cause.LIQUID_BEYOND_LIMITS,
    "C17": Cause.LIQUID_WITHIN_LIMITS,
    "C21": Cause.TRANSPORT_DAMAGE,
    "C22": Cause.FIRMWARE,
    "C90": Cause.NO_FAULT_FOUND,
    "C99": Cause.UNDETERMINED,
}
"""The short code of every cause; C18–C20 are a claim's tampering and no causes."""

_DRIVE = frozenset({"movement", "mainboard"})

SYMPTOM_COMPONENTS: dict[Symptom, frozenset[str]] = {
    Symptom.DEAD: _DRIVE,
    Symptom.INTERMITTENT: _DRIVE,
    Symptom.GAINS_OR_LOSES: frozenset({"movement"}),
    Symptom.BATTERY_FLAT: frozenset({"battery"}),
    Symptom.DRAINS_FAST: frozenset({"battery", "battery_cell"}),
    Symptom.DOES_NOT_CHARGE: frozenset({"charging_circuit", "battery_cell", "charger", "cable"}),
    Symptom.DATE_STUCK: frozenset({"movement"}),
    Symptom.CROWN_OR_BUTTON_STUCK: frozenset({"crown", "pushers", "button"}),
    Symptom.HANDS_LOOSE: frozenset({"hands", "dial"}),
    Symptom.GLASS_BROKEN: frozenset({"glass", "display"}),
    Symptom.MOISTURE: frozenset({"movement", "gaskets", "mainboard"}),
    Symptom.STRAP_BROKEN: frozenset({"strap", "bracelet", "spring_bars"}),
    Symptom.CLASP_FAULTY: frozenset({"clasp", "buckle"}),
    Symptom.STONE_MISSING: frozenset({"stone", "setting"}),
    Symptom.PLATING_OR_OXIDATION: frozenset({"plating", "enamel", "case", "bezel", "bracelet"}),
    Symptom.CHAIN_BROKEN: frozenset({"chain", "link", "jump_ring"}),
    Symptom.DISPLAY_DEAD: frozenset({"display"}),
    Symptom.TOUCH_DEAD: frozenset({"touch"}),
    Symptom.PAIRING: frozenset({"antenna", "firmware"}),
    Symptom.SENSOR_OR_VIBRATION: frozenset({"sensors", "vibration_motor"}),
    Symptom.OVERHEATS_OR_SWELLS: frozenset({"battery", "battery_cell", "charging_circuit", "charger"}),
    Symptom.NOISE: frozenset({"movement", "speaker_microphone"}),
}
"""What to look at first; a symptom without a row may be of anything."""

ACTION_COMPONENTS: dict[Action, frozenset[str]] = {
    Action.BATTERY: frozenset({"battery"}),
    Action.MOVEMENT_REPLACED: frozenset({"movement", "electronic_module", "coil"}),
    Action.MOVEMENT_SERVICED: frozenset({"movement", "electronic_module", "coil"}),
    Action.GASKETS: frozenset({"gaskets"}),
    Action.WATER_TEST: frozenset({"gaskets"}),
    Action.GLASS: frozenset({"glass"}),
    Action.CROWN: frozenset({"crown", "pushers"}),
    Action.HANDS_OR_DATE_ALIGNED: frozenset({"hands", "dial", "movement"}),
    Action.STRAP: frozenset({"strap", "bracelet", "spring_bars", "link"}),
    Action.CLASP: frozenset({"clasp", "buckle"}),
    Action.STONES_SET: frozenset({"stone", "setting"}),
    Action.SOLDERED: frozenset({"chain", "link", "jump_ring", "pendant"}),
    Action.DISPLAY: frozenset({"display", "touch"}),
    Action.MAINBOARD: frozenset({"mainboard", "charging_circuit", "antenna", "sensors"}),
    Action.BATTERY_CELL: frozenset({"battery_cell"}),
    Action.FIRMWARE_RESET: frozenset({"firmware"}),
}
"""What each action is done to; an action without a row may be done to anything."""


def symptoms_for(components: Iterable[str]) -> tuple[Symptom, ...]:
    """The symptoms that an item made of these components can show, in the order of their codes."""
    parts = frozenset(components)
    return tuple(each for each in Symptom if SYMPTOM_COMPONENTS.get(each, parts) & parts)


def actions_for(components: Iterable[str]) -> tuple[Action, ...]:
    """The actions that can be done to these components, in the order of their codes."""
    parts = frozenset(components)
    return tuple(each for each in Action if ACTION_COMPONENTS.get(each, parts) & parts)
