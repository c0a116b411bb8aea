"""A customer's browser that walks through the questions, and the files that it sends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from flask.testing import FlaskClient
from PIL import Image
from pillow_heif import register_heif_opener
from werkzeug.test import TestResponse

register_heif_opener()

GPS = 0x8825
SECRET_PLACE = "Vico Lungo"

WHAT = {"family": "watch", "model": "OPSPW-482", "serial": "ab-1"}
FAULT = {"symptoms": ["S10"], "words": "È caduto, il vetro è rotto."}
WHERE = {"seller": "shop", "shop_name": "Gioielleria Esempio Caserta"}
WHEN = {"purchased_on": ["14", "3", "2025"], "card": "complete"}
YOU = {
    "name": "Adele Fontanarosa", "email": "Adele@posta.example", "phone": "333 0000000", "language": "it", "street": "Via Toledo 1",
    "postal_code": "80134", "city": "Napoli", "province": "na", "country": "IT",
}  # fmt: skip
ANSWERS: dict[str, dict[str, Any]] = {"what": WHAT, "fault": FAULT, "where": WHERE, "papers": {}, "when": WHEN}


def picture(kind: str = "JPEG", *, color: str = "red", size: tuple[int, int] = (64, 48)) -> bytes:
    """A photograph; a JPEG says where it was taken."""
    out, image = BytesIO(), Image.new("RGB", size, color)
    if kind == "JPEG":
        exif = image.getexif()
        exif[0x010E] = SECRET_PLACE
        exif.get_ifd(GPS).update({1: "N", 2: (40.0, 50.0, 0.0), 3: "E", 4: (14.0, 15.0, 0.0)})
        image.save(out, kind, exif=exif)
    else:
        image.save(out, kind)
    return out.getvalue()


def pdf(pages: int = 1) -> bytes:
    """A document of empty pages."""
    document, out = pdfium.PdfDocument.new(), BytesIO()
    for _number in range(pages):
        document.new_page(200, 300)
    document.save(out)
    return out.getvalue()


def upload(content: bytes, name: str = "scontrino.jpg") -> tuple[BytesIO, str]:
    return BytesIO(content), name


@dataclass
class Browser:
    """One browser with its cookies; posts forms with its own anti-forgery token."""

    client: FlaskClient

    def get(self, url: str, **more: Any) -> TestResponse:
        return self.client.get(url, **more)

    def token(self) -> str:
        page = self.client.get("/login", follow_redirects=True).text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found
        return found[1]

    def post(self, url: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self.client.post(
            url, data={"csrf_token": self.token(), **(data or {})}, content_type="multipart/form-data", **more
        )

    def answer(self, page: str, data: dict[str, Any] | None = None, *, number: int = 1) -> TestResponse:
        """Answer one page of an item, and be led on."""
        answered = self.post(f"/repairs/new/{number}/{page}", data)
        assert answered.status_code == 302, complaints(answered)
        return answered

    def item(self, number: int = 1, *, receipt: bytes | None = b"", **answers: dict[str, Any]) -> None:
        """Answer every page of an item."""
        said = {**ANSWERS, **answers}
        self.answer("what", said["what"], number=number)
        led = self.answer("fault", said["fault"], number=number)
        if "tips" in led.location:
            self.post(f"/repairs/new/{number}/tips")
        led = self.answer("where", said["where"], number=number)
        if "which" in led.location:
            self.answer("which", said["which"], number=number)
        papers = {"without": "1"} if receipt is None else {"receipt": upload(receipt or picture())}
        self.answer("papers", papers, number=number)
        self.answer("when", said["when"], number=number)

    def you(self, **other: str) -> TestResponse:
        answered = self.post("/repairs/new/you", {**YOU, **other})
        assert answered.status_code == 302, complaints(answered)
        return answered

    def send(self) -> TestResponse:
        return self.post("/repairs/new/check")


def complaints(answered: TestResponse) -> str:
    """The sentences beside the fields, for a test that fails."""
    found = re.findall(r'class="error"[^>]*>.*?</p>|error-summary.*?</div>', answered.text, re.DOTALL)
    return f"{answered.status_code} {answered.request.path}: " + re.sub(r"<[^>]+>|\s+", " ", " ".join(found))


def codes(page: str) -> list[str]:
    """The codes of a page, in their order."""
    return re.findall(r'data-copy="([0-9A-Z-]{14})"', page)


def pins(page: str) -> list[str]:
    return re.findall(r'class="pin num">(\d{6})<', page)


Walk = Callable[[Browser], None]
