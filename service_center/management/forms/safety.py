"""What a manager types in the safety register: how a flag ends, and which entries to show."""

from __future__ import annotations

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from service_center.core.i18n import _, later
from service_center.core.webforms import DateParts, Form, Needed, too_long
from service_center.tickets.hazards import Ending, Hazard
from service_center.tickets.wording.hazards import ending, ending_hint, hazard


class EndForm(Form):
    """The end of a flag: what became of it, and why."""

    ending = RadioField(later("What became of it?"), [InputRequired(later("Choose what became of it"))])
    reason = TextAreaField(
        later("What was examined and done, and by whom"), [Needed(), Length(max=2000, message=too_long(2000))]
    )

    def offer(self) -> EndForm:
        """The endings, each with what it means for the way back."""
        self.ending.choices = [SelectChoice(each.value, ending(each), {"hint": ending_hint(each)}) for each in Ending]
        return self


class FilterForm(Form):
    """Which entries: by hazard, model or serial number, and the days on which they were flagged."""

    hazard = SelectField(later("Hazard"), [Optional()])
    model = StringField(later("Model, serial number or lot"), [Optional(), Length(max=120, message=too_long(120))])
    first = DateParts(later("Flagged from"))
    last = DateParts(later("Flagged to"))

    def offer(self) -> FilterForm:
        """All hazards, or one."""
        self.hazard.choices = [("", _("all")), *((each.value, hazard(each)) for each in Hazard)]
        return self
