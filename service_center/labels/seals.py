"""Numbered seals on A4, to be cut or for a sheet of tamper labels: the number, and a QR that a scan puts on the open ticket."""

from __future__ import annotations

from service_center.core.i18n import _
from service_center.core.paper import A4, Row, Sheet

ACROSS, DOWN = 4, 13
WIDE, HIGH = 47.5, 21.0
LEFT, TOP = 10.0, 12.0
QR = 16.0
CARD = "*SEAL."


def number(value: int) -> str:
    """A seal's number as it is written."""
    return f"{value:06d}"


def draw(house: str, first: int) -> bytes:
    """One sheet of seals, numbered from `first`, as a PDF."""
    sheet = Sheet(A4, _("Numbered seals"))
    sheet.text(LEFT, 4, 190, 6, Row(_("Numbered seals"), 11, bold=True))
    for place in range(ACROSS * DOWN):
        down, across = divmod(place, ACROSS)
        _seal(sheet, house, number(first + place), LEFT + across * WIDE, TOP + down * HIGH)
    return sheet.finished()


def _seal(sheet: Sheet, house: str, named: str, x: float, y: float) -> None:
    sheet.box(x, y, WIDE, HIGH, thick=0.15)
    sheet.qr(x + 1.5, y + 2, QR, CARD + named)
    sheet.text(
        x + QR + 3, y + 2, WIDE - QR - 4.5, HIGH - 4,
        Row(named, 13, bold=True, floor=9), Row(house, 7, floor=5), Row(_("To be opened at the lab only"), 5.5, floor=4.5),
    )  # fmt: skip
