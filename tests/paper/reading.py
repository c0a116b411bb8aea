"""Reading a PDF as a person, a scanner and a printer do."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops

MM = 72 / 25.4
NASTY = '<b>&Rossi</b> <img src="file:///etc/passwd"> & figli'
STREET = "Vico Lungo Sant'Agostino degli Scalzi 118 bis, scala B, interno 14, presso Fontanarosa-Esposito"
SHOP = "Gioielleria Oreficeria Argenteria Fratelli Capodimonte Nàpoli"[:60]
ACCENTS = "Zoë Łódź-Müller, perché là più giù: Çağla Ştefan Ångström Ελλάδα Привет"
LONG = ("Fontanarosa-Esposito della Torre " * 7)[:200].strip()
UNBROKEN = "Wolfeschlegelsteinhausenbergerdorff" * 5 + "z" * 25


@dataclass(frozen=True)
class Code:
    """A QR or bar code as a scanner hands it on."""

    kind: str
    text: str


def pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def scanned(pdf: bytes, dpi: int, page: int = 0) -> set[Code]:
    """All codes on a page, printed in black and white dots at this density."""
    printed = pictures(pdf, dpi)[page].point(lambda grey: 255 if grey > 127 else 0)
    kinds = {zxingcpp.BarcodeFormat.QRCode: "qr", zxingcpp.BarcodeFormat.Code128: "128"}
    return {Code(kinds.get(found.format, str(found.format)), found.text) for found in zxingcpp.read_barcodes(printed)}


def texts(pdf: bytes) -> list[str]:
    """The text of each page, without its spaces and line ends: where a line breaks is no matter."""
    return [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(pdf)]


def text(pdf: bytes) -> str:
    return "".join(texts(pdf))


def squeezed(words: str) -> str:
    return re.sub(r"[\s\x02￾]+", "", words)


def sizes(pdf: bytes) -> set[tuple[float, float]]:
    """The pages' sizes in millimetres."""
    return {(round(w / MM, 1), round(h / MM, 1)) for w, h in (p.get_size() for p in pypdfium2.PdfDocument(pdf))}


def fonts(pdf: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/(\S+)", pdf)}


def unembedded(pdf: bytes) -> int:
    """How many fonts of the file have no program inside."""
    return len(re.findall(rb"/Type\s*/Font\b(?!Descriptor)", pdf)) - len(re.findall(rb"/FontFile2", pdf))


def white_border(pdf: bytes, millimetres: float, dpi: int = 150) -> bool:
    """Whether nothing at all is printed nearer to an edge than this."""
    for page in pictures(pdf, dpi):
        inked = ImageChops.invert(page).getbbox()
        edge = millimetres / 25.4 * dpi
        if (
            inked is None
            or inked[0] < edge
            or inked[1] < edge
            or inked[2] > page.width - edge
            or inked[3] > page.height - edge
        ):
            return False
    return True


def assert_sound(pdf: bytes, size: tuple[float, float], border: float) -> None:
    """What every paper owes: its size, its fonts inside, white at the edges."""
    assert sizes(pdf) == {size}
    assert fonts(pdf)
    assert all(re.fullmatch(r"[A-Z]{6}\+NotoSans.*", name) for name in fonts(pdf)), fonts(pdf)
    assert b"Helvetica" not in pdf
    assert not unembedded(pdf)
    assert white_border(pdf, border)
