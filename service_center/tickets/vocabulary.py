"""The codes of pictures, causes and reasons to replace; their words are in wording, the brand's own codes in its goods."""

from __future__ import annotations

from enum import StrEnum

from service_center.warranty.vocabulary import Cause


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


class WhyReplaced(StrEnum):
    """Why an item is replaced and not repaired (R26)."""

    NO_PART = "no_part"
    DISCONTINUED = "discontinued"
    COST_OVER_VALUE = "cost_over_value"
    NOT_REPAIRABLE = "not_repairable"
    SAFETY = "safety"


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
