"""What the customer's pages say beyond their questions: sellers, first aid, safety, what goes into the parcel."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.core.house import house
from service_center.core.i18n import Later, language, later
from service_center.warranty.vocabulary import Card, Seller

SHOP = "shop"
"""Bought in a shop; who that was to us, our rows say (R12), never the customer."""

NONE_OF_THESE = "none"

SELLERS: dict[str, tuple[Later, Later | None]] = {
    SHOP: (later("A shop"), None),
    Seller.OWN_SHOP: (later("Our web shop"), None),
    Seller.MARKETPLACE: (later("A marketplace, like Amazon"), None),
    Seller.UNKNOWN: (later("I do not know"), later("A gift, for instance")),
}

CARDS: dict[str, tuple[Later, Later | None]] = {
    Card.COMPLETE: (later("Filled in and stamped"), None),
    Card.UNSTAMPED: (later("The shop's stamp is missing"), None),
    Card.INCOMPLETE: (later("Some lines are empty"), None),
    Card.ABSENT: (later("I do not have it"), None),
}


def tips(family: str, symptoms: Sequence[str]) -> list[str]:
    """First aid that may solve it, for these symptoms of this kind of item."""
    return [words[language()] for words in house().brand.goods.tips_for(family, symptoms)]


_ALWAYS = (
    later("The item, wrapped in something soft, in a box that does not give way. Keep the gift box at home."),
    later("A copy of the proof of purchase, and the guarantee card if you have it."),
)
_SLIP = later(
    "The inside sheet of the A4 label. Without a printer: a sheet with your name and the code. The PIN stays with you."
)
_LABEL = later("Stick our label on the box, or write the address on it, and hand it to a courier who tracks it.")


def parcel(families: Sequence[str]) -> list[str]:
    """What goes into the parcel and onto it, step by step."""
    known = house().brand.goods.families
    own = [kind.packing[language()] for name, kind in known.items() if name in families and kind.packing]
    return [*map(str, _ALWAYS), *own, str(_SLIP), str(_LABEL)]
