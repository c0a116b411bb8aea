"""What is typed about parcels: what came out of one, and what goes into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import (
    FileField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Optional

from service_center.core.i18n import Later, _, later
from service_center.core.webforms import Count, Form, too_long
from service_center.lab.commands import Card, Deed
from service_center.lab.forms.bench import CHOOSE
from service_center.parcels.couriers.register import COURIERS
from service_center.tickets.checking import FOUND
from service_center.tickets.goods import accessories, accessories_of, zones_of
from service_center.tickets.services.bench import GRADES
from service_center.tickets.vocabulary import PhotoSubject
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Tampering

D = Deed
PHOTOS_AT_ARRIVAL = tuple(PhotoSubject(s) for s in ("parcel", "contents", "front", "back", "serial", "card"))


TAPES: dict[str, Later] = {
    "intact": later("Intact"),
    "broken": later("Broken"),
    "missing": later("Missing"),
}


class PhoneForm(Form):
    """What the phone photographs now."""

    subject = RadioField(later("What it shows"), [InputRequired(CHOOSE)])
    photos = MultipleFileField(later("Take a photo"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        subjects = (*PHOTOS_AT_ARRIVAL, PhotoSubject.DETAIL)
        self.subject.choices = [(each.value, words.photo_subject(each).capitalize()) for each in subjects]

    def without_a_picture(self, chosen: bool) -> PhoneForm:
        """Says that a picture is missing, where one is."""
        if not chosen:
            self.photos.errors = [*self.photos.errors, _("Take a photo first")]
        return self

    def done(self, seen: Sequence[str]) -> list[str]:
        """The subjects that were photographed already, in words."""
        return [str(word) for value, word in self.subject.choices if value in seen]


class UnannouncedForm(Form):
    """An item that nobody announced: who sent it, what it is, where it lies."""

    sender = StringField(
        later("Who sent it"), [DataRequired(later("Write who sent it: what stands on the parcel is enough")), Length(max=120, message=too_long(120))],
        description=later("As it stands on the parcel or on what lies in it."),
    )  # fmt: skip
    family = RadioField(later("What it is"), [InputRequired(CHOOSE)])
    shelf = StringField(later("Tray or shelf"), [Length(max=40, message=too_long(40))])
    number = StringField(later("Courier's number"), [Length(max=40, message=too_long(40))])

    def of(self, families: Iterable[str]) -> UnannouncedForm:
        """With the families of the house, a card for each."""
        self.family.choices = [
            SelectChoice(f, words.family(f), {"card": Card(D.WHAT, f).text(), "icon": words.family_icon(f)})
            for f in families
        ]
        return self


class UnpackForm(Form):
    """What came out of the parcel; grades and pictures are made by `unpack_form`."""

    accessories = SelectMultipleField(
        later("What came with it"), option_widget=widgets.CheckboxInput(), widget=widgets.ListWidget(prefix_label=False)
    )
    tape = RadioField(later("The parcel's tape"), [Optional(), AnyOf(list(TAPES))], validate_choice=False)
    tampering = SelectField(later("Marks of opening"), [InputRequired(CHOOSE)])
    water_mark = RadioField(later("“Water resistant” or ATM on the back"), [Optional()], default="unknown")
    serial = StringField(
        later("Serial number, as it stands on the item"), [Length(max=60, message=too_long(60))],
        description=later("By it an item that was here before is known again."),
    )  # fmt: skip
    seal_found = RadioField(later("Seal of the last visit"), [Optional()], validate_choice=False)
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


def tapes() -> list[SelectChoice]:
    """How the tape of a parcel can be, a card for each."""
    return [SelectChoice(each, str(word), {"card": Card(D.TAPE, each).text()}) for each, word in TAPES.items()]


def _grade_cards(zone: str, grade: str) -> str:
    """One card grades this zone, another every zone at once."""
    return f"{Card(D.GRADE, f'{zone}.{grade}').text()} {Card(D.GRADE, grade).text()}"


def unpack_form(family: str, *args: Any, **kwargs: Any) -> UnpackForm:
    """The form for one family: its zones, each with a grade, and the pictures to take."""
    zones = zones_of(family)
    fields: dict[str, Any] = {"zones": zones}
    for zone in zones:
        fields[f"grade_{zone}"] = RadioField(
            words.zone(zone).capitalize(),
            [Optional(), AnyOf(GRADES)],
            choices=[SelectChoice(g, g, {"card": _grade_cards(zone, g)}) for g in GRADES],
            validate_choice=False,
        )
    for subject in PHOTOS_AT_ARRIVAL:
        fields[f"photo_{subject.value}"] = FileField(words.photo_subject(subject).capitalize())
    form: UnpackForm = type("UnpackFormOf", (UnpackForm,), fields)(*args, **kwargs)
    form.tape.choices = tapes()
    offered = {*accessories_of(family), *(form.accessories.data or ())}
    form.accessories.choices = [
        SelectChoice(each, words.accessory(each), {"card": Card(D.CAME, each).text()})
        for each in accessories()
        if each in offered
    ]
    form.seal_found.choices = [(each, words.seal_found(each).capitalize()) for each in FOUND]
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
