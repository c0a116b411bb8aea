"""The note for the next shift."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import Length

from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long
from service_center.tickets.services.shift import LONGEST


class ShiftForm(Form):
    """One to three lines."""

    text = TextAreaField(
        later("What the next shift must know"), [Needed(), Length(max=LONGEST, message=too_long(LONGEST))], id="shift-note",
        description=later("One to three lines. A ticket's code becomes a link."),
    )  # fmt: skip
