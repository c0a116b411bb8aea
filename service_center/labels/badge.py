"""A badge in the size of a bank card, on A4 to be cut out: a QR that names nobody, and the name in print."""

from __future__ import annotations

from service_center.core.i18n import _
from service_center.core.paper import A4, Row, Sheet

WIDE, HIGH = 85.6, 54.0
LEFT, TOP = 20.0, 20.0
QR = 40.0


def draw(text: str, name: str, house: str) -> bytes:
    """The badge as a PDF."""
    sheet = Sheet(A4, _("Badge"))
    for x in (LEFT, LEFT + WIDE):
        sheet.cut(x, TOP - 8, x, TOP + HIGH + 8)
    for y in (TOP, TOP + HIGH):
        sheet.cut(LEFT - 8, y, LEFT + WIDE + 8, y)
    sheet.qr(LEFT + 4, TOP + (HIGH - QR) / 2, QR, text)
    right, room = LEFT + 4 + QR + 3, WIDE - QR - 11
    sheet.text(right, TOP + 7, room, 12, Row(house, 11, bold=True, floor=8))
    sheet.text(right, TOP + 20, room, 27, Row(name, 17, bold=True, floor=11), Row(_("Bench badge"), 10, gap=3))
    sheet.text(
        LEFT, TOP + HIGH + 16, 165, 40,
        Row(_("Print at 100 % and cut along the lines."), 11),
        Row(_("Scan the badge at a bench and type your PIN. Choose the PIN first: sign in with your password, “My badge”."), 11, gap=4),
        Row(_("Lost it? Tell a manager at once: a new badge ends the old one."), 11, gap=4),
    )  # fmt: skip
    return sheet.finished()
