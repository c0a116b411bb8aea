"""The label of a parcel to the lab: A6, or A4 with what to do, the label to cut out and the slip that goes inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.core.i18n import _, day, pgettext
from service_center.core.paper import A4, A6, Row, Sheet
from service_center.labels.shipping import Party, address, sender_rows


@dataclass(frozen=True)
class InboundLabel:
    """A parcel to us; `code` is grouped, `item` (for the slip inside alone) says what it is, `charged` warns of a battery."""

    sender: Party
    recipient: Party
    code: str
    scan: str
    number: str
    asked_on: date
    item: str = ""
    holder: str = ""
    telephone: str = ""
    reference: str = ""
    rechargeable: bool = False


def draw(facts: InboundLabel, *, size: tuple[float, float] = A4) -> bytes:
    """The label as a PDF of one page."""
    sheet = Sheet(size, _("Label to the lab %(code)s", code=facts.code))
    if size != A4:
        _label(sheet, facts, 0, 0, size)
        return sheet.finished()
    _guide(sheet, facts)
    middle = size[1] - A6[1]
    sheet.cut(6, middle, size[0] - 6, middle)
    sheet.cut(A6[0], middle + 6, A6[0], size[1] - 6)
    _label(sheet, facts, 0, middle, A6)
    _inside(sheet, facts, A6[0], middle)
    return sheet.finished()


def _label(sheet: Sheet, facts: InboundLabel, x: float, y: float, size: tuple[float, float]) -> None:
    left, width, high = x + 6, size[0] - 12, size[1]
    sheet.text(left, y + 5.2, width - 18, 8.5, Row(pgettext("label", "TO SERVICE"), 15, bold=True, floor=10))
    sheet.box(left + width - 16, y + 5, 16, 9.4, thick=0.35)
    sheet.text(left + width - 16, y + 6.3, 16, 8, Row(pgettext("label", "IN"), 16, bold=True), align="center")
    sheet.line(left, y + 16, width, 0.8)
    sheet.text(left, y + 17.8, 15, 10, Row(pgettext("label", "Sender"), 7.5))
    sheet.text(left + 16, y + 17.6, width - 16, 15, *sender_rows(facts.sender))
    sheet.line(left, y + 33.5, width, 0.25)
    sheet.text(left, y + 35, width, 4, Row(pgettext("label", "To"), 7.5))
    sheet.text(left, y + 38.6, width, high - 96, *address(facts.recipient))
    low = y + high - 52
    sheet.line(left, low - 3, width, 0.25)
    sheet.qr(left - 3.8, low - 2.4, 32.6, facts.scan)
    sheet.text(
        left + 31,
        low - 1,
        width - 31,
        15,
        Row(pgettext("label", "Repair"), 7.5),
        Row(facts.code, 15, bold=True, floor=10),
    )
    dated = _("asked for on %(day)s", day=day(facts.asked_on))
    sheet.text(left + 31, low + 11.5, width - 31, 5, Row(dated, 8.5))
    sheet.box(left + 31, low + 18, width - 31, 7.4, thick=0.35)
    sheet.text(left + 31, low + 19, width - 31, 6, Row(pgettext("label", "FRAGILE"), 11, bold=True), align="center")
    sheet.code128(left - 2, low + 30, width + 4, 11.5, facts.number)
    sheet.text(left, low + 41.6, width, 5, Row(facts.number, 9, bold=True), align="center")


def steps(facts: InboundLabel) -> tuple[tuple[str, str], ...]:
    """What to do, in order: a few words, and what they mean."""
    charged = (
        (_("Switch it off"), _("Unpair it from the telephone, save your data and switch it off: a reset may erase it. A battery that is hot or swollen must not travel: call us.")),
    )  # fmt: skip
    return (
        (pgettext("label", "Cut"), _("Cut along the broken lines: on the left the label, on the right the slip for the parcel.")),
        *(charged if facts.rechargeable else ()),
        (pgettext("label", "Wrap"), _("Wrap the item so that it cannot move, in a stiff box. Keep the original box: it is not needed.")),
        (pgettext("label", "Put inside"), _("A copy of the receipt, the guarantee card filled in and stamped by the shop, and the slip.")),
        (pgettext("label", "Stick"), _("Stick the label on the largest side; cover or remove old labels. Write nothing else on the parcel.")),
        (pgettext("label", "Send"), _("Send it insured and with a tracking number, and keep the courier's receipt until the item is back.")),
    )  # fmt: skip


def _guide(sheet: Sheet, facts: InboundLabel) -> None:
    sheet.text(15, 13, 135, 13, Row(_("How to send it"), 24, bold=True))
    sheet.text(15, 26, 135, 6, Row(_("Repair %(code)s", code=facts.code), 11))
    sheet.line(15, 34, 180, 0.5)
    y = 38.0
    for place, (title, words) in enumerate(steps(facts), start=1):
        sheet.box(15, y + 0.4, 7.5, 7.5, thick=0.35)
        sheet.text(15, y + 1.4, 7.5, 7, Row(str(place), 12, bold=True), align="center")
        ends = sheet.text(27, y - 0.6, 168, 16, Row(title, 11.5, bold=True), Row(words, 10))
        y = max(ends, y + 9) + 3.2
    follow = _("Where it is, at any time: %(link)s", link=facts.scan)
    sheet.text(15, 134, 180, 9, Row(follow, 9.5))


def _inside(sheet: Sheet, facts: InboundLabel, x: float, y: float) -> None:
    left, width = x + 8, A6[0] - 16
    sheet.text(left, y + 5.2, width, 8.5, Row(_("SLIP FOR INSIDE THE PARCEL"), 13, bold=True, floor=9))
    sheet.line(left, y + 16, width, 0.8)
    sheet.text(
        left, y + 19, width - 30, 18, Row(pgettext("label", "Repair"), 7.5), Row(facts.code, 17, bold=True, floor=9)
    )
    sheet.qr(left + width - 26.5, y + 16.8, 28, facts.scan)
    sheet.text(left, y + 33, width - 30, 5, Row(_("asked for on %(day)s", day=day(facts.asked_on)), 8.5))
    told = (
        (pgettext("label", "Item"), facts.item), (pgettext("label", "Name"), facts.holder), (pgettext("label", "Telephone"), facts.telephone), (pgettext("label", "Shop's reference"), facts.reference),
    )  # fmt: skip
    top = y + 46
    for label, words in told:
        if words:
            sheet.text(left, top + 0.4, 25, 5, Row(label, 8))
            top = max(sheet.text(left + 26, top, width - 26, 13, Row(words, 10, bold=True, floor=8)), top + 5) + 1
    top = max(top + 3, y + 84)
    sheet.line(left, top, width, 0.25)
    sheet.text(left, top + 2, width, 6, Row(_("In the parcel"), 9, bold=True))
    things = (
        pgettext("label", "the item"),
        _("a copy of the receipt"),
        _("the guarantee card, stamped"),
        pgettext("label", "this slip"),
    )
    for place, thing in enumerate(things):
        sheet.box(left, top + 10 + place * 7.5, 4, 4, thick=0.3)
        sheet.text(left + 7, top + 9.4 + place * 7.5, width - 7, 6, Row(thing, 10))
