"""Forty receipts drawn from a seed: layouts of many countries and shops, spoilt the way pockets, tables and phones spoil them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pymupdf_fonts
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

TODAY = date(2026, 11, 20)
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
FACES = ("spacemo", "ubuntm", "fimo", "cascadia", "spacembo", "notos", "figo", "ubuntu")
MONTHS = ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

Lines = list[tuple[str, float]]
"""What is printed, and how large: 1 is as usual."""


@dataclass(frozen=True)
class Drawn:
    """A file, the day that a person would read off it, and what was done to it."""

    name: str
    content: bytes
    day: date


@lru_cache
def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    """One of the fonts that the project brings along."""
    try:
        return ImageFont.truetype(BytesIO(pymupdf_fonts.myfont(face)), size)
    except (KeyError, ValueError, TypeError):
        return ImageFont.truetype(str(DEJAVU / "DejaVuSansMono.ttf"), size)


# --- what is printed ------------------------------------------------------------------------------------------------


def commercial(r: random.Random, day: date) -> Lines:
    """The Italian receipt of today."""
    shop = r.choice(["GIOIELLERIA ESPOSITO", "OROLOGERIA DEL CORSO", "LE GEMME S.R.L.", "ORO E ARGENTO DI RUSSO M."])
    written = day.strftime(r.choice(["%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d-%m-%Y  %H:%M", "%d/%m/%y %H:%M"])).replace(
        "00:00", clock(r)
    )
    price = r.choice(["49,00", "89,00", "129,00"])
    number = f"{r.randint(1, 1999):04}-{r.randint(1, 199):04}"
    body: Lines = [
        (shop, 1.2), ("Via Roma 12 - 80100 Napoli", 1), ("P.IVA 12345678903", 1), ("", 1), ("DOCUMENTO COMMERCIALE", 1),
        ("di vendita o prestazione", 1), ("", 1), ("DESCRIZIONE        IVA  Prezzo(€)", 0.9), (f"OROLOGIO OPS!POSH   22%   {price}", 1),
        ("", 1), (f"TOTALE COMPLESSIVO       {price}", 1.1), ("di cui IVA               16,05", 1), ("Pagamento elettronico    " + price, 1),
        ("", 1),
    ]  # fmt: skip
    foot: Lines = [(written, 1), (f"DOCUMENTO N. {number}", 1), ("RT 96SRT001234", 1)]
    if r.random() < 0.3:
        foot = [(f"DOC. N. {number}    {written}", 0.9), ("RT 99MEY014411", 1)]
    return body + foot


def promotion(r: random.Random, day: date) -> Lines:
    """With a date before and after the right one that means something else."""
    until = (day + timedelta(days=r.randint(-40, 60))).strftime("%d/%m/%Y")
    lines = commercial(r, day)
    extra = r.choice(
        [
            f"Buono sconto 10% valido fino al {until}",
            f"Promo dal 01/02/2024 al {until}",
            f"Cambio merce entro il {until}",
        ]
    )
    return [*lines, ("", 1), (extra, 0.9), ("Grazie e arrivederci", 1)]


def with_slip(r: random.Random, day: date) -> Lines:
    """The card's slip above or below on the same roll, sometimes of the next minute, once of another day."""
    slip: Lines = [
        ("BANCOMAT", 1), ("Nexi Payments", 1), ("TML 03412345  STAN 001234", 0.9), ("AID A0000000041010", 0.9), ("PAN ************1234", 1),
        (day.strftime("%d/%m/%y") + " " + clock(r), 1), ("AUT. 123456", 1), ("IMPORTO EUR 89,00", 1), ("TRANSAZIONE ESEGUITA", 1), ("", 2),
    ]  # fmt: skip
    return slip + commercial(r, day) if r.random() < 0.5 else commercial(r, day) + slip


def old(r: random.Random, day: date) -> Lines:
    """The fiscal receipt of some years ago."""
    return [
        ("BIJOUX & CO", 1.3), ("di Ferrara Anna", 1), ("C.so Umberto 114 CASERTA", 1), ("Tel. 0823 513065", 1), ("P.I. 12345678903", 1), ("", 1),
        ("REPARTO 1          39,00", 1), ("REPARTO 2          15,90", 1), ("TOTALE EURO        54,90", 1.3), ("CONTANTE           60,00", 1),
        ("RESTO               5,10", 1), ("", 1), (f"{day:%d-%m-%y} {clock(r)}   SF. {r.randint(1, 99)}", 1), ("MF AB 97001234", 1),
    ]  # fmt: skip


