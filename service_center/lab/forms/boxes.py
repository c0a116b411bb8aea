"""What is typed about parcels: what came out of one, and what goes into one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import (
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional

from service_center.core.i18n import _, later
from service_center.core.webforms import Count, Form, too_long
from service_center.lab.forms.bench import CHOOSE
from service_center.parcels.couriers.register import COURIERS
from service_center.tickets.goods import accessories, zones_of
from service_center.tickets.services.bench import GRADES
from service_center.tickets.vocabulary import PhotoSubject
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Tampering

PHOTOS_AT_ARRIVAL = tuple(PhotoSubject(s) for s in ("parcel", "contents", "front", "back", "serial", "card"))


class UnpackForm(Form):
    """What came out of the parcel; grades and pictures are made by `unpack_form`."""

    accessories = SelectMultipleField(
        later("What came with it"), option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )
    tampering = SelectField(later("Marks of opening"), [InputRequired(CHOOSE)])
    water_mark = RadioField(later("“Water resistant” or ATM on the back"), [Optional()], default="unknown")
    serial = StringField(
        later("Serial number, as it stands on the item"), [Length(max=60, message=too_long(60))],
        description=later("By it an item that was here before is known again."),
    )  # fmt: skip
    place = StringField(later("Tray or shelf"), [Length(max=40, message=too_long(40))])
    remark = TextAreaField(
        later("Remark for the sender"), [Length(max=2000, message=too_long(2000))],
        description=later("A damage or something missing: the sender reads it at once."),
    )  # fmt: skip
    note = TextAreaField(later("Note for colleagues"), [Length(max=2000, message=too_long(2000))])
    zones: tuple[str, ...] = ()

    @property
    def grades(self) -> list[Any]:
        """One question a zone."""
        return [self[f"grade_{zone}"] for zone in self.zones]

    @property
    def pictures(self) -> list[Any]:
        """One picture a subject."""
        return [self[f"photo_{subject.value}"] for subject in PHOTOS_AT_ARRIVAL]

    def condition(self) -> dict[str, str]:
        """The grades that were given."""
        return {zone: self[f"grade_{zone}"].data for zone in self.zones if self[f"grade_{zone}"].data}

    def mark(self) -> bool | None:
        """What stands on the back; None where nobody could tell."""
        return {"yes": True, "no": False}.get(str(self.water_mark.data))


def unpack_form(family: str, *args: Any, **kwargs: Any) -> UnpackForm:
    """The form for one family: its zones, each with a grade, and the pictures to take."""
    zones = zones_of(family)
    fields: dict[str, Any] = {"zones": zones}
    for zone in zones:
        fields[f"grade_{zone}"] = RadioField(
            words.zone(zone).capitalize(),
            [Optional(), AnyOf(GRADES)],
            choices=[SelectChoice(g, g) for g in GRADES],
            validate_choice=False,
        )
    for subject in PHOTOS_AT_ARRIVAL:
        fields[f"photo_{subject.value}"] = FileField(words.photo_subject(subject).capitalize())
    form: UnpackForm = type("UnpackFormOf", (UnpackForm,), fields)(*args, **kwargs)
    form.accessories.choices = [(each, words.accessory(each)) for each in accessories()]
    form.tampering.choices = [(each.value, words.tampering(each)) for each in Tampering]
    form.water_mark.choices = [("yes", _("Yes")), ("no", _("No")), ("unknown", _("Cannot tell"))]
    return form


class BookForm(Form):
    """One parcel: which tickets, by whom, how heavy."""

    codes = SelectMultipleField(
        later("In this parcel"), [InputRequired(later("Choose at least one ticket"))],
        option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False),
    )  # fmt: skip
    courier = SelectField(later("Courier"), [InputRequired(CHOOSE)])
    weight = Count(
        later("Weight in grams"), [Optional(), NumberRange(1, 70_000, message=later("Between 1 and 70,000 grams"))]
    )

    def offer(self, codes: Iterable[str]) -> BookForm:
        """The tickets that may travel together."""
        self.codes.choices = [(code, code) for code in codes]
        self.courier.choices = [(courier.code, courier.name) for courier in COURIERS.values()]
        return self
