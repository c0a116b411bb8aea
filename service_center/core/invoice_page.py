"""An electronic invoice as a picture, for people: it has none of its own. In Italian, as the document is."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import pymupdf_fonts
from PIL import Image, ImageDraw, ImageFont

from service_center.core.fattura_pa import Invoice

WIDE, TALL, EDGE = 1000, 1400, 70
PAPER, INK, PALE, RULE = "#ffffff", "#1d1d1f", "#6b6b70", "#d9d9de"
MOST_LINES = 16
# What stands on the page is the document's own language, whatever the reader's.
TITLE, CREDIT, OF, VAT, TOTAL, MORE = (
    "Fattura elettronica",
    "Nota di credito",
    "del",
    "P.IVA",
    "Totale documento",
    "… e altre righe",
)


def drawn(invoices: list[Invoice]) -> Image.Image:
    """The first body's facts on a page; how many there are beside it is said at the foot."""
    invoice = invoices[0]
    page = Image.new("RGB", (WIDE, TALL), PAPER)
    draw = ImageDraw.Draw(page)
    draw.text((EDGE, 70), CREDIT if invoice.is_credit_note else TITLE, INK, _font("notosbo", 46))
    draw.text((EDGE, 140), f"{invoice.number}   {OF} {invoice.issued_on:%d/%m/%Y}", INK, _font("notos", 34))
    draw.text((EDGE, 215), _short(invoice.seller, 44), INK, _font("notosbo", 32))
    draw.text((EDGE, 262), f"{VAT} {invoice.vat_number}", PALE, _font("notos", 26))
    y = _table(draw, invoice, 330)
    if invoice.total_cents is not None:
        draw.text((EDGE, y + 20), TOTAL, INK, _font("notosbo", 32))
        _right(draw, y + 20, _money(invoice.total_cents, invoice.currency), "notosbo", 32)
    kind = f"FatturaPA {invoice.kind}" + (f"   1/{len(invoices)}" if len(invoices) > 1 else "")
    draw.text((EDGE, TALL - 80), kind, PALE, _font("notos", 24))
    return page


def _table(draw: ImageDraw.ImageDraw, invoice: Invoice, y: int) -> int:
    """The things that were bought, a row each; returns where they end."""
    draw.line((EDGE, y, WIDE - EDGE, y), RULE, 2)
    for line in invoice.lines[:MOST_LINES]:
        y += 16
        draw.text((EDGE, y), _short(f"{line.quantity} × {line.text}", 46), INK, _font("notos", 26))
        if line.total_cents is not None:
            _right(draw, y, _money(line.total_cents, ""), "notos", 26)
        y += 34
    if len(invoice.lines) > MOST_LINES:
        draw.text((EDGE, y + 12), MORE, PALE, _font("notos", 24))
        y += 44
    draw.line((EDGE, y + 12, WIDE - EDGE, y + 12), RULE, 2)
    return y + 12


def _right(draw: ImageDraw.ImageDraw, y: int, text: str, face: str, size: int) -> None:
    draw.text((WIDE - EDGE, y), text, INK, _font(face, size), anchor="ra")


def _money(cents: int, currency: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    number = f"{whole:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{number},{rest:02} {currency}".strip()


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(pymupdf_fonts.myfont(face)), size)