def gift(r: random.Random, day: date) -> Lines:
    """A date and no price."""
    return [
        ("OROLOGERIA BRUNO", 1.2), ("Piazza Dante 3, 81100 Caserta", 0.9), ("P.IVA 12345678903", 1), ("", 1), ("SCONTRINO DI CORTESIA", 1.1), ("", 1),
        ("1 x ORECCHINI OPS TRESOR", 1), ("", 1), (f"Data {day:%d.%m.%Y}  ore {clock(r)}", 1), ("Cassa 02  Op. Lucia", 1), ("Cambi entro 15 giorni", 1),
    ]  # fmt: skip


def invoice(r: random.Random, day: date) -> Lines:
    """A page with columns."""
    due = (day + timedelta(days=30)).strftime("%d/%m/%Y")
    return [
        ("Gioielli Amodio S.r.l.", 1.6), ("Via Toledo 200 - 80132 Napoli (NA)   P.IVA 12345678903", 0.8), ("", 1), (f"FATTURA N. {r.randint(1, 900)}/A     del {day:%d/%m/%Y}", 1.2),
        ("Spett.le  Rossi Mario   Via Po 1  Torino", 1), ("", 1), ("Codice      Descrizione              Q.ta   Prezzo   Totale", 0.8),
        ("OPSPW-541   Orologio OPS Posh        1      89,00    89,00", 0.8), ("", 1), ("Imponibile 72,95   IVA 22% 16,05   TOTALE FATTURA 89,00", 0.9),
        (f"Scadenza pagamento: {due}", 0.9),
    ]  # fmt: skip


def order(r: random.Random, day: date) -> Lines:
    """An order of the web shop, printed."""
    later = day + timedelta(days=3)
    return [
        ("OPS!OBJECTS", 2), ("Conferma d'ordine", 1.3), ("Grazie per il tuo ordine!", 1), (f"Numero ordine: OPS-{r.randint(10000, 99999)}", 1),
        (f"Data dell'ordine: {day.day} {['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno', 'luglio', 'agosto', 'settembre', 'ottobre', 'novembre', 'dicembre'][day.month - 1]} {day.year}", 1),
        ("", 1), ("Bracciale OPS Dream   1   39,00 €", 1), ("Spedizione 0,00 €", 1), ("Totale ordine 39,00 €", 1.1), (f"Consegna prevista: {later:%d/%m/%Y}", 1),
    ]  # fmt: skip


def english(r: random.Random, day: date) -> Lines:
    """Abroad, where the day comes first too."""
    written = r.choice(
        [f"Date: {day:%d/%m/%Y}  Time: {clock(r)}", f"{day:%d/%m/%Y} {clock(r)}:33 PM", f"DATE {day:%d-%m-%Y}"]
    )
    return [
        ("GOLDEN TIME SDN BHD", 1.2), ("(Co. Reg 123456-X)", 0.9), ("NO 12 JALAN BUKIT, 50200 KL", 0.9), ("GST ID: 000123456789", 0.9), ("TAX INVOICE", 1.2), (written, 1),
        (f"Receipt #: CS{r.randint(1000, 9999)}  Cashier: 01", 0.9), ("", 1), ("WATCH STRAP  1 x 45.00   45.00", 1), ("SUBTOTAL        45.00", 1), ("GST 6%           2.70", 1),
        ("TOTAL           47.70", 1.2), ("CASH            50.00", 1), ("CHANGE           2.30", 1), ("Goods sold are not returnable", 0.8),
    ]  # fmt: skip


