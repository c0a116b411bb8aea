"""The papers of a ticket in words: what a machine suggests on each, who else uses them, and which day each date leads to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from service_center.core.house import House
from service_center.core.i18n import Later, _, day, later, money, ngettext
from service_center.core.uploads import JPEG
from service_center.proofs.documents import Document, suggested
from service_center.proofs.ledger import Why
from service_center.proofs.models import ProofFile, ProofOfPurchase
from service_center.tickets.paper_uses import Right, Use
from service_center.warranty.months import add_months
from service_center.warranty.terms import NoTerms

D = Document
_DOCUMENTS: dict[Document, Later] = {
    D.RECEIPT: later("receipt (documento commerciale)"),
    D.INVOICE: later("invoice"),
    D.FATTURA_PA: later("electronic invoice (FatturaPA)"),
    D.ORDER_CONFIRMATION: later("order confirmation of our shop"),
    D.MARKETPLACE_INVOICE: later("invoice of a marketplace"),
    D.GIFT_RECEIPT: later("gift receipt, without price"),
    D.STATEMENT_AND_CONFIRMATION: later("bank statement and shop's confirmation"),
    D.STATEMENT: later("bank statement alone"),
    D.REGISTRATION_ONLY: later("registration only"),
    D.NO_PROOF: later("no proof: copy, return, credit note, card slip"),
    D.ILLEGIBLE: later("cannot be read"),
    D.NONE: later("no paper"),
}


def document(code: str) -> str:
    """What a paper is, as in a list."""
    found = _DOCUMENTS.get(next((each for each in Document if each.value == code), D.NONE))
    return str(found)


@dataclass(frozen=True)
class Take:
    """One suggestion as a button: `value` fills the form's fields, written like an address; `place` is its box on the picture."""

    label: str
    words: str
    value: str
    hint: str = ""
    place: int = 0


@dataclass(frozen=True)
class Box:
    """A rectangle on the picture in its own pixels; `place` leads to a suggestion, `value` is a mask's."""

    x: int
    y: int
    width: int
    height: int
    place: int = 0
    value: str = ""


@dataclass(frozen=True)
class Paper:
    """One file as the page shows it. `state` says where the machine is with it, `warning` why it proves nothing."""

    id: int
    name: str
    width: int
    height: int
    picture: bool
    state: str
    warning: str
    takes: tuple[Take, ...]
    boxes: tuple[Box, ...]
    masks: tuple[Box, ...]
    proposed: tuple[Box, ...]
    pages: str


def paper(file: ProofFile) -> Paper:
    """A file with what a machine reads on it."""
    read, takes = file.reading, _takes(file.reading)
    places = [_box(file, each, place) for place, each in enumerate(_placed(read), 1)]
    known = {tuple(mask) for mask in file.masks}
    return Paper(
        file.id, file.name, file.width, file.height, file.media_type == JPEG, _state(file), _warning(read), takes,
        tuple(each for each in places if each is not None),
        tuple(_mask(file, mask) for mask in file.masks),
        tuple(_mask(file, mask) for mask in read.get("masks", ()) if tuple(mask) not in known),
        ngettext("%(num)s page", "%(num)s pages", file.pages) if file.pages > 1 else "",
    )  # fmt: skip


def _placed(read: Mapping[str, Any]) -> list[Any]:
    """Everything that has a place on the picture, in the order of the suggestions."""
    single = [read.get(name) for name in _SINGLE]
    return [each.get("box") for each in [*read.get("dates", ()), *(each for each in single if each)]]


def _box(file: ProofFile, box: Sequence[int] | None, place: int) -> Box | None:
    if not box:
        return None
    x, y, width, height = box
    return Box(
        x * file.width // 1000, y * file.height // 1000, max(1, width * file.width // 1000), max(1, height * file.height // 1000), place
    )  # fmt: skip


def _mask(file: ProofFile, mask: Sequence[int]) -> Box:
    found = _box(file, mask, 0)
    assert found is not None
    return Box(found.x, found.y, found.width, found.height, value=",".join(map(str, mask)))


_SINGLE: dict[str, tuple[str, Later]] = {
    "seller": ("seller_name", later("Seller")),
    "vat_number": ("vat_number", later("VAT number")),
    "number": ("number", later("Number")),
    "total_cents": ("total", later("Total")),
}


def _takes(read: Mapping[str, Any]) -> tuple[Take, ...]:
    """Dates first, the best before the others; then what else stands there, and the goods at once."""
    made = [_date_take(each, place) for place, each in enumerate(read.get("dates", ()), 1)]
    place = len(made)
    for name, (field, label) in _SINGLE.items():
        found = read.get(name)
        if not found:
            continue
        place += 1
        typed = amount(found["value"]) if name == "total_cents" else str(found["value"])
        words = money(found["value"]) if name == "total_cents" else typed
        made.append(Take(str(label), words, urlencode({field: typed}), place=place if found.get("box") else 0))
    return (*made, *_kind_take(read), *_lines_take(read.get("lines", ())))


def _date_take(found: Mapping[str, Any], place: int) -> Take:
    value = date.fromisoformat(found["value"])
    words = f"{day(value)}, {found['time']}" if found.get("time") else day(value)
    parts = [("purchased_on", str(part)) for part in (value.day, value.month, value.year)]
    return Take(_("Date"), words, urlencode(parts), place=place if found.get("box") else 0)


