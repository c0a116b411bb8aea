"""Command cards on A4: a QR and what it does in both languages, thirty-five a page, to lie under glass or to be cut out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service_center.core.i18n import _
from service_center.core.paper import A4, Row, Sheet

ACROSS, DOWN = 5, 7
WIDE, HIGH = 38.0, 38.0
LEFT, TOP = 10.0, 21.0
QR = 25.0


@dataclass(frozen=True)
class Face:
    """One card: what its QR holds, and its words in two languages; one is enough where they are the same."""

    scan: str
    words: str
    other: str = ""


@dataclass(frozen=True)
class Page:
    """Cards that belong together; more than a page holds go on to the next."""

    title: str
    faces: tuple[Face, ...]


def draw(pages: Sequence[Page]) -> bytes:
    """The cards as a PDF; a page without cards says so."""
    sheet = Sheet(A4, _("Command cards"))
    for number, (title, faces) in enumerate(_leaves(pages)):
        if number:
            sheet.next_page()
        _leaf(sheet, title, faces)
    return sheet.finished()


def _leaves(pages: Sequence[Page]) -> list[tuple[str, tuple[Face, ...]]]:
    full, leaves = ACROSS * DOWN, []
    for page in pages:
        starts = range(0, max(len(page.faces), 1), full)
        for place, start in enumerate(starts, 1):
            title = page.title if len(starts) == 1 else f"{page.title} {place}/{len(starts)}"
            leaves.append((title, page.faces[start : start + full]))
    return leaves


def _leaf(sheet: Sheet, title: str, faces: tuple[Face, ...]) -> None:
    sheet.text(LEFT, 8, 190, 10, Row(title, 17, bold=True, floor=11))
    if not faces:
        sheet.text(LEFT, TOP, 190, 8, Row(_("There is nothing to print here yet."), 11))
    for number, face in enumerate(faces):
        down, across = divmod(number, ACROSS)
        _card(sheet, face, LEFT + across * WIDE, TOP + down * HIGH)


def _card(sheet: Sheet, face: Face, x: float, y: float) -> None:
    sheet.box(x, y, WIDE, HIGH, thick=0.15)
    sheet.qr(x + (WIDE - QR) / 2, y + 0.5, QR, face.scan)
    sheet.text(
        x + 1.5, y + QR + 0.4, WIDE - 3, HIGH - QR - 1,
        Row(face.words, 9.5, bold=True, floor=7), Row(face.other, 7.5, floor=6), align="center",
    )  # fmt: skip
