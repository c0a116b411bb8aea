"""Of several dates the day of purchase comes first, and what else stands on the paper is read along."""

from __future__ import annotations

from datetime import date

import pytest

from service_center.proofs.readers.receipt import suggest
from service_center.proofs.readers.suggestion import Suggestion, TextLine

TODAY = date(2026, 11, 20)


def read(text: str) -> Suggestion:
    """A page given as text, a line each."""
    lines = [line.strip() for line in text.strip().splitlines()]
    made = [
        TextLine(line, (50, 40 + 30 * at, 12 * len(line), 24), 0.98, (50, 40 + 30 * at, 12 * len(line), 24))
        for at, line in enumerate(lines)
    ]
    return suggest(made, engine="rapidocr", today=TODAY)


SHOP = """GIOIELLERIA ESPOSITO S.R.L.
Via Roma 12 - 80100 NAPOLI
P.IVA 12345678903
"""
SALE = """DOCUMENTO COMMERCIALE
di vendita o prestazione
OROLOGIO OPS!POSH 22% 89,00
TOTALE COMPLESSIVO 89,00
di cui IVA 16,05
"""
SLIP = """BANCOMAT
TML 03412345 STAN 001234
AID A0000000041010
PAN ************1234
13/03/25 18:20
AUT. 123456
IMPORTO EUR 89,00
"""


@pytest.mark.parametrize(
    "paper",
    [
        SHOP + SALE + "14-03-2025 18:22\nDOCUMENTO N. 0123-0045",
        SHOP + SALE + "DOC. N. 0123-0045 14/03/25 18:22",
        SHOP + SALE + "14-03-202518:22\nD0CUMENT0 N. 0123-0045\nBuono valido fino al 31/12/2025",
        "PROMO valida dal 01/02/2025 al 28/02/2025\n" + SHOP + SALE + "14/03/2025 18:22\nDOCUMENTO N. 0123-0045",
        SHOP + SALE + "14/03/2025 18:22\nDOCUMENTO N. 0123-0045\n\nCambio merce entro il 13/04/2025",
        SLIP + "\n" + SHOP + SALE + "14-03-2025 18:22\nDOCUMENTO N. 0123-0045",
        SHOP + SALE + "14-03-2025 18:22\nDOCUMENTO N. 0123-0045\n" + SLIP,
        SHOP + "Aut. Min. n. 123 del 02/05/2019\n" + SALE + "14-03-2025 18:22",
        SHOP + "FATTURA N. 12/A del 14/03/2025\nOrologio 89,00\nTOTALE FATTURA 89,00\nScadenza pagamento 13/04/2025",
        "OPS!OBJECTS\nConferma d'ordine\nData dell'ordine: 14 marzo 2025\nTotale ordine 39,00\nConsegna prevista: 17/03/2025",
        "ABC SDN BHD\nGST ID: 00012 w.e.f 01/04/2015\nTAX INVOICE\nDate: 14/03/2025\nTOTAL 47.70\nCASH 50.00",
        SHOP + "SCONTRINO DI CORTESIA\nOrecchini\n14/03/2025 18:22\nCambi entro il 14/04/2025",
        SHOP + SALE + "03/25/2025\n14/03/2025 18:22",
        SHOP + SALE + "ven 14/03/2025\n18:22\nTessera punti scade 31/12/2025\nnata il 12/05/1991",
    ],
)
def test_the_day_of_purchase_comes_first(paper: str) -> None:
    found = read(paper)
    assert found.dates[0].value == date(2025, 3, 14), found.dates
    assert found.is_proof


def test_several_dates_stay_candidates_with_what_speaks_for_them() -> None:
    found = read(SHOP + SALE + "14/03/2025 18:22\nDOCUMENTO N. 0123-0045\nBuono valido fino al 31/12/2025")
    first, second = found.dates
    assert (first.why, second.value, second.why) == ("time_of_day", date(2025, 12, 31), "other_purpose")
    assert first.score > 0.8 > 0.4 > second.score
    assert first.box is not None


def test_the_same_date_twice_adds_up() -> None:
    once, twice = read(SHOP + "14/03/2025\nAnello 10,00"), read(SHOP + "14/03/2025\nAnello 10,00\n14-03-2025")
    assert len(twice.dates) == 1
    assert twice.dates[0].score > once.dates[0].score


