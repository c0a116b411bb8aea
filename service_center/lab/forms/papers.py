"""What is typed about papers: which are missing, what stands on them, and the quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import (
    BooleanField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.validators import InputRequired, Length, NumberRange

from service_center.core.i18n import _, later
from service_center.core.webforms import DateParts, Form, Money, Needed, too_long
from service_center.lab.forms.bench import Count
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Card, Need, Proof, Seller

QUOTE_LINES = 8


class PapersForm(Form):
    """Which papers are missing, and the words that go with the question."""

    needs = SelectMultipleField(
        later("What is missing?"), [InputRequired(later("Choose at least one paper"))],
        option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False),
    )  # fmt: skip
    note = TextAreaField(later("Note"), [Needed(), Length(max=2000, message=too_long(2000))])

    def offer(self, labels: Mapping[str, str]) -> PapersForm:
        """The papers that a guarantee may need."""
        self.needs.choices = [(need.value, labels[need.value]) for need in Need]
        return self


class ProofForm(Form):
    """What a person reads off the papers."""

    kind = SelectField(later("Proof of purchase"), [Needed()])
    seller = SelectField(later("Who sold it"), [Needed()])
    seller_name = StringField(later("Name of the seller, as it stands there"), [Length(max=120, message=too_long(120))])
    purchased_on = DateParts(later("Day of purchase"))
    number = StringField(later("Number of the receipt"), [Length(max=60, message=too_long(60))])
    card = SelectField(later("Guarantee card"), [Needed()])
    card_dated_on = DateParts(later("Date on the card"))
    legible = BooleanField(later("Date, seller and item can be read"))
    files = MultipleFileField(later("Photograph of the paper"))

    def offer(self) -> ProofForm:
        """The words of the terms."""
        self.kind.choices = [(each.value, words.proof_kind(each)) for each in Proof]
        self.seller.choices = [(each.value, words.seller(each)) for each in Seller]
        self.card.choices = [(each.value, words.card_state(each)) for each in Card]
        return self

    def read(self) -> dict[str, Any]:
        """What counts from now on; a paper that cannot be read is an illegible one."""
        unreadable = not self.legible.data and self.kind.data not in (Proof.NONE, Proof.REGISTRATION_ONLY)
        return {
            "kind": Proof.ILLEGIBLE.value if unreadable else self.kind.data, "seller": self.seller.data, "seller_name": self.seller_name.data or "", "number": self.number.data or "",
            "purchased_on": self.purchased_on.data, "card": self.card.data, "card_dated_on": self.card_dated_on.data, "legible": bool(self.legible.data),
        }  # fmt: skip


class QuoteForm(Form):
    """Lines of words and an amount, and the days that the work takes; `rows` are made by `quote_form`."""

    days_needed = Count(
        later("Working days needed after the yes"),
        [Needed(), NumberRange(1, 120, message=later("Between 1 and 120"))],
    )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The lines: words and amount."""
        return [(self[f"text_{n}"], self[f"amount_{n}"]) for n in range(QUOTE_LINES)]

    def validate(self, extra_validators: Any = None) -> bool:
        """A line needs both its words and its amount."""
        whole: bool = super().validate(extra_validators)
        for text, amount in self.rows:
            if amount.cents is not None and not text.data:
                text.errors, whole = [*text.errors, _("Say what is done for this amount")], False
            if text.data and amount.cents is None and not amount.errors:
                amount.errors, whole = [*amount.errors, _("Write the amount")], False
        return whole


for _n in range(QUOTE_LINES):
    setattr(QuoteForm, f"text_{_n}", StringField(later("What is done"), [Length(max=200, message=too_long(200))]))
    setattr(QuoteForm, f"amount_{_n}", Money(later("Amount with VAT"), [Length(max=20, message=too_long(20))]))
