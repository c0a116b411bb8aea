"""Electronic invoices: read exactly, signed or not, whatever the prefix; those made to do harm are refused quickly."""

from __future__ import annotations

import base64
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import cms
from PIL import Image

from service_center.core.errors import Refused
from service_center.core.fattura_pa import SIGNED, XML, NotAnInvoice, invoices, media_type
from service_center.core.storage import FileStorage
from service_center.core.uploads import receive
from service_center.proofs.readers.fattura_pa import read

LINES = """<DettaglioLinee><NumeroLinea>1</NumeroLinea><CodiceArticolo><CodiceTipo>EAN</CodiceTipo><CodiceValore>8032288000016</CodiceValore>
</CodiceArticolo><Descrizione>Orologio OPS Posh</Descrizione><Quantita>1.00</Quantita><PrezzoUnitario>72.95</PrezzoUnitario><PrezzoTotale>72.95</PrezzoTotale></DettaglioLinee>
<DettaglioLinee><NumeroLinea>2</NumeroLinea><Descrizione>Bracciale  OPS
Dream</Descrizione><Quantita>2.00</Quantita><PrezzoTotale>50.00</PrezzoTotale></DettaglioLinee>"""
COMPANY, PERSON = "<Denominazione>Gioielli Amodio S.r.l.</Denominazione>", "<Nome>Anna</Nome><Cognome>Ferrara</Cognome>"


def body(
    kind: str = "TD01",
    day: str = "2025-03-14",
    number: str = "12/A",
    total: str = "<ImportoTotaleDocumento>150.00</ImportoTotaleDocumento>",
) -> str:
    return f"""<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>{kind}</TipoDocumento><Divisa>EUR</Divisa><Data>{day}</Data>
<Numero>{number}</Numero>{total}</DatiGeneraliDocumento></DatiGenerali><DatiBeniServizi>{LINES}<DatiRiepilogo><ImponibileImporto>122.95</ImponibileImporto>
<Imposta>27.05</Imposta></DatiRiepilogo></DatiBeniServizi></FatturaElettronicaBody>"""


def fattura(*bodies: str, name: str = COMPANY, prefix: str = "p:", before: str = "") -> bytes:
    space = f' xmlns{":" + prefix[:-1] if prefix else ""}="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12"'
    inside = "".join(bodies or (body(),))
    if not prefix:
        # Some programs put the whole tree into the name's space.
        space = ' xmlns="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2" versione="FPR12"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>{before}<{prefix}FatturaElettronica{space}><FatturaElettronicaHeader><CedentePrestatore><DatiAnagrafici>
<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>12345678903</IdCodice></IdFiscaleIVA><Anagrafica>{name}</Anagrafica></DatiAnagrafici></CedentePrestatore>
<CessionarioCommittente><DatiAnagrafici><Anagrafica><Nome>Mario</Nome><Cognome>Rossi</Cognome></Anagrafica></DatiAnagrafici></CessionarioCommittente>
</FatturaElettronicaHeader>{inside}</{prefix}FatturaElettronica>""".encode()


def signed(content: bytes) -> bytes:
    """An envelope as a signer makes it, without anybody's signature in it."""
    inside = cms.SignedData({
        "version": "v1", "digest_algorithms": [{"algorithm": "sha256"}], "signer_infos": [],
        "encap_content_info": {"content_type": "data", "content": content},
    })  # fmt: skip
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": inside}).dump())


def without_length(content: bytes) -> bytes:
    """The same envelope in BER, in pieces of unknown length, as some cards write it."""

    def long(tag: int, inside: bytes) -> bytes:
        return bytes([tag, 0x80]) + inside + b"\0\0"

    def octets(part: bytes) -> bytes:
        return b"\x04\x82" + len(part).to_bytes(2, "big") + part

    pieces = b"".join(octets(content[at : at + 1000]) for at in range(0, len(content), 1000))
    data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    inner = long(0x30, data + long(0xA0, long(0x24, pieces)))
    digest = b"\x31\x0f\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00"
    whole = long(0x30, b"\x02\x01\x01" + digest + inner + b"\x31\x00")
    return long(0x30, b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + long(0xA0, whole))