def named(r: random.Random, day: date) -> Lines:
    """The month in letters, one way or another."""
    month = ENGLISH[day.month - 1]
    written = r.choice(
        [
            f"{month} {day.day}, {day.year}",
            f"{day.day:02}{month.upper()}{day.year}",
            f"{day.day:02}-{month}-{day.year} {clock(r)}",
            f"{day.year}/{day.month:02}/{day.day:02} {clock(r)}",
        ]
    )
    return [
        ("TIME & CO", 1.4), ("221 High Street", 1), ("London W1", 1), ("", 1), (written, 1), (f"TRANS {r.randint(1000, 99999)}", 1), ("BRACELET OPS LOVE     35.00", 1),
        ("TOTAL                 35.00", 1.2), ("VISA **** **** **** 4242", 1), ("THANK YOU", 1),
    ]  # fmt: skip


def department(r: random.Random, day: date) -> Lines:
    """A long one, of a department store, small print."""
    things: Lines = [
        (
            f"{r.choice(['CALZINI', 'T-SHIRT', 'PENNA', 'CANDELA', 'ANELLO OPS', 'PROFUMO', 'TAZZA'])} {r.randint(100, 999)}      22%   {r.randint(3, 60)},90",
            1,
        )
        for _ in range(26)
    ]
    weekday = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"][day.weekday()]
    return [
        ("GRANDI MAGAZZINI VESUVIO", 1.1), ("C.C. Campania - Marcianise (CE)", 0.9), ("P.IVA 12345678903", 1), ("DOCUMENTO COMMERCIALE", 1), ("di vendita o prestazione", 1),
        *things, ("TOTALE COMPLESSIVO    412,90", 1.1), ("DI CUI IVA             74,46", 1), ("PEZZI 26", 1), ("Punti fedelta' 412 scadono il 31/12/2025", 0.9), ("", 1),
        (f"{weekday} {day:%d/%m/%Y} {clock(r)}  DOC. {r.randint(1, 2000):04}-{r.randint(1, 500):04}", 0.9), ("Cassa 7 Operatore 112", 0.9),
    ]  # fmt: skip


def clock(r: random.Random) -> str:
    """An hour of business."""
    return f"{r.randint(9, 20):02}:{r.randint(0, 59):02}"


# --- onto paper, and what becomes of it --------------------------------------------------------------------------------


def paper(lines: Lines, face: str, size: int, ink: int = 45) -> Image.Image:
    """Thermal paper: greyish, with the print a little uneven."""
    fonts = [font(face, max(10, round(size * scale))) for _, scale in lines]
    wide = round(max(f.getlength(text) for f, (text, _) in zip(fonts, lines, strict=True))) + 3 * size
    tall = sum(round(f.size * 1.45) for f in fonts) + 4 * size
    sheet = Image.new("L", (wide, tall), 244)
    draw, y = ImageDraw.Draw(sheet), 2 * size
    for f, (text, scale) in zip(fonts, lines, strict=True):
        x = (wide - f.getlength(text)) / 2 if scale > 1.05 else 1.5 * size
        draw.text((x, y), text, fill=ink, font=f)
        y += round(f.size * 1.45)
    return sheet.convert("RGB")


def noise(size: tuple[int, int], strength: float, r: random.Random) -> Image.Image:
    """Grain round the middle grey, from the seed."""
    grain = Image.frombytes("L", size, r.randbytes(size[0] * size[1]))
    return grain.point(
        [
            round(128 + (value - 128) * strength / 74)
            if abs(value - 128) * strength < 74 * 127
            else 255 * (value > 128)
            for value in range(256)
        ]
    )


Spoil = Callable[[Image.Image, random.Random], Image.Image]


def tilted(picture: Image.Image, r: random.Random) -> Image.Image:
    """Held askew."""
    return picture.rotate(
        r.choice([-1, 1]) * r.uniform(2, 8), expand=True, fillcolor=(120, 100, 84), resample=Image.Resampling.BICUBIC
    )


def seen_askew(picture: Image.Image, r: random.Random) -> Image.Image:
    """From the side: the far edge is shorter."""
    w, h = picture.size
    d = r.uniform(0.04, 0.1) * w
    corners = (-d, -d, 0, h, w, h + d / 2, w + 2 * d, 0)
    return picture.transform((w, h), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(110, 100, 95))


def faded(picture: Image.Image, r: random.Random) -> Image.Image:
    """In the sun for a year."""
    pale = ImageEnhance.Contrast(picture).enhance(r.uniform(0.22, 0.35))
    return ImageEnhance.Brightness(pale).enhance(1.12)


