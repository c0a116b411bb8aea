"""What is typed at the bench: findings, decisions, readings, parts, words, places, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import (
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Length, NumberRange, Optional

from service_center.catalogue.models import Part
from service_center.catalogue.queries import Test
from service_center.core.goods import ListedCheck
from service_center.core.i18n import _, later
from service_center.core.webforms import Count, Form, Needed, too_long
from service_center.lab.forms.checks import check_fields
from service_center.tickets.goods import actions_for, symptoms_for
from service_center.tickets.models import Ticket
from service_center.tickets.reading_forms import Reading, other_unit, suits
from service_center.tickets.services.bench import OLD_PARTS, PHASES
from service_center.tickets.vocabulary import PhotoSubject
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.terms import Terms

CHOOSE = later("Choose one")
NEEDED = later("Fill this in")


class FindingForm(Form):
    """Symptom, component, cause, work: the verdict follows."""

    symptom = SelectField(later("Symptom"), [Needed()])
    component = SelectField(later("Component"), [Needed()])
    cause = SelectField(later("Cause"), [Needed()])
    work = SelectField(later("Work"), [Optional()], default="")
    note = StringField(later("Note"), [Length(max=500, message=too_long(500))], id="finding-note")

    def offer(self, ticket: Ticket, terms: Terms) -> FindingForm:
        """What an item of this family can show, and what can have failed in it."""
        family = ticket.item.family
        parts = terms.families.get(family, ())
        causes = dict.fromkeys(cause for part in parts for cause in terms.causes_of(family, part))
        blank = ("", "–")
        self.symptom.choices = [blank, *((s, f"{s} {words.symptom(s)}") for s in symptoms_for(parts))]
        self.component.choices = [blank, *sorted(((p, words.component(p)) for p in parts), key=lambda each: each[1])]
        self.cause.choices = [blank, *((c.value, f"{words.cause_code(c)} {words.cause(c)}") for c in causes)]
        self.work.choices = [blank, *((a, f"{a} {words.work(a)}") for a in actions_for(parts))]
        return self


class MeasureForm(Form):
    """One reading."""

    test = SelectField(later("Test"), [Needed()])
    phase = RadioField(later("When"), [Needed()])
    value = Reading(later("Reading"), [Needed(), Length(max=20, message=too_long(20))])
    tests: Mapping[str, Test] = {}

    def validate_value(self, field: Any) -> None:
        """Blanks are no reading."""
        if field.value is None:
            raise ValidationError(str(NEEDED))
        test = self.tests.get(self.test.data)
        if test is not None and not suits(field.written, test.unit):
            raise ValidationError(other_unit(test.unit))

    def offer(self, tests: Mapping[str, Test]) -> MeasureForm:
        """The tests of the item."""
        self.tests = tests
        self.test.choices = [
            (name, f"{words.bench_test(name)} ({words.unit(test.unit)})") for name, test in tests.items()
        ]
        self.phase.choices = [(phase, _("before") if phase == PHASES[0] else _("after")) for phase in PHASES]
        return self


def fitting(stock: Sequence[Part], typed: str | None) -> Part | None:
    """The part with the typed code among those that fit."""
    plain = str(typed or "").strip().upper()
    return next((part for part in stock if part.code.upper() == plain), None)


def no_such_part(typed: str) -> str:
    """What was scanned fits no item of this kind."""
    return _("No part “%(code)s” fits this item: scan it again, or look at the list.", code=typed[:40])


class PartForm(Form):
    """A part that goes in, scanned or typed, and what becomes of the old one."""

    part = StringField(later("Part code"), [Needed(), Length(max=40, message=too_long(40))])
    quantity = Count(later("Quantity"), [Needed(), NumberRange(1, 50, message=later("Between 1 and 50"))])
    old_part = SelectField(later("The old part"), [Needed()])
    stock: Sequence[Part] = ()

    def offer(self, parts: Sequence[Part]) -> PartForm:
        """The parts that fit, for suggestions and for the check."""
        self.stock = parts
        self.old_part.choices = [(code, words.old_part(code)) for code in OLD_PARTS]
        return self

    def validate_part(self, field: Any) -> None:
        """It must be one that fits the item."""
        if self.chosen() is None:
            raise ValidationError(no_such_part(str(field.data)))

    def chosen(self) -> Part | None:
        """The part with the typed code."""
        return fitting(self.stock, self.part.data)


class NoteForm(Form):
    """Words between colleagues."""

    note = TextAreaField(
        later("Note for colleagues"), [Needed(), Length(max=4000, message=too_long(4000))], id="new-note"
    )


class MessageForm(Form):
    """Words to the customer or the shop."""

    text = TextAreaField(later("Message"), [Needed(), Length(max=4000, message=too_long(4000))])


class PlaceForm(Form):
    """Where it lies."""

    place = StringField(later("Tray or shelf"), [Length(max=40, message=too_long(40))])


class PhotoForm(Form):
    """Pictures from the bench."""

    photos = MultipleFileField(later("Photos"))
    subject = SelectField(later("What they show"), [Needed()])

    def offer(self) -> PhotoForm:
        """What a picture may show."""
        self.subject.choices = [(s.value, words.photo_subject(s)) for s in PhotoSubject]
        return self


def quality_form(tests: Iterable[tuple[str, Test]], lines: Iterable[ListedCheck], *args: Any, **kwargs: Any) -> Form:
    """A reading for each test of the item, an answer for each line of the check list, and words for a failure."""
    fields: dict[str, Any] = {
        f"reading_{name}": Reading(words.bench_test(name), [Length(max=20, message=too_long(20))], unit=test.unit)
        for name, test in tests
    } | check_fields(lines)
    fields["note"] = TextAreaField(later("Note"), [Length(max=2000, message=too_long(2000))])
    form: Form = type("QualityForm", (Form,), fields)(*args, **kwargs)
    return form