WAYS = {
    "plain": lambda xml: xml, "with a mark": lambda xml: b"\xef\xbb\xbf" + xml, "signed": signed, "signed twice": lambda xml: signed(signed(xml)),
    "without lengths": without_length, "base64": lambda xml: base64.b64encode(signed(xml)), "base64 in lines": lambda xml: base64.encodebytes(signed(xml)),
    "PEM": lambda xml: b"-----BEGIN PKCS7-----\n" + base64.encodebytes(signed(xml)) + b"-----END PKCS7-----\n",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_it_is_read_exactly_however_it_was_wrapped(way: str) -> None:
    content = WAYS[way](fattura())
    (found,) = invoices(content)
    assert (found.kind, found.number, found.issued_on, found.total_cents) == ("TD01", "12/A", date(2025, 3, 14), 15000)
    assert (found.seller, found.vat_number, found.currency) == ("Gioielli Amodio S.r.l.", "12345678903", "EUR")
    assert [(line.text, line.quantity, line.total_cents, line.ean) for line in found.lines] == [
        ("Orologio OPS Posh", 1, 7295, "8032288000016"),
        ("Bracciale OPS Dream", 2, 5000, ""),
    ]


@pytest.mark.parametrize("prefix", ["p:", "ns2:", "b:", ""])
def test_any_prefix_will_do(prefix: str) -> None:
    assert invoices(fattura(prefix=prefix))[0].number == "12/A"


def test_a_person_may_sell_too() -> None:
    assert invoices(fattura(name=PERSON))[0].seller == "Anna Ferrara"


def test_a_missing_total_is_summed_up() -> None:
    assert invoices(fattura(body(total="")))[0].total_cents == 15000


def test_a_credit_note_proves_nothing() -> None:
    found = read(fattura(body("TD04"))).as_json()
    assert (found["document"], found["is_proof"], found["why_not"]) == ("credit_note", False, "credit_note")
    assert found["dates"][0]["value"] == "2025-03-14"


def test_of_several_bodies_the_purchase_comes_first() -> None:
    found = read(
        fattura(body("TD04", "2025-01-01"), body("TD24", "2025-02-02", "7"), body("TD01", "2025-03-03", "8"))
    ).as_json()
    assert (found["document"], found["is_proof"], found["number"]["value"]) == ("fattura_pa", True, "7")
    assert [each["value"] for each in found["dates"]] == ["2025-02-02", "2025-03-03"]


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
BAD = {
    "laughs": fattura(body(number="&i;"), before=LAUGHS),
    "outside": fattura(body(number="&x;"), before='<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "nested": b'<?xml version="1.0"?>' + b"<a>" * 50_000 + b"</a>" * 50_000,
    "wide": b'<?xml version="1.0"?><a>' + b"<b/>" * 200_000 + b"</a>",
    "big": fattura(body(number="x" * 6_000_000)),
    "cut off": fattura()[:900],
    "other": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    "no body": b'<?xml version="1.0"?><FatturaElettronica/>',
    "no date": fattura(body(day="ieri")),
    "another encoding": b'<?xml version="1.0" encoding="klingon"?><FatturaElettronica/>',
    "empty envelope": signed(b""),
    "cut envelope": signed(fattura())[:700],
    "envelopes": signed(signed(signed(signed(fattura())))),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_broken_or_made_to_harm_is_refused_at_once(name: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(NotAnInvoice):
        invoices(BAD[name])
    assert read(BAD[name]).as_json()["why_not"] == "unreadable"
    assert time.monotonic() - begun < 5


class Sent(BytesIO):
    filename = "IT12345678903_00001.xml.p7m"


@pytest.mark.parametrize(
    ("content", "kind"), [(fattura(), XML), (signed(fattura()), SIGNED), (base64.b64encode(signed(fattura())), SIGNED)]
)
def test_it_is_taken_where_a_pdf_is_kept_as_it_came_and_shown_as_a_page(
    content: bytes, kind: str, tmp_path: Path
) -> None:
    assert media_type(content) == kind
    storage = FileStorage(tmp_path)
    kept = receive(Sent(content), storage, field="papers", pdf=True)
    assert (kept.media_type, kept.pages, kept.name) == (kind, 1, Sent.filename)
    assert storage.get(kept.storage_key) == content
    with Image.open(BytesIO(storage.get(kept.preview_key))) as page:
        assert page.size == (1000, 1400)


@pytest.mark.parametrize("name", ["laughs", "cut off", "other", "cut envelope"])
def test_a_broken_one_is_refused_in_words_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        receive(Sent(BAD[name]), FileStorage(tmp_path), field="papers", pdf=True)
    assert no.value.code == "invoice_broken"
    assert list(tmp_path.rglob("*.*")) == []


def test_it_is_no_photograph(tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        receive(Sent(fattura()), FileStorage(tmp_path), field="photos")
    assert no.value.code == "photo_kind"
