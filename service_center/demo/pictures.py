"""Photographs for the demo, drawn with light, grain and a tilt so that pages look as they will."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from service_center.core.outside import Storage

SIZE = (1200, 900)
THUMB = (480, 360)


@dataclass(frozen=True)
class Picture:
    """A stored photograph."""

    subject: str
    key: str
    thumb: str
    sha256: str


def store_all(storage: Storage, rng: Random) -> dict[str, list[Picture]]:
    """Draw and store a dozen pictures a family and some receipts; by family, then `receipt`."""
    drawn: dict[str, list[Picture]] = {}
    for family, draw in (("watch", _watch), ("smartwatch", _smartwatch), ("jewel", _jewel), ("receipt", _receipt)):
        drawn[family] = [_stored(storage, f"demo/{family}-{number}", subject, draw(rng, subject), rng)
                         for number, subject in enumerate(("front", "back", "front", "detail", "front", "back"))]  # fmt: skip
    return drawn


def _stored(storage: Storage, name: str, subject: str, image: Image.Image, rng: Random) -> Picture:
    finished = _as_photograph(image, rng)
    large, small = _jpeg(finished), _jpeg(finished.resize(THUMB, Image.Resampling.LANCZOS))
    for key, content in ((f"{name}.jpg", large), (f"{name}-thumb.jpg", small)):
        storage.delete(key)
        storage.put(key, content)
    return Picture(subject, f"{name}.jpg", f"{name}-thumb.jpg", hashlib.sha256(large).hexdigest())


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _as_photograph(image: Image.Image, rng: Random) -> Image.Image:
    """Tilt, soft focus, light from one side and grain."""
    tilted = image.rotate(rng.uniform(-7, 7), Image.Resampling.BICUBIC, fillcolor=image.getpixel((2, 2)))
    soft = tilted.filter(ImageFilter.GaussianBlur(1.1))
    light = (
        Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270))).resize(SIZE).point(lambda v: 150 + v * 0.41)
    )
    shaded = Image.composite(soft, Image.new("RGB", SIZE, (20, 16, 12)), light)
    # A sensor's noise is coloured, and the lens is darker in the corners.
    grain = Image.merge("RGB", [Image.effect_noise(SIZE, 34) for _channel in range(3)])
    corners = Image.radial_gradient("L").resize(SIZE).point(lambda v: 255 - int(v * 0.3))
    noisy = Image.blend(shaded, grain, 0.09).point(lambda v: min(255, int(v * 1.32)))
    return Image.composite(noisy, Image.new("RGB", SIZE, (14, 12, 10)), corners)


def _table(rng: Random) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A wooden bench, or a grey mat."""
    wood = rng.random() < 0.6
    base = (156, 118, 84) if wood else (120, 124, 126)
    image = Image.new("RGB", SIZE, base)
    draw = ImageDraw.Draw(image)
    for _line in range(140 if wood else 0):
        y, shade = rng.randrange(SIZE[1]), rng.randrange(-18, 12)
        draw.line(
            [(0, y), (SIZE[0], y + rng.randrange(-14, 14))],
            fill=tuple(c + shade for c in base),
            width=rng.randrange(1, 5),
        )
    return image, draw


def _disc(
    draw: ImageDraw.ImageDraw,
    x: float,
    y: float,
    r: float,
    fill: tuple[int, ...],
    outline: tuple[int, ...] | None = None,
    width: int = 1,
) -> None:
    draw.ellipse([x - r, y - r, x + r, y + r], fill=fill, outline=outline, width=width)