def crumpled(picture: Image.Image, r: random.Random) -> Image.Image:
    """Folds as soft bands of light and shade, the rows between them shifted, and grain."""
    w, h = picture.size
    shade = noise((max(2, w // 60), max(2, h // 60)), 90, r).resize((w, h), Image.Resampling.BICUBIC)
    out = ImageChops.multiply(
        picture, ImageEnhance.Contrast(shade).enhance(0.45).point(lambda v: min(255, v + 105)).convert("RGB")
    )
    draw = ImageDraw.Draw(out)
    for _ in range(5):
        x0, y0 = r.randint(0, w), r.randint(0, h)
        draw.line((x0, y0, x0 + r.randint(-w, w), y0 + r.randint(-h, h)), fill=(205, 203, 200), width=2)
    steps = 24
    mesh = []
    drift = [r.uniform(-0.006, 0.006) * w for _ in range(steps + 1)]
    for at in range(steps):
        top, foot = h * at // steps, h * (at + 1) // steps
        mesh.append(
            ((0, top, w, foot), (drift[at], top, drift[at + 1], foot, w + drift[at + 1], foot, w + drift[at], top))
        )
    return out.transform((w, h), Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


def on_table(picture: Image.Image, r: random.Random) -> Image.Image:
    """A whole table, the paper a part of it."""
    w, h = picture.size
    side = round(max(w * r.uniform(1.6, 2.2), h * 1.25))
    grain = noise((side // 4, side), 40, r).resize((side, side)).convert("RGB")
    table = ImageChops.multiply(grain, Image.new("RGB", (side, side), (170, 125, 90)))
    table.paste(
        picture, (r.randint(side // 20, max(side // 20 + 1, side - w - side // 20)), r.randint(0, max(1, side - h)))
    )
    return table.resize((1400, 1400)) if side > 1400 else table


def shadowed(picture: Image.Image, r: random.Random) -> Image.Image:
    """The phone's own shadow over a corner."""
    w, h = picture.size
    mask = Image.new("L", (w, h), 255)
    ImageDraw.Draw(mask).polygon(
        [(0, h * r.uniform(0.2, 0.6)), (w, h * r.uniform(0.3, 0.8)), (w, h), (0, h)], fill=r.randint(95, 130)
    )
    return ImageChops.multiply(picture, mask.filter(ImageFilter.GaussianBlur(w / 25)).convert("RGB"))


def blurred(picture: Image.Image, r: random.Random) -> Image.Image:
    """Too near for the lens."""
    return picture.filter(ImageFilter.GaussianBlur(r.uniform(1.1, 1.7)))


def cut(picture: Image.Image, r: random.Random) -> Image.Image:
    """The left edge torn off, or out of the picture: some letters of every line are gone."""
    w, h = picture.size
    return picture.crop((round(w * 0.055), 0, w, round(h * 0.985)))


def upside(picture: Image.Image, r: random.Random) -> Image.Image:
    """The wrong way round."""
    return picture.rotate(180)


def sideways(picture: Image.Image, r: random.Random) -> Image.Image:
    """The phone lay on its side."""
    return picture.rotate(r.choice([90, 270]), expand=True)


def scribbled(picture: Image.Image, r: random.Random) -> Image.Image:
    """A pen's strokes across it."""
    out, (w, h) = picture.copy(), picture.size
    draw = ImageDraw.Draw(out)
    for _ in range(3):
        x, y = r.randint(0, w), r.randint(0, h)
        points = [(x + 14 * at, y + r.randint(-18, 18)) for at in range(14)]
        draw.line(points, fill=(40, 50, 140), width=3)
    return out


def small(picture: Image.Image, r: random.Random) -> Image.Image:
    """As a messenger sends it on."""
    picture = picture.copy()
    picture.thumbnail((900, 1000), Image.Resampling.BILINEAR)
    return picture


def photograph(picture: Image.Image, r: random.Random, quality: int) -> bytes:
    """With a sensor's noise, as JPEG."""
    grain = noise(picture.size, r.uniform(6, 16), r).convert("RGB")
    out = BytesIO()
    Image.blend(picture, ImageChops.overlay(picture, grain), 0.5).save(out, "JPEG", quality=quality)
    return out.getvalue()


def scanned(picture: Image.Image) -> bytes:
    """A PDF that holds a picture only."""
    out = BytesIO()
    picture.save(out, "PDF", resolution=150)
    return out.getvalue()


def digital(lines: Lines) -> bytes:
    """A PDF with text."""
    out = BytesIO()
    canvas, y = Canvas(out, pagesize=A4, invariant=True), 780.0
    for text, scale in lines:
        canvas.setFont("Helvetica", 11 * scale)
        canvas.drawString(60, y, text.replace("€", "EUR"))
        y -= 17 * scale
    canvas.save()
    return out.getvalue()


# fmt: off
PLAN: Sequence[tuple[str, Callable[[random.Random, date], Lines], Sequence[Spoil], int, int]] = (
    # name, what is printed, what was done to it, size of the print, quality
    ("commercial", commercial, (), 26, 85), ("commercial tilted", commercial, (tilted,), 26, 80), ("commercial faded", commercial, (faded,), 26, 80),
    ("commercial crumpled", commercial, (crumpled, tilted), 28, 75), ("commercial cut", commercial, (cut,), 26, 80), ("commercial askew", commercial, (seen_askew,), 28, 80),
    ("commercial table", commercial, (tilted, on_table), 24, 75), ("commercial shadow", commercial, (shadowed, tilted), 26, 70), ("commercial blurred", commercial, (blurred,), 28, 70),
    ("commercial upside", commercial, (upside, tilted), 26, 80), ("commercial sideways", commercial, (sideways,), 26, 80), ("commercial small", commercial, (tilted, small), 24, 40),
    ("promotion", promotion, (tilted,), 26, 80), ("promotion crumpled", promotion, (crumpled,), 26, 75), ("promotion faded", promotion, (faded, tilted), 28, 75),
    ("promotion table", promotion, (on_table,), 26, 70), ("promotion sideways", promotion, (sideways, tilted), 26, 75), ("slip", with_slip, (), 24, 80),
    ("slip tilted", with_slip, (tilted, shadowed), 24, 75), ("slip crumpled", with_slip, (crumpled,), 26, 75), ("old", old, (crumpled,), 26, 80), ("old faded", old, (faded, blurred), 30, 80),
    ("old table", old, (tilted, on_table, small), 30, 60), ("old scribbled", old, (scribbled, tilted), 26, 75), ("gift", gift, (tilted,), 26, 80), ("gift crumpled", gift, (crumpled, shadowed), 26, 70),
    ("invoice", invoice, (), 22, 80), ("invoice askew", invoice, (seen_askew, shadowed), 24, 75), ("order", order, (tilted,), 26, 80), ("english", english, (crumpled,), 26, 75),
    ("english table", english, (tilted, on_table), 26, 70), ("english upside", english, (upside,), 26, 70), ("english faded", english, (faded, seen_askew), 28, 75), ("named", named, (tilted,), 26, 80),
    ("named crumpled", named, (crumpled, blurred), 30, 75), ("named small", named, (on_table, small), 28, 50), ("long", department, (tilted,), 22, 80), ("long crumpled", department, (crumpled, shadowed), 22, 75),
    ("digital PDF", invoice, (), 0, 0), ("scanned PDF", commercial, (tilted, faded), 26, -1),
)
# fmt: on


def drawn(seed: int = 11, *, only: str = "") -> list[Drawn]:
    """All forty, or those with a word in their name; the same seed draws the same."""
    made = []
    for place, (name, printed, spoils, size, quality) in enumerate(PLAN):
        if only not in name:
            continue
        r = random.Random(seed * 1000 + place)
        day = date(2022, 1, 10) + timedelta(days=r.randint(0, 1500))
        lines = printed(r, day)
        if not size:
            made.append(Drawn(f"{place:02} {name}", digital(lines), day))
            continue
        picture = paper(lines, r.choice(FACES), size, ink=r.randint(25, 80))
        for spoil in spoils:
            picture = spoil(picture, r)
        made.append(
            Drawn(f"{place:02} {name}", scanned(picture) if quality < 0 else photograph(picture, r, quality), day)
        )
    return made
