"""The kit of everything printed: embedded fonts, sheets in millimetres, text that never vanishes, QR and Code 128 as vectors."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape  # nosec B406

import phonenumbers
import pymupdf_fonts
import qrcode
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from service_center.core.i18n import language

REGULAR, BOLD = "NotoSans", "NotoSans-Bold"
MISSING = "□"
A4, A5, A6 = (210.0, 297.0), (148.0, 210.0), (105.0, 148.0)
INK, QUIET_INK, HAIRLINE = HexColor("#1d1a17"), HexColor("#4f4841"), HexColor("#bdb3a4")

LEADING = 1.26
_ASCENT = 0.96
_DOT = 25.4 / 203 * mm  # a dot of the coarsest label printer: bars and modules are whole dots, so none is fatter
_LOOKALIKES = str.maketrans(
    {"−": "–", "≤": "<", "≥": ">", "\t": " ", "\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "}
)


# --- fonts and text ------------------------------------------------------------------------------------------


@cache
def fonts() -> frozenset[int]:
    """Register the embedded fonts, once; returns the characters that they can draw."""
    faces = []
    for name, file in ((REGULAR, "notos"), (BOLD, "notosbo")):
        font = TTFont(name, BytesIO(pymupdf_fonts.myfont(file)))
        font.face.charToGlyph[ord(MISSING)] = 0  # the face's own box for a sign that it lacks
        faces.append(frozenset(font.face.charToGlyph))
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return faces[0] & faces[1]


def printable(text: object) -> str:
    """The text as the fonts can draw it: control signs dropped, a sign that they lack shown as a box."""
    known = fonts()
    plain = unicodedata.normalize("NFC", str(text)).translate(_LOOKALIKES)
    kept = (each for each in plain if unicodedata.category(each) not in ("Cc", "Cf", "Cs") and not _selects(each))
    return "".join(each if ord(each) in known else MISSING for each in kept)


def _selects(sign: str) -> bool:
    """Whether it only chooses how the sign before it looks (U+FE0F after an emoji)."""
    return "\ufe00" <= sign <= "\ufe0f"


def marked_up(text: object) -> str:
    """The text for a Paragraph; whatever looks like markup is shown, never obeyed."""
    return escape(printable(text))


def telephone(number: str) -> str:
    """`+39 333 000 0000`; what is no telephone number stays as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


class Row(NamedTuple):
    """Words to be set, in points; with a `floor` they shrink to it before they take a second line."""

    words: str
    size: float
    bold: bool = False
    floor: float = 0
    gap: float = 0


class Line(NamedTuple):
    """One line as it is drawn; `height` in points holds the gap above it."""

    words: str
    size: float
    bold: bool
    height: float


def wide(words: str, size: float, *, bold: bool = False) -> float:
    """The width of printable words in points."""
    fonts()
    return float(pdfmetrics.stringWidth(words, BOLD if bold else REGULAR, size))


