"""What a person reads off the papers: what each is, who sold, when, the goods on it, and what is hidden from others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from service_center.core.i18n import _, later
from service_center.core.webforms import Count, DateParts, Form, Money, Needed, too_long
from service_center.lab.wording.papers import document
from service_center.proofs.documents import KINDS, Document
from service_center.proofs.services import ReadLine
from service_center.tickets.services.paper_lines import PaperRead
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Card, Proof, Seller

LINES = 12
UNREAD = (Proof.NONE, Proof.REGISTRATION_ONLY)


class ProofForm(Form):
    """What a person reads off the papers; `lines` are the goods."""

    document = SelectField(later("What the paper is"), [Needed()])
    purchased_on = DateParts(later("Day of purchase"))
    seller = SelectField(later("Who sold it"), [Needed()])
    seller_name = StringField(later("Name of the seller, as it stands there"), [Length(max=120, message=too_long(120))])
    vat_number = StringField(later("VAT number of the seller"), [Length(max=20, message=too_long(20))])
    number = StringField(later("Number of the paper"), [Length(max=60, message=too_long(60))])
    total = Money(later("Total paid"), [Length(max=20, message=too_long(20))])
    card = SelectField(later("Guarantee card"), [Needed()])
    card_dated_on = DateParts(later("Date on the card"))
    legible = BooleanField(later("Date, seller and item can be read"))
    mine = RadioField(later("This item"), validate_choice=False)
    reuse_note = TextAreaField(later("Why it may be used again"), [Length(max=2000, message=too_long(2000))])
    files = MultipleFileField(later("Photograph of the paper"))

    def offer(self) -> ProofForm:
        """The words of the terms."""
        self.document.choices = [(each.value, document(each)) for each in Document if each is not Document.ILLEGIBLE]
        self.seller.choices = [(each.value, words.seller(each)) for each in Seller]
        self.card.choices = [(each.value, words.card_state(each)) for each in Card]
        self.mine.choices = [(str(number), "") for number in range(LINES)]
        return self

    @property
    def lines(self) -> list[tuple[Any, Any, Any, Any, Any]]:
        """Words, quantity, amount and EAN of each line, and its choice as this item."""
        chosen = list(self.mine)
        return [
            (self[f"line_text_{n}"], self[f"line_quantity_{n}"], self[f"line_amount_{n}"], self[f"line_ean_{n}"], chosen[n])
            for n in range(LINES)
        ]  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """An amount needs its words, and this item is one of the lines that are there."""
        whole: bool = super().validate(extra_validators)
        for text, _quantity, amount, _ean, _choice in self.lines:
            if amount.cents is not None and not text.data:
                text.errors, whole = [*text.errors, _("Say what was bought for this amount")], False
        if self.mine.data and self.mine.data not in dict(self.mine.choices or ()):
            self.mine.errors, whole = [_("Choose one of the lines shown.")], False
        return whole

    def read(self, ids: Sequence[int] = ()) -> PaperRead:
        """What counts from now on; `ids` are the rows of the lines that stood there before."""
        numbered = [(n, line) for n, line in enumerate(self._read_lines(ids)) if line is not None]
        mine = next((place for place, (n, _line) in enumerate(numbered) if str(n) == self.mine.data), None)
        note = self.reuse_note.data or ""
        return PaperRead(self._facts(), tuple(line for _n, line in numbered), mine, note)

    def _facts(self) -> dict[str, Any]:
        """A paper that cannot be read is an illegible one, whatever it is."""
        document = Document(self.document.data)
        proof = KINDS[document].proof
        unreadable = not self.legible.data and proof not in UNREAD
        return {
            "kind": (Proof.ILLEGIBLE if unreadable else proof).value, "document": document.value, "seller": self.seller.data,
            "seller_name": self.seller_name.data or "", "vat_number": _compact(self.vat_number.data).removeprefix("IT"),
            "number": _compact(self.number.data), "purchased_on": self.purchased_on.data, "total_cents": self.total.cents,
            "card": self.card.data, "card_dated_on": self.card_dated_on.data, "legible": bool(self.legible.data),
        }  # fmt: skip

    def _read_lines(self, ids: Sequence[int]) -> list[ReadLine | None]:
        return [
            ReadLine(text.data, quantity.data or 1, amount.cents, _compact(ean.data), ids[n] if n < len(ids) else None) if text.data else None
            for n, (text, quantity, amount, ean, _choice) in enumerate(self.lines)
        ]  # fmt: skip


def _compact(typed: str | None) -> str:
    """Numbers are compared: without blanks, in capitals."""
    return "".join((typed or "").split()).upper()


for _n in range(LINES):
    setattr(
        ProofForm, f"line_text_{_n}", StringField(later("What was bought"), [Length(max=200, message=too_long(200))])
    )
    setattr(ProofForm, f"line_quantity_{_n}", Count(later("Pieces"), [Optional(), NumberRange(1, 99, message=later("Between 1 and 99"))]))  # fmt: skip
    setattr(ProofForm, f"line_amount_{_n}", Money(later("Amount"), [Length(max=20, message=too_long(20))]))
    setattr(ProofForm, f"line_ean_{_n}", StringField(later("EAN"), [Length(max=13, message=too_long(13))]))


class MaskForm(Form):
    """One more box by figures, for who cannot draw: in hundredths of the picture."""

    left = Count(
        later("From the left, in hundredths"), [Optional(), NumberRange(0, 99, message=later("Between 0 and 99"))]
    )
    top = Count(
        later("From the top, in hundredths"), [Optional(), NumberRange(0, 99, message=later("Between 0 and 99"))]
    )
    width = Count(later("Width, in hundredths"), [Optional(), NumberRange(1, 100, message=later("Between 1 and 100"))])
    height = Count(
        later("Height, in hundredths"), [Optional(), NumberRange(1, 100, message=later("Between 1 and 100"))]
    )

    def box(self) -> str:
        """The box as the page's own boxes are sent; empty while a figure is missing."""
        figures = (self.left.data, self.top.data, self.width.data, self.height.data)
        return "" if any(each is None for each in figures) else ",".join(str(each * 10) for each in figures)
