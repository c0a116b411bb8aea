"""Registering a guarantee: the one page that a customer fills in, and with which staff copies the paper form (R13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from wtforms import (
    EmailField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from service_center.accounts.models import Shop
from service_center.accounts.queries import sellers_like
from service_center.accounts.sellers import Known, recognised
from service_center.catalogue.models import Model
from service_center.catalogue.queries import model_by
from service_center.core.brand import Brand
from service_center.core.i18n import Later, _, later
from service_center.core.webforms import DateParts, Form, Needed, Phone, too_long
from service_center.proofs.registrations import CARD_FIELDS, OLDEST, NewRegistration, plain_serial
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Seller

SHOP, NONE_OF_THESE = "shop", "none"
_ASKED = ("", SHOP)
_SELLERS: dict[str, tuple[Later, Later | None]] = {
    SHOP: (later("A shop"), None),
    Seller.OWN_SHOP: (later("Our web shop"), None),
    Seller.MARKETPLACE: (later("A marketplace, like Amazon"), None),
    Seller.UNKNOWN: (later("I do not know"), later("A gift, for instance")),
}  # fmt: skip
_CARD: dict[str, Later] = {
    "model": later("Model"),
    "serial": later("Serial number"),
    "date": later("Date of purchase"),
    "buyer": later("Name of the buyer"),
    "shop": later("Name of the shop"),
}
assert tuple(_CARD) == CARD_FIELDS


class RegistrationForm(Form):
    """Who bought what, when and where; the card as it stands."""

    held = HiddenField(validators=[Length(max=40_000)])
    name = StringField(later("Name and surname"), [Needed(), Length(max=120, message=too_long(120))])
    email = EmailField(
        later("E-mail address"),
        [Needed(), Email(later("Write an e-mail address, like name@example.com")), Length(max=254, message=too_long(254))],
        description=later("The registration number is sent there."),
    )  # fmt: skip
    phone = Phone(later("Mobile phone"), [Optional()])
    family = RadioField(later("What is it?"), [InputRequired(later("Choose what it is"))])
    model = StringField(
        later("Model code"), [Needed(), Length(max=120, message=too_long(120))],
        description=later("On the tag, the box or the back; the figures of the barcode or the model's name will do."),
    )  # fmt: skip
    serial = StringField(later("Serial number"), [Length(max=60, message=too_long(60))])
    purchased_on = DateParts(later("Date of purchase"), [InputRequired(later("Write the date of purchase"))])
    seller = RadioField(later("Who sold it?"), [InputRequired(later("Choose who sold it"))])
    shop_name = StringField(
        later("Name of the shop and its town"), [Length(max=120, message=too_long(120))],
        description=later("As it stands on the receipt. Only if it was a shop or a marketplace."),
    )  # fmt: skip
    # Its choices are known only after the rest was read: seller_of judges what was chosen.
    shop = RadioField(later("Which shop was it?"), [Optional()], validate_choice=False)
    card = SelectMultipleField(
        later("What is filled in on the guarantee card?"), option_widget=CheckboxInput(),
        description=later("Tick what can be read on it. Without a card, leave all empty."),
    )  # fmt: skip
    stamped = RadioField(later("Is it stamped by the shop?"), [Optional()], default="no")
    receipt = MultipleFileField(later("Photo of the receipt"))
    registered_on = DateParts(
        later("Date on the envelope"), description=later("As stamped by the post; this day counts.")
    )
    today: date = date.max
    families: Sequence[str] = ()

    def offer(self, *, families: Sequence[str], today: date, staff: bool = False) -> RegistrationForm:
        """The choices; staff copies a paper form, which has a day of its own and perhaps no e-mail address."""
        self.today, self.families = today, families
        self.family.choices = [SelectChoice(code, words.family(code), {"icon": code}) for code in families]
        self.seller.choices = [
            SelectChoice(code, str(word), {"hint": str(hint)} if hint else {})
            for code, (word, hint) in _SELLERS.items()
        ]
        self.card.choices = [(code, str(word)) for code, word in _CARD.items()]
        self.stamped.choices = [("yes", _("Yes")), ("no", _("No"))]
        self.shop.choices = []
        if not staff:
            del self.registered_on
            return self
        self.email.validators = [Optional(), *self.email.validators[1:]]
        self.email.flags.required = False
        self.email.description = ""
        if self.registered_on.data is None and not self.registered_on.raw_data:
            self.registered_on.data = today
        return self

    def ask_which(self, found: Sequence[Shop]) -> None:
        """Several shops may be meant: they are offered, with the name as it was typed as the last choice."""
        shops = [
            SelectChoice(str(s.id), s.name, {"hint": ", ".join(w for w in (s.street, s.city) if w)}) for s in found
        ]
        self.shop.choices = [*shops, SelectChoice(NONE_OF_THESE, _("None of these"))] if found else []

    def validate_purchased_on(self, field: Any) -> None:
        """A day that has been."""
        if field.data is None and not any(field.parts):
            raise ValidationError(_("Write the date of purchase"))
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("This day is still to come: check the year."))
        if field.data is not None and field.data < OLDEST:
            raise ValidationError(_("This is too long ago: check the year."))

    def validate_registered_on(self, field: Any) -> None:
        """The envelope left after the purchase, and before today."""
        if field.data is not None and field.data > self.today:
            raise ValidationError(_("This day is still to come: check the year."))
        bought = self.purchased_on.data
        if field.data is not None and bought is not None and field.data < bought:
            raise ValidationError(_("This is before the day of purchase: check both days."))

    def validate_shop_name(self, field: Any) -> None:
        """A jeweller has a name."""
        if self.seller.data == SHOP and not field.data:
            raise ValidationError(_("Write the name of the shop and its town."))


def seller_of(session: Session, form: RegistrationForm, brand: Brand) -> Known:
    """Who sold it, as far as it is known; several that may be meant are asked about on the form."""
    name, day = form.shop_name.data or "", form.purchased_on.data
    if form.seller.data in (Seller.OWN_SHOP, Seller.MARKETPLACE):
        own = next((each.name for each in brand.sellers if each.kind == form.seller.data), "")
        return Known(form.seller.data, name or own)
    known = recognised(session, brand, name=name, day=day) if name else None
    if known is not None:
        return known
    found = sellers_like(session, name)
    form.ask_which(found)
    chosen = next((shop for shop in found if str(shop.id) == form.shop.data), None)
    if chosen is not None:
        return recognised(session, brand, name=f"{chosen.name} {chosen.city}", day=day) or Known(
            Seller.UNKNOWN, chosen.name, chosen
        )
    if found and form.shop.data != NONE_OF_THESE:
        form.shop.errors = [_("Choose the shop, or “None of these”")]
    return Known(Seller.UNKNOWN, name)


def model_of(session: Session, family: str, text: str) -> Model | None:
    """The model behind a code, an EAN or a name that only one model of the family has."""
    exact = model_by(session, text)
    if exact is not None:
        return exact
    named = select(Model).where(func.lower(Model.name) == text.strip().lower(), Model.family == family).limit(2)
    found = session.scalars(named).all() if text.strip() else []
    return found[0] if len(found) == 1 else None


def said(
    session: Session, form: RegistrationForm, brand: Brand, *, spoken: str, channel: str
) -> NewRegistration | None:
    """What was written; None where something has to be written better, and the form says what."""
    good = form.validate()
    known = seller_of(session, form, brand)
    model = model_of(session, form.family.data or "", form.model.data or "")
    if model is not None and form.family.data and model.family != form.family.data:
        form.model.errors = [_("This is the code of another kind of item: check the code, or what it is.")]
    bought = form.purchased_on.data
    if not good or bought is None or form.shop.errors or form.model.errors:
        return None
    envelope = form.registered_on.data if "registered_on" in form else None
    return NewRegistration(
        name=form.name.data, email=(form.email.data or "").lower(), phone=form.phone.data or "", language=spoken, family=form.family.data,
        model=model.code if model else form.model.data, serial=plain_serial(form.serial.data or ""), purchased_on=bought,
        seller=known.seller, seller_name=known.name, shop_id=known.shop.id if known.shop else None,
        card=dict.fromkeys(form.card.data or (), True), stamped=form.stamped.data == "yes", channel=channel, registered_on=envelope,
    )  # fmt: skip
