"""What is missing for a verdict, and what to do about it: in a sentence, or in two words for lists."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.core.i18n import Later, later
from service_center.tickets.wording.voices import Reader, Voiced, same
from service_center.warranty.vocabulary import Need

_NEEDS: dict[str, Voiced] = {
    Need.PROOF: Voiced(
        later("Send us the proof of purchase: receipt, invoice or order confirmation, with a date that can be read."),
        later("The proof of purchase is missing: receipt, invoice or order confirmation, with a date that can be read."),
    ),
    Need.SELLER: Voiced(
        later("We do not recognise the seller yet: tell us the shop's full name and town, or the website."),
        later("It is not known who sold the item: the name of the shop or of the website is needed."),
    ),
    Need.CARD: Voiced(
        later("Send us a photograph of the guarantee card that the shop gave you."),
        later("The shop's guarantee card is missing."),
    ),
    Need.STAMP: Voiced(
        later("The guarantee card bears no stamp: ask the shop where you bought it to stamp it."),
        later("The guarantee card bears no stamp: the shop that sold the item can add it."),
    ),
    Need.CARD_FIELDS: Voiced(
        later("The guarantee card is not filled in completely: the shop where you bought it can complete it."),
        later("The guarantee card is not filled in completely: the shop that sold the item can complete it."),
    ),
}  # fmt: skip


def need(code: str, *, reader: Reader) -> str:
    """What is missing and what to do about it; an unknown code says that a document is missing."""
    return _NEEDS.get(code, _SOME_PAPER).to(reader)


_SOME_PAPER = same(later("A document is missing."))
_SHORT_NEEDS: dict[str, Later] = {
    Need.PROOF: later("proof of purchase"),
    Need.SELLER: later("name of the seller"),
    Need.CARD: later("guarantee card"),
    Need.STAMP: later("stamp on the card"),
    Need.CARD_FIELDS: later("fields of the card"),
}


def short_need(code: str) -> str:
    """The missing thing in two words, for lists."""
    return str(_SHORT_NEEDS.get(code, later("document")))


def only_words(needs: Sequence[str]) -> bool:
    """Whether what is missing can be told in a message: the seller's name, and no paper."""
    return list(needs) == [Need.SELLER]
