"""One page that asks everything about an item: the fields that the shops' and the lab's counter share, and what was said in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from service_center.core.i18n import ROME, _, later
from service_center.core.webforms import CountryField, DateParts, Form, Phone, too_long
from service_center.tickets.asking import SaidItem
from service_center.tickets.goods import accessories, symptoms_for
from service_center.tickets.services.opening import NewCustomer, ReturnTo
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Card, Proof, Seller, Tampering

CHOOSE = later("Choose one")
NO_ADDRESS = later("Write an e-mail address, like name@example.com")
OLDEST = date(2000, 1, 1)
POSTED_NEEDS = {
    "street": later("Write the street and the number"),
    "postal_code": later("Write the postal code"),
    "city": later("Write the town"),
}
LANGUAGES = (("it", later("Italian")), ("en", later("English")))
PROOFS = (Proof.RECEIPT, Proof.INVOICE, Proof.GIFT_RECEIPT, Proof.REGISTRATION_ONLY, Proof.ILLEGIBLE, Proof.NONE)
DATED = frozenset({Proof.RECEIPT, Proof.INVOICE, Proof.GIFT_RECEIPT})
SHOP, OTHER_SHOP = "shop-", "other-shop"
"""How a choice of seller names one of our shops (`shop-12`), and one that has to be written."""


class DeskForm(Form):
    """The item, its fault, its purchase, the customer and the way back; a room adds how and when it was asked."""

    once = HiddenField()
    held = HiddenField(validators=[Length(max=40_000)])
    registered = HiddenField(validators=[Length(max=12)])
    another = BooleanField(later("It is another repair"))

    family = RadioField(later("What is it?"), [InputRequired(later("Choose what it is"))])
    model = StringField(later("Model or EAN"), [Length(max=120, message=too_long(120))])
    serial = StringField(later("Serial number"), [Length(max=60, message=too_long(60))])
    water_mark = SelectField(later("On the case back"))

    symptom = SelectField(later("What is wrong?"), [InputRequired(later("Choose what is wrong"))])
    symptom_too = SelectField(later("Something else, too"), [Optional()])
    words = TextAreaField(later("In the customer's own words"), [Length(max=2000, message=too_long(2000))])
    tampering = SelectField(later("Has anybody opened it?"))
    accessories = SelectMultipleField(later("In the bag"), option_widget=CheckboxInput())

    purchased_on = DateParts(later("Date on the proof of purchase"))
    seller = SelectField(later("Bought at"), [InputRequired(later("Choose where it was bought"))])
    seller_name = StringField(later("Which shop?"), [Length(max=120, message=too_long(120))])
    proof = SelectField(later("Proof of purchase"))
    card = SelectField(later("Guarantee card"))
    second_hand = BooleanField(later("Bought second-hand"))

    receipt = MultipleFileField(later("Proof of purchase: photo or PDF"))
    card_photo = MultipleFileField(later("Guarantee card: photo"))
    photos = MultipleFileField(later("Photos of the item"))

    name = StringField(
        later("Name and surname"),
        [DataRequired(later("Write the customer's name")), Length(max=120, message=too_long(120))],
    )
    phone = Phone(later("Mobile phone"), [Optional(), Length(max=20, message=too_long(20))])
    email = EmailField(later("E-mail address"), [Optional(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))])
    language = SelectField(later("Language"), choices=LANGUAGES, default="it")

    asked_on = DateParts(later("Handed in on"))
    back = RadioField(later("Where does it go back to?"), [InputRequired(CHOOSE)])
    street = StringField(later("Street and number"), [Length(max=200, message=too_long(200))])
    postal_code = StringField(later("Postal code"), [Length(max=12, message=too_long(12))])
    city = StringField(later("Town"), [Length(max=80, message=too_long(80))])
    province = StringField(later("Province"), [Length(max=2, message=later("Two letters, like CE"))])
    country = CountryField(later("Country"))

    POSTED = "customer"
    """The way back that needs an address."""
    today: date = date.max
    families: Mapping[str, Sequence[str]] = {}

    def offer(
        self, *, families: Mapping[str, Sequence[str]], sellers: Sequence[tuple[str, str]], backs: Sequence[tuple[str, str]], today: date
    ) -> None:  # fmt: skip
        """The choices in the reader's language, and what stands in the fields before anybody types."""
        self.families, self.today = families, today
        self.family.choices = [
            SelectChoice(code, words.family(code), {"icon": words.family_icon(code), "key": str(number)})
            for number, code in enumerate(families, 1)
        ]
        known = symptoms_for(part for parts in families.values() for part in parts)
        shown = [(code, words.symptom(code)) for code in known]
        self.symptom.choices = [("", _("Choose")), *shown]
        self.symptom_too.choices = [("", _("Nothing else")), *shown]
        self.water_mark.choices = [("", _("Not looked yet")), ("yes", _("“Water resistant” or 3 ATM")), ("no", _("No such words"))]  # fmt: skip
        self.tampering.choices = [(each.value, _capital(words.tampering(each))) for each in Tampering]
        self.accessories.choices = [(each, _capital(words.accessory(each))) for each in accessories()]
        self.proof.choices = [(each.value, _capital(words.proof_kind(each))) for each in PROOFS]
        self.card.choices = [("", _("Choose")), *((each.value, _capital(words.card_state(each))) for each in Card)]
        self.seller.choices, self.back.choices = list(sellers), list(backs)
        if self.asked_on.data is None and not self.asked_on.raw_data:
            self.asked_on.data = today

    # --- what does not fit together --------------------------------------------------------------------------

    def validate_symptom(self, field: Any) -> None:
        """A jewel has no display; asked of both."""
        parts = self.families.get(self.family.data or "")
        if field.data and parts and field.data not in symptoms_for(parts):
            raise ValidationError(_("This kind of item cannot have that: choose another fault, or what it is."))

    validate_symptom_too = validate_symptom

    def validate_purchased_on(self, field: Any) -> None:
        """A date on every proof that bears one, and not an impossible one."""
        if field.data is None and not any(field.parts) and self.proof.data in DATED:
            raise ValidationError(_("Write the date, or say that the proof is missing or cannot be read."))
        if field.data is not None and not OLDEST <= field.data <= self.today:
            raise ValidationError(_("The day of purchase is never after today: check the year."))

    def validate_asked_on(self, field: Any) -> None:
        """A day that has been, and not one before the purchase."""
        if field.data is None:
            return
        if not OLDEST <= field.data <= self.today:
            raise ValidationError(_("This day is still to come: write the day on which it was handed in."))
        if self.purchased_on.data is not None and field.data < self.purchased_on.data:
            raise ValidationError(_("This is before the day of purchase: check both days."))

    def validate_seller_name(self, field: Any) -> None:
        """Another shop has a name."""
        if self.seller.data == OTHER_SHOP and not field.data:
            raise ValidationError(_("Write the name of the shop and its town."))

    def validate_card(self, field: Any) -> None:
        """A shop gave a card, or it did not: somebody looked (R12)."""
        if not field.data and self._sold_by_a_shop():
            raise ValidationError(_("Look at the card: is it filled in and stamped?"))

    def validate_street(self, field: Any) -> None:
        """What a parcel to the customer needs; asked of street, postal code and town."""
        if self.back.data == self.POSTED and not field.data:
            raise ValidationError(str(POSTED_NEEDS[field.name]))

    validate_postal_code = validate_city = validate_street

    def _sold_by_a_shop(self) -> bool:
        chosen = str(self.seller.data or "")
        return chosen == OTHER_SHOP or chosen.startswith(SHOP)

    # --- what was said; fields with an error count as empty ---------------------------------------------------

    def said_item(self) -> SaidItem:
        """The item and its fault."""
        return SaidItem(
            family=self._good(self.family),
            symptoms=tuple(dict.fromkeys(code for code in (self._good(self.symptom), self._good(self.symptom_too)) if code)),
            words=self._good(self.words), model_text=self._good(self.model), serial=self._good(self.serial).upper(),
            water_mark={"yes": True, "no": False}.get(self._good(self.water_mark)),
            tampering=self._good(self.tampering) or Tampering.NONE.value,
            second_hand=bool(self.second_hand.data), accessories=tuple(self._good(self.accessories) or ()),
        )  # fmt: skip

    def chosen_shop(self) -> int | None:
        """The number of our shop that sold it, where one was chosen."""
        chosen = str(self._good(self.seller))
        return int(chosen.removeprefix(SHOP)) if chosen.startswith(SHOP) else None

    def card_said(self) -> str:
        """The card's state; who is no shop gives none."""
        return self._good(self.card) or Card.ABSENT.value

    def proof_said(self) -> str:
        """The kind of proof."""
        return self._good(self.proof) or Proof.NONE.value

    def plain_seller(self) -> str:
        """The seller where it is no shop of ours: web shop, marketplace, or not known."""
        chosen = str(self._good(self.seller))
        return chosen if chosen in {Seller.OWN_SHOP, Seller.MARKETPLACE} else Seller.UNKNOWN.value

    def new_customer(self) -> NewCustomer:
        """Who asks."""
        return NewCustomer(
            self._good(self.name), self._good(self.email).lower(), self._good(self.phone), self._good(self.language)
        )

    def typed_address(self) -> ReturnTo:
        """The customer's own address, as far as it was typed."""
        return ReturnTo(
            self._good(self.name), self._good(self.street), self._good(self.postal_code), self._good(self.city),
            self._good(self.province).upper(), self._good(self.country) or "IT", self._good(self.phone),
        )  # fmt: skip

    def asked_at(self, now: datetime) -> datetime:
        """The instant that counts: now for today, noon for an earlier day (R08)."""
        day = self.asked_on.data
        return datetime.combine(day, time(12), ROME) if day and self.asked_earlier() else now

    def asked_earlier(self) -> bool:
        """Whether the day that was written is not today."""
        day = self._good(self.asked_on)
        return bool(day) and day != self.today

    @staticmethod
    def _good(field: Any) -> Any:
        return "" if field.errors or field.data is None else field.data


def other_sellers() -> list[tuple[str, str]]:
    """Sellers beside the shops that a desk names itself."""
    return [
        (OTHER_SHOP, _("Another shop")),
        (Seller.OWN_SHOP.value, _("Our web shop")),
        (Seller.MARKETPLACE.value, _("A marketplace, like Amazon")),
        (Seller.UNKNOWN.value, _("Nobody knows")),
    ]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