def _kind_take(read: Mapping[str, Any]) -> list[Take]:
    kind = suggested(read.get("document"), read.get("why_not"))
    return [] if kind is None else [Take(_("Paper"), document(kind), urlencode({"document": kind.value}))]


def _lines_take(found: Sequence[Mapping[str, Any]]) -> list[Take]:
    if not found:
        return []
    parts: list[tuple[str, str]] = []
    for number, line in enumerate(found[:MOST_LINES]):
        cents = line.get("total_cents")
        parts += [
            (f"line_text_{number}", str(line["text"])[:200]), (f"line_quantity_{number}", str(line.get("quantity") or 1)),
            (f"line_amount_{number}", amount(cents) if cents is None or cents >= 0 else ""), (f"line_ean_{number}", line.get("ean") or ""),
        ]  # fmt: skip
    names = ", ".join(str(line["text"]) for line in found[:3])
    return [Take(_("Goods"), ngettext("%(num)s line", "%(num)s lines", len(found)), urlencode(parts), hint=names)]


MOST_LINES = 12


def amount(cents: int | None) -> str:
    """As it is typed into a form; empty where nobody knows it."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"


def _state(file: ProofFile) -> str:
    """Where the machine is with this paper; empty when it found something."""
    if file.read_at is None:
        return _("It is being read… The page works without: type what stands there.")
    if file.reading.get("engine") == "none":
        return _("No machine reads here: type what stands on the paper.")
    if not _warning(file.reading) and not any(file.reading.get(name) for name in ("dates", *_SINGLE, "lines")):
        return _("The machine could not read anything on it.")
    return ""


_WARNINGS: dict[str, Later] = {
    "copy": later("It says that it is a copy or duplicate: that proves no purchase. Ask for the original."),
    "return": later("It is about goods that were given back or a sale that was cancelled: that proves no purchase."),
    "credit_note": later("It is a credit note (TD04): money was given back. That proves no purchase."),
    "card_slip": later("It is the slip of the card payment: it does not say what was bought. Ask for the receipt."),
    "unreadable": later(
        "It is faded or blurred: the machine cannot read it. If you cannot either, ask for another paper."
    ),
}


def presumed(files: Sequence[ProofFile], said: Document) -> Document:
    """What the papers are until somebody looked: as the sender said, but no proof where all that was read is none."""
    read = [file.reading for file in files if file.read_at is not None]
    kinds = [suggested(each.get("document"), each.get("why_not")) for each in read]
    no_proof = D.NO_PROOF in kinds and not any(each.get("is_proof") for each in read)
    return D.NO_PROOF if no_proof else said


def _warning(read: Mapping[str, Any]) -> str:
    found = _WARNINGS.get(read.get("why_not") or "") if read.get("engine") not in (None, "none") else None
    return str(found) if found else ""


# --- two dates, two last days (R07) ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    """A date that somebody read, and the last day that the guarantee covers from it."""

    label: str
    bought_on: date
    until: date


def disagreeing(proof: ProofOfPurchase | None, house: House) -> list[Term]:
    """The readings of receipt and card where they differ; a person decides between them."""
    if proof is None or None in (proof.purchased_on, proof.card_dated_on) or proof.purchased_on == proof.card_dated_on:
        return []
    found = ((_("On the receipt"), proof.purchased_on), (_("On the card"), proof.card_dated_on))
    return [Term(label, when, _until(when, house)) for label, when in found if when is not None]


def _until(bought_on: date, house: House) -> date:
    try:
        terms = house.rulebook.terms_for(bought_on)
    except NoTerms:
        terms = house.rulebook.newest
    return add_months(bought_on, terms.months)


# --- who else uses the paper -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Used:
    """Another ticket on the same paper in words; `mine` and `theirs` are the files to lay side by side."""

    code: str
    who: str
    since: date
    why: str
    words: str
    alarming: bool
    mine: int | None
    theirs: int | None


_WHY: dict[Why, Later] = {
    Why.FILE: later("the same file"),
    Why.NUMBER: later("the same number, seller and day"),
    Why.PICTURE: later("a picture that looks the same"),
    Why.LINE: later("the same line of the paper"),
}
_RIGHT: dict[Right, Later] = {
    Right.NONE: later("Look at both before you confirm."),
    Right.OTHER_LINE: later("It claims another line of the paper: that is right."),
    Right.SAME_ITEM: later("It is the same item on an earlier visit: that is right."),
    Right.CANCELLED: later("That request was cancelled: that is right."),
    Right.ENOUGH_LINES: later("There may be several things on the paper: say which line this item is."),
    Right.QUANTITY: later("There are enough pieces on this line: that is right."),
}


def used(use: Use) -> Used:
    """One other ticket."""
    words = str(_RIGHT[use.right])
    if use.right is Right.OTHER_LINE and use.line is not None:
        words = _("Used for line %(number)s, %(text)s: that is right.", number=use.line.place, text=use.line.text)
    why = ", ".join(str(_WHY[each]) for each in use.why)
    return Used(
        use.ticket.code, use.ticket.customer.name, use.since.date(), why[:1].upper() + why[1:], words, use.alarming, use.mine, use.theirs
    )  # fmt: skip


def seen_before(uses: Sequence[Use]) -> str:
    """The headline: how many others need a look; empty when none does."""
    number = sum(use.alarming for use in uses)
    return ngettext(
        "This paper was used before, by %(num)s other ticket", "This paper was used before, by %(num)s other tickets", number
    ) if number else ""  # fmt: skip
