"""Who sold it: one of our shops, our web shop or a marketplace, recognised by its name, VAT number or order number (R12)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from service_center.accounts.models import Shop
from service_center.accounts.queries import authorised, sellers_like, with_vat_number
from service_center.accounts.vat import compact
from service_center.core.brand import Brand, HouseSeller
from service_center.warranty.vocabulary import Seller


@dataclass(frozen=True)
class Known:
    """A seller that we recognise: the rule book's word for it, its name, and its row where it is a shop of ours."""

    seller: str
    name: str
    shop: Shop | None = None


def recognised(
    session: Session, brand: Brand, *, name: str = "", vat_number: str = "", number: str = "", day: date | None = None
) -> Known | None:
    """The seller behind what stands on a paper; None where it stays open. `day` is the day of purchase: a stamp is judged on it.

    A retailer with several shops is recognised by its VAT number only where the name tells which one.
    """
    own = house_seller(brand, name=name, vat_number=vat_number, number=number)
    if own is not None:
        return Known(own.kind, own.name)
    by_number = with_vat_number(session, compact(vat_number)) if vat_number else []
    found = _one(by_number, name) or (None if by_number else _one(sellers_like(session, name), name, exactly=True))
    return None if found is None else Known(seller_on(found, day), found.name, found)


def house_seller(brand: Brand, *, name: str = "", vat_number: str = "", number: str = "") -> HouseSeller | None:
    """Our web shop or a marketplace, by any of the three."""
    typed, vat, order = plain(name), compact(vat_number), number.strip().upper()
    for each in brand.sellers:
        named = typed and typed in {plain(known) for known in (each.name, *each.names)}
        numbered = order and each.order_pattern and re.fullmatch(each.order_pattern, order, re.IGNORECASE)
        if named or numbered or (vat and vat == compact(each.vat_number)):
            return each
    return None


def seller_on(shop: Shop, day: date | None) -> str:
    """What a shop was on the day of purchase; without a day, what it has ever been."""
    asked = day or shop.authorised_from
    known = asked is not None and authorised(shop, asked)
    return (Seller.AUTHORISED_RETAILER if known else Seller.UNLISTED_RETAILER).value


def plain(words: str) -> str:
    """A name without marks, blanks and capitals, as two people may write it."""
    return " ".join(re.sub(r"[^\w]+", " ", words).casefold().split())


def _one(shops: list[Shop], name: str, *, exactly: bool = False) -> Shop | None:
    typed = plain(name)
    named = [shop for shop in shops if typed and typed in (plain(shop.name), plain(f"{shop.name} {shop.city}"))]
    if len(named) == 1:
        return named[0]
    return shops[0] if len(shops) == 1 and not exactly else None
