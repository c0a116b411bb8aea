"""Forms of the register of complaints."""

from __future__ import annotations

from wtforms import EmailField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length, Optional

from service_center.core.i18n import LANGUAGES, later
from service_center.core.webforms import PROSE, DateParts, Form, Needed, Phone, too_long
from service_center.messages.complaints import TYPED_BY_STAFF, Outcome, Subject
from service_center.messages.wording import channel, outcome, subject

NO_ADDRESS = later("Write an e-mail address, like name@example.com")
CHOOSE = later("Choose one")
CUSTOMER, SHOP = "customer", "shop"
LANGUAGE_NAMES = {"it": later("Italian"), "en": later("English")}


class TakeInForm(Form):
    """A complaint that came by telephone, e-mail, letter, chat or in person; the ticket may be left out."""

    ticket = StringField(
        later("Ticket code"),
        [Optional(), Length(max=60, message=too_long(60))],
        description=later("Empty for a complaint that is about no repair."),
    )
    who = RadioField(later("Who complains?"), [InputRequired(CHOOSE)], default=CUSTOMER)
    name = StringField(later("Name"), [Optional(), Length(max=120, message=too_long(120))], description=later("With a ticket, its customer or shop is taken where nothing is written here."))  # fmt: skip
    email = EmailField(later("E-mail address"), [Optional(), Email(NO_ADDRESS), Length(max=254, message=too_long(254))], description=later("Receipt and answer go there."))  # fmt: skip
    phone = Phone(later("Telephone"), [Optional()])
    language = SelectField(later("Language of the letters"), [InputRequired(CHOOSE)], default="it")
    channel = SelectField(later("How did it come?"), [InputRequired(CHOOSE)])
    received_on = DateParts(later("Received on"), [Needed()], description=later("Day 0: also in the evening."))
    subject = SelectField(later("What is it about?"), [InputRequired(CHOOSE)])
    text = TextAreaField(later("What they say"), [Needed(), Length(max=PROSE, message=too_long(PROSE))])
    photos = MultipleFileField(later("Photographs"))

    def offer(self) -> TakeInForm:
        """All choices in the reader's language."""
        self.who.choices = [(CUSTOMER, str(later("The customer, or anybody"))), (SHOP, str(later("The shop")))]
        self.language.choices = [(code, str(LANGUAGE_NAMES[code])) for code in LANGUAGES]
        self.channel.choices = [(each.value, channel(each)) for each in TYPED_BY_STAFF]
        self.subject.choices = [(each.value, subject(each)) for each in Subject]
        return self


class AnswerForm(Form):
    """How a complaint ends, in words that whoever complained reads."""

    outcome = RadioField(later("How does it end?"), [InputRequired(later("Choose how the complaint ends"))])
    answer = TextAreaField(
        later("The answer"),
        [Needed(), Length(max=PROSE, message=too_long(PROSE))],
        description=later("It leaves as a letter and stands on the page of the repair, word for word."),
    )

    def offer(self) -> AnswerForm:
        """The four ends."""
        self.outcome.choices = [(each.value, outcome(each).word) for each in Outcome]
        return self