def wrap(words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than `width` points; a word that is longer than a line is broken, nothing is left out."""
    lines, line = [], ""
    for word in printable(words).split():
        longer = f"{line} {word}" if line else word
        if wide(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while wide(word, size, bold=bold) > width and len(word) > 1:
            cut = next((n for n in range(len(word) - 1, 1, -1) if wide(word[:n], size, bold=bold) <= width), 1)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines


def _set(row: Row, scale: float, width: float) -> list[Line]:
    size, floor = row.size * scale, (row.floor or row.size) * scale
    natural = wide(printable(row.words), size, bold=row.bold)
    if natural > width and size * width / natural >= floor:
        size *= 0.999 * width / natural
    gaps = [row.gap * scale]
    found = wrap(row.words, size, width, bold=row.bold)
    gaps += [0.0] * len(found)
    return [Line(words, size, row.bold, size * LEADING + gap) for words, gap in zip(found, gaps, strict=False)]


def fit_text(rows: Iterable[Row], width: float, height: float) -> list[Line]:
    """Set rows into a box of points: each shrinks to its floor, then wraps; all shrink together until nothing is outside."""
    told = [row for row in rows if row.words.strip()]
    lines: list[Line] = []
    for step in range(100, 7, -3):
        lines = [line for row in told for line in _set(row, step / 100, width)]
        if sum(line.height for line in lines) <= height:
            break
    return lines


# --- codes ---------------------------------------------------------------------------------------------------


def draw_qr(canvas: Canvas, content: str, x: float, y: float, side: float) -> None:
    """A QR (level M) in a square of points whose corner is below left; the four quiet modules are inside it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(content)
    matrix: Sequence[Sequence[bool]] = code.get_matrix()
    module = _whole_dots(side / (len(matrix) + 8))
    left, top = x + (side - module * len(matrix)) / 2, y + (side + module * len(matrix)) / 2
    _ground(canvas, x, y, side, side)
    path = canvas.beginPath()
    for down, row in enumerate(matrix):
        start = 0
        for across in range(len(row) + 1):
            if across < len(row) and row[across]:
                continue
            if across > start:
                path.rect(left + start * module, top - (down + 1) * module, (across - start) * module, module)
            start = across + 1
    canvas.setFillColor(black)
    canvas.drawPath(path, stroke=0, fill=1)


def qr_path(content: str) -> tuple[str, int]:
    """A QR (level M) for a screen: the path of its modules in an SVG, and the side of its box, quiet zone included."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    code.add_data(content)
    matrix: Sequence[Sequence[bool]] = code.get_matrix()
    dots = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return "".join(dots), len(matrix)


def draw_code128(canvas: Canvas, content: str, x: float, y: float, width: float, height: float) -> None:
    """A Code 128 in the middle of a box of points, its quiet zones inside; signs that it cannot hold are left out."""
    held = "".join(each for each in content if " " <= each <= "~")
    if not held:
        return
    modules = Code128(held, barWidth=1, quiet=False).width
    bar = min(_whole_dots(width / (modules + 20)), 4 * _DOT)
    drawn = Code128(held, barWidth=bar, barHeight=height, quiet=False)
    _ground(canvas, x, y, width, height)
    canvas.setFillColor(black)
    drawn.drawOn(canvas, x + (width - modules * bar) / 2, y)


def _whole_dots(size: float) -> float:
    return size // _DOT * _DOT if size >= 2 * _DOT else size


def _ground(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.setFillColor(white)
    canvas.rect(x, y, width, height, stroke=0, fill=1)


# --- sheets --------------------------------------------------------------------------------------------------


class Sheet:
    """One paper of fixed size, drawn in millimetres from its upper left corner; text sizes in points."""

    def __init__(self, size: tuple[float, float], title: str) -> None:
        fonts()
        self._width, self._height = size[0] * mm, size[1] * mm
        self._file = BytesIO()
        self._canvas = Canvas(self._file, (self._width, self._height), invariant=1, lang=language(), initialFontName=REGULAR)  # type: ignore[arg-type]  # fmt: skip
        self._canvas.setTitle(printable(title))

    def text(
        self, x: float, y: float, width: float, height: float, *rows: Row, align: str = "left", ink: Color = black
    ) -> float:
        """Rows under each other from the box's top; returns where the last one ends."""
        top = y * mm
        self._canvas.setFillColor(ink)
        for line in fit_text(rows, width * mm, height * mm):
            top += line.height
            self._canvas.setFont(BOLD if line.bold else REGULAR, line.size)
            spare = width * mm - wide(line.words, line.size, bold=line.bold)
            left = x * mm + {"left": 0.0, "center": spare / 2, "right": spare}[align]
            self._canvas.drawString(left, self._height - top + line.size * (LEADING - _ASCENT), line.words)
        return top / mm

    def line(self, x: float, y: float, width: float, thick: float = 0.3) -> None:
        """A level rule."""
        self._canvas.setFillColor(black)
        self._canvas.rect(x * mm, self._height - (y + thick) * mm, width * mm, thick * mm, stroke=0, fill=1)

    def box(self, x: float, y: float, width: float, height: float, *, thick: float = 0.3, filled: bool = False) -> None:
        """A frame, or a black ground."""
        self._canvas.setStrokeColor(black)
        self._canvas.setFillColor(black)
        self._canvas.setLineWidth(thick * mm)
        self._canvas.rect(
            x * mm, self._height - (y + height) * mm, width * mm, height * mm, stroke=not filled, fill=filled
        )

    def cut(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Where to cut or fold: a broken grey line."""
        self._canvas.saveState()
        self._canvas.setStrokeColor(HAIRLINE)
        self._canvas.setLineWidth(0.6)
        self._canvas.setDash(4, 3)
        self._canvas.line(x * mm, self._height - y * mm, to_x * mm, self._height - to_y * mm)
        self._canvas.restoreState()

    def qr(self, x: float, y: float, side: float, content: str) -> None:
        """A QR with its quiet zone."""
        draw_qr(self._canvas, content, x * mm, self._height - (y + side) * mm, side * mm)

    def code128(self, x: float, y: float, width: float, height: float, content: str) -> None:
        """A Code 128 with its quiet zones."""
        draw_code128(self._canvas, content, x * mm, self._height - (y + height) * mm, width * mm, height * mm)

    def next_page(self) -> None:
        """What is drawn from now on stands on another page."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """The PDF."""
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()
