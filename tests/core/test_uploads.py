"""What people upload is looked into, cleaned and bounded before anything is stored."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from struct import pack

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from werkzeug.datastructures import FileStorage as Sent

from service_center.core import limits
from service_center.core.errors import Refused
from service_center.core.storage import FileStorage
from service_center.core.uploads import receive, receive_all
from tests.browser.papers import has_place, receipt


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    return FileStorage(tmp_path)


def sent(content: bytes, name: str = "scontrino.jpg") -> Sent:
    return Sent(BytesIO(content), filename=name)


def picture(form: str, size: tuple[int, int] = (800, 600), mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, size, (200, 30, 60) if mode == "RGB" else (200, 30, 60, 0)).save(out, form)  # type: ignore[arg-type]
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for number in range(pages):
        canvas.drawString(100, 700, f"Fattura, pagina {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def huge_png(side: int) -> bytes:
    """A few kilobytes that unfold into side × side pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    row = b"\0" * (1 + side)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(row * side, 9))
        + chunk(b"IEND", b"")
    )


def test_the_stored_copy_does_not_tell_where_it_was_taken(storage: FileStorage) -> None:
    photograph = receipt("20-09-2025")
    assert has_place(photograph)
    kept = receive(sent(photograph), storage, field="files", pdf=True)
    for key in (kept.storage_key, kept.preview_key, kept.thumb_key):
        stored = storage.get(key)
        assert not has_place(stored)
        assert b"Phone" not in stored
    assert len(kept.sha256) == 64


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF"])
def test_pictures_of_every_phone_become_jpegs(storage: FileStorage, form: str) -> None:
    kept = receive(sent(picture(form)), storage, field="photos")
    with Image.open(BytesIO(storage.get(kept.storage_key))) as stored:
        assert (stored.format, stored.size) == ("JPEG", (800, 600))
    assert kept.media_type == "image/jpeg"


def test_a_large_picture_is_made_smaller_and_a_turned_one_upright(storage: FileStorage) -> None:
    out = BytesIO()
    sideways = Image.new("RGB", (4000, 3000), "white")
    exif = sideways.getexif()
    exif[0x0112] = 6
    sideways.save(out, "JPEG", exif=exif)
    kept = receive(sent(out.getvalue()), storage, field="photos")
    assert (kept.width, kept.height) == (1800, 2400)
    with Image.open(BytesIO(storage.get(kept.thumb_key))) as thumb:
        assert max(thumb.size) == limits.THUMB_SIDE


def test_a_transparent_picture_lies_on_white(storage: FileStorage) -> None:
    kept = receive(sent(picture("PNG", mode="RGBA")), storage, field="photos")
    with Image.open(BytesIO(storage.get(kept.storage_key))) as stored:
        assert min(stored.getpixel((10, 10))) > 250  # type: ignore[type-var, arg-type]


def test_a_pdf_is_kept_as_it_is_with_a_picture_of_its_first_page(storage: FileStorage) -> None:
    content = pdf(3)
    kept = receive(sent(content, "fattura.pdf"), storage, field="files", pdf=True)
    assert (kept.pages, kept.media_type, storage.get(kept.storage_key)) == (3, "application/pdf", content)
    with Image.open(BytesIO(storage.get(kept.preview_key))) as preview:
        assert preview.format == "JPEG"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"ciao", "file_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "file_kind"),
        (b"GIF89a" + b"\0" * 100, "file_kind"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 500, "file_broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 500, "file_broken"),
        (b"%PDF-1.7\n" + b"\0" * 500, "file_broken"),
        (picture("JPEG")[:900], "file_broken"),
        (huge_png(6000), "photo_too_large"),
        (huge_png(20000), "photo_too_large"),
        (pdf(limits.PDF_PAGES + 1), "pdf_pages"),
        (b"\xff\xd8\xff" + b"\0" * limits.FILE_BYTES, "file_too_big"),
    ],
    ids=["empty", "text", "svg", "gif", "broken jpeg", "broken png", "broken pdf", "cut off", "36 megapixels", "400 megapixels", "long pdf", "too big"],
)  # fmt: skip
def test_wrong_files_are_refused_with_their_reason_and_leave_nothing(
    storage: FileStorage, content: bytes, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        receive(sent(content, "../../etc/passwd"), storage, field="files", pdf=True)
    assert refused.value.code == code
    assert (refused.value.field, refused.value.facts["name"]) == ("files", "passwd")
    assert list(storage.root.rglob("*")) == []


def test_a_pdf_is_no_photograph(storage: FileStorage) -> None:
    with pytest.raises(Refused, match="photo_kind"):
        receive(sent(pdf()), storage, field="photos")


def test_a_question_takes_six_files(storage: FileStorage) -> None:
    files = [sent(picture("PNG", (20, 20))) for _number in range(limits.FILES_A_QUESTION + 1)]
    with pytest.raises(Refused, match="too_many_files"):
        receive_all(files, storage, field="photos")
    assert receive_all([Sent(BytesIO(b""), filename="")], storage, field="photos") == []


def test_one_wrong_file_leaves_none_of_its_question(storage: FileStorage) -> None:
    with pytest.raises(Refused, match="photo_kind"):
        receive_all([sent(picture("JPEG")), sent(b"no picture")], storage, field="photos")
    assert [each for each in storage.root.rglob("*") if each.is_file()] == []
