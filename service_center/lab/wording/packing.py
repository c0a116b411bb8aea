"""The packing table in words: what comes next, what a card did, and what may be scanned."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.core.i18n import _, later, ngettext
from service_center.lab.commands import Deed
from service_center.lab.wording.cards import LABELS
from service_center.tickets.codes import grouped

HERE = (Deed.MINUS, Deed.ENTER, Deed.UNDO, Deed.PRINT)
"""The cards that mean something at an open parcel, besides figures."""
GONE = (Deed.UNDO, Deed.PRINT)
_CAN = {
    Deed.MINUS: later("take an item out: this card, then the item"),
    Deed.ENTER: later("the weight: its figures in grams, then this card"),
    Deed.UNDO: later("take back the last scan"),
    Deed.PRINT: later("the label; once more, the papers"),
}


def helped(*, left: bool) -> str:
    """Which cards mean something at this parcel."""
    told = [_("%(card)s = %(step)s", card=str(LABELS[deed]), step=str(_CAN[deed])) for deed in (GONE if left else HERE)]
    return _("Now you can scan: %(cards)s.", cards="; ".join(told))


def at_the_list() -> str:
    """Which cards mean something at dispatch before a parcel is open."""
    step = _("make the parcel of the item that was scanned")
    return _("Now you can scan: %(cards)s.", cards=_("%(card)s = %(step)s", card=str(LABELS[Deed.START]), step=step))


def prompt(missing: Sequence[str], *, left: bool, minus: bool, figures: str, weigh: bool) -> str:
    """What the scan field asks for."""
    if left:
        return _("Next: scan the next bag")
    if minus:
        return _("Scan the item that comes out")
    if figures:
        return _("%(held)s: now %(next)s", held=figures, next=_("Enter"))
    if missing:
        return _("Scan the item's bag")
    return _("The weight in grams, then Enter") if weigh else _("Now scan the courier's label")


def counted(held: int, total: int) -> str:
    """How far the parcel is."""
    return ngettext("%(held)s of %(num)s item scanned", "%(held)s of %(num)s items scanned", total, held=held)


def begins(inside: Sequence[str]) -> str:
    """How the codes begin, in one line, as the bags show it large."""
    return " · ".join(code[:4] for code in inside)


def took_out(code: str, *, open_still: bool) -> str:
    """An item came out of the parcel."""
    if open_still:
        return _("%(code)s is out of the parcel: it waits at dispatch.", code=grouped(code))
    return _("%(code)s was the only item: the parcel is cancelled.", code=grouped(code))


def weighed(grams: int) -> str:
    """The weight was noted."""
    return _("Weight: %(grams)s g.", grams=grams)
