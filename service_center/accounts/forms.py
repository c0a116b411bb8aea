"""Forms for signing in, for a password, and for the first person of a new house."""

from __future__ import annotations

from wtforms import PasswordField, StringField
from wtforms.validators import Email, Length

from service_center.accounts.passwords import LONGEST
from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long

NO_ADDRESS = later("Write an e-mail address, like name@example.com")


class SignInForm(Form):
    """E-mail and password."""

    email = StringField(later("E-mail address"), [Needed(), Length(max=254, message=too_long(254))])
    password = PasswordField(later("Password"), [Needed(), Length(max=LONGEST, message=too_long(LONGEST))])


class LostPasswordForm(Form):
    """Where to send the link."""

    email = StringField(later("E-mail address"), [Needed(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))])


class PasswordForm(Form):
    """A new password, typed once: it can be shown."""

    password = PasswordField(
        later("New password"),
        [Needed()],
        description=later("At least 10 characters. Three words that do not belong together are good."),
    )


class FirstRunForm(PasswordForm):
    """The first manager of a new house."""

    name = StringField(later("Your name"), [Needed(), Length(max=120, message=too_long(120))])
    email = StringField(
        later("Your e-mail address"), [Needed(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))]
    )
    key = StringField(
        later("Setup key"), [Length(max=40, message=too_long(40))],
        description=later("It stands on the console where the service was started."),
    )  # fmt: skip
