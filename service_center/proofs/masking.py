"""Black boxes over what nobody else needs to see on a paper: the picture is drawn anew, so nothing lies underneath."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from service_center.core import limits
from service_center.core.errors import Refused

Box = tuple[int, int, int, int]
"""x, y, width, height in thousandths of the picture."""

WHOLE = 1000
MOST = 20


def read_box(text: str) -> Box | None:
    """`x,y,width,height` as a form sends it, cut to the picture; None for what is no box."""
    parts = text.split(",")
    if len(parts) != 4 or not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        return None
    x, y, width, height = (min(int(part.strip()[:5]), WHOLE) for part in parts)
    width, height = min(width, WHOLE - x), min(height, WHOLE - y)
    return (x, y, width, height) if width and height else None


def covered(content: bytes, boxes: Sequence[Sequence[int]], name: str) -> tuple[bytes, bytes]:
    """The picture with black boxes, and its small one; raises Refused for a file that is no picture any more."""
    try:
        with Image.open(BytesIO(content)) as opened:
            picture = opened.convert("RGB")
    except OSError as fault:
        raise Refused("file_broken", name=name) from fault
    pen = ImageDraw.Draw(picture)
    across, down = picture.size
    for x, y, width, height in boxes:
        left, top = x * across // WHOLE, y * down // WHOLE
        right, bottom = -(-(x + width) * across // WHOLE), -(-(y + height) * down // WHOLE)
        pen.rectangle((left, top, right, bottom), fill="black")
    return _jpeg(picture, limits.STORED_SIDE), _jpeg(picture, limits.THUMB_SIDE)


def _jpeg(picture: Image.Image, side: int) -> bytes:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
