"""The label of the bag that an item travels the lab in: 62 × 29 mm, read at arm's length and by the scanner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportlab.lib.colors import white

from service_center.core.i18n import _, day, pgettext
from service_center.core.paper import Row, Sheet

SIZE = (62.0, 29.0)


@dataclass(frozen=True)
class BagLabel:
    """What the bag says; `groups` is the code in fours, `letter` the family's, `due_on` the promise."""

    groups: tuple[str, str, str]
    scan: str
    letter: str
    number: str = ""
    model: str = ""
    symptom: str = ""
    due_on: date | None = None
    safety: bool = False


def draw(facts: BagLabel, *, size: tuple[float, float] = SIZE) -> bytes:
    """The label as a PDF of one page."""
    sheet = Sheet(size, "-".join(facts.groups))
    width = size[0] - 31
    sheet.qr(0, 0.5, 28, facts.scan)
    sheet.text(29, 1.4, width, 9.5, Row(facts.groups[0], 21, bold=True))
    sheet.text(29, 8.4, width, 6, Row("-".join(facts.groups[1:]), 13, bold=True, floor=9))
    sheet.line(29, 14, width, 0.25)
    sheet.box(29.2, 15, 5.4, 4.2, thick=0.35)
    sheet.text(29.2, 15, 5.4, 4.7, Row(facts.letter, 9.5, bold=True), align="center")
    sheet.text(35.6, 14.9, width - 6.6, 5, Row(facts.symptom, 8.5, bold=True, floor=6.5))
    ends = _("by %(day)s", day=day(facts.due_on)) if facts.due_on else ""
    dated = " · ".join(part for part in (ends, facts.number) if part)
    room = width - 13.5 if facts.safety else width
    sheet.text(29, 19.6, room, 6.5, Row(facts.model, 7.2, floor=5.5), Row(dated, 7.2, floor=5))
    if facts.safety:
        _warn(sheet, size[0] - 14.5)
    return sheet.finished()


def _warn(sheet: Sheet, x: float) -> None:
    """White on black: hot or swollen, or somebody's skin reacted."""
    sheet.box(x, 20, 12.5, 6, filled=True)
    sheet.text(
        x + 0.5,
        20.1,
        11.5,
        5.8,
        Row("!", 7, bold=True),
        Row(pgettext("label", "SAFETY"), 7, bold=True, floor=5),
        align="center",
        ink=white,
    )
