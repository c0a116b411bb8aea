"""The forms for the stock: a part, what arrived, what was counted, the whole list as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import FileField, SelectMultipleField, StringField
from wtforms.validators import Length, NumberRange

from service_center.catalogue.models import Part
from service_center.catalogue.parts import MOST_REORDER, PartSaid
from service_center.catalogue.stock import MOST_PIECES
from service_center.core.i18n import later
from service_center.core.webforms import Count, Form, Money, Needed, too_long
from service_center.tickets.wording.vocabulary import family


class PartFacts(Form):
    """A part as the list has it."""

    code = StringField(later("Code"), [Needed(), Length(max=40, message=too_long(40))])
    name = StringField(later("Name"), [Needed(), Length(max=120, message=too_long(120))])
    families = SelectMultipleField(later("Fits"), [Needed()])
    price = Money(later("Price with VAT"), [Needed(), Length(max=20, message=too_long(20))])
    reorder_at = Count(
        later("Reorder below"), [NumberRange(0, MOST_REORDER, message=later("Between 0 and 10,000"))],
        description=later("Pieces that should be free at least."), default=0,
    )  # fmt: skip
    place = StringField(later("Place"), [Length(max=40, message=too_long(40))], description=later("Drawer or box."))

    def offer(self, families: Sequence[str]) -> PartFacts:
        """The families of the terms."""
        self.families.choices = [(each, family(each)) for each in families]
        return self

    def said(self) -> PartSaid:
        """What was typed."""
        return PartSaid(
            self.code.data, self.name.data, tuple(self.families.data or ()), self.price.cents or 0, self.reorder_at.data or 0, self.place.data or ""
        )  # fmt: skip


def known(part: Part) -> dict[str, Any]:
    """A part's own facts, for its form."""
    return {
        "code": part.code, "name": part.name, "families": part.families, "price": f"{part.price_cents // 100},{part.price_cents % 100:02d}",
        "reorder_at": part.reorder_at, "place": part.place,
    }  # fmt: skip


class ArrivalForm(Form):
    """Pieces that came in: scanned or typed."""

    part = StringField(later("Part code"), [Needed(), Length(max=40, message=too_long(40))])
    quantity = Count(
        later("Quantity"), [Needed(), NumberRange(1, MOST_PIECES, message=later("Between 1 and 100,000"))], default=1
    )
    note = StringField(later("Delivery note"), [Length(max=200, message=too_long(200))])


class CountForm(Form):
    """What somebody counted in the drawer, and why it differs."""

    counted = Count(
        later("Pieces counted"), [Needed(), NumberRange(0, MOST_PIECES, message=later("Between 0 and 100,000"))]
    )
    reason = StringField(later("Reason"), [Needed(), Length(max=200, message=too_long(200))])


class PartsTable(Form):
    """The whole list as a table."""

    table = FileField(later("Table (CSV)"))
