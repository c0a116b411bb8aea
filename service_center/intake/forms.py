"""The customer's questions, a form a page; each reads and judges only its own answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    EmailField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from service_center.core.errors import Refused
from service_center.core.i18n import Later, _, country, later
from service_center.core.webforms import CountryField, DateParts, Form, Phone, too_long
from service_center.intake.draft import Typed
from service_center.intake.wording import CARDS, NONE_OF_THESE, SELLERS, SHOP
from service_center.tickets.goods import must_be_told
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.refusals import refusal
from service_center.warranty.vocabulary import Seller

NO_ADDRESS = later("Write an e-mail address, like name@example.com")
LANGUAGES = (("it", "Italiano"), ("en", "English"))
FILES = frozenset({"photos", "receipt", "card_photo"})
OLDEST = date(2000, 1, 1)
Choices = Mapping[str, tuple[Later, Later | None]]


def read(form_class: type[Form], typed: Typed) -> Any:
    """The form over what was typed on its page."""
    return form_class(MultiDict([(name, value) for name, values in typed.items() for value in values]))


def fields_of(form: Form) -> list[str]:
    """The names of a form's typed answers; files go another way."""
    return [field.name for field in form if field.name not in FILES]


def _offer(choices: Choices) -> list[SelectChoice]:
    return [
        SelectChoice(code, str(word), {"hint": str(hint)} if hint else {}) for code, (word, hint) in choices.items()
    ]


class WhatForm(Form):
    """What it is."""

    family = RadioField(later("What is it?"), [InputRequired(later("Choose what it is"))])
    model = StringField(later("Model code"), [Length(max=120, message=too_long(120))])
    serial = StringField(later("Serial number"), [Length(max=60, message=too_long(60))])
    known: Callable[[str, str], object]

    def offer(self, families: Sequence[str], known: Callable[[str, str], object]) -> WhatForm:
        """The families of this house; `known(family, model)` refuses a model of another family."""
        self.family.choices = [
            SelectChoice(code, words.family(code), {"icon": words.family_icon(code)}) for code in families
        ]
        self.model.description = _("On the tag, the box or the back, like %(code)s. If you do not know it, leave it empty.", code=words.model_example())  # fmt: skip
        self.known = known
        return self

    def validate_model(self, field: Any) -> None:
        """A watch's code on a jewel is a mistake in one of the two."""
        try:
            self.known(self.family.data or "", field.data or "")
        except Refused as no:
            raise ValidationError(refusal(no)) from no


class FaultForm(Form):
    """What is wrong with it."""

    symptoms = SelectMultipleField(
        later("What do you notice?"),
        [InputRequired(later("Choose at least one; if none fits, “Something else”"))],
        option_widget=CheckboxInput(),
        description=later("You can choose several."),
    )
    words = TextAreaField(
        later("In your own words"), [Length(max=2000, message=too_long(2000))],
        description=later("When does it happen, and since when?"),
    )  # fmt: skip
    photos = MultipleFileField(later("A photo of the fault"))

    def offer(self, symptoms: Sequence[str]) -> FaultForm:
        """What this kind of item can show."""
        self.symptoms.choices = [SelectChoice(code, words.symptom(code)) for code in symptoms]
        return self

    def validate_words(self, field: Any) -> None:
        """Something else needs its words."""
        if must_be_told(self.symptoms.data or []) and not field.data:
            raise ValidationError(_("Describe in a few words what is wrong."))


class WhereForm(Form):
    """Who sold it."""

    seller = RadioField(later("Who sold it?"), [InputRequired(later("Choose who sold it"))])
    shop_name = StringField(
        later("Name of the shop and its town"), [Length(max=120, message=too_long(120))],
        description=later("As it stands on the receipt. Only if it was a shop or a marketplace."),
    )  # fmt: skip

    def offer(self, website: str) -> WhereForm:
        """The kinds of sellers; our web shop by its address."""
        self.seller.choices = _offer(SELLERS)
        for choice in self.seller.choices:
            if choice.value == Seller.OWN_SHOP:
                choice.render_kw["hint"] = website
        return self

    def validate_shop_name(self, field: Any) -> None:
        """A jeweller has a name."""
        if self.seller.data == SHOP and not field.data:
            raise ValidationError(_("Write the name of the shop and its town."))


class WhichForm(Form):
    """Which of several shops it was."""

    shop = RadioField(later("Which shop was it?"), [InputRequired(later("Choose the shop, or “None of these”"))])

    def offer(self, shops: Sequence[tuple[int, str, str]]) -> WhichForm:
        """The shops that may be meant: number, name, address."""
        found = [SelectChoice(str(number), name, {"hint": address}) for number, name, address in shops]
        self.shop.choices = [*found, SelectChoice(NONE_OF_THESE, _("None of these"))]
        return self


