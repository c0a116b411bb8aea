"""Files from people: sniffed, decoded, made anew without location or hidden data, bounded, and stored (S14, S15)."""

from __future__ import annotations

import hashlib
import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

import filetype
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener
from sqlalchemy.orm.exc import StaleDataError

from service_center.core import fattura_pa, invoice_page, limits
from service_center.core.errors import NotFound, Refused, Stale
from service_center.core.first_page import NoPicture, first_page
from service_center.core.likeness import likeness
from service_center.core.outside import Storage
from service_center.core.storage import new_key

register_heif_opener()
Image.MAX_IMAGE_PIXELS = limits.JPEG_PIXELS

PDF = "application/pdf"
JPEG = "image/jpeg"
FORMATS = {JPEG: "JPEG", "image/png": "PNG", "image/heic": "HEIF", "image/heif": "HEIF"}
INVOICES = {fattura_pa.XML: ".xml", fattura_pa.SIGNED: ".xml.p7m"}
SCAN = b"\xff\xda"
PREVIEW_SIDE = 1400
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})


class Upload(Protocol):
    """A file of a form, as werkzeug gives it."""

    filename: str | None

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class Kept:
    """A stored file with its pictures; `sha256` is of what was sent, before it was cleaned. Sides in pixels."""

    storage_key: str
    preview_key: str
    thumb_key: str
    media_type: str
    sha256: str
    width: int
    height: int
    pages: int
    name: str
    likeness: str = ""


def chosen(files: Iterable[Any]) -> list[Any]:
    """The files that somebody really chose: a browser sends an empty one where nothing was."""
    return [each for each in files if each and each.filename]


def receive(upload: Upload, storage: Storage, *, field: str, pdf: bool = False) -> Kept:
    """Read, check, clean and store one file, outside any transaction; raises Refused with the reason."""
    name = _plain(upload.filename or "")
    content = upload.read(limits.FILE_BYTES + 1)
    if len(content) > limits.FILE_BYTES:
        raise Refused("file_too_big", field=field, name=name, megabytes=limits.FILE_BYTES // limits.MB)
    if not content:
        raise Refused("file_empty", field=field, name=name)
    fingerprint = hashlib.sha256(content).hexdigest()
    kind = filetype.guess_mime(content)
    if kind == PDF and pdf:
        picture, pages = _first_page(content, field, name)
        key = new_key(".pdf")
        storage.put(key, content)
        return _kept(picture, storage, key, PDF, fingerprint, pages, name)
    if pdf and (electronic := fattura_pa.media_type(content)):
        return _invoice(content, electronic, storage, fingerprint, field, name)
    if kind not in FORMATS:
        raise Refused("file_kind" if pdf else "photo_kind", field=field, name=name)
    picture = _decoded(content, FORMATS[kind], field, name)
    key = new_key(".jpg")
    storage.put(key, _jpeg(picture, limits.STORED_SIDE))
    return _kept(picture, storage, key, JPEG, fingerprint, 1, name)


def _invoice(content: bytes, media: str, storage: Storage, fingerprint: str, field: str, name: str) -> Kept:
    """An electronic invoice is kept as it came, signature and all; its picture is drawn from its facts."""
    try:
        bodies = fattura_pa.invoices(content)
    except fattura_pa.NotAnInvoice as fault:
        raise Refused("invoice_broken", field=field, name=name) from fault
    key = new_key(INVOICES[media])
    storage.put(key, content)
    return _kept(invoice_page.drawn(bodies), storage, key, media, fingerprint, len(bodies), name)


def _plain(name: str) -> str:
    """The file's name for people: no folders, and nothing that cannot be seen (a NUL, a mark that turns the reading round)."""
    seen = "".join(each for each in name if unicodedata.category(each) not in _UNSEEN)
    return seen.replace("\\", "/").rsplit("/", 1)[-1][-120:]


def receive_all(uploads: Iterable[Any], storage: Storage, *, field: str, pdf: bool = False) -> list[Kept]:
    """Every file that was chosen, within the bound of one question."""
    files = chosen(uploads)
    if len(files) > limits.FILES_A_QUESTION:
        raise Refused("too_many_files", field=field, number=limits.FILES_A_QUESTION)
    kept: list[Kept] = []
    with for_good(kept, storage):
        for each in files:
            kept.append(receive(each, storage, field=field, pdf=pdf))
    return kept


@contextmanager
def for_good(files: Sequence[Kept], storage: Storage) -> Iterator[None]:
    """Stored files stay where what they were sent for is written down; what is refused or comes too late leaves none behind."""
    try:
        yield
    except (Refused, NotFound, Stale, StaleDataError):
        discard(files, storage)
        raise


def discard(files: Sequence[Kept], storage: Storage) -> None:
    """Forget stored files that belong to nothing."""
    for key in (key for each in files for key in (each.storage_key, each.preview_key, each.thumb_key)):
        storage.delete(key)


def _kept(
    picture: Image.Image, storage: Storage, key: str, media: str, fingerprint: str, pages: int, name: str
) -> Kept:
    preview, thumb = new_key(".jpg"), new_key(".jpg")
    storage.put(preview, _jpeg(picture, PREVIEW_SIDE))
    storage.put(thumb, _jpeg(picture, limits.THUMB_SIDE))
    scale = min(1, limits.STORED_SIDE / max(picture.size))
    width, height = (max(1, round(side * scale)) for side in picture.size)
    # The pages of one shop's programme all look alike: only a photograph is told by its looks.
    looks = likeness(picture) if media == JPEG else ""
    return Kept(key, preview, thumb, media, fingerprint, width, height, pages, name, looks)


def _decoded(content: bytes, form: str, field: str, name: str) -> Image.Image:
    """The picture upright, in plain colours, free of everything that is no picture."""
    if form == "JPEG" and content.count(SCAN) > limits.JPEG_SCANS:
        # Each of a progressive picture's scans is a look at all its pixels, and takes no more than some bytes.
        raise Refused("file_broken", field=field, name=name)
    allowed = limits.JPEG_PIXELS if form == "JPEG" else limits.OTHER_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=[form]) as opened:
                if opened.width * opened.height > allowed:
                    raise Refused("photo_too_large", field=field, name=name)
                # A large JPEG is decoded at half or a quarter already.
                opened.draft("RGB", (limits.STORED_SIDE, limits.STORED_SIDE))
                upright = ImageOps.exif_transpose(opened)
                return _flat(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refused("photo_too_large", field=field, name=name) from fault
    except Refused:
        raise
    except Exception as fault:
        # A decoder trips over a made-up file in ways of its own (struct.error, TypeError, …): no list of them is whole.
        raise Refused("file_broken", field=field, name=name) from fault


def _flat(picture: Image.Image) -> Image.Image:
    """On white where it was transparent."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        cut_out = picture.convert("RGBA")
        ground = Image.new("RGB", cut_out.size, "white")
        ground.paste(cut_out, mask=cut_out.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _jpeg(picture: Image.Image, side: int) -> bytes:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    # What the decoder kept beside the pixels (EXIF, XMP, comments) would be written along.
    small.info.clear()
    out = BytesIO()
    small.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()


def _first_page(content: bytes, field: str, name: str) -> tuple[Image.Image, int]:
    try:
        drawn = first_page(content, side=PREVIEW_SIDE, most=limits.PDF_PAGES)
    except NoPicture as fault:
        raise Refused("file_broken", field=field, name=name) from fault
    if drawn.picture is None:
        raise Refused("pdf_pages", field=field, name=name, number=limits.PDF_PAGES)
    return drawn.picture, drawn.pages
