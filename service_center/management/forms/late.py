"""Forms of a house that stands still."""

from __future__ import annotations

from wtforms import TextAreaField
from wtforms.validators import Length

from service_center.core.i18n import later
from service_center.core.webforms import DateParts, Form, Needed, too_long

LONGEST = 500


class StopForm(Form):
    """What happened, and from which day on nobody could work."""

    since = DateParts(
        later("First day"), [Needed()], description=later("From this day on, the days of every repair that was here then do not count."),
    )  # fmt: skip
    reason = TextAreaField(
        later("What happened?"), [Needed(), Length(max=LONGEST, message=too_long(LONGEST))], description=later("It stands in the history of every ticket; only the lab reads it."),
    )  # fmt: skip


class GoOnForm(Form):
    """From which day on work went on."""

    on = DateParts(later("First day of work"), [Needed()], description=later("From this day on the days count again."))