class PapersForm(Form):
    """The proof of purchase, photographed; `kept` says that one is here already."""

    receipt = MultipleFileField(
        later("Receipt, invoice or order confirmation"),
        description=later("Whole and legible: date, seller and item. JPEG, PNG, HEIC or PDF."),
    )
    card_photo = MultipleFileField(later("Guarantee card"))
    without = StringField(later("I do not have it"), [Length(max=1)])

    def offer(self, *, kept: bool, card: bool) -> PapersForm:
        """Whether a receipt is here, and whether a card is asked for."""
        self.kept = kept
        if not card:
            del self.card_photo
        return self

    def lacking(self) -> bool:
        """No receipt, and nobody said that there is none."""
        return not self.kept and not self.without.data


class WhenForm(Form):
    """When it was bought, and what the card says."""

    purchased_on = DateParts(
        later("Date of purchase"), description=later("As it stands on the receipt, like 14 3 2025.")
    )
    no_date = BooleanField(later("I do not know the date"))
    delivered_on = DateParts(later("Date of delivery"), description=later("When the courier brought it."))
    card = RadioField(later("How is the guarantee card?"), [InputRequired(later("Say how the guarantee card is"))])
    card_dated_on = DateParts(later("Date on the card"))

    def offer(self, *, own_shop: bool, card: bool, today: date) -> WhenForm:
        """What this seller makes us ask."""
        self.today = today
        if not own_shop:
            del self.delivered_on
        if card:
            self.card.choices = _offer(CARDS)
        else:
            del self.card
            del self.card_dated_on
        return self

    def validate_purchased_on(self, field: Any) -> None:
        """A day that has been, or the tick that says that nobody knows it."""
        if field.data is None and not self.no_date.data and not any(field.parts):
            raise ValidationError(_("Write the date, or tick that you do not know it."))
        self._been(field)

    def validate_delivered_on(self, field: Any) -> None:
        """Not before the purchase."""
        self._been(field)
        bought = self.purchased_on.data
        if field.data is not None and bought is not None and field.data < bought:
            raise ValidationError(_("This is before the day of purchase: check both days."))

    def validate_card_dated_on(self, field: Any) -> None:
        """A day that has been."""
        self._been(field)

    def _been(self, field: Any) -> None:
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("This day is still to come: check the year."))
        if field.data is not None and field.data < OLDEST:
            raise ValidationError(_("This is too long ago: check the year."))


class YouForm(Form):
    """Who asks, and where the item goes back to."""

    name = StringField(
        later("Name and surname"),
        [DataRequired(later("Write your name and surname")), Length(max=120, message=too_long(120))],
    )
    email = EmailField(later("E-mail address"), [Length(max=254, message=too_long(254))])
    phone = Phone(later("Mobile phone"), [Optional()])
    street = StringField(later("Street and number"), [Length(max=200, message=too_long(200))])
    postal_code = StringField(later("Postal code"), [Length(max=12, message=too_long(12))])
    city = StringField(later("Town"), [Length(max=80, message=too_long(80))])
    province = StringField(
        later("Province"), [Length(max=2, message=later("Write the province with its two letters, like CE"))], description=later("Two letters, like CE. Only in Italy.")
    )  # fmt: skip
    country = CountryField(later("Country"))
    language = RadioField(later("We write to you in"), [InputRequired(later("Choose a language"))])

    def offer(self, *, not_served: Sequence[str], spoken: str, only_safety: bool) -> YouForm:
        """Countries that no courier of ours serves; the language spoken now; whether nothing is to be sent."""
        self.not_served, self.only_safety = not_served, only_safety
        self.language.choices = [SelectChoice(code, word) for code, word in LANGUAGES]
        if self.language.raw_data is None or not self.language.raw_data:
            self.language.data = spoken
        return self

    def validate_email(self, field: Any) -> None:
        """Where something is dangerous we must be able to call or write."""
        if self.only_safety and not field.data and not self.phone.data:
            raise ValidationError(_("Leave an e-mail address or a telephone number: we contact you."))
        if field.data:
            Email(NO_ADDRESS)(self, field)

    def validate_street(self, field: Any) -> None:
        """What a parcel needs."""
        self._needed(field, _("Write the street and the number"))

    def validate_city(self, field: Any) -> None:
        """What a parcel needs."""
        self._needed(field, _("Write the town"))

    def validate_postal_code(self, field: Any) -> None:
        """Five digits in Italy."""
        self._needed(field, _("Write the postal code"))
        five = len(field.data or "") == 5 and field.data.isdigit() and field.data.isascii()
        if field.data and self.country.data == "IT" and not five:
            raise ValidationError(_("An Italian postal code has five digits."))

    def _needed(self, field: Any, sentence: str) -> None:
        if not self.only_safety and not field.data:
            raise ValidationError(sentence)

    def validate_province(self, field: Any) -> None:
        """Two letters in Italy."""
        typed = field.data or ""
        if (
            self.country.data == "IT"
            and not self.only_safety
            and not (len(typed) == 2 and typed.isalpha() and typed.isascii())
        ):
            raise ValidationError(_("Write the province with its two letters, like CE"))

    def validate_country(self, field: Any) -> None:
        """Where our couriers do not go."""
        if field.data in self.not_served:
            raise ValidationError(refusal(Refused("country_not_served", country=field.data)))

    def country_name(self) -> str:
        """The country in the reader's language."""
        return country(self.country.data or "")
