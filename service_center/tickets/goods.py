"""What the goods of the running house say: symptoms, work, dangers, zones, and the nature of each family."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service_center.core.goods import Danger, Outcome
from service_center.core.house import house


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


def accessories_of(family: str) -> tuple[str, ...]:
    """What may come with an item of this family."""
    known = house().brand.goods.families.get(family)
    return (known.accessories if known else ()) or accessories()


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
