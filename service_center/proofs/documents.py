"""What a paper is, what it counts as for the guarantee (R10, R11), and what can stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from service_center.warranty.vocabulary import Proof


class Document(StrEnum):
    """The kinds of papers that people bring."""

    RECEIPT = "receipt"
    INVOICE = "invoice"
    FATTURA_PA = "fattura_pa"
    ORDER_CONFIRMATION = "order_confirmation"
    MARKETPLACE_INVOICE = "marketplace_invoice"
    GIFT_RECEIPT = "gift_receipt"
    STATEMENT_AND_CONFIRMATION = "statement_and_confirmation"
    STATEMENT = "statement"
    REGISTRATION_ONLY = "registration_only"
    NO_PROOF = "no_proof"
    ILLEGIBLE = "illegible"
    NONE = "none"


@dataclass(frozen=True)
class Kind:
    """`proof` is the word that the rules read; `priced` and `lined` say whether amounts and goods stand on it."""

    proof: Proof
    priced: bool = False
    lined: bool = False


D = Document
KINDS: dict[Document, Kind] = {
    D.RECEIPT:                    Kind(Proof.RECEIPT, priced=True, lined=True),
    D.INVOICE:                    Kind(Proof.INVOICE, priced=True, lined=True),
    D.FATTURA_PA:                 Kind(Proof.INVOICE, priced=True, lined=True),
    D.ORDER_CONFIRMATION:         Kind(Proof.INVOICE, priced=True, lined=True),
    D.MARKETPLACE_INVOICE:        Kind(Proof.INVOICE, priced=True, lined=True),
    D.GIFT_RECEIPT:               Kind(Proof.GIFT_RECEIPT, lined=True),
    D.STATEMENT_AND_CONFIRMATION: Kind(Proof.STATEMENT_AND_CONFIRMATION, priced=True),
    D.STATEMENT:                  Kind(Proof.NONE, priced=True),
    D.REGISTRATION_ONLY:          Kind(Proof.REGISTRATION_ONLY),
    D.NO_PROOF:                   Kind(Proof.NONE),
    D.ILLEGIBLE:                  Kind(Proof.ILLEGIBLE),
    D.NONE:                       Kind(Proof.NONE),
}  # fmt: skip
_SUGGESTED = {"card_slip": D.NO_PROOF, "credit_note": D.NO_PROOF}
_NO_PROOF = frozenset({"copy", "return", "credit_note", "card_slip"})


def document_of(kind: str) -> Document:
    """What a paper is of which only the rules' word is known."""
    return next((each for each in Document if each.value == kind), D.NONE)


def suggested(document: str | None, why_not: str | None) -> Document | None:
    """What a machine's word means here; None where it says nothing about the kind."""
    if why_not in _NO_PROOF:
        return D.NO_PROOF
    word = document or ""
    return _SUGGESTED.get(word) or next((each for each in Document if each.value == word), None)
