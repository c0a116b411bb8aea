"""Keeping the list of spare parts: one by hand, or many from a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue import stock
from service_center.catalogue.models import Part, PartMove
from service_center.catalogue.stock import By
from service_center.core.errors import Refused

COLUMNS = ("code", "name", "families", "price_cents", "on_hand", "reorder_at", "place")
DEAREST = 10_000_000
MOST_REORDER = 10_000


@dataclass(frozen=True)
class PartSaid:
    """A part as somebody describes it; the price in cents, VAT included."""

    code: str
    name: str
    families: tuple[str, ...]
    price_cents: int
    reorder_at: int = 0
    place: str = ""


def save_part(session: Session, part: Part, said: PartSaid, *, families: Sequence[str]) -> Part:
    """Write a part, new or known; its stock changes by moves alone."""
    code = said.code.strip().upper()
    if not said.families or not set(said.families) <= set(families):
        raise Refused("family_unknown", field="families")
    if not 0 <= said.price_cents <= DEAREST:
        raise Refused("amount_impossible", field="price")
    if not 0 <= said.reorder_at <= MOST_REORDER:
        raise Refused("quantity_impossible", field="reorder_at")
    if session.scalars(select(Part.id).where(Part.code == code, Part.id != (part.id or 0))).first() is not None:
        raise Refused("part_code_taken", field="code")
    part.code, part.name, part.families = code, said.name.strip(), list(said.families)
    part.price_cents, part.reorder_at, part.place = said.price_cents, said.reorder_at, said.place.strip()
    session.add(part)
    session.flush()
    return part


def take_parts(session: Session, rows: Sequence[Mapping[str, str]], by: By, *, families: Sequence[str]) -> int:
    """Write the rows of a table, each by its code; all or none. The stock of new parts alone is taken from it."""
    known = {part.code: part for part in session.scalars(select(Part))}
    for number, row in enumerate(rows, 2):
        said, on_hand = _said(row, number)
        code = said.code.upper()
        try:
            part = save_part(session, known.get(code, Part()), said, families=families)
            if code not in known and on_hand:
                stock.count(session, part.id, on_hand, by)
            known[code] = part
        except Refused as no:
            raise _wrong(number, said.code) from no
    return len(rows)


def part_by(session: Session, text: str) -> Part | None:
    """The part with this code, as somebody typed or scanned it."""
    plain = text.strip().upper()
    return session.scalars(select(Part).where(Part.code == plain)).one_or_none() if plain else None


def moves(session: Session, part_id: int, most: int = 50) -> Sequence[PartMove]:
    """What changed the stock of a part, the newest first."""
    return session.scalars(
        select(PartMove).where(PartMove.part_id == part_id).order_by(PartMove.id.desc()).limit(most)
    ).all()


def _said(row: Mapping[str, str], number: int) -> tuple[PartSaid, int]:
    told = {name: (row.get(name) or "").strip() for name in COLUMNS}
    figures = [told[name] or "0" for name in ("price_cents", "on_hand", "reorder_at")]
    right = all(each.isascii() and each.isdigit() and len(each) < 9 for each in figures)
    if not right or not told["code"] or not told["name"]:
        raise _wrong(number, told["code"])
    if max(len(told["code"]), len(told["place"])) > 40 or len(told["name"]) > 120:
        raise _wrong(number, told["code"])
    price, on_hand, reorder = map(int, figures)
    families = tuple(each.strip() for each in told["families"].split("|") if each.strip())
    return PartSaid(told["code"], told["name"], families, price, reorder, told["place"]), on_hand


def _wrong(number: int, code: str) -> Refused:
    return Refused("stock_row_wrong", field="table", row=number, part=code[:40])
