"""Forms speak the reader's language, tidy what is typed and keep it."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired

from service_center.core.i18n import later, speaking
from service_center.core.webforms import DateParts, Form


class Purchase(Form):
    shop = StringField(later("Search"), [InputRequired()])
    words = TextAreaField("Words")
    secret = PasswordField("Secret")
    bought_on = DateParts("Bought on")


def typed(**fields: str | list[str]) -> Purchase:
    return Purchase(
        MultiDict([(name, v) for name, value in fields.items() for v in ([value] if isinstance(value, str) else value)])
    )


def test_a_label_is_said_in_the_language_of_whoever_reads() -> None:
    form = typed()
    with speaking("en"):
        assert str(form.shop.label.text) == "Search"
    with speaking("it"):
        assert str(form.shop.label.text) == "Cerca"


def test_the_library_s_own_messages_are_in_the_language_too() -> None:
    with speaking("it"):
        form = typed(shop="")
        assert not form.validate()
        assert form.shop.errors == ["Questo campo è obbligatorio."]


def test_blanks_and_nul_go_but_secrets_stay_as_typed() -> None:
    form = typed(shop="  Bari\x00 ", words=" a\nb ", secret=" x ")
    assert (form.shop.data, form.words.data, form.secret.data) == ("Bari", "a\nb", " x ")


@pytest.mark.parametrize(
    ("field", "length", "good"),
    [("shop", 200, True), ("shop", 201, False), ("words", 4000, True), ("words", 4001, False)],
)
def test_text_is_bounded(field: str, length: int, good: bool) -> None:
    form = typed(**{"shop": "x", field: "à" * length})
    assert form.validate() is good
    assert len(form[field].data) == length


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        (["14", "3", "2025"], date(2025, 3, 14)),
        ([" 29", "02", "24 "], date(2024, 2, 29)),
        (["2025-03-04"], date(2025, 3, 4)),
        (["", "", ""], None),
    ],
)
def test_a_date_in_three_boxes(parts: list[str], day: date | None) -> None:
    form = typed(shop="x", bought_on=parts)
    assert form.validate(), form.errors
    assert form.bought_on.data == day


@pytest.mark.parametrize(
    "parts",
    [
        ["31", "2", "2025"],
        ["0", "1", "2025"],
        ["14", "marzo", "2025"],
        ["14", "3"],
        ["1", "1", "99999"],
        ["²", "1", "2025"],
        ["", "3", "2025"],
        ["9" * 5000, "1", "2025"],
        ["1", "1", "0", "7"],
    ],
)
def test_an_impossible_date_is_refused_and_stays_in_its_boxes(parts: list[str]) -> None:
    form = typed(shop="x", bought_on=parts)
    assert not form.validate()
    assert len(form.bought_on.errors) == 1
    assert form.bought_on.data is None
    assert form.bought_on.parts == tuple(([part.strip()[:10] for part in parts] + ["", ""])[:3])


def test_a_known_date_is_shown_in_its_boxes() -> None:
    assert Purchase(data={"bought_on": date(2025, 3, 4)}).bought_on.parts == ("4", "3", "2025")
