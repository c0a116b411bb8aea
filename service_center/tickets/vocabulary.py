"""What tickets speak of: pictures, the short codes of causes, and what the brand's goods say of symptoms, work and zones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from service_center.core.goods import Danger, Outcome
from service_center.core.house import house
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


def symptoms_for(components: Iterable[str]) -> tuple[str, ...]:
    """The symptoms that an item made of these components can show, in the order of the goods file."""
    return house().brand.goods.symptoms_of(components)


def actions_for(components: Iterable[str]) -> tuple[str, ...]:
    """The work that can be done to these components, in the order of the goods file."""
    return house().brand.goods.work_on(components)


def dangers(symptoms: Iterable[str]) -> tuple[Danger, ...]:
    """Why nothing may be charged, worn or sent, the gravest first; mostly empty."""
    return house().brand.goods.dangers(symptoms)


def must_be_told(symptoms: Sequence[str]) -> bool:
    """Whether only the customer's own words say what is wrong."""
    return house().brand.goods.must_be_told(symptoms)


def repairs(work: str | None) -> bool:
    """Whether this is work, and not an item that goes back as it came."""
    return house().brand.goods.outcome(work) is not Outcome.UNREPAIRED


def work_for(outcome: Outcome) -> str:
    """The code of the work that ends in this."""
    return house().brand.goods.work_for(outcome)


def accessories() -> tuple[str, ...]:
    """What may come with an item."""
    return tuple(house().brand.goods.accessories)


def zones() -> tuple[str, ...]:
    """Every zone that can be graded."""
    return tuple(house().brand.goods.zones)


def zones_of(family: str) -> tuple[str, ...]:
    """The zones of an item that are graded on arrival."""
    known = house().brand.goods.families.get(family)
    return known.zones if known else ()


def bears_water_mark(family: str) -> bool:
    """Whether an item of this family can say that it is water resistant."""
    known = house().brand.goods.families.get(family)
    return known is None or known.water_mark


def rechargeable(family: str) -> bool:
    """Whether an item of this family has a battery that travels under its own rules."""
    known = house().brand.goods.families.get(family)
    return known is not None and known.rechargeable


def bears_serial(family: str) -> bool:
    """Whether each piece of this family has a number of its own."""
    known = house().brand.goods.families.get(family)
    return known is not None and known.serial
