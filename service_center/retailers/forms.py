"""What a shop's people type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import EmailField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional

from service_center.accounts.models import Shop
from service_center.core.i18n import _, later
from service_center.core.webforms import Form, Needed, too_long
from service_center.parcels.couriers.register import COURIERS
from service_center.tickets.forms import CHOOSE, NO_ADDRESS, SHOP, DeskForm, other_sellers
from service_center.tickets.services.opening import ReturnTo

HERE, TO_SHOP = "here", "shop"


class RepairForm(DeskForm):
    """A new repair at the shop's counter."""

    shop = SelectField(later("Shop"), [InputRequired(CHOOSE)])
    back = RadioField(later("Where does it go back to?"), [InputRequired(CHOOSE)], default=TO_SHOP)
    reference = StringField(later("Your own reference"), [Length(max=60, message=too_long(60))])

    def at(self, shops: Sequence[Shop], *, families: Mapping[str, Sequence[str]], today: date) -> RepairForm:
        """The choices of somebody who may act for these shops; the first one is where they stand."""
        self.shop.choices = [(str(shop.id), shop.name) for shop in shops]
        if len(shops) == 1 or (not self.shop.raw_data and shops):
            self.shop.data = str(shops[0].id)
            self.shop.raw_data = [self.shop.data]
        others = [(f"{SHOP}{shop.id}", shop.name) for shop in shops] if len(shops) > 1 else []
        self.offer(
            families=families, today=today, sellers=[(HERE, _("Here, in this shop")), *others, *other_sellers()],
            backs=[(TO_SHOP, _("To the shop")), (self.POSTED, _("To the customer's address"))],
        )  # fmt: skip
        return self

    def standing_in(self, shops: Sequence[Shop]) -> Shop | None:
        """The shop where the item was handed in."""
        return next((shop for shop in shops if str(shop.id) == self.shop.data), None)

    def chosen_shop(self) -> int | None:
        """Here is the shop where the item was handed in."""
        if self._good(self.seller) == HERE:
            return int(self.shop.data) if str(self.shop.data).isdecimal() and not self.shop.errors else None
        return super().chosen_shop()

    def _sold_by_a_shop(self) -> bool:
        return self.seller.data == HERE or super()._sold_by_a_shop()

    def return_to(self, shop: Shop) -> ReturnTo:
        """The shop's counter, or the customer's door."""
        if self.back.data == self.POSTED:
            return self.typed_address()
        return ReturnTo(
            shop.name, shop.street, shop.postal_code, shop.city, shop.province, shop.country or "IT", shop.phone
        )


class PostForm(Form):
    """The parcel that leaves for the lab."""

    courier = SelectField(later("Courier"), [Optional()])
    tracking = StringField(later("Tracking number"), [Optional(), Length(max=40, message=too_long(40))])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.courier.choices = [("", _("Another one, or not known")), *((c.code, c.name) for c in COURIERS.values())]


class MessageForm(Form):
    """Words to the lab."""

    text = TextAreaField(
        later("Message to the lab"),
        [DataRequired(later("The message is empty")), Length(max=4000, message=too_long(4000))],
    )


class PapersForm(Form):
    """The documents that were asked for."""

    papers = MultipleFileField(later("Photos or PDF of the documents"))
    note = StringField(later("A word about them"), [Length(max=200, message=too_long(200))])


class QuoteForm(Form):
    """Yes or no to a quote."""

    answer = RadioField(later("The answer"), [InputRequired(later("One of the two answers is needed"))])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.answer.choices = [
            ("accept", _("The customer accepts, with the obligation to pay")),
            ("refuse", _("The customer refuses: it comes back unrepaired")),
        ]


class ClerkForm(Form):
    """Somebody who is to work at one of the retailer's shops."""

    name = StringField(later("Name and surname"), [Needed(), Length(max=120, message=too_long(120))])
    email = EmailField(later("E-mail address"), [Needed(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))])
    shop = SelectField(later("Shop"), [InputRequired(CHOOSE)])

    def offer(self, shops: Sequence[Shop]) -> ClerkForm:
        """The retailer's shops."""
        self.shop.choices = [(str(shop.id), shop.name) for shop in shops]
        return self
