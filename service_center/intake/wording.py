"""What the customer's pages say beyond their questions: sellers, first aid, safety, what goes into the parcel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from service_center.core.i18n import Later, later
from service_center.tickets.vocabulary import Symptom
from service_center.warranty.vocabulary import Card, Seller

SHOP = "shop"
"""Bought from a jeweller; who that was to us, our rows say (R12), never the customer."""

NONE_OF_THESE = "none"

SELLERS: dict[str, tuple[Later, Later | None]] = {
    SHOP: (later("A jeweller or a shop"), None),
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

S = Symptom
_W, _SW, _J = "watch", "smartwatch", "jewel"


class _Tip(NamedTuple):
    families: tuple[str, ...]
    symptoms: tuple[Symptom, ...]
    words: Later


_TIPS: tuple[_Tip, ...] = (
    _Tip((_W,), (S.DEAD, S.INTERMITTENT, S.BATTERY_FLAT), later("Push the crown in as far as it goes: a crown that is pulled out stops the watch.")),
    _Tip((_W,), (S.DEAD, S.BATTERY_FLAT), later("Is there a plastic disc under the crown? Take it off: it keeps a new watch from running.")),
    _Tip((_W,), (S.GAINS_OR_LOSES,), later("Keep it away from magnets for a day: loudspeakers, bag clasps and phone covers disturb it.")),
    _Tip((_W,), (S.DATE_STUCK,), later("Set the time to six in the morning and only then the date: near midnight the date does not move.")),
    _Tip((_W,), (S.CROWN_OR_BUTTON_STUCK,), later("Do not force it and do not oil it: a stuck crown is quickly repaired.")),
    _Tip((_W, _SW), (S.MOISTURE,), later("Do not warm it and do not open it: push the crown in, keep it dry and send it soon.")),
    _Tip((_SW,), (S.DEAD, S.DOES_NOT_CHARGE, S.BATTERY_FLAT, S.DISPLAY_DEAD), later("Wipe the contacts with a dry cloth, charge it for two hours with its own cable, then hold the button for fifteen seconds.")),
    _Tip((_SW,), (S.DRAINS_FAST,), later("Lower the brightness, update it in the app and charge it fully once: the battery often recovers.")),
    _Tip((_SW,), (S.TOUCH_DEAD, S.SENSOR_OR_VIBRATION, S.INTERMITTENT), later("Switch it off and on again, and clean the glass with a dry cloth.")),
    _Tip((_SW,), (S.PAIRING,), later("Remove the watch from the phone's Bluetooth list, restart both, and pair it again from the app.")),
    _Tip((_J,), (S.PLATING_OR_OXIDATION,), later("Wipe it with a soft, dry cloth, without products: a light oxidation often goes away.")),
)  # fmt: skip


def tips(family: str, symptoms: Sequence[str]) -> list[str]:
    """First aid that may solve it, for these symptoms of this kind of item."""
    return [str(tip.words) for tip in _TIPS if family in tip.families and set(tip.symptoms) & set(symptoms)]


_ALWAYS = (
    later("The item, wrapped in something soft, in a box that does not give way. Keep the gift box at home."),
    later("A copy of the proof of purchase, and the guarantee card if you have it."),
)
_SLIP = later(
    "The inside sheet of the A4 label. Without a printer: a sheet with your name and the code. The PIN stays with you."
)
_UNPAIR = later("Before you close it: unpair the smartwatch from the phone and put its charging cable in, too.")
_LABEL = later("Stick our label on the box, or write the address on it, and hand it to a courier who tracks it.")


def parcel(families: Sequence[str]) -> list[str]:
    """What goes into the parcel and onto it, step by step."""
    steps = [*_ALWAYS, *([_UNPAIR] if _SW in families else []), _SLIP, _LABEL]
    return [str(words) for words in steps]
