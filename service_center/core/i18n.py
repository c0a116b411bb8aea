"""Italian and English: which language is being spoken, its sentences, dates and money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from babel import Locale
from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations, Translations
from jinja2 import Environment, pass_context
from jinja2.runtime import Context

LANGUAGES = ("it", "en")
DEFAULT = "it"
ROME = ZoneInfo("Europe/Rome")
CATALOGUES = Path(__file__).parent.parent / "translations"

_ARTICLES = {"il": "l", "Il": "L"}
_BEFORE_A_VOWEL = re.compile(r"\b((?:[Aa]|[Dd]a|[Dd]e|[Nn]e|[Ss]u|[Ii])l) (?=(?:8|11) [a-z]{3} \d{4})")
_spoken: ContextVar[str] = ContextVar("language", default=DEFAULT)
_DAY = {"it": "d MMM y", "en": "d MMM y"}
_WEEKDAY = {"it": "EEE d MMM y", "en": "EEE d MMM y"}
_MONEY = {"it": "¤\xa0#,##0.00", "en": "¤#,##0.00"}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything worded inside speaks this language; an unknown one falls back to Italian."""
    token = _spoken.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(language: str) -> None:
    """Set the language for the rest of this context (a web request)."""
    _spoken.set(language if language in LANGUAGES else DEFAULT)


def language() -> str:
    """The language spoken now, `it` or `en`."""
    return _spoken.get()


@cache
def _translations(spoken: str) -> NullTranslations:
    """All rooms' catalogues of one language as one; the sentences in the code are the English ones."""
    merged: NullTranslations = NullTranslations()
    for path in sorted((CATALOGUES / spoken).glob("*.po")):
        compiled = BytesIO()
        with path.open("rb") as source:
            write_mo(compiled, read_po(source, locale=spoken))
        compiled.seek(0)
        room = Translations(compiled)
        merged = merged.merge(room) if isinstance(merged, Translations) else room
    return merged


def _(sentence: str, /, **facts: object) -> str:
    """The sentence in the spoken language, with its facts filled in (`%(name)s`)."""
    words = str(_translations(language()).ugettext(sentence))
    return _elided(words % facts) if facts else words


def _elided(words: str) -> str:
    """Italian: `fino all’11 ago 2028`, where the article meets the eighth or the eleventh."""
    return _BEFORE_A_VOWEL.sub(lambda found: _ARTICLES.get(found[1], f"{found[1]}l") + "’", words)


def ngettext(singular: str, plural: str, number: int, /, **facts: object) -> str:
    """The right plural; `%(num)s` is the number."""
    words = str(_translations(language()).ungettext(singular, plural, number))
    return _elided(words % {"num": number, **facts})


def pgettext(context: str, sentence: str, /, **facts: object) -> str:
    """The sentence in a context, where one English word has two Italian ones."""
    words = str(_translations(language()).upgettext(context, sentence))
    return _elided(words % facts) if facts else words


def teach(templates: Environment) -> None:
    """Templates speak as Python does: `{{ _('… %(day)s', day=…) }}`, facts escaped where the template escapes."""
    templates.add_extension("jinja2.ext.i18n")
    templates.install_gettext_callables(_, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    for name in ("gettext", "ngettext", "pgettext"):
        templates.globals[name] = _with_articles(templates.globals[name])


def _with_articles(fill: Any) -> Any:
    """Jinja fills the facts in itself; the article before them is put right afterwards, and what is escaped stays so."""

    @pass_context
    def said(context: Context, *words: Any, **facts: Any) -> Any:
        filled = fill(context, *words, **facts)
        return type(filled)(_elided(str(filled))) if facts else filled

    return said


class Later:
    """A sentence that is put into words when it is shown: for labels and messages written at import."""

    def __init__(self, sentence: str, facts: dict[str, object]) -> None:
        self._sentence, self._facts = sentence, facts

    def __str__(self) -> str:
        return _(self._sentence, **self._facts)

    def __mod__(self, facts: object) -> str:
        return str(self) % facts


def later(sentence: str, /, **facts: object) -> Later:
    """Like `_`, said in the language of whoever reads it."""
    return Later(sentence, facts)


def day(value: date) -> str:
    """`20 nov 2026`; an instant is read in Rome."""
    return format_date(_civil(value), _DAY[language()], locale=language())


def weekday(value: date) -> str:
    """`ven 20 nov 2026`; an instant is read in Rome."""
    return format_date(_civil(value), _WEEKDAY[language()], locale=language())


def moment(value: datetime) -> str:
    """`20 nov 2026, 10:41`, Rome time."""
    return f"{day(value)}, {clock_time(value)}"


def clock_time(value: datetime) -> str:
    """`10:41`, Rome time."""
    return format_time(value.astimezone(ROME).time(), "HH:mm", locale=language())


def money(cents: int, currency: str = "EUR") -> str:
    """`€ 56,00` in Italian, `€56.00` in English; cents are integers."""
    amount = Decimal(cents) / 100
    return format_currency(amount, currency, _MONEY[language()], locale=language())


def number(value: Decimal | int | float, places: int | None = None) -> str:
    """A figure with the language's decimal sign; `places` fixes the decimals."""
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, pattern, locale=language())


def country(code: str) -> str:
    """The country's name in the spoken language; the code itself when unknown."""
    return str(Locale(language()).territories.get(code, code))


def phone(number: str) -> str:
    """`+39 0823 513065` of `+390823513065`; what is no number stays as it is."""
    try:
        known = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(known, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def civil_day(value: datetime) -> date:
    """The day of an instant in Rome (R08)."""
    return value.astimezone(ROME).date()


def _civil(value: date) -> date:
    return civil_day(value) if isinstance(value, datetime) else value
