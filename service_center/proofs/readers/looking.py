"""One paper looked at: first as it is, then closer and with more contrast, until a date is sure enough or patience ends."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import filetype
import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageOps
from pillow_heif import register_heif_opener

from service_center.core import fattura_pa, limits
from service_center.proofs.readers import fattura_pa as electronic
from service_center.proofs.readers.engine import TextReader
from service_center.proofs.readers.receipt import suggest
from service_center.proofs.readers.suggestion import Box, DateFound, Suggestion, TextLine, nothing
from service_center.proofs.readers.upright import straight

SIDE = 2000
LONG, BAND, SHARED = 2.4, 1.8, 0.12
"""A picture that much longer than wide is looked at in bands, which share a bit of each other."""
SURE, SECONDS = 0.62, 35
OWN_TEXT = 40
"""A PDF with as many letters of its own needs no engine."""
PAGES = 3


def look(content: bytes, reader: TextReader, *, today: date) -> Suggestion:
    """What one file says; a file that is broken or no paper says nothing, and harms nobody."""
    if fattura_pa.media_type(content):
        return electronic.read(content)
    kind = filetype.guess_mime(content)
    if kind == "application/pdf":
        return _document(content, reader, today)
    with Image.open(BytesIO(content), formats=["JPEG", "PNG", "HEIF"]) as opened:
        opened.draft("RGB", (2 * SIDE, 2 * SIDE))
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    return _picture(picture, reader, today)


def ready() -> None:
    """Pictures of phones are opened too, and none is larger than an upload may be."""
    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = limits.JPEG_PIXELS


def _document(content: bytes, reader: TextReader, today: date) -> Suggestion:
    """A PDF: its own text where it has one, else its pages as pictures; boxes of the first page only."""
    document = pdfium.PdfDocument(content)
    own = [line for number in range(min(len(document), PAGES)) for line in _own_text(document[number], number)]
    if sum(len(line.text) for line in own) >= OWN_TEXT:
        return suggest(own, engine="pdf", today=today)
    best = nothing(reader.name)
    for number in range(min(len(document), PAGES)):
        page = document[number]
        scale = min(4.0, SIDE / max(*page.get_size(), 1.0))
        found = _picture(page.render(scale=scale).to_pil().convert("RGB"), reader, today)
        best = _merged([best, found if number == 0 else _nowhere(found)])
    return best


def _own_text(page: pdfium.PdfPage, number: int) -> Iterator[TextLine]:
    text, (wide, tall) = page.get_textpage(), page.get_size()
    for at in range(min(text.count_rects(), 2000)):
        left, foot, right, top = text.get_rect(at)
        words = " ".join(text.get_text_bounded(left, foot, right, top).split())
        if words:
            box = _thousandths((left, tall - top, right - left, top - foot), (wide, tall))
            # Pages stand one below the other.
            yield TextLine(words, (box[0], box[1] + 1000 * number, box[2], box[3]), 1.0, box if number == 0 else None)


def _thousandths(box: tuple[float, float, float, float], size: tuple[float, float]) -> Box:
    x, y, w, h = box
    return (
        round(x / size[0] * 1000), round(y / size[1] * 1000),
        max(1, round(w / size[0] * 1000)), max(1, round(h / size[1] * 1000)),
    )  # fmt: skip


def _picture(picture: Image.Image, reader: TextReader, today: date) -> Suggestion:
    begun = time.monotonic()
    best: Suggestion | None = None
    lines: Sequence[TextLine] = ()
    for way in (_plain, _clearer, _closer, _clearer_and_closer):
        if best and (_sure(best) or reader.name == "none" or time.monotonic() - begun > SECONDS):
            break
        lines = way(picture, lines, reader) or lines
        found = suggest(lines, engine=reader.name, today=today)
        best = found if best is None else _merged([best, found])
    return best or nothing(reader.name)


def _sure(found: Suggestion) -> bool:
    return bool(found.dates and found.dates[0].score >= SURE)


def _plain(picture: Image.Image, _: Sequence[TextLine], reader: TextReader) -> list[TextLine]:
    """As it is; a long roll of paper in bands, so that its print does not become too small."""
    wide, tall = picture.size
    if tall <= LONG * wide or tall <= SIDE:
        small = picture.copy()
        small.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        return straight(reader.read(small), small.size)
    high, found, top = int(BAND * wide), list[TextLine](), 0
    while top < tall:
        foot = min(tall, top + high)
        part = picture.crop((0, top, wide, foot))
        part.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        seen = straight(reader.read(part), part.size)
        found += _placed(seen, (0, top, wide, foot), picture.size)
        top = tall if foot == tall else foot - int(SHARED * wide)
    return found


def _closer(picture: Image.Image, lines: Sequence[TextLine], reader: TextReader) -> list[TextLine]:
    """Only the part with print, enlarged: for small print on a large table."""
    part = _printed(picture, lines)
    if part is None:
        return []
    frame, cut = part
    cut = _enlarged(cut, 3)
    return _placed(straight(reader.read(cut), cut.size), frame, picture.size)


def _clearer(picture: Image.Image, lines: Sequence[TextLine], reader: TextReader) -> list[TextLine]:
    """Shadows taken out, pale print darkened, not much larger: grain would grow to strokes."""
    return _inked(picture, lines, reader, 1.5)


def _clearer_and_closer(picture: Image.Image, lines: Sequence[TextLine], reader: TextReader) -> list[TextLine]:
    """The same for tiny print without grain."""
    return _inked(picture, lines, reader, 2.5)


def _inked(picture: Image.Image, lines: Sequence[TextLine], reader: TextReader, most: float) -> list[TextLine]:
    part = _printed(picture, lines)
    frame, cut = part or ((0, 0, *picture.size), picture.copy())
    grey = _enlarged(cut, most).convert("L")
    small = (max(1, grey.width // 8), max(1, grey.height // 8))
    ground = grey.resize(small).filter(ImageFilter.GaussianBlur(12)).resize(grey.size)
    # How much darker than what is round it: 0 is paper.
    ink = ImageOps.autocontrast(ImageChops.subtract(ground, grey), cutoff=(0, 0.5))
    clear = ImageOps.invert(ink).filter(ImageFilter.UnsharpMask(2, 80, 2)).convert("RGB")
    return _placed(straight(reader.read(clear), clear.size), frame, picture.size)


def _enlarged(part: Image.Image, most: float) -> Image.Image:
    scale = min(most, SIDE / max(part.size))
    return part.resize(
        (max(1, round(part.width * scale)), max(1, round(part.height * scale))), Image.Resampling.LANCZOS
    )


def _printed(picture: Image.Image, lines: Sequence[TextLine]) -> tuple[tuple[int, int, int, int], Image.Image] | None:
    """The part of the picture that holds print, with a margin; None where nothing was seen."""
    boxes = [line.shown for line in lines if line.shown]
    if not boxes:
        return None
    wide, tall = picture.size
    left, right = min(b[0] for b in boxes) - 40, max(b[0] + b[2] for b in boxes) + 40
    top, foot = min(b[1] for b in boxes) - 40, max(b[1] + b[3] for b in boxes) + 40
    frame = (
        max(0, left) * wide // 1000, max(0, top) * tall // 1000, min(1000, right) * wide // 1000, min(1000, foot) * tall // 1000,
    )  # fmt: skip
    return frame, picture.crop(frame)


def _placed(lines: Sequence[TextLine], frame: tuple[int, int, int, int], size: tuple[int, int]) -> list[TextLine]:
    """Boxes of a part as boxes of the whole."""

    def whole(box: Box | None) -> Box | None:
        if box is None:
            return None
        left, top, right, foot = frame
        wide, tall = right - left, foot - top
        inside = (left + box[0] * wide / 1000, top + box[1] * tall / 1000, box[2] * wide / 1000, box[3] * tall / 1000)
        return _thousandths(inside, size)

    return [replace(line, box=whole(line.box), shown=whole(line.shown)) for line in lines]


def _nowhere(found: Suggestion) -> Suggestion:
    """Of a later page: the boxes mean nothing on the first."""
    plain = {
        name: replace(value, box=None)
        for name in ("seller", "vat_number", "number", "total_cents")
        if (value := getattr(found, name))
    }
    return replace(found, dates=[replace(each, box=None) for each in found.dates], masks=(), **plain)


def _merged(looks: Sequence[Suggestion]) -> Suggestion:
    """Of several looks the one that saw most, with every date that any of them saw, at its best."""
    richest = max(
        looks,
        key=lambda each: (each.document is not None, len(each.lines) + 3 * bool(each.total_cents), len(each.dates)),
    )
    days: dict[date, DateFound] = {}
    for found in (each for one in looks for each in one.dates):
        if found.value not in days or found.score > days[found.value].score:
            days[found.value] = found
    dates = sorted(days.values(), key=lambda each: -each.score)
    why_not = richest.why_not
    if dates and why_not in ("nothing_found", "unreadable") and richest.document != "card":
        why_not = None
    filled: dict[str, Any] = {
        name: getattr(richest, name) or next((getattr(one, name) for one in looks if getattr(one, name)), None)
        for name in ("document", "seller", "vat_number", "number", "total_cents")
    }
    masks = richest.masks or next((one.masks for one in looks if one.masks), ())
    return replace(richest, dates=dates[:8], why_not=why_not, is_proof=why_not is None, masks=masks, **filled)
