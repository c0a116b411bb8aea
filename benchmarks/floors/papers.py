"""Bare reportlab and qrcode, drawing the same marks."""

from __future__ import annotations

from io import BytesIO

import qrcode
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas


def label(words: list[str], size: tuple[float, float], scan: str) -> bytes:
    """Lines of words, a QR and a Code 128 on one page."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.setFont("Helvetica", 9)
    for place, line in enumerate(words):
        canvas.drawString(5 * mm, size[1] - (8 + 5 * place) * mm, line)
    code = qrcode.QRCode(border=0)
    code.add_data(scan)
    for y, row in enumerate(code.get_matrix()):
        for x, dark in enumerate(row):
            if dark:
                canvas.rect(60 * mm + x * 2, 20 * mm - y * 2 + 60, 2, 2, stroke=0, fill=1)
    Code128("084119355200", barHeight=12 * mm).drawOn(canvas, 5 * mm, 8 * mm)
    canvas.save()
    return out.getvalue()


def report(lines: list[str], size: tuple[float, float]) -> bytes:
    """The same words on pages of the same size."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=size)
    y = size[1] - 20 * mm
    for line in lines:
        if y < 20 * mm:
            canvas.showPage()
            y = size[1] - 20 * mm
        canvas.drawString(15 * mm, y, line[:110])
        y -= 5 * mm
    canvas.save()
    return out.getvalue()
