"""The list that lies in a parcel: what is in it, for whom, with whom it travels."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.platypus import Flowable

from service_center.core.i18n import _, ngettext, pgettext
from service_center.core.paper import A4
from service_center.documents.layout import Letterhead, build, columns, heading, inner, space, table, words


@dataclass(frozen=True)
class Packed:
    """One item of the parcel."""

    code: str
    number: str
    item: str
    serial: str = ""
    reference: str = ""
    accessories: str = ""
    seal: str = ""


@dataclass(frozen=True)
class PackingList:
    """A parcel on its way out."""

    head: Letterhead
    recipient: str
    address: str
    items: tuple[Packed, ...]
    courier: str = ""
    tracking: str = ""
    weight: str = ""


def draw(facts: PackingList) -> bytes:
    """The list as a PDF, A4."""
    width = inner(A4)
    to = ((pgettext("paper", "To"), facts.recipient), ("", facts.address))
    way = ((_("Courier"), facts.courier), (_("Number"), facts.tracking), (_("Weight"), facts.weight))
    rows = [
        [str(place), [words(each.code, 9, bold=True), words(_("no. %(number)s", number=each.number), 8, quiet=True)], _item(each), each.serial or "–", each.reference or "–", each.accessories or "–"]
        for place, each in enumerate(facts.items, 1)
    ]  # fmt: skip
    heads = ("", pgettext("paper", "Repair"), pgettext("paper", "Item"), pgettext("paper", "Serial number"), pgettext("paper", "Shop's reference"), pgettext("paper", "Came with"))  # fmt: skip
    count = ngettext("%(num)s item in this parcel", "%(num)s items in this parcel", len(facts.items))
    story = [
        words(_("What is in this parcel"), 17, bold=True), space(2), columns((to, way), width), *heading(count),
        table(heads, rows, [width * share for share in (0.05, 0.2, 0.27, 0.15, 0.13, 0.2)]), space(4),
        words(_("Is something missing or damaged? Photograph the box before you throw it away, and write to us."), 9),
    ]  # fmt: skip
    return build(facts.head, _("Parcel list"), story)


def _item(each: Packed) -> list[Flowable]:
    """What it is, and the seal that closes it."""
    sealed = [words(_("Seal %(number)s", number=each.seal), 8, quiet=True)] if each.seal else []
    return [words(each.item, 9), *sealed]
