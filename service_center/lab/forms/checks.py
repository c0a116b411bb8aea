"""What is answered and signed at the bench: a check list, a signature for what is missing, a seal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, Length, Optional

from service_center.core.goods import ListedCheck
from service_center.core.i18n import later
from service_center.core.webforms import Form, Needed, too_long
from service_center.tickets.checking import ANSWERS, FOUND
from service_center.tickets.wording import vocabulary as words

PREFIX = "check_"


def check_fields(lines: Iterable[ListedCheck]) -> dict[str, Any]:
    """A question a line, each with the same three answers."""
    choices = [SelectChoice(each, words.check_answer(each)) for each in ANSWERS]
    return {
        f"{PREFIX}{line.code}": RadioField(
            words.check(line.code), [Optional(), AnyOf(ANSWERS)], choices=choices, validate_choice=False
        )
        for line in lines
    }


def checks_form(lines: Iterable[ListedCheck], *args: Any, **kwargs: Any) -> Form:
    """The check list that is open now."""
    form: Form = type("ChecksForm", (Form,), check_fields(lines))(*args, **kwargs)
    return form


def answered(form: Form) -> dict[str, str]:
    """What was answered, by the check's name."""
    given = {name: field.data for name, field in form._fields.items() if name.startswith(PREFIX)}
    return {name.removeprefix(PREFIX): answer for name, answer in given.items() if answer in ANSWERS}


class SignForm(Form):
    """A manager answers by name for what is missing or failed."""

    subject = SelectField(later("What is missing or failed"), [Needed()])
    reason = TextAreaField(
        later("Why may it leave all the same?"), [Needed(), Length(max=2000, message=too_long(2000))]
    )
    consent = TextAreaField(
        later("What the customer agreed to"), [Length(max=2000, message=too_long(2000))],
        description=later("In the customer's words, with day and way; it is printed on the report."),
    )  # fmt: skip

    def offer(self, subjects: Iterable[tuple[str, str]]) -> SignForm:
        """What keeps the item here and nobody signed for."""
        self.subject.choices = list(subjects)
        return self


class SealForm(Form):
    """The seal that closes the item."""

    number = StringField(later("Number of the seal"), [Needed(), Length(max=40, message=too_long(40))])


class SealFoundForm(Form):
    """How the seal of the last visit looks."""

    found = RadioField(later("How it looks"), [Needed()], validate_choice=False)

    def offer(self) -> SealFoundForm:
        """The three answers."""
        self.found.choices = [SelectChoice(each, words.seal_found(each).capitalize()) for each in FOUND]
        return self
