"""What a sender types when something is missing or different; the same for customers and shops."""

from __future__ import annotations

from wtforms import MultipleFileField, TextAreaField
from wtforms.validators import Length

from service_center.core.i18n import later
from service_center.core.webforms import PROSE, Form, Needed, too_long


class ContentsForm(Form):
    """Words, and pictures where there are some."""

    text = TextAreaField(
        later("What is missing or different?"), [Needed(), Length(max=PROSE, message=too_long(PROSE))],
        description=later("What you had put in, and what you see on the photographs."),
    )  # fmt: skip
    photos = MultipleFileField(later("Photographs"))
