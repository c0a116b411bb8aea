"""Forms of a shared bench: a badge, its PIN, and choosing one."""

from __future__ import annotations

from typing import Any

from wtforms import PasswordField, StringField
from wtforms.validators import Length, ValidationError

from service_center.accounts import badges
from service_center.accounts.passwords import LONGEST
from service_center.core.i18n import _, later
from service_center.core.webforms import Form, Needed, too_long

MOST = 60


class BadgeForm(Form):
    """What the scanner read."""

    scan = StringField(later("Badge"), [Needed(), Length(max=200, message=too_long(200))])

    def validate_scan(self, field: Any) -> None:
        """Whatever has the shape of a badge will do; whether it is one, the PIN's page says."""
        if badges.read(field.data) is None:
            raise ValidationError(_("This is no badge. Hold your badge under the scanner."))


class PinForm(Form):
    """The PIN of the badge that was scanned."""

    pin = PasswordField(later("PIN"), [Needed(), Length(max=MOST, message=too_long(MOST))])


class OwnPinForm(Form):
    """A PIN that one chooses, shown by the password."""

    password = PasswordField(later("Your password"), [Needed(), Length(max=LONGEST, message=too_long(LONGEST))])
    pin = PasswordField(
        later("New PIN"), [Needed(), Length(max=MOST, message=too_long(MOST))],
        description=later("4 to 8 digits. No year, no row like 1234, no digit over and over."),
    )  # fmt: skip
    again = PasswordField(later("New PIN once more"), [Needed(), Length(max=MOST, message=too_long(MOST))])

    def validate_again(self, field: Any) -> None:
        """The keys of a keypad are easily missed."""
        if field.data != self.pin.data:
            raise ValidationError(_("The two PINs differ: type the same one twice."))
