"""Hazards in words: their names, what to do at once, and what becomes of a flagged item."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.core.i18n import Later, _, later
from service_center.tickets.goods import dangers
from service_center.tickets.hazards import Ending, Hazard

H = Hazard

_LABELS: dict[str, Later] = {
    H.SWELLING: later("It swells"),
    H.OVERHEATING: later("It gets very hot"),
    H.BURN: later("It burnt, smoked or burnt somebody"),
    H.SKIN: later("The skin reacts to it"),
    H.SHARP: later("A sharp edge or a splinter"),
    H.SWALLOWED: later("A small part came off that a child could swallow"),
}
_SIGNS: dict[str, Later] = {
    H.SWELLING: later("Case or glass is lifted, it no longer lies flat."),
    H.OVERHEATING: later("Too hot to touch, while charging or worn."),
    H.BURN: later("Smoke, a smell of burning, marks of fire, burnt skin."),
    H.SKIN: later("Redness, itching or blisters where it was worn."),
    H.SHARP: later("It cuts, scratches or has a broken edge."),
    H.SWALLOWED: later("A battery, a stone or another small part is loose or missing."),
}
_BATTERY: tuple[Later, ...] = (
    later("Do not charge it and do not wear it any more."),
    later("Put it on something that does not burn, away from heat, paper, fabric and people, children first."),
    later("Do not press, open or pierce it, and do not throw it away."),
    later("If it smokes or burns, keep away and call 112."),
    later("Do not send it: such a battery may not travel in an ordinary parcel."),
)
_ADVICE: dict[str, tuple[Later, ...]] = {
    H.SWELLING: _BATTERY,
    H.OVERHEATING: _BATTERY,
    H.BURN: (*_BATTERY, later("Whoever was burnt: cool the skin under running water and see a doctor.")),
    H.SKIN: (
        later("Do not wear it any more."),
        later("Wash the skin with water, and see a doctor if it gets worse or does not calm down."),
        later("Keep the item, do not clean it and do not send it yet: we tell you how."),
    ),
    H.SHARP: (
        later("Do not wear it any more, and wrap it so that nobody is cut."),
        later("Keep it away from children, and do not send it yet: we tell you how."),
    ),
    H.SWALLOWED: (
        later("If a child may have swallowed a part, go to the emergency room at once, above all if it may be a battery."),
        later("Look for all loose parts and keep them away from children, in a closed box."),
        later("Do not send it yet: we tell you how."),
    ),
}  # fmt: skip
_TELL: dict[str, tuple[Later, ...]] = {
    H.SKIN: (
        later("Since when, and how long it was worn a day."),
        later("Where the skin reacts, and whether a doctor saw it."),
        later("Whether other jewels or metals do the same."),
    ),
}
_TELL_ALWAYS: tuple[Later, ...] = (
    later("When it happened, and what was being done with it: charging, wearing, storing."),
    later("Whether somebody was hurt or something damaged."),
    later("Model and serial number, and a photograph if it is safe to take one."),
)
_ENDINGS: dict[str, tuple[Later, Later]] = {
    Ending.SAFE: (later("Safe to handle"), later("It was examined: it may be worked on. A battery that was reported stays on the ground.")),
    Ending.BATTERY_OUT: (later("The battery is out"), later("Taken out or exchanged: it may go back by any courier.")),
    Ending.DISPOSED: (later("Disposed of"), later("Handed to a firm that disposes of it, with the customer's consent.")),
    Ending.ADR: (later("Sent by a carrier for dangerous goods"), later("ADR, on the ground, as a damaged battery.")),
    Ending.KEPT: (later("Kept for the maker or the authority"), later("It stays apart, as evidence.")),
    Ending.MISTAKE: (later("Flagged by mistake"), later("There is no danger and there was none.")),
}  # fmt: skip


def hazard(code: str) -> str:
    """What it does, in a few words."""
    return str(_LABELS.get(code, code))


def signs(code: str) -> str:
    """How one knows it."""
    return str(_SIGNS.get(code, ""))


def advice(code: str) -> list[str]:
    """What to do at once."""
    return [str(words) for words in _ADVICE.get(code, ())]


def tell_us(code: str) -> list[str]:
    """What we want to know."""
    return [str(words) for words in _TELL.get(code, _TELL_ALWAYS)]


def advice_on(symptoms: Sequence[str]) -> list[str]:
    """What to do at once about symptoms that are dangerous, all of them; empty where none is."""
    return list(dict.fromkeys(words for danger in dangers(symptoms) for words in advice(danger)))


def ending(code: str) -> str:
    """What became of it, in a few words."""
    return str(_ENDINGS[code][0]) if code in _ENDINGS else ""


def ending_hint(code: str) -> str:
    """What an ending means for the way back."""
    return str(_ENDINGS[code][1]) if code in _ENDINGS else ""


def who(flagged_by: str) -> str:
    """Who raised the flag: a colleague or a shop by name, else the customer."""
    return flagged_by or _("the customer")
