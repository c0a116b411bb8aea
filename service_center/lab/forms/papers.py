"""What is typed to ask for papers, and the quote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.validators import InputRequired, Length, NumberRange

from service_center.core.i18n import _, later
from service_center.core.webforms import Count, Form, Money, Needed, too_long
from service_center.warranty.vocabulary import Need

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
