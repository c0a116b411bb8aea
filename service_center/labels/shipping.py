"""The label of a parcel on its way out, A6 or 100 × 150 mm; nothing on it tells a stranger what is inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.core.i18n import _, country, day, number, pgettext
from service_center.core.paper import A6, Row, Sheet, telephone

LABEL_ROLL = (100.0, 150.0)


@dataclass(frozen=True)
class Party:
    """Somebody with a postal address, as on an envelope."""

    name: str
    street: str
    postal_code: str
    city: str
    province: str = ""
    country: str = "IT"
    phone: str = ""

    def town(self) -> str:
        """`80133 NAPOLI (NA)`."""
        province = f"({self.province.upper()})" if self.province else ""
        return " ".join(part for part in (self.postal_code, self.city.upper(), province) if part)

    def nation(self) -> str:
        """The country in capitals, in the spoken language."""
        return country(self.country).upper()

    def telephone(self) -> str:
        """`tel. +39 333 000 0000`, or nothing."""
        return _("tel. %(number)s", number=telephone(self.phone)) if self.phone else ""


@dataclass(frozen=True)
class ShippingLabel:
    """A parcel; `codes` are the tickets in it, grouped in fours, and `scan` is what our QR holds."""

    sender: Party
    recipient: Party
    codes: tuple[str, ...]
    scan: str
    booked_on: date
    letter: str = ""
    courier: str = ""
    tracking: str = ""
    reference: str = ""
    weight_grams: int | None = None
    piece: int = 1
    pieces: int = 1


def draw(facts: ShippingLabel, *, size: tuple[float, float] = A6) -> bytes:
    """The label as a PDF of one page."""
    sheet = Sheet(size, pgettext("label", "Parcel label"))
    width, high = size[0] - 10, size[1]
    _head(sheet, facts, width)
    sheet.text(5, 32, width, 4, Row(pgettext("label", "To"), 7.5))
    sheet.text(5, 35.6, width, high - 98, *address(facts.recipient))
    _figures(sheet, facts, high - 61, width)
    _codes(sheet, facts, high - 47, width)
    return sheet.finished()


def address(party: Party, scale: float = 1) -> tuple[Row, ...]:
    """A recipient as the sorter reads it: name and street large, the town largest."""
    return (
        Row(party.name, 15 * scale, bold=True, floor=12 * scale), Row(party.street, 15 * scale, bold=True, floor=12 * scale),
        Row(party.town(), 21 * scale, bold=True, floor=14 * scale, gap=2 * scale), Row(party.nation(), 13 * scale, bold=True),
        Row(party.telephone(), 11 * scale, gap=2 * scale),
    )  # fmt: skip


def sender_rows(party: Party) -> tuple[Row, ...]:
    """A sender in three small lines."""
    last = ", ".join(part for part in (party.town(), party.nation()) if part)
    return (
        Row(party.name, 9, bold=True),
        Row(party.street, 8.5),
        Row(" · ".join(p for p in (last, party.telephone()) if p), 8.5),
    )


def _head(sheet: Sheet, facts: ShippingLabel, width: float) -> None:
    boxes = 27.0 if facts.letter else 17.0
    sheet.text(5, 6, width - boxes - 2, 8.5, Row(_("BACK FROM SERVICE"), 15, bold=True, floor=10))
    _framed(sheet, 5 + width - boxes, 16, pgettext("label", "OUT"))
    if facts.letter:
        _framed(sheet, 5 + width - 10, 10, facts.letter)
    sheet.line(5, 16, width, 0.8)
    sheet.text(5, 17.8, 15, 10, Row(pgettext("label", "Sender"), 7.5), Row(pgettext("label", "Return to"), 7.5))
    sheet.text(21, 17.6, width - 16, 12, *sender_rows(facts.sender))
    sheet.line(5, 30.6, width, 0.25)


def _framed(sheet: Sheet, x: float, width: float, words: str) -> None:
    sheet.box(x, 5, width, 9.4, thick=0.35)
    sheet.text(x, 6.3, width, 8, Row(words, 16, bold=True), align="center")


def _figures(sheet: Sheet, facts: ShippingLabel, y: float, width: float) -> None:
    weight = _("%(kg)s kg", kg=number(facts.weight_grams / 1000, 2)) if facts.weight_grams else "–"
    told = (
        (pgettext("label", "Parcel"), _("%(piece)s of %(pieces)s", piece=facts.piece, pieces=facts.pieces)), (pgettext("label", "Weight"), weight),
        (pgettext("label", "Date"), day(facts.booked_on)), (pgettext("label", "Our reference"), facts.reference or "–"),
    )  # fmt: skip
    sheet.line(5, y, width, 0.25)
    shares = (0.17, 0.18, 0.29, 0.36)
    x = 5.0
    for (label, words), share in zip(told, shares, strict=True):
        sheet.text(x, y + 1.2, width * share - 2, 4, Row(label, 7, floor=5))
        sheet.text(x, y + 4.8, width * share - 2, 6, Row(words, 11, bold=True, floor=8))
        x += width * share
    sheet.line(5, y + 11.6, width, 0.25)


def _codes(sheet: Sheet, facts: ShippingLabel, y: float, width: float) -> None:
    """Our QR and codes on the left, the courier's bars (or without a number our own code's) beside and below."""
    sheet.qr(1.2, y - 2, 32.6, facts.scan)
    x, room = 35.0, width - 30
    told = [Row(code, 12, bold=True, floor=9) for code in facts.codes[: 1 if len(facts.codes) > 2 else 2]]
    if len(facts.codes) > 2:
        told.append(Row(_("and %(number)s more in this parcel", number=len(facts.codes) - 1), 8))
    sheet.box(x, y + 0.8, room, 7.4, thick=0.35)
    sheet.text(x, y + 1.8, room, 6, Row(pgettext("label", "FRAGILE"), 11, bold=True), align="center")
    named = " ".join(part for part in (facts.courier, facts.tracking) if part)
    sheet.text(
        x, y + 9, room, 18, Row(pgettext("label", "Repair"), 7), *told, Row(named, 12, bold=True, floor=8, gap=2)
    )
    bars = facts.tracking or (facts.codes[0].replace("-", "") if facts.codes else "")
    sheet.code128(2, y + 30, width + 6, 12, bars)
