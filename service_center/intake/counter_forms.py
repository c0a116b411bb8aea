"""What the lab's people type when somebody asks at the counter, on the telephone, in writing, or by simply sending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import RadioField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from service_center.core.i18n import _, later
from service_center.core.webforms import DateParts
from service_center.tickets.forms import CHOOSE, OLDEST, DeskForm, other_sellers
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Channel
from service_center.tickets.services.opening import ReturnTo
from service_center.warranty.vocabulary import Evidence

COLLECTED = "collected"
ACTIONS = {Channel.COUNTER: Action.HAND_IN, Channel.ARRIVAL: Action.ARRIVE_UNANNOUNCED}
"""What opens the ticket; in every other channel the item is announced and still has to come."""


class CounterForm(DeskForm):
    """A new ticket by the lab's own people."""

    channel = RadioField(later("How did they ask?"), [InputRequired(CHOOSE)], default=Channel.COUNTER.value)
    asked_on = DateParts(later("The day it happened"))
    carrier_on = DateParts(
        later("Taken over by the carrier on"),
        description=later("As stamped on the parcel; it may save the guarantee of a late arrival."),
    )
    back = RadioField(later("Where does it go back to?"), [InputRequired(CHOOSE)], default=DeskForm.POSTED)

    def at(self, *, families: Mapping[str, Sequence[str]], today: date) -> CounterForm:
        """The choices."""
        ways = (
            (Channel.COUNTER, _("At the counter"), "shop"), (Channel.PHONE, _("Telephone"), "phone"), (Channel.EMAIL, _("E-mail"), "mail"),
            (Channel.WHATSAPP, _("WhatsApp"), "msg"), (Channel.ARRIVAL, _("Unannounced parcel"), "parcel"),
        )  # fmt: skip
        self.channel.choices = [SelectChoice(way.value, word, {"icon": icon}) for way, word, icon in ways]
        self.offer(
            families=families, today=today, sellers=[("", _("Choose")), *other_sellers()],
            backs=[(self.POSTED, _("To the customer's address")), (COLLECTED, _("It is collected here"))],
        )  # fmt: skip
        return self

    def validate_carrier_on(self, field: Any) -> None:
        """A day that has been, and not one after the arrival."""
        if field.data is not None and not OLDEST <= field.data <= (self.asked_on.data or self.today):
            raise ValidationError(_("The carrier had it before it arrived: check both days."))

    @property
    def way(self) -> Channel:
        """How they asked; a page that does not say it is the counter's."""
        return Channel(self.channel.data) if not self.channel.errors and self.channel.data else Channel.COUNTER

    def evidence(self) -> str:
        """A contact that we recorded, or the parcel that is here (R08)."""
        return (Evidence.ARRIVAL if self.way is Channel.ARRIVAL else Evidence.OWN_CONTACT).value

    def carrier_day(self) -> date | None:
        """Counts only for a parcel that nobody announced."""
        return self._good(self.carrier_on) or None if self.way is Channel.ARRIVAL else None

    def opens_by(self) -> Action:
        """The first step."""
        return ACTIONS.get(self.way, Action.ANNOUNCE)

    def return_to(self) -> ReturnTo:
        """The customer's door; what is collected needs no street."""
        typed = self.typed_address()
        return typed if self.back.data == self.POSTED else ReturnTo(typed.name, "", "", "", "", phone=typed.phone)
