"""What is typed about a replacement: why, which, and the new item in hand."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField, widgets
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long
from service_center.tickets.wording import remedies


class OfferForm(Form):
    """Why the item is not repaired, and what may take its place; `other` and `reason` are a manager's."""

    why = SelectField(later("Why is it not repaired?"), [Needed()])
    models = SelectMultipleField(
        later("What is offered (up to three)"), option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )  # fmt: skip
    other = StringField(
        later("Another model, by its code"), [Length(max=40, message=too_long(40))],
        description=later("Of another kind or of less value: the customer consents in writing."),
    )  # fmt: skip
    reason = TextAreaField(
        later("Why this one? For the lab's own history."), [Length(max=2000, message=too_long(2000))]
    )
    note = TextAreaField(later("Words to the customer"), [Length(max=2000, message=too_long(2000))])

    def offer(self, candidates: Sequence[tuple[int, str, str]]) -> OfferForm:
        """The reasons, and the candidates with their words."""
        self.why.choices = [("", "–"), *remedies.reasons()]
        self.models.choices = [SelectChoice(str(number), name, {"hint": hint}) for number, name, hint in candidates]
        return self


class BookForm(Form):
    """The new item, as its box and its back say."""

    model = StringField(
        later("Model or EAN on the box"), [Needed(), Length(max=40, message=too_long(40))], description=later("Scan or type it.")
    )  # fmt: skip
    serial = StringField(later("Serial number of the new item"), [Length(max=60, message=too_long(60))])


class WithdrawForm(Form):
    """Why an offer is taken back."""

    reason = TextAreaField(later("Why is it taken back?"), [Needed(), Length(max=2000, message=too_long(2000))])
