"""What every form shares: words in the reader's language, tidy text, bounded lengths, dates in three boxes."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, cast

import phonenumbers
from babel import Locale
from markupsafe import Markup
from wtforms import Field, IntegerField, PasswordField, SelectField, StringField, TextAreaField, validators
from wtforms import Form as WtForm
from wtforms.fields.choices import Choice
from wtforms.i18n import get_translations
from wtforms.widgets import Select

from service_center.core.i18n import Later, _, language, later, phone

LINE, PROSE = 200, 4000  # the longest line and the longest text that a person types, in characters
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:[.,]\d{3})+|\d{1,7})(?:[.,](?P<part>\d{1,2}))?")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})
_INVISIBLE = {code: None for code in range(32) if code not in (9, 10, 13)}


@cache
def _wtforms_words(spoken: str) -> Any:
    return get_translations([spoken])


def tidy(value: object) -> object:
    """Typed text without control characters (a database refuses NUL) and without blanks around it."""
    return value.translate(_INVISIBLE).strip() if isinstance(value, str) else value


class ListOfChoices(Select):  # type: ignore[misc]
    """A list to choose from; a plain choice is written in one go, since long ones stand on most pages of the lab."""

    @classmethod
    def render_option(cls, choice: Choice, **kwargs: Any) -> Markup:
        """One line of it."""
        if kwargs or choice.render_kw or isinstance(choice.value, bool):
            return cast(Markup, super().render_option(choice, **kwargs))
        chosen = "selected " if choice.selected else ""
        return Markup('<option %svalue="%s">%s</option>') % (chosen, choice.value, choice.label or choice.value)


class Form(WtForm):  # type: ignore[misc]
    """The base of every form: `Form(request.form)`; CSRF is the application's business, not the form's."""

    class Meta:
        """Labels are sentences said `later`; text fields are tidied and bounded."""

        def get_translations(self, form: WtForm) -> Any:
            """WTForms' own messages in the spoken language."""
            return _wtforms_words(language())

        def bind_field(self, form: WtForm, unbound: Any, options: dict[str, Any]) -> Any:
            """Words, also those of a choice that nobody offered, lose blanks around and never outgrow what the database takes."""
            if issubclass(unbound.field_class, (StringField, SelectField)) and not issubclass(
                unbound.field_class, PasswordField
            ):
                options.setdefault("filters", []).append(tidy)
            field = unbound.bind(form=form, **options)
            if type(field.widget) is Select:
                field.widget = ListOfChoices(multiple=field.widget.multiple)
            if isinstance(field, StringField) and not any(isinstance(v, validators.Length) for v in field.validators):
                longest = PROSE if isinstance(field, TextAreaField) else LINE
                field.validators = [*field.validators, validators.Length(max=longest, message=too_long(longest))]
            return field


class Needed(validators.InputRequired):  # type: ignore[misc]
    """An answer that may not be missing; the sentence says which, since a list of errors stands far from its fields."""

    def __call__(self, form: WtForm, field: Field) -> None:
        """Nothing typed, or only blanks."""
        if field.data in (None, "") and not field.process_errors:
            raise validators.StopValidation(_("Fill in “%(field)s”", field=field.label.text))


def too_long(longest: int) -> Later:
    """The sentence of a text over its bound, in characters."""
    return later("This is too long: at most %(longest)s characters", longest=longest)


class DateParts(Field):  # type: ignore[misc]
    """A civil date typed as day, month, year in three boxes of one name; `parts` keeps what was typed."""

    data: date | None

    @property
    def parts(self) -> tuple[str, str, str]:
        """Day, month and year to show: as typed, else from the date."""
        if self.raw_data:
            day, month, year = (*(str(part).strip()[:10] for part in self.raw_data), "", "", "")[:3]
            return day, month, year
        if self.data:
            return str(self.data.day), str(self.data.month), str(self.data.year)
        return "", "", ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the three boxes, or one ISO date; raises ValueError with the sentence for the reader."""
        if not valuelist:
            return  # not asked for: the form's own date stays
        self.data = None
        if len(valuelist) == 1 and valuelist[0].count("-") == 2:
            valuelist = self.raw_data = [part.lstrip("0") for part in reversed(valuelist[0].strip().split("-"))]
        typed = [part.strip() for part in valuelist]
        if not any(typed):
            return
        if len(typed) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in typed):
            raise ValueError(_("Write the date in figures: day, month and year"))
        day, month, year = (int(part) for part in typed)
        if year < 100:
            year += 2000
        try:
            self.data = date(year, month, day)
        except ValueError:
            raise ValueError(_("This date does not exist: check the day and the month")) from None


class Phone(StringField):  # type: ignore[misc]
    """A telephone number, kept in the international form `+393331234567`; without a prefix it is an Italian one."""

    data: str | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError with the sentence for the reader."""
        super().process_formdata(valuelist)
        typed = str(self.data or "").strip()
        if not typed:
            self.data = ""
            return
        try:
            known = phonenumbers.parse(typed, "IT")
        except phonenumbers.NumberParseException as fault:
            raise ValueError(
                _("Write the telephone number with its prefix, for instance 333 1234567 or +44 20 7946 0000")
            ) from fault
        if not phonenumbers.is_possible_number(known):
            raise ValueError(_("This telephone number has too few or too many digits"))
        self.data = phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.E164)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else phone(str(self.data or ""))


class Money(StringField):  # type: ignore[misc]
    """An amount in euros as people type it (`56`, `56,00`, `1.250,50`); `cents` is an integer or None."""

    cents: int | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError with the sentence for the reader."""
        super().process_formdata(valuelist)
        self.cents = None
        typed = str(self.data or "").replace("€", "").replace(" ", "").replace("\xa0", "").strip()
        if not typed:
            return
        found = _AMOUNT.fullmatch(typed)
        if found is None:
            raise ValueError(_("Write the amount in euros, for instance 24 or 24,50"))
        whole = re.sub(r"[.,]", "", found["whole"])
        self.cents = int(whole) * 100 + int((found["part"] or "0").ljust(2, "0"))


class Count(IntegerField):  # type: ignore[misc]
    """A whole number without a sign, as people count things; longer ones than nine digits are none."""

    data: Any = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError with the sentence for the reader."""
        self.data = None
        typed = valuelist[0].strip() if valuelist else ""
        if not typed:
            return
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise ValueError(_("Write a whole number"))
        self.data = int(typed)


@cache
def countries(spoken: str) -> list[tuple[str, str]]:
    """All countries by name in a language, Italy first; regions and unions are none."""
    known = [(code, name) for code, name in Locale(spoken).territories.items() if len(code) == 2 and code.isalpha()]
    rest = sorted((each for each in known if each[0] not in _NO_COUNTRIES), key=lambda each: each[1])
    return sorted(rest, key=lambda each: each[0] != "IT")


class CountryField(SelectField):  # type: ignore[misc]
    """A country by its two letters; Italy where nothing was chosen."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, choices=countries(language()), default="IT", **more)
