"""What a receipt or an invoice says, from its rows of print: what it is, from whom, when, how much; and what to hide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from stdnum import luhn

from service_center.proofs.readers.choosing import candidates
from service_center.proofs.readers.dates import SLIPS
from service_center.proofs.readers.layout import Row, rows
from service_center.proofs.readers.suggestion import Box, Engine, Found, LineFound, Suggestion, TextLine, WhyNot

LEGIBLE = 12
"""Letters and digits: with fewer there is no paper in the picture, or nobody can read it."""

_LETTERS = str.maketrans({"0": "O", "1": "I", "5": "S", "8": "B"})


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


# In capitals, slips mended to letters, no blanks at all: a machine loses them.
RETURN = _any(
    r"EMESSOPER(?:RESO|ANNUL)",
    r"DOCUMENTODIRESO",
    r"^RESOMERCE",
    r"^ANNULLO",
    r"PERRESOMERCE",
    r"STORNO(?:VENDITA)?$",
    r"REFUND",
)
COPY = _any(
    r"^(?:NON)?.{0,3}COPIA(?:CONFORME|CLIENTE.{0,3}NONFISCALE|DI|DEL)?$",
    r"DUPLICAT[OE]",
    r"COPIADELDOCUMENTO",
    r"COPIANONVALIDA",
    r"RISTAMPA",
    r"REPRINT",
)
CREDIT = _any(r"NOTADI(?:CREDITO|ACCREDITO|VARIAZIONE)", r"CREDITNOTE", r"TIPODOCUMENTO:?TD04")
GIFT = _any(r"(?:SCONTRINO|DOCUMENTO)DI?CORTESIA", r"SCONTRINOREGALO", r"GIFTRECEIPT", r"RICEVUTAREGALO")
ORDER = _any(
    r"CONFERMA(?:DEL(?:TUO|SUO)?|D.?)?ORDINE",
    r"RIEPILOGO(?:DEL(?:TUO)?)?ORDINE",
    r"ORDERCONFIRMATION",
    r"GRAZIEPERIL(?:TUO|SUO)ORDINE",
    r"NUMERO(?:D.)?ORDINE",
    r"ORDERNUMBER",
)
INVOICE = _any(r"\bFATTURA(?!PA)", r"^FATTURA", r"TAXINVOICE", r"^INVOICE", r"RECHNUNG", r"^FACTURE")
STATEMENT = _any(r"ESTRATTOCONTO", r"LISTAMOVIMENTI", r"SALDO(?:INIZIALE|FINALE|CONTABILE)", r"ACCOUNTSTATEMENT")
CARD = _any(r"CERTIFICATODIGARANZIA", r"CARTADIGARANZIA", r"GUARANTEECARD", r"WARRANTYCARD", r"TIMBRODELRIVENDITORE")
RECEIPT = _any(
    r"DOCUMENTOCOMMERCIALE", r"DIVENDITAOPRESTAZIONE", r"SCONTRINOFISCALE", r"RICEVUTAFISCALE", r"^TOTALE", r"^TOTAL\b|^TOTAL", r"CONTANT[EI]", r"^RESTO", r"IMPORTOPAGATO",
    r"RECEIPT", r"SUBTOTAL", r"^CASH", r"^CHANGE",
)  # fmt: skip
SLIP = _any(
    r"\bAID\b|^AID|A0000000", r"^TML|TERMINALE", r"BANCOMAT", r"MASTERCARD|MAESTRO|VISA(?:DEBIT|CREDIT)", r"AUTORIZ|^AUT\.?\d", r"CONTACTLESS", r"NEXI", r"TRANSAZIONE",
    r"ACQUIRER|ESERCENTE|MERCHANT", r"\*{4,}|X{6,}", r"ARQC|STAN\b",
)  # fmt: skip
TITLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("credit_note", CREDIT), ("card", CARD), ("gift_receipt", GIFT), ("statement", STATEMENT), ("order_confirmation", ORDER),
    ("invoice", INVOICE), ("receipt", RECEIPT),
)  # fmt: skip

AMOUNT = re.compile(r"(?<![\d.,])(?:€|EUR|RM|\$)?\s?(-?\d{1,3}(?:[.']\d{3})+|-?\d{1,6})\s?[.,]\s?(\d{2})(?![\d%])")
TOTALS: Sequence[re.Pattern[str]] = tuple(
    re.compile(rf"(?<![A-Z])(?:{pattern})", re.IGNORECASE)
    for pattern in (
        r"T[O0]TALE\s*C[O0]MPLE\w*", r"T[O0]TALE\s*(?:EUR[O0]?|€)|IMP[O0]RT[O0]\s*T[O0]TALE|T[O0]TALE\s*(?:D[O0]CUMENT[O0]|FATTURA|[O0]RDINE)|NETTO\s*A\s*PAGARE",
        r"GRAND\s*T[O0]TAL|T[O0]TAL\s*(?:AMOUNT|DUE|INCL\w*|SALES|RM)", r"T[O0]TAL[EI]?", r"IMP[O0]RT[O0]\s*(?:PAGAT[O0])?", r"AMOUNT|CONTANT[EI]|PAGAMENTO",
    )
)  # fmt: skip
NO_TOTAL = re.compile(
    r"\bIVA\b(?!\s*INC)|IMPONIB|SCONT|PEZZI|ARTICOLI|PUNTI|QTY|ITEM|\bTAX\b|\bGST\b|RESTO|CHANGE|DISCOUNT|SAVING|ROUND",
    re.IGNORECASE,
)
VAT = re.compile(
    r"(?:P\.?\s?(?:ARTITA)?\s?[I1l]\.?\s?V\.?\s?A\.?|PARTITA\s?IVA|P\.?\s?[I1l]\b\.?|C\.?F\.?|VAT)[^0-9A-Za-z]{0,6}(?:N[.r°]*\s?)?[:.\s]{0,3}(?:[I1l]T)?\s?([0-9OoIlSB][0-9OoIlSBZ ]{9,13}[0-9OoIlSB])",
    re.IGNORECASE,
)
NUMBERS = (
    re.compile(r"D[O0]C(?:UMENT[O0])?\.?\s*(?:C[O0]MMERCIALE\s*)?N[.°rRoO]*\s*[:.]?\s*([0-9OolIS]{3,4}\s?[-–/]\s?[0-9OolIS]{3,5})", re.IGNORECASE),
    re.compile(r"FATTURA\s*(?:ACCOMPAGNATORIA|IMMEDIATA)?\s*N[.°rRUM]*\s*[:.]?\s*([A-Z0-9][A-Z0-9/\-.]{0,24})", re.IGNORECASE),
    re.compile(r"ORDINE\s*(?:N[.°rRUM]*|#)?\s*[:.#]?\s*([A-Z]{0,5}-?#?\d[A-Z0-9\-/]{3,24})", re.IGNORECASE),
    re.compile(r"(?:SC[O0]NTRIN[O0]|RICEVUTA|DOC)\.?\s*(?:FISCALE)?\s*N[.°rRUM]*\s*[:.]?\s*(\d[\d\-/]{0,20})", re.IGNORECASE),
    re.compile(r"(?:RECEIPT|INVOICE|BILL|ORDER)\s*(?:N[o.UMBER]*|#)\s*[:.#]?\s*([A-Z0-9][A-Z0-9\-/]{2,24})", re.IGNORECASE),
)  # fmt: skip
CARD_DIGITS = re.compile(
    r"(?:[*xX•·#]\s?){4,}[\d ]{3,6}|(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)|(?<!\d)\d{6}[*xX•·#]{4,9}\d{4}|(?<!\d)[45]\d{15}(?!\d)"
)
EAN = re.compile(r"(?<!\d)(80\d{11})(?!\d)")
RATE = re.compile(r"\b\d{1,2}\s?%|\bIVA\b")
QUANTITY = re.compile(r"^\s*(\d{1,2})\s?[xX*]\s|\s(\d{1,2})\s?[xX*]\s?(?=\d|$)")


def suggest(lines: Sequence[TextLine], *, engine: Engine, today: date) -> Suggestion:
    """Everything that the print says; a person confirms."""
    page = rows([line for line in lines if line.text.strip()])
    if sum(each.isalnum() for row in page for each in row.text) < LEGIBLE:
        return Suggestion(engine, why_not="unreadable")
    found = candidates(page, today=today)
    tight = [_tight(row.text) for row in page]
    document, why_not = _judged(tight, bool(found))
    vat = _vat(page)
    return Suggestion(
        engine, document, why_not is None, why_not, found, _seller(page), vat, _number(page), _total(page),
        _lines(page), _masks(page),
    )  # fmt: skip


def _tight(text: str) -> str:
    """In capitals without blanks; between letters a digit is a slip."""
    capitals = re.sub(r"\s", "", text.upper())
    return re.sub(
        r"(?<=[A-Z])[0158](?=[A-Z])|(?<=[A-Z]{3})[01]$", lambda hit: hit.group().translate(_LETTERS), capitals
    )


def _judged(tight: Sequence[str], dated: bool) -> tuple[str | None, WhyNot | None]:
    """What the paper is, and why it proves nothing, if it does not."""
    document = next((name for name, title in TITLES if any(map(title.search, tight))), None)
    if document == "credit_note":
        return document, "credit_note"
    if any(map(RETURN.search, tight)):
        return document or "receipt", "return"
    if any(map(COPY.search, tight)):
        return document or "receipt", "copy"
    slips = len({word for row in tight for word in SLIP.findall(row)})
    sold = sum(bool(RECEIPT.search(row)) for row in tight)
    if (
        slips >= 2
        and document in (None, "receipt")
        and not any("DOCUMENTO" in row or "SCONTRINO" in row for row in tight)
        and sold <= 1
    ):
        return "card_slip", "card_slip"
    if document == "card":
        return document, "nothing_found"
    return document, None if dated else "nothing_found"


def _seller(page: Sequence[Row]) -> Found | None:
    """The first row above the VAT number that is a name: letters, and no address, title or telephone."""
    other = re.compile(
        r"^(?:VIA|VIALE|CORSO|PIAZZA|P\.?ZZA|C\.?SO|LARGO|TEL|FAX|WWW|HTTP|P\.?\s?IVA|C\.?F|CAP|DOCUMENTO|SCONTRINO|FATTURA|RICEVUTA|DI VENDITA|DATA|DATE|NO\.|\d)|@|\.IT\b|\.COM\b",
        re.IGNORECASE,
    )
    for row in page[:8]:
        text = row.text.strip(" *-=_:#").lstrip(". ")
        if (
            sum(each.isalpha() for each in text) >= 3
            and not other.search(text)
            and not AMOUNT.search(text)
            and not SLIP.search(_tight(text))
        ):
            return Found(text[:120], row.shown())
        if VAT.search(text):
            break
    return None


def _vat(page: Sequence[Row]) -> Found | None:
    """The first number whose check digit is right, beside its label; a shop's customer comes after it."""
    for row in page:
        for hit in VAT.finditer(row.text):
            digits = re.sub(r"\D", "", hit[1].translate(SLIPS))
            for start in range(max(1, len(digits) - 10)):
                if _is_vat(digits[start : start + 11]):
                    return Found(digits[start : start + 11], row.shown(*hit.span(1)))
    return None


