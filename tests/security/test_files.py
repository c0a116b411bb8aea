"""Files made up to break the reader of files."""

from __future__ import annotations

import struct
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from service_center.core import fattura_pa, uploads
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.proofs.queries import files
from service_center.proofs.services import attach
from service_center.tickets.lifecycle import Status
from tests.builders import WHEN, client_for, make_people, make_ticket


class Nowhere:
    """A storage that forgets."""

    def put(self, key: str, content: bytes) -> None: ...
    def get(self, key: str) -> bytes:
        return b""

    def delete(self, key: str) -> None: ...


class Sent:
    """An upload."""

    def __init__(self, content: bytes, name: str = "scontrino.pdf") -> None:
        self.filename: str | None = name
        self.content = content

    def read(self, size: int = -1, /) -> bytes:
        return self.content


def receipt() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for line in range(300):
        canvas.drawString(50, 50 + line, "Scontrino " * 10)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_many_pdfs_at_once_do_not_end_the_process() -> None:
    content = receipt()

    def send(_number: int) -> int:
        return uploads.receive(Sent(content), Nowhere(), field="papers", pdf=True).pages

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(send, range(12))) == [1] * 12


def endless() -> bytes:
    """A page of one and a half kilobytes that draws a drawing ten times, which draws one ten times, … nine deep."""
    depth, parts = 9, [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    parts += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>"]
    parts += [b"<</Length 5>>stream\n/X Do\nendstream"]
    for level in range(depth):
        below = b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + level) if level < depth - 1 else b""
        body = b"/X Do\n" * 10 if below else b"0 0 m 595 842 l S\n" * 10
        parts += [
            b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]%s/Length %d>>stream\n%sendstream"
            % (below, len(body), body)
        ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(
        b"%010d 00000 n \n" % each for each in places
    )
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))


def test_a_pdf_that_never_ends_is_refused_in_seconds() -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match="file_broken"):
        uploads.receive(Sent(endless()), Nowhere(), field="papers", pdf=True)
    assert time.monotonic() - began < 30


def electronic(*, payments: str = "", total: str = "", quantity: str = "1") -> bytes:
    return (
        "<?xml version='1.0'?><FatturaElettronica><FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento>"
        f"<TipoDocumento>TD01</TipoDocumento><Data>2026-01-02</Data><Numero>7</Numero>{total}</DatiGeneraliDocumento></DatiGenerali>"
        f"<DatiBeniServizi><DettaglioLinee><Descrizione>Orologio</Descrizione><Quantita>{quantity}</Quantita></DettaglioLinee>"
        f"</DatiBeniServizi>{payments}</FatturaElettronicaBody></FatturaElettronica>"
    ).encode()