def _watch(rng: Random, subject: str) -> Image.Image:
    image, draw = _table(rng)
    cx, cy, r = 600, 450, 250
    strap, steel = rng.choice(((62, 44, 36), (28, 28, 32), (168, 60, 84), (210, 206, 198))), (176, 174, 170)
    draw.rounded_rectangle([cx - 105, -20, cx + 105, 920], 30, fill=strap)
    _disc(draw, cx + 12, cy + 16, r + 18, (60, 46, 36))
    _disc(draw, cx, cy, r + 14, steel, (112, 110, 106), 6)
    draw.rectangle([cx + r + 8, cy - 26, cx + r + 48, cy + 26], fill=steel, outline=(112, 110, 106), width=4)
    if subject == "back":
        _disc(draw, cx, cy, r - 20, (160, 160, 158), (120, 120, 118), 8)
        for offset, words in ((-60, "STAINLESS STEEL"), (0, "3 ATM"), (60, "OPSPW-482")):
            draw.text((cx, cy + offset), words, fill=(70, 70, 70), font=ImageFont.load_default(38), anchor="mm")
        return image
    _disc(draw, cx, cy, r - 18, rng.choice(((244, 240, 230), (30, 34, 52), (236, 214, 208))), (90, 88, 84), 4)
    dark = rng.random() < 0.9
    for hour in range(12):
        angle = math.radians(hour * 30)
        inner, outer = r - 62, r - 36
        draw.line([(cx + inner * math.sin(angle), cy - inner * math.cos(angle)), (cx + outer * math.sin(angle), cy - outer * math.cos(angle))],
                  fill=(60, 56, 52) if dark else (230, 230, 230), width=12 if hour % 3 == 0 else 6)  # fmt: skip
    for length, width, turn in (
        (120, 16, rng.uniform(0, 6.28)),
        (185, 11, rng.uniform(0, 6.28)),
        (195, 4, rng.uniform(0, 6.28)),
    ):
        draw.line(
            [(cx, cy), (cx + length * math.sin(turn), cy - length * math.cos(turn))],
            fill=(52, 48, 46) if width > 5 else (170, 40, 40),
            width=width,
        )
    _disc(draw, cx, cy, 14, (70, 66, 62))
    if subject == "detail":
        for _scratch in range(7):
            x, y = rng.randrange(cx, cx + 130), rng.randrange(cy, cy + 130)
            draw.line([(x, y), (x + rng.randrange(20, 80), y + rng.randrange(-30, 30))], fill=(250, 250, 250), width=3)
    return image


def _smartwatch(rng: Random, subject: str) -> Image.Image:
    image, draw = _table(rng)
    draw.rounded_rectangle([490, -20, 710, 920], 40, fill=(34, 34, 38))
    draw.rounded_rectangle([402, 222, 822, 702], 96, fill=(70, 58, 48))
    draw.rounded_rectangle([390, 205, 810, 685], 92, fill=(150, 150, 154), outline=(96, 96, 100), width=8)
    if subject == "back":
        _disc(draw, 600, 445, 120, (58, 58, 62), (90, 90, 94), 6)
        _disc(draw, 565, 445, 20, (40, 140, 70))
        _disc(draw, 635, 445, 20, (40, 140, 70))
        return image
    draw.rounded_rectangle([420, 235, 780, 655], 66, fill=(12, 12, 14))
    draw.text((600, 400), "10:09", fill=(240, 240, 240), font=ImageFont.load_default(96), anchor="mm")
    draw.text((600, 490), "ven 20", fill=(150, 190, 250), font=ImageFont.load_default(44), anchor="mm")
    if subject == "detail":
        for x in (500, 530, 690):
            draw.line([(x, 240), (x, 650)], fill=(70, 240, 120), width=3)
    return image


def _jewel(rng: Random, subject: str) -> Image.Image:
    image, draw = _table(rng)
    metal = rng.choice(((214, 178, 92), (196, 198, 202)))
    draw.ellipse([300, 210, 900, 760], outline=tuple(c - 70 for c in metal), width=30)
    draw.ellipse([294, 200, 894, 750], outline=metal, width=24)
    missing = rng.randrange(18) if subject == "detail" else -1
    for place in range(18):
        angle = math.radians(place * 20)
        x, y = 594 + 300 * math.cos(angle), 475 + 275 * math.sin(angle)
        _disc(draw, x, y, 26, tuple(c - 40 for c in metal))
        _disc(
            draw,
            x,
            y,
            18,
            (70, 60, 50) if place == missing else rng.choice(((206, 226, 244), (240, 200, 214), (226, 226, 240))),
        )
    return image


def _receipt(rng: Random, _subject: str) -> Image.Image:
    image, draw = _table(rng)
    draw.polygon([(390, 20), (810, 34), (802, 880), (398, 868)], fill=(246, 244, 238))
    lines = ("GIOIELLERIA ESEMPIO", "Corso Prova 12 - 81100 Caserta", "P.IVA 12345678903", "", "DOCUMENTO COMMERCIALE", "di vendita o prestazione", "",
             "OROLOGIO OPSPW-482      89,00", "", "TOTALE COMPLESSIVO      89,00", "di cui IVA 22%          16,05", "",
             f"{rng.randrange(1, 28):02d}-{rng.randrange(1, 12):02d}-2025  17:42", f"DOCUMENTO N. 0412-{rng.randrange(1, 99):04d}")  # fmt: skip
    for number, words in enumerate(lines):
        draw.text((425, 70 + number * 54), words, fill=(70, 68, 66), font=ImageFont.load_default(25))
    return image
