"""Papers as people photograph them: tilted, noisy, with the place of the photograph hidden in the file."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

CASERTA = {1: "N", 2: (41.0, 4.0, 21.0), 3: "E", 4: (14.0, 19.0, 51.0)}


def photographed(lines: tuple[str, ...], *, seed: int = 7, stamp: str = "") -> bytes:
    """A slip of paper with these lines as a JPEG from a phone, GPS in its EXIF."""
    rng = Random(seed)
    paper = Image.new("RGB", (820, 60 * len(lines) + 160), (247, 244, 236))
    draw = ImageDraw.Draw(paper)
    for number, words in enumerate(lines):
        draw.text((50, 70 + 60 * number), words, fill=(60, 58, 56), font=ImageFont.load_default(32))
    if stamp:
        draw.ellipse([430, paper.height - 280, 790, paper.height - 60], outline=(60, 70, 160), width=7)
        draw.text((610, paper.height - 170), stamp, fill=(60, 70, 160), font=ImageFont.load_default(28), anchor="mm")
    table = Image.new("RGB", (1500, 2000), (136, 104, 80))
    table.paste(paper.rotate(rng.uniform(3, 8), expand=True, fillcolor=(136, 104, 80)), (260, 180))
    noise = Image.effect_noise(table.size, 60).convert("RGB")
    shot = Image.blend(table, noise, 0.12).filter(ImageFilter.GaussianBlur(0.8))
    exif = shot.getexif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Phone", "Story"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(CASERTA)
    out = BytesIO()
    shot.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


RECEIPT = ("GIOIELLERIA ESEMPIO", "Via Sparano 118 - 70121 BARI", "P.IVA 12345678903", "", "DOCUMENTO COMMERCIALE", "di vendita o prestazione", "",
           "OROLOGIO OPSPW-482       89,00", "", "TOTALE COMPLESSIVO       89,00", "di cui IVA 22%           16,05", "", "{day}  17:42",
           "DOCUMENTO N. 0412-0037")  # fmt: skip
CARD = (
    "OPS!OBJECTS",
    "CERTIFICATO DI GARANZIA",
    "",
    "Modello  OPSPW-482",
    "Data  {day}",
    "Timbro e firma del rivenditore:",
    "",
    "",
)


def receipt(day: str) -> bytes:
    """A jeweller's receipt of this day."""
    return photographed(tuple(line.format(day=day) for line in RECEIPT))


def card(day: str) -> bytes:
    """A guarantee card, filled in and stamped."""
    return photographed(tuple(line.format(day=day) for line in CARD), seed=11, stamp="Gioielleria Esempio")


def has_place(content: bytes) -> bool:
    """Whether a picture tells where it was taken."""
    with Image.open(BytesIO(content)) as picture:
        return bool(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
