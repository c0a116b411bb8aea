"""The words of the cards with which a parcel is unpacked: its tape, what came along, grades, what an unannounced item is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from service_center.core.house import house
from service_center.core.i18n import Later, _, later
from service_center.lab.commands import Card, Deed, named
from service_center.tickets.goods import accessories, zones
from service_center.tickets.services.bench import GRADES
from service_center.tickets.wording import vocabulary

D = Deed
TAPES: dict[str, Later] = {
    "intact": later("Tape intact"),
    "broken": later("Tape broken"),
    "missing": later("No tape"),
}


def label(card: Card) -> str:
    """What stands on such a card; its own value where the house knows none such."""
    if card.deed is D.GRADE:
        return _grade(card.value)
    known: dict[Deed, Iterable[str]] = {
        D.TAPE: TAPES,
        D.CAME: accessories(),
        D.WHAT: house().brand.goods.families,
    }
    words: dict[Deed, Callable[[str], str]] = {
        D.TAPE: lambda code: str(TAPES[code]), D.CAME: lambda code: _("With it: %(thing)s", thing=vocabulary.accessory(code)),
        D.WHAT: lambda code: _("It is: %(thing)s", thing=vocabulary.family(code)),
    }  # fmt: skip
    code = next((each for each in known[card.deed] if named(each) == card.value), None)
    return words[card.deed](code) if code is not None else card.value


def _grade(value: str) -> str:
    zone, _dot, grade = value.rpartition(".")
    if grade not in GRADES:
        return value
    if not zone:
        return _("Everything %(grade)s: %(words)s", grade=grade, words=vocabulary.grade(grade))
    code = next((each for each in zones() if named(each) == zone), None)
    return f"{vocabulary.zone(code).capitalize()} {grade}" if code else value


def cards() -> list[Card]:
    """All of them, in the order in which a parcel is unpacked."""
    return [
        *(Card(D.TAPE, each) for each in TAPES), *(Card(D.WHAT, each) for each in house().brand.goods.families),
        *(Card(D.CAME, each) for each in accessories()), *(Card(D.GRADE, each) for each in GRADES),
        *(Card(D.GRADE, f"{zone}.{grade}") for zone in zones() for grade in GRADES),
    ]  # fmt: skip
