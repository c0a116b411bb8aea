"""What is typed about a danger: what it does, what happened, whether somebody was hurt."""

from __future__ import annotations

from wtforms import BooleanField, MultipleFileField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long
from service_center.tickets.hazards import Hazard
from service_center.tickets.services.safety import Seen
from service_center.tickets.wording.hazards import hazard, signs


class FlagForm(Form):
    """Raising the flag; a lot or a photograph is welcome, not needed."""

    hazard = RadioField(later("What does it do?"), [InputRequired(later("Choose what it does"))])
    words = TextAreaField(
        later("What happened?"), [Needed(), Length(max=2000, message=too_long(2000))],
        description=later("When, while charging or wearing it, and who saw it."),
    )  # fmt: skip
    injury = BooleanField(later("Somebody was hurt"), description=later("A burn, a wound, a reaction of the skin."))
    lot = StringField(later("Lot or code of production"), [Length(max=60, message=too_long(60))])
    photos = MultipleFileField(later("Photographs, only if it is safe"))

    def offer(self) -> FlagForm:
        """The hazards, each with its signs."""
        self.hazard.choices = [SelectChoice(each.value, hazard(each), {"hint": signs(each)}) for each in Hazard]
        return self

    def seen(self) -> Seen:
        """What services take."""
        return Seen(self.hazard.data, self.words.data, bool(self.injury.data), self.lot.data or "")


class KeptForm(Form):
    """Where it lies apart, and what is known by now."""

    place = StringField(
        later("It lies apart in"), [Needed(), Length(max=40, message=too_long(40))],
        description=later("Fire-safe box for a battery, the locked shelf for the rest."),
    )  # fmt: skip
    lot = StringField(later("Lot or code of production"), [Length(max=60, message=too_long(60))])
    injury = BooleanField(later("Somebody was hurt"))
