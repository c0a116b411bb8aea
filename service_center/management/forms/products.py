"""The forms for the range: one model, or the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, FileField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from service_center.catalogue.models import Model
from service_center.catalogue.queries import Test
from service_center.catalogue.services import Described
from service_center.core.i18n import later
from service_center.core.webforms import Form, Money, Needed, too_long
from service_center.tickets.reading_forms import Reading
from service_center.tickets.wording.vocabulary import bench_test, family


class ModelForm(Form):
    """A model as the brand's list has it."""

    code = StringField(later("Code"), [Needed(), Length(max=40, message=too_long(40))])
    name = StringField(later("Name"), [Needed(), Length(max=120, message=too_long(120))])
    family = SelectField(later("What it is"), [Needed()])
    ean = StringField(
        later("EAN"), [Length(max=13, message=too_long(13))], description=later("13 figures, as below the bars.")
    )
    list_price = Money(later("List price with VAT"), [Length(max=20, message=too_long(20))])
    functions = TextAreaField(
        later("What it can do"), [Length(max=2000, message=too_long(2000))],
        description=later("One function a line, always in the same words: a replacement is compared by them."),
    )  # fmt: skip
    water_mark = BooleanField(later("“Water resistant” or 3 ATM stands on its back"))
    current = BooleanField(later("In the range: may be offered as a replacement"))

    def offer(self, families: Sequence[str]) -> ModelForm:
        """The families of the terms."""
        self.family.choices = [(each, family(each)) for each in families]
        return self

    def described(self) -> Described:
        """What was typed."""
        return Described(
            self.code.data, self.name.data, self.family.data, self.ean.data or "", bool(self.water_mark.data), self.list_price.cents,
            bool(self.current.data), tuple((self.functions.data or "").splitlines()),
        )  # fmt: skip


def known(model: Model) -> dict[str, Any]:
    """A model's own facts, for its form."""
    price = model.list_price_cents
    return {
        "code": model.code, "name": model.name, "family": model.family, "ean": model.ean or "", "water_mark": model.water_mark, "current": model.current,
        "list_price": f"{price // 100},{price % 100:02d}" if price is not None else "", "functions": "\n".join(model.functions),
    }  # fmt: skip


def limits_form(tests: Mapping[str, Test], *args: Any, **kwargs: Any) -> Form:
    """A lower and an upper limit for each test of a model's family; empty: the house's own."""
    fields = {
        f"{end}_{name}": Reading(bench_test(name), [Length(max=20, message=too_long(20))], unit=test.unit)
        for name, test in tests.items()
        for end in ("low", "high")
    }
    form: Form = type("LimitsForm", (Form,), fields)(*args, **kwargs)
    return form


def typed_limits(form: Form, tests: Iterable[str]) -> dict[str, tuple[float | None, float | None]]:
    """What was typed."""
    return {name: (form[f"low_{name}"].value, form[f"high_{name}"].value) for name in tests}


def known_limits(model: Model, tests: Iterable[str]) -> dict[str, Any]:
    """A model's own limits, for their form."""
    own = {name: model.limits[name] for name in tests if name in model.limits}
    ends = {f"{end}_{name}": pair[place] for name, pair in own.items() for place, end in enumerate(("low", "high"))}
    return {name: f"{figure:g}".replace(".", ",") for name, figure in ends.items() if figure is not None}


class TableForm(Form):
    """The whole range as a table."""

    table = FileField(later("Table (CSV)"))
