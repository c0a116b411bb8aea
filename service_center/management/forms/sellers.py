"""Forms for retailers and their shops."""

from __future__ import annotations

from typing import Any

from wtforms import StringField, ValidationError
from wtforms.validators import Email, Length, Optional, Regexp

from service_center.accounts import vat
from service_center.core.errors import Refused
from service_center.core.i18n import later
from service_center.core.webforms import DateParts, Form, Needed, too_long
from service_center.tickets.wording.refusals import refusal

NO_ADDRESS = later("Write an e-mail address, like name@example.com")


class RetailerForm(Form):
    """A retailer."""

    name = StringField(later("Name"), [Needed(), Length(max=120, message=too_long(120))])
    vat_number = StringField(
        later("VAT number"), [Optional(), Length(max=20, message=too_long(20))],
        description=later("It stands on every receipt: with it the seller is recognised."),
    )  # fmt: skip
    email = StringField(later("E-mail address"), [Needed(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))])

    def validate_vat_number(self, field: Any) -> None:
        """Its check digits."""
        if field.data and not vat.valid(field.data):
            raise ValidationError(refusal(Refused("vat_number_wrong")))


class ShopForm(Form):
    """A shop and the days from and to which its stamp counts (R12)."""

    name = StringField(later("Name"), [Needed(), Length(max=120, message=too_long(120))])
    street = StringField(later("Street and number"), [Needed(), Length(max=160, message=too_long(160))])
    postal_code = StringField(
        later("Postal code"),
        [Needed(), Regexp(r"^[0-9A-Za-z \-]{3,12}$", message=later("This is no postal code"))],
    )
    city = StringField(later("Town"), [Needed(), Length(max=80, message=too_long(80))])
    province = StringField(
        later("Province"), [Optional(), Regexp(r"^[A-Za-z]{2}$", message=later("Two letters, like CE"))]
    )
    phone = StringField(
        later("Phone"),
        [Optional(), Regexp(r"^\+?[0-9 ]{5,19}$", message=later("Only figures, with + in front for other countries"))],
    )
    email = StringField(
        later("E-mail address"), [Optional(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))]
    )
    authorised_from = DateParts(
        later("Authorised from"), description=later("A stamp is judged on the day of purchase.")
    )
    authorised_to = DateParts(
        later("Authorised to"), description=later("Empty: until further notice. A shop that closes keeps its past: write its last day.")
    )  # fmt: skip
