"""Where a parcel goes, as people type it."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from service_center.core.i18n import later
from service_center.core.webforms import CountryField, Form, Phone, too_long
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import ReturnTo


class AddressForm(Form):
    """Where the item goes back to."""

    name = StringField(later("Name"), [DataRequired(later("Write the name on the door")), Length(max=120)])
    street = StringField(later("Street and number"), [DataRequired(later("Write street and number")), Length(max=200)])
    postal_code = StringField(later("Postal code"), [DataRequired(later("Write the postal code")), Length(max=12)])
    city = StringField(later("Town"), [DataRequired(later("Write the town")), Length(max=80)])
    province = StringField(
        later("Province"), [Optional(), Length(max=2, message=later("Two letters, for instance NA"))]
    )
    country = CountryField(later("Country"), [InputRequired(later("Choose a country"))])
    phone = Phone(later("Telephone for the courier"), [Optional()])

    def address(self) -> ReturnTo:
        """What services take."""
        return ReturnTo(
            self.name.data, self.street.data, self.postal_code.data, self.city.data,
            (self.province.data or "").upper(), self.country.data, self.phone.data or "",
        )  # fmt: skip


class ArrivedForm(Form):
    """The parcel is here."""

    signed_by = StringField(
        later("Who signed for it?"), [Optional(), Length(max=120, message=too_long(120))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )  # fmt: skip


def address_of(ticket: Ticket) -> dict[str, str]:
    """The ticket's address as the form's first data."""
    names = ("name", "street", "postal_code", "city", "province", "country", "phone")
    return {name: getattr(ticket, f"return_{name}") for name in names}
