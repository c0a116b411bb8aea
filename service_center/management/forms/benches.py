"""The form of shared benches."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import Length

from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long


class BenchForm(Form):
    """What the bench is called: it stands in its strip."""

    name = StringField(
        later("Name of the bench"), [Needed(), Length(max=60, message=too_long(60))], description=later("For instance: Bench 2, watches")
    )  # fmt: skip
