"""What is typed to have a part kept for a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import StringField, ValidationError
from wtforms.validators import Length, NumberRange

from service_center.catalogue.models import Part
from service_center.core.i18n import later
from service_center.core.webforms import Count, Form, Needed, too_long
from service_center.lab.forms.bench import fitting, no_such_part


class AwaitForm(Form):
    """A part, scanned or typed, and when it comes if it is not in the house."""

    part = StringField(later("Part code"), [Needed(), Length(max=40, message=too_long(40))], id="awaited-part")
    quantity = Count(
        later("Quantity"), [Needed(), NumberRange(1, 50, message=later("Between 1 and 50"))], id="awaited-quantity"
    )
    when = StringField(later("When it comes"), [Length(max=120, message=too_long(120))], id="awaited-when")
    stock: Sequence[Part] = ()

    def offer(self, parts: Sequence[Part]) -> AwaitForm:
        """The parts that fit."""
        self.stock = parts
        return self

    def validate_part(self, field: Any) -> None:
        """It must be one that fits the item."""
        if self.chosen() is None:
            raise ValidationError(no_such_part(str(field.data)))

    def chosen(self) -> Part | None:
        """The part with the typed code."""
        return fitting(self.stock, self.part.data)
