"""Questions about models, parts and the tests that the brand asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service_center.catalogue.comparing import comparable
from service_center.catalogue.models import Model, Part
from service_center.core.brand import Brand


@dataclass(frozen=True)
class Test:
    """A bench test as the brand file gives it: unit, limits (None: none), the gauge's scale, decimals, and when it is a must."""

    name: str
    unit: str
    low: float | None
    high: float | None
    scale: tuple[float, float]
    places: int
    needed_when_opened_and_marked: bool
    needed_always: bool
    by_model: bool = False

    def passes(self, value: float) -> bool:
        """Whether a reading lies within the limits, both included."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def tests_for(brand: Brand, family: str) -> dict[str, Test]:
    """The tests of a family, by name, in the file's order, with the house's own limits."""
    return {
        name: Test(
            name, raw["unit"], raw.get("low"), raw.get("high"), (raw["scale"][0], raw["scale"][1]), raw.get("places", 2),
            raw.get("needed_when_opened_and_marked", False), raw.get("needed_always", False), raw.get("by_model", False),
        )
        for name, raw in brand.catalogue["tests"].items()
        if family in raw["families"]
    }  # fmt: skip


def tests_of(brand: Brand, family: str, model: Model | None) -> dict[str, Test]:
    """The tests of an item: those of its family with its model's own limits, and those that only some models have."""
    own = model.limits if model is not None and model.family == family else {}
    return {
        name: replace(test, low=own[name][0], high=own[name][1]) if name in own else test
        for name, test in tests_for(brand, family).items()
        if name in own or not test.by_model
    }


def model_by(session: Session, text: str) -> Model | None:
    """The model with this code or EAN, as somebody typed or scanned it."""
    plain = text.strip().upper()
    return (
        session.scalars(select(Model).where(or_(Model.code == plain, Model.ean == plain))).one_or_none()
        if plain
        else None
    )


def models(session: Session, family: str | None = None) -> Sequence[Model]:
    """The range, by code."""
    asked = select(Model).order_by(Model.code)
    return session.scalars(asked.where(Model.family == family) if family else asked).all()


def parts_for(session: Session, family: str) -> Sequence[Part]:
    """The parts that fit a family, by code."""
    return [part for part in session.scalars(select(Part).order_by(Part.code)) if family in part.families]


MOST_CANDIDATES = 6


def candidates(session: Session, family: str, original: Model | None, basis_cents: int | None) -> list[Model]:
    """What may take the place of an item (R26, R27): the same model first, then comparable ones of no less value, the cheapest first.

    Without a known value only the same model can be named; the rest is a manager's.
    """
    same = [original] if original is not None and original.current else []
    if basis_cents is None:
        return same
    others = session.scalars(
        select(Model)
        .where(
            Model.family == family,
            Model.current,
            Model.list_price_cents >= basis_cents,
            Model.id != (original.id if original else 0),
        )
        .order_by(Model.list_price_cents, Model.code)
    )
    wanted = original.functions if original else []
    return [*same, *(each for each in others if comparable(wanted, each.functions))][:MOST_CANDIDATES]


def search_models(session: Session, text: str = "") -> Sequence[Model]:
    """The range by code; with a text, what has it in its code, its EAN or its name."""
    asked = select(Model).order_by(Model.family, Model.code)
    plain = f"%{text.strip()}%"
    return session.scalars(
        asked.where(or_(Model.code.ilike(plain), Model.name.ilike(plain), Model.ean.ilike(plain)))
        if text.strip()
        else asked
    ).all()
