"""The look of the house's papers: letterhead, page numbers, headings, facts in columns, tables, panels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from io import BytesIO
from typing import Any, Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

from service_center.core.i18n import _, day, language
from service_center.core.paper import (
    A4,
    BOLD,
    HAIRLINE,
    INK,
    QUIET_INK,
    REGULAR,
    draw_qr,
    fonts,
    marked_up,
    printable,
    wide,
)

TONES = {"ok": HexColor("#1f5129"), "stop": HexColor("#8c1d12"), "wait": HexColor("#a36f0c"), "work": HexColor("#22405f"), "part": HexColor("#573363")}  # fmt: skip


@dataclass(frozen=True)
class Letterhead:
    """Who writes, about which repair; `contact` are lines under the name, `code` is grouped, `scan` is what the QR holds."""

    name: str
    contact: tuple[str, ...]
    accent: str
    code: str
    scan: str
    number: str
    issued_on: date


# --- words ---------------------------------------------------------------------------------------------------


@cache
def style(
    size: float, *, bold: bool = False, quiet: bool = False, align: Literal[0, 2] = 0, ink: Color | None = None
) -> ParagraphStyle:
    """A way to set words; equal ones are one object."""
    fonts()
    return ParagraphStyle(
        f"{size}-{bold}-{quiet}-{align}", fontName=BOLD if bold else REGULAR, bulletFontName=REGULAR, fontSize=size, leading=size * 1.36,
        textColor=ink or (QUIET_INK if quiet else INK), alignment=align, splitLongWords=1,
    )  # fmt: skip


def words(
    text: object, size: float = 9, *, bold: bool = False, quiet: bool = False, right: bool = False, ink: Color | None = None
) -> Paragraph:  # fmt: skip
    """A paragraph in which nothing is markup."""
    return Paragraph(marked_up(text), style(size, bold=bold, quiet=quiet, align=2 if right else 0, ink=ink))


def labelled(label: str, text: str, size: float = 8.5) -> Paragraph:
    """A bold word and what follows it."""
    return Paragraph(f"<b>{marked_up(label)}</b> {marked_up(text)}", style(size, quiet=True))


def space(height: float) -> Spacer:
    """A gap in millimetres."""
    return Spacer(1, height * mm)


def heading(text: str) -> list[Flowable]:
    """The title of a part; it stays with what follows."""
    title = Paragraph(marked_up(text), style(11.5, bold=True))
    title.keepWithNext = 1
    return [space(3.8), title]


# --- blocks --------------------------------------------------------------------------------------------------

Pair = tuple[str, str]
_TIGHT = (("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1))


def columns(parts: Sequence[Sequence[Pair]], width: float) -> Table:
    """Facts in columns, each row a label and what it is; facts that are not known are left out."""
    told = [[(label, fact) for label, fact in part if fact.strip()] for part in parts]
    gap, across = 6 * mm, len(told)
    each = (width - gap * (across - 1)) / across
    row: list[Any] = []
    for part in told:
        # Short labels leave their room to long names.
        longest = max((wide(label, 8.5) for label, _fact in part), default=0)
        left = min(each * 0.44, max(each * 0.2, longest + 3 * mm))
        lines = [
            grid([[words(label, 8.5, quiet=True), words(fact, 8.5, right=True)]], [left, each - left], _TIGHT)
            for label, fact in part
        ]
        row += [lines, ""]
    look = [("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.8, HAIRLINE) for n in range(across)]
    return grid(
        [row[:-1]],
        [size for _each in told for size in (each, gap)][:-1],
        [*look, *_TIGHT, ("RIGHTPADDING", (0, 0), (-1, -1), 0)],
    )


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float], *, right: Sequence[int] = ()
) -> Table:
    """A table with hairlines whose head returns on every page; `widths` are shares, `right` the columns of figures."""
    made: list[list[Any]] = (
        [[words(head, 8.5, bold=True, right=n in right) for n, head in enumerate(heads)]] if any(heads) else []
    )
    made += [
        [cell if isinstance(cell, (Flowable, list)) else words(cell, 9, right=n in right) for n, cell in enumerate(row)]
        for row in rows
    ]
    lines: list[tuple[Any, ...]] = [("LINEBELOW", (0, 0), (-1, -1), 0.5, HAIRLINE)]
    if any(heads):
        lines.append(("LINEBELOW", (0, 0), (-1, 0), 0.9, INK))
    return grid(made, widths, lines, repeat=1 if any(heads) else 0)


def grid(
    rows: list[list[Any]], widths: Sequence[float], look: Sequence[tuple[Any, ...]] = (), repeat: int = 0
) -> Table:
    """Blocks in rows and columns without any lines but those of `look`."""
    plain: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ]  # fmt: skip
    return Table(rows, colWidths=list(widths), style=[*plain, *look], repeatRows=repeat, splitInRow=1, hAlign="LEFT")


def side_by_side(left: Sequence[Flowable], right: Sequence[Flowable], width: float, share: float = 0.6) -> Table:
    """Two short blocks beside each other."""
    return grid([[list(left), list(right)]], [width * share, width * (1 - share)], [])


def panel(headline: str, sub: str, tone: str, width: float) -> Table:
    """A framed verdict; its bar has the tint, its words say it all."""
    ink = TONES.get(tone, INK)
    framed = [
        ("BOX", (0, 0), (-1, -1), 0.8, ink), ("BACKGROUND", (0, 0), (0, -1), ink), ("LEFTPADDING", (1, 0), (1, -1), 8),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6), ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
    ]  # fmt: skip
    inside: list[Flowable] = [words(headline, 13, bold=True)]
    return grid([["", [*inside, words(sub, 9)] if sub else inside]], [5, width - 5], framed)


class Code(Flowable):
    """A QR as a block; `side` in millimetres holds its quiet zone."""

    def __init__(self, content: str, side: float) -> None:
        super().__init__()
        self.content, self.width, self.height = content, side * mm, side * 0.9 * mm
        self.hAlign = "RIGHT"

    def draw(self) -> None:
        # the dark corner stands at the margin, the quiet zone beyond it
        draw_qr(self.canv, self.content, self.width * 0.11, 0, self.width)


class Rule(Flowable):
    """A level line over the whole width."""

    def __init__(self, thick: float = 1.2) -> None:
        super().__init__()
        self.thick = thick

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        self.width = available_width
        return available_width, self.thick

    def draw(self) -> None:
        self.canv.setFillColor(INK)
        self.canv.rect(0, 0, self.width, self.thick, stroke=0, fill=1)


# --- the paper -----------------------------------------------------------------------------------------------


def masthead(head: Letterhead, kind: str, width: float) -> list[Flowable]:
    """The top of the first page: the house on the left, code and QR on the right."""
    narrow = width < 150 * mm
    contact = [words(line, 7.6, quiet=True) for line in head.contact]
    name: list[Flowable] = [words(head.name, 13, bold=True, ink=HexColor(head.accent))]
    code = [
        words(kind, 8, quiet=True, right=True), words(head.code, 13, bold=True, right=True),
        words(_("no. %(number)s · %(day)s", number=head.number, day=day(head.issued_on)), 8, quiet=True, right=True),
    ]  # fmt: skip
    side, middle = (22.0 if narrow else 27.0), 48 * mm
    row = [name if narrow else [*name, *contact], code, Code(head.scan, side)]
    made = grid(
        [row],
        [width - middle - side * mm, middle, side * mm],
        [("TOPPADDING", (1, 0), (1, 0), 5), ("TOPPADDING", (2, 0), (2, 0), 6)],
    )
    return [made, *(contact if narrow else ()), space(1), Rule(), space(3)]


class _Numbered(Canvas):
    """A canvas that knows how many pages there are before it finishes the first."""

    def __init__(self, *args: Any, foot: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._foot, self._waiting = foot, list[dict[str, Any]]()

    def showPage(self) -> None:
        self._waiting.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]

    def save(self) -> None:
        waiting = self._waiting
        for number, page in enumerate(waiting, start=1):
            self.__dict__.update(page)
            self._foot(self, number, len(waiting))
            super().showPage()
        super().save()


def build(head: Letterhead, kind: str, story: Sequence[Flowable], size: tuple[float, float] = A4) -> bytes:
    """The finished PDF: as many pages as it takes, each with the code, its number and where to follow the repair."""
    file, side = BytesIO(), margin(size)
    width, height = size[0] * mm, size[1] * mm
    frame = Frame(side, 16 * mm, width - 2 * side, height - 27 * mm, 0, 0, 0, 0)
    paper = BaseDocTemplate(
        file, pagesize=(width, height), title=printable(f"{kind} {head.code}"), author=printable(head.name), lang=language(), invariant=1,
        initialFontName=REGULAR, pageTemplates=[PageTemplate(frames=[frame])],
    )  # fmt: skip

    def foot(canvas: Canvas, number: int, pages: int) -> None:
        canvas.setFillColor(HAIRLINE)
        canvas.rect(side, 13 * mm, width - 2 * side, 0.5, stroke=0, fill=1)
        canvas.setFillColor(QUIET_INK)
        canvas.setFont(REGULAR, 7.5)
        paged = _("page %(number)s of %(pages)s", number=number, pages=pages)
        canvas.drawRightString(width - side, 9.5 * mm, paged)
        left = printable(f"{kind} {head.code} · {head.scan}")
        room = width - 2 * side - wide(paged, 7.5) - 6 * mm
        canvas.setFont(REGULAR, 7.5 * min(1, room / wide(left, 7.5)))
        canvas.drawString(side, 9.5 * mm, left)

    paper.build([*masthead(head, kind, width - 2 * side), *story], canvasmaker=partial(_Numbered, foot=foot))
    return file.getvalue()


def margin(size: tuple[float, float]) -> float:
    """The white at the sides, in points."""
    return (18 if size[0] > 160 else 12) * mm


def inner(size: tuple[float, float]) -> float:
    """How wide the words may be, in points."""
    return size[0] * mm - 2 * margin(size)
