"""What a brand sells and how it is spoken of: families, parts, symptoms, work, first aid, as its goods file says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Words = Mapping[str, str]
"""One thing said in each language."""


class Danger(StrEnum):
    """Why an item with a symptom may not be charged, worn or sent (GPSR), the graver first."""

    SWELLING = "swelling"
    SKIN = "skin"


class Outcome(StrEnum):
    """What becomes of an item by work that is no repair."""

    SAME = "same"
    SUBSTITUTE = "substitute"
    UNREPAIRED = "unrepaired"
    SCRAPPED = "scrapped"


@dataclass(frozen=True)
class Family:
    """A kind of item: its drawing, its letter on labels, the zones that are graded, and what its nature asks for.

    `seal`: a numbered seal can close it. `accessories`: what comes with it; none named: anything.
    """

    code: str
    words: Words
    icon: str
    letter: str
    zones: tuple[str, ...]
    water_mark: bool
    rechargeable: bool
    serial: bool
    packing: Words | None
    seal: bool = False
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Symptom:
    """What a customer notices; without components it may be of anything. `told`: it needs the customer's own words."""

    code: str
    words: Words
    components: frozenset[str]
    danger: Danger | None
    told: bool


@dataclass(frozen=True)
class Work:
    """What the bench does; without components it may be done to anything."""

    code: str
    words: Words
    components: frozenset[str]
    opens_case: bool
    consent: bool
    outcome: Outcome | None


class Stage(StrEnum):
    """When a check list is gone through: as the item comes to the bench, and before it leaves."""

    FIRST = "first"
    FINAL = "final"


@dataclass(frozen=True)
class ListedCheck:
    """One line of the check lists; `needed`: without its answer the item does not pass the final checks."""

    code: str
    words: Words
    families: frozenset[str]
    stages: frozenset[Stage]
    needed: bool


@dataclass(frozen=True)
class Tip:
    """First aid that may solve it."""

    families: frozenset[str]
    symptoms: frozenset[str]
    words: Words


@dataclass(frozen=True)
class Goods:
    """Everything that a goods file says, by code and in the file's order; `range` names it all, as a sentence begins."""

    range: Words
    model_example: str
    families: Mapping[str, Family]
    components: Mapping[str, Words]
    zones: Mapping[str, Words]
    accessories: Mapping[str, Words]
    tests: Mapping[str, Words]
    units: Mapping[str, Words]
    symptoms: Mapping[str, Symptom]
    work: Mapping[str, Work]
    tips: tuple[Tip, ...]
    checks: Mapping[str, ListedCheck] = field(default_factory=dict)

    def symptoms_of(self, components: Iterable[str]) -> tuple[str, ...]:
        """The symptoms that an item made of these components can show."""
        parts = frozenset(components)
        return tuple(code for code, each in self.symptoms.items() if not each.components or each.components & parts)

    def work_on(self, components: Iterable[str]) -> tuple[str, ...]:
        """What can be done to these components."""
        parts = frozenset(components)
        return tuple(code for code, each in self.work.items() if not each.components or each.components & parts)

    def dangers(self, symptoms: Iterable[str]) -> tuple[Danger, ...]:
        """What is dangerous about an item that shows these symptoms; mostly nothing."""
        found = {known.danger for code in symptoms if (known := self.symptoms.get(code))}
        return tuple(danger for danger in Danger if danger in found)

    def opens_case(self, work: str | None) -> bool:
        """Whether a marked item must pass the pressure test after this work."""
        known = self.work.get(work or "")
        return known is not None and known.opens_case

    def outcome(self, work: str | None) -> Outcome | None:
        """What becomes of the item by this work; None for a repair."""
        known = self.work.get(work or "")
        return known.outcome if known else None

    def work_for(self, outcome: Outcome) -> str:
        """The code of the work that ends in this; every brand has one."""
        return next(code for code, each in self.work.items() if each.outcome is outcome)

    def checks_of(self, family: str, stage: Stage) -> tuple[ListedCheck, ...]:
        """The check list of a family, in the file's order."""
        return tuple(each for each in self.checks.values() if family in each.families and stage in each.stages)

    def can_be_sealed(self, family: str) -> bool:
        """Whether a numbered seal can close an item of this family."""
        known = self.families.get(family)
        return known is not None and known.seal

    def must_be_told(self, symptoms: Sequence[str]) -> bool:
        """Whether nothing but the customer's own words says what is wrong."""
        known = [self.symptoms[code] for code in symptoms if code in self.symptoms]
        return bool(known) and all(each.told for each in known)

    def tips_for(self, family: str, symptoms: Iterable[str]) -> list[Words]:
        """First aid for these symptoms of this family."""
        shown = frozenset(symptoms)
        return [tip.words for tip in self.tips if family in tip.families and tip.symptoms & shown]