def test_a_receipt_is_read_with_all_its_parts() -> None:
    found = read(SHOP + SALE + "14-03-2025 18:22\nDOCUMENTO N. 0123-0045").as_json()
    assert found["document"] == "receipt"
    assert {name: found[name]["value"] for name in ("seller", "vat_number", "number", "total_cents")} == {
        "seller": "GIOIELLERIA ESPOSITO S.R.L.", "vat_number": "12345678903", "number": "0123-0045", "total_cents": 8900,
    }  # fmt: skip
    assert found["lines"] == [{"text": "OROLOGIO OPS!POSH", "quantity": 1, "total_cents": 8900, "ean": ""}]
    assert found["dates"][0] == {
        "value": "2025-03-14", "text": "14-03-2025 18:22", "score": found["dates"][0]["score"], "why": "time_of_day", "time": "18:22",
        "box": found["dates"][0]["box"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "document", "why_not"),
    [
        (SHOP + SALE + "14-03-2025 18:22", "receipt", None),
        (SHOP + "DOCUMENTO COMMERCIALE\nemesso per reso merce\n14-03-2025 18:22\nTOTALE -89,00", "receipt", "return"),
        (SHOP + "DOCUMENTO COMMERCIALE\nemesso per ANNULLAMENTO\n14-03-2025 18:22", "receipt", "return"),
        (SHOP + SALE + "14-03-2025 18:22\nCOPIA", "receipt", "copy"),
        (SHOP + SALE + "*** DUPLICATO ***\n14-03-2025 18:22", "receipt", "copy"),
        (SHOP + "NOTA DI CREDITO N. 4\n14-03-2025\nTOTALE 89,00", "credit_note", "credit_note"),
        (SLIP, "card_slip", "card_slip"),
        (SHOP + "SC0NTRIN0 DI CORTESIA\nOrecchini OPS\n14.03.2025", "gift_receipt", None),
        (SHOP + "FATTURA N. 3 del 14/03/2025\nOrologio 89,00\nTOTALE 89,00", "invoice", None),
        ("OPS!OBJECTS\nConferma d'ordine\nNumero ordine: OPS-12345\n14 marzo 2025", "order_confirmation", None),
        ("Banca di Caserta\nEstratto conto\n14/03/2025 GIOIELLERIA ESPOSITO 89,00", "statement", None),
        (SHOP + SALE, "receipt", "nothing_found"),
        (
            "CERTIFICATO DI GARANZIA\nModello OPSPW-541\nData di acquisto 14/03/2025\nTimbro del rivenditore",
            "card",
            "nothing_found",
        ),
        ("x", None, "unreadable"),
        ("", None, "unreadable"),
    ],
)
def test_what_the_paper_is_and_whether_it_proves_anything(
    paper: str, document: str | None, why_not: str | None
) -> None:
    found = read(paper)
    assert (found.document, found.why_not, found.is_proof) == (document, why_not, why_not is None)


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("PAN ************1234", True), ("VISA **** **** **** 4242", True), ("4111 1111 1111 1111", True), ("541333******1234", True), ("XXXXXXXXXXXX9876", True),
        ("DOCUMENTO N. 0123-0045", False), ("8032288000016", False), ("Tel. 0823 513065", False), ("P.IVA 12345678903", False),
    ],
)  # fmt: skip
def test_the_digits_of_a_card_are_proposed_to_be_hidden(line: str, hidden: bool) -> None:
    assert bool(read(SHOP + SALE + line).masks) is hidden


@pytest.mark.parametrize(
    ("line", "cents"),
    [
        ("TOTALE COMPLESSIVO 89,00", 8900), ("T0TALE EURO 1.289,90", 128990), ("TOTALE € 54,90", 5490), ("Importo pagato 12,50", 1250), ("GRAND TOTAL RM 47.70", 4770),
        ("Imponibile 72,95 IVA 22% 16,05 TOTALE FATTURA 89,00", 8900), ("TOTALE IVA 16,05", None), ("SUBTOTALE 10,00", None), ("TOTALE PEZZI 3,00", None),
    ],
)  # fmt: skip
def test_the_total(line: str, cents: int | None) -> None:
    found = read("NEGOZIO DI PROVA\n14/03/2025\n" + line)
    assert (found.total_cents.value if found.total_cents else None) == cents


def test_what_lies_beside_on_the_table_is_another_paper() -> None:
    def piece(text: str, x: int, y: int) -> TextLine:
        return TextLine(text, (x, y, 10 * len(text), 20), 0.98, (x, y, 10 * len(text), 20))

    lines = [
        piece(text, 20, 40 + 30 * at)
        for at, text in enumerate((SHOP + SALE + "14/03/2025 18:22\nDOCUMENTO N. 0123-0045").splitlines())
    ]
    lines += [piece(text, 700, 42 + 30 * at) for at, text in enumerate(SLIP.splitlines())]
    assert suggest(lines, engine="rapidocr", today=TODAY).dates[0].value == date(2025, 3, 14)
