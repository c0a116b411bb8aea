"""An electronic invoice read exactly: no guess, so one date of full score."""

from __future__ import annotations

from service_center.core.fattura_pa import Invoice, NotAnInvoice, invoices
from service_center.proofs.readers.suggestion import DateFound, Found, LineFound, Suggestion, nothing


def read(content: bytes) -> Suggestion:
    """What the file says; of several bodies the first that is no credit note, the others' dates after it."""
    try:
        bodies = invoices(content)
    except NotAnInvoice:
        return nothing("fattura_pa")
    bought = [each for each in bodies if not each.is_credit_note]
    first = (bought or bodies)[0]
    return Suggestion(
        "fattura_pa",
        document="fattura_pa" if bought else "credit_note",
        is_proof=bool(bought),
        why_not=None if bought else "credit_note",
        dates=_dates(first, bought or bodies),
        seller=Found(first.seller) if first.seller else None,
        vat_number=Found(first.vat_number) if first.vat_number else None,
        number=Found(first.number) if first.number else None,
        total_cents=Found(first.total_cents) if first.total_cents is not None else None,
        lines=[LineFound(each.text, each.quantity, each.total_cents, each.ean) for each in first.lines],
    )


def _dates(first: Invoice, bodies: list[Invoice]) -> list[DateFound]:
    """The first body's date, then those of the others that differ."""
    days = dict.fromkeys([first.issued_on, *(each.issued_on for each in bodies)])
    return [DateFound(day, day.isoformat(), 1.0 if place == 0 else 0.6, "invoice") for place, day in enumerate(days)]
