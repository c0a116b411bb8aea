"""Keeping the range: models with their list prices and functions, by hand or from a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue.comparing import ean_is_right
from service_center.catalogue.models import Model
from service_center.core.errors import Refused

COLUMNS = ("code", "ean", "name", "family", "water_mark", "list_price_cents", "current", "functions")
DEAREST = 10_000_000
MOST_FUNCTIONS = 30


@dataclass(frozen=True)
class Described:
    """A model as somebody describes it; the price in cents, VAT included."""

    code: str
    name: str
    family: str
    ean: str = ""
    water_mark: bool = False
    list_price_cents: int | None = None
    current: bool = True
    functions: tuple[str, ...] = ()


def save_model(session: Session, model: Model, said: Described, *, families: Sequence[str]) -> Model:
    """Write a model, new or known; raises Refused when its code or EAN is another's, or it cannot be."""
    code, ean = said.code.strip().upper(), said.ean.strip()
    if said.family not in families:
        raise Refused("family_unknown", field="family")
    if ean and not ean_is_right(ean):
        raise Refused("ean_wrong", field="ean")
    if said.list_price_cents is not None and not 0 < said.list_price_cents <= DEAREST:
        raise Refused("amount_impossible", field="list_price")
    others = session.scalars(
        select(Model).where(Model.id != (model.id or 0), (Model.code == code) | (Model.ean == ean))
    )
    for other in others:
        raise Refused(
            "code_taken" if other.code == code else "ean_taken", field="code" if other.code == code else "ean"
        )
    model.code, model.ean, model.name, model.family = code, ean or None, said.name.strip(), said.family
    model.water_mark, model.list_price_cents, model.current = said.water_mark, said.list_price_cents, said.current
    model.functions = list(dict.fromkeys(each.strip() for each in said.functions if each.strip()))[:MOST_FUNCTIONS]
    session.add(model)
    session.flush()
    return model


LARGEST = 1_000_000


def set_limits(model: Model, limits: Mapping[str, tuple[float | None, float | None]], tests: Collection[str]) -> None:
    """Give a model limits of its own, in the tests' units; a test without any keeps those of the house."""
    kept: dict[str, list[float | None]] = {}
    for test, (low, high) in limits.items():
        if low is None and high is None:
            continue
        figures = [each for each in (low, high) if each is not None]
        if test not in tests or any(abs(each) > LARGEST for each in figures):
            raise Refused("limit_impossible", field=f"low_{test}")
        if low is not None and high is not None and low > high:
            raise Refused("limits_crossed", field=f"low_{test}")
        kept[test] = [low, high]
    model.limits = kept


def take_table(session: Session, rows: Sequence[Mapping[str, str]], *, families: Sequence[str]) -> int:
    """Write the rows of a table, each by its code; all or none. A refusal names the row that will not do."""
    known = {model.code: model for model in session.scalars(select(Model))}
    for number, row in enumerate(rows, 2):
        said = _described(row, number)
        try:
            save_model(session, known.get(said.code.strip().upper(), Model()), said, families=families)
        except Refused as no:
            raise Refused("row_wrong", field="table", row=number, model=said.code, why=no.code) from no
    return len(rows)


def _described(row: Mapping[str, str], number: int) -> Described:
    told = {name: (row.get(name) or "").strip() for name in COLUMNS}
    price = told["list_price_cents"]
    if not told["code"] or not told["name"] or (price and not (price.isascii() and price.isdigit() and len(price) < 9)):
        raise Refused("row_wrong", field="table", row=number, model=told["code"], why="")
    if max(len(told["code"]), len(told["ean"])) > 40 or len(told["name"]) > 120:
        raise Refused("row_wrong", field="table", row=number, model=told["code"][:40], why="")
    return Described(
        told["code"], told["name"], told["family"], told["ean"], told["water_mark"] == "1", int(price) if price else None,
        told["current"] != "0", tuple(told["functions"].split("|")),
    )  # fmt: skip
