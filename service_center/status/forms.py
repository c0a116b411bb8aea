"""What people type on status pages."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from service_center.core.i18n import later
from service_center.core.webforms import Form
from service_center.parcels.couriers.register import COURIERS


class FindForm(Form):
    """A ticket's code, as it is written on the slip."""

    code = StringField(later("Ticket code"), [DataRequired(later("Type the code on your slip or in our e-mail"))])


class LostForm(Form):
    """The address to which we wrote."""

    email = EmailField(
        later("E-mail address"),
        [DataRequired(later("Write the address to which we wrote")), Email(later("Write it like name@example.com")), Length(max=254)],
    )  # fmt: skip


class PinForm(Form):
    """The PIN of the slip."""

    pin = StringField(
        later("PIN on your slip"), [DataRequired(later("Type the PIN that stands on your slip")), Length(max=20)]
    )


class PostedForm(Form):
    """The parcel that somebody sent us."""

    courier = SelectField(later("Courier"), [Optional()])
    tracking = StringField(later("Tracking number"), [Optional(), Length(max=40)])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.courier.choices = [
            ("", str(later("I do not know, or another one"))),
            *((c.code, c.name) for c in COURIERS.values()),
        ]


class MessageForm(Form):
    """Words to the lab."""

    text = TextAreaField(later("Your message"), [DataRequired(later("Write something first"))])


class QuoteForm(Form):
    """Yes or no to a quote. Starting at once is the customer's own request (domain B.3)."""

    answer = RadioField(
        later("Your answer"),
        [InputRequired(later("Choose one of the two"))],
        choices=[
            ("accept", later("I accept, with the obligation to pay")),
            ("refuse", later("I refuse: return it unrepaired")),
        ],
    )
    start_now = BooleanField(
        later("Start at once"),
        description=later(
            "I ask you to begin before the 14 days of withdrawal are over; for work that is done I cannot withdraw."
        ),
    )