# What takes a line to write and for ever to write out, and what no decimal can bear.
ENDLESS = {
    "a sum": electronic(payments="<DatiPagamento>" + "<DettaglioPagamento><ImportoPagamento>1E900000</ImportoPagamento></DettaglioPagamento>" * 99 + "</DatiPagamento>"),
    "a total": electronic(total="<ImportoTotaleDocumento>1E999999</ImportoTotaleDocumento>"),
    "a quantity": electronic(quantity="9E999999"),
    "digits": electronic(quantity="9" * 2_000_000),
    "no number": electronic(quantity="-Infinity", total="<ImportoTotaleDocumento>sNaN</ImportoTotaleDocumento>"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDLESS)
def test_an_invoice_with_endless_numbers_is_read_at_once_and_says_no_amount(name: str) -> None:
    began = time.monotonic()
    [read] = fattura_pa.invoices(ENDLESS[name])
    assert (read.total_cents, read.lines[0].quantity) == (None, 1)
    assert uploads.receive(Sent(ENDLESS[name], "a.xml"), Nowhere(), field="papers", pdf=True).pages == 1
    assert time.monotonic() - began < 3


def test_an_envelope_of_a_million_crumbs_is_refused_at_once() -> None:
    def held(tag: int, inside: bytes) -> bytes:
        return bytes([tag, 0x80]) + inside + b"\0\0"

    kind, data = (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07" + each for each in (b"\x02", b"\x01"))
    inside = held(0x30, data + held(0xA0, held(0x24, b"\x04\x01<" * 1_000_000)))
    content = held(0x30, kind + held(0xA0, held(0x30, b"\x02\x01\x01\x31\0" + inside + b"\x31\0")))
    assert fattura_pa.media_type(content) == fattura_pa.SIGNED
    began = time.monotonic()
    with pytest.raises(Refused, match="invoice_broken"):
        uploads.receive(Sent(content, "a.p7m"), Nowhere(), field="papers", pdf=True)
    assert time.monotonic() - began < 15


def test_a_picture_that_is_to_be_looked_at_a_thousand_times_is_refused() -> None:
    out = BytesIO()
    Image.new("RGB", (600, 400), "red").save(out, "JPEG", progressive=True)
    content = out.getvalue()
    uploads.receive(Sent(content), Nowhere(), field="photos")
    again = content[content.rindex(b"\xff\xda") : -2]
    with pytest.raises(Refused, match="file_broken"):
        uploads.receive(Sent(content[:-2] + again * 1000 + content[-2:]), Nowhere(), field="photos")


# Resolution said to be bytes, to be text; the maker's name said to be a fraction: each trips the decoder over its own feet.
REMARKS = ((0x011A, 1), (0x011A, 2), (0x010F, 11))


@pytest.mark.parametrize(("tag", "kind"), REMARKS)
def test_a_picture_with_made_up_remarks_is_refused_and_breaks_nothing(tag: int, kind: int) -> None:
    upside_down, made_up = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0), struct.pack(">HHI4s", tag, kind, 1, b"x")
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", 2) + upside_down + made_up + bytes(4)
    out = BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif)
    with pytest.raises(Refused, match="file_broken"):
        uploads.receive(Sent(out.getvalue()), Nowhere(), field="photos")


def test_a_pdf_of_somebody_is_taken_away_as_a_file_and_a_picture_can_run_nothing(
    app: Flask, session: Session, house: House
) -> None:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    assert ticket.proof
    picture = BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    # Its name, its declared kind and its tail say that it is a page; its head, that it is a picture.
    page_in_a_picture = picture.getvalue() + b"<script>alert(1)</script>"
    kept = [
        uploads.receive(Sent(content), house.storage, field="papers", pdf=True)
        for content in (receipt(), page_in_a_picture)
    ]
    attach(session, ticket.proof, kept, now=WHEN)
    session.commit()
    boss = client_for(app, people.manager)
    numbers = sorted(each.id for each in files(session, ticket.proof.id))
    document, photo = (boss.get(f"/proof-files/{number}/full") for number in numbers)
    assert document.headers["Content-Disposition"].startswith("attachment")
    assert photo.mimetype == "image/jpeg"
    assert b"<script>" not in photo.data
    for answered in (document, photo):
        assert "sandbox" in answered.headers["Content-Security-Policy"]
        assert answered.headers["X-Content-Type-Options"] == "nosniff"
        assert answered.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("a\0b.jpg", "ab.jpg"), ("..\\..\\x.jpg", "x.jpg"), ("/etc/passwd", "passwd"), ("foto\u202egpj.exe", "fotogpj.exe"), ("a\r\nb.jpg", "ab.jpg"), ("..\u200b/x", "x")],
)  # fmt: skip
def test_a_file_keeps_of_its_name_what_can_be_seen(
    app: Flask, session: Session, house: House, given: str, kept: str
) -> None:
    picture = BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    ticket = make_ticket(session, house, make_people(session))
    assert ticket.proof
    paper = uploads.receive(Sent(picture.getvalue(), given), house.storage, field="papers", pdf=True)
    attach(session, ticket.proof, [paper], now=WHEN)
    session.commit()
    assert [each.name for each in files(session, ticket.proof.id)] == [kept]