def _is_vat(digits: str) -> bool:
    """Eleven digits with the right check digit; the office's number in it is not looked at: it grew over the years."""
    return len(digits) == 11 and digits.strip("0") != "" and bool(luhn.is_valid(digits))


def _number(page: Sequence[Row]) -> Found | None:
    for pattern in NUMBERS:
        for row in page:
            hit = pattern.search(row.text)
            if hit and any(each.isdigit() for each in hit[1]):
                text = hit[1].translate(SLIPS) if pattern is NUMBERS[0] else hit[1]
                return Found(re.sub(r"\s", "", text)[:60], row.shown(*hit.span(1)))
    return None


def _total(page: Sequence[Row]) -> Found | None:
    """The amount beside the strongest word for a total, or in the row below where the word stands alone."""
    for label in TOTALS:
        for place, row in enumerate(page):
            hit = label.search(row.text)
            if not hit:
                continue
            for other, begin in ((row, hit.end()), *((below, 0) for below in page[place + 1 : place + 2])):
                amount = AMOUNT.search(other.text, begin)
                if amount and not NO_TOTAL.search(other.text, begin, amount.start()):
                    return Found(_cents(amount), other.shown(*amount.span()))
    return None


def _cents(hit: re.Match[str]) -> int:
    return int(re.sub(r"[^\d-]", "", hit[1])) * 100 + int(hit[2])


def _lines(page: Sequence[Row]) -> list[LineFound]:
    """Rows with a name and a price at their end, above the total."""
    found: list[LineFound] = []
    for row in page:
        if any(label.search(row.text) for label in TOTALS[:4]):
            break
        amounts = list(AMOUNT.finditer(row.text))
        name = row.text[: amounts[0].start()] if amounts else ""
        if sum(each.isalpha() for each in name) < 3 or NO_TOTAL.search(row.text) or SLIP.search(_tight(row.text)):
            continue
        quantity, ean = QUANTITY.search(name), EAN.search(row.text)
        count = int(next(filter(None, quantity.groups()), "1")) if quantity else 1
        text = " ".join(RATE.sub(" ", QUANTITY.sub(" ", name)).split()).strip(" -*:€")
        found.append(LineFound(text[:200], max(1, count), _cents(amounts[-1]), ean[1] if ean else ""))
    return found[:40]


def _masks(page: Sequence[Row]) -> list[Box]:
    return [box for row in page for hit in CARD_DIGITS.finditer(row.text) if (box := row.shown(*hit.span()))]
