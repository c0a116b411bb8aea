"""An Italian electronic invoice (FatturaPA): out of its signed envelope, and its facts exactly as they stand there.

The signature is not verified: the file is read, a person decides whether to trust it. No entity, no document type, no deep
nesting is ever followed; a body of the invoice that lacks its date is no invoice.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING

from asn1crypto import cms
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # nosec B405

XML, SIGNED = "application/xml", "application/pkcs7-mime"
MOST_BYTES = 5 * 1024 * 1024
"""What the exchange takes at most."""
DEEPEST, MOST_ELEMENTS, MOST_LINES, MOST_PIECES = 24, 60_000, 200, 20_000
LONGEST_NUMBER, LARGEST_NUMBER = 40, 10**9
CREDIT_NOTES = frozenset({"TD04", "TD08"})
# DER or BER: a sequence, and within its first bytes the object identifier of signed data.
_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_BASE64 = re.compile(rb"\s*(?:-----BEGIN [A-Z0-9 ]+-----\s)?[A-Za-z0-9+/=\s]{64}")


class NotAnInvoice(Exception):
    """The file is no FatturaPA, is broken, or was made to do harm; the text says which."""


@dataclass(frozen=True)
class InvoiceLine:
    """What was bought; money in cents."""

    text: str
    quantity: int
    total_cents: int | None
    ean: str


@dataclass(frozen=True)
class Invoice:
    """One body of the file with the seller of its head; `kind` is TipoDocumento."""

    kind: str
    number: str
    issued_on: date
    seller: str
    vat_number: str
    total_cents: int | None
    currency: str
    lines: tuple[InvoiceLine, ...]

    @property
    def is_credit_note(self) -> bool:
        """Money given back: proves no purchase."""
        return self.kind in CREDIT_NOTES


def media_type(content: bytes) -> str | None:
    """What a file seems to be, by its first bytes; None when it is neither an XML nor a signed one."""
    head = content[:4096]
    if _SIGNED_DATA in head[:64] and head[:1] == b"\x30":
        return SIGNED
    start = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", "replace").lstrip(
        "ï»¿\ufeff \r\n\t"
    )
    if start.startswith("<") and ("FatturaElettronica" in start or start.startswith("<?xml")):
        return XML
    return SIGNED if _BASE64.match(head) and _SIGNED_DATA in (_decoded(head) or b"")[:64] else None


def invoices(content: bytes) -> list[Invoice]:
    """Every body of a FatturaPA, signed or not; raises NotAnInvoice."""
    if len(content) > 2 * MOST_BYTES:
        raise NotAnInvoice("too big")
    xml = _inside(content) if media_type(content) == SIGNED else content
    if len(xml) > MOST_BYTES:
        raise NotAnInvoice("too big")
    root = _tree(xml)
    head = _at(root, "FatturaElettronicaHeader/CedentePrestatore/DatiAnagrafici")
    bodies = [each for each in root if each.tag == "FatturaElettronicaBody"]
    if root.tag not in ("FatturaElettronica", "FatturaElettronicaSemplificata") or not bodies:
        raise NotAnInvoice("not a FatturaPA")
    if head is None:
        head = _at(root, "FatturaElettronicaHeader/CedentePrestatore")
    return [_invoice(body, head) for body in bodies]


def _inside(content: bytes) -> bytes:
    """What a CAdES envelope holds, also one in base64 and one inside another."""
    for _ in range(3):
        raw = content if content[:1] == b"\x30" else _decoded(content)
        try:
            signed = cms.ContentInfo.load(raw or b"")["content"]
            octets = signed["encap_content_info"]["content"]
            # Neither byte stands in a text, both begin a piece; the decoder copies all that it has for each piece.
            crumbs = octets.contents.count(b"\x04") + octets.contents.count(b"\x24") if octets.method else 0
            found = octets.native if crumbs <= MOST_PIECES else None
        except Exception as fault:
            # A made-up file trips the decoder in ways of its own.
            raise NotAnInvoice("the signed envelope is broken") from fault
        if not isinstance(found, bytes):
            raise NotAnInvoice("the signed envelope is empty")
        if media_type(found) != SIGNED:
            return found
        content = found
    raise NotAnInvoice("too many envelopes")


def _decoded(content: bytes) -> bytes | None:
    plain = b"".join(line for line in content.splitlines() if not line.startswith(b"-----"))
    plain = re.sub(rb"[^A-Za-z0-9+/]", b"", plain)
    try:
        return base64.b64decode(
            plain[: len(plain) // 4 * 4] if len(plain) % 4 == 1 else plain + b"=" * (-len(plain) % 4)
        )
    except binascii.Error:
        return None


def _tree(xml: bytes) -> Element:
    """The tree without the names' spaces; whatever grows without bound is refused on the way."""
    depth = seen = 0
    root: Element | None = None
    try:
        for event, element in iterparse(BytesIO(xml), events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            depth, seen = depth + 1, seen + 1
            if depth > DEEPEST or seen > MOST_ELEMENTS:
                raise NotAnInvoice("nested too deep or too long")
            element.tag = str(element.tag).rpartition("}")[2]
            root = element if root is None else root
    except (ParseError, DefusedXmlException, ValueError, LookupError) as fault:
        raise NotAnInvoice(f"broken or unsafe: {type(fault).__name__}") from fault
    if root is None:
        raise NotAnInvoice("empty")
    return root


def _invoice(body: Element, head: Element | None) -> Invoice:
    general = _at(body, "DatiGenerali/DatiGeneraliDocumento")
    if general is None:
        general = _at(body, "DatiGenerali")
    day = _text(general, "Data")[:10]
    try:
        issued = date.fromisoformat(day)
    except ValueError as fault:
        raise NotAnInvoice("without a date") from fault
    lines = _all(body, "DatiBeniServizi/DettaglioLinee")[:MOST_LINES]
    total = _cents(_text(general, "ImportoTotaleDocumento"))
    return Invoice(
        kind=_text(general, "TipoDocumento"), number=_text(general, "Numero")[:60], issued_on=issued,
        seller=_seller(head), vat_number=_text(head, "IdFiscaleIVA/IdCodice")[:28],
        total_cents=total if total is not None else _paid(body), currency=_text(general, "Divisa")[:3] or "EUR",
        lines=tuple(_line(each) for each in lines),
    )  # fmt: skip


def _seller(head: Element | None) -> str:
    named = _text(head, "Anagrafica/Denominazione") or _text(head, "Denominazione")
    person = (_text(head, "Anagrafica/Nome"), _text(head, "Anagrafica/Cognome"))
    return (named or " ".join(filter(None, person)))[:120]


def _paid(body: Element) -> int | None:
    """The sum of what is to be paid, where the total was left out: it is optional."""
    amounts = [_cents(_text(each, "ImportoPagamento")) for each in _all(body, "DatiPagamento/DettaglioPagamento")]
    if not amounts:
        parts = _all(body, "DatiBeniServizi/DatiRiepilogo")
        amounts = [_cents(_text(part, name)) for part in parts for name in ("ImponibileImporto", "Imposta")]
    known = [each for each in amounts if each is not None]
    return sum(known) if known else None


def _line(element: Element) -> InvoiceLine:
    codes = [
        (_text(each, "CodiceTipo").upper(), _text(each, "CodiceValore")) for each in _all(element, "CodiceArticolo")
    ]
    ean = next((value for kind, value in codes if kind.startswith("EAN") or re.fullmatch(r"80\d{11}", value)), "")
    quantity = int(_number(_text(element, "Quantita")) or 1)
    text = " ".join(_text(element, "Descrizione").split())
    return InvoiceLine(text[:200], max(1, min(quantity, 9999)), _cents(_text(element, "PrezzoTotale")), ean[:13])


def _cents(text: str) -> int | None:
    amount = _number(text)
    return None if amount is None else round(amount * 100)


def _number(text: str) -> Decimal | None:
    """A number of a size that an invoice can bear; `1E900000` is one too, and writing it out would take for ever."""
    try:
        found = Decimal(text) if len(text) <= LONGEST_NUMBER else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() and abs(found) < LARGEST_NUMBER else None


def _at(element: Element | None, path: str) -> Element | None:
    return None if element is None else element.find(path)


def _all(element: Element, path: str) -> list[Element]:
    return element.findall(path)


def _text(element: Element | None, path: str) -> str:
    found = _at(element, path)
    return (found.text or "").strip() if found is not None else ""
