"""A figure read off an instrument, as it is typed, pasted or scanned: with comma or point, with its unit or without."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from wtforms import StringField

from service_center.core.i18n import _
from service_center.tickets.wording.vocabulary import units

_READING = re.compile(r"([+\-−]?[0-9]{1,9}(?:[.,][0-9]{1,6})?)([^0-9.,+\-−].{0,9})?")


def parsed(typed: str) -> tuple[float, str] | None:
    """The figure and the unit that was written with it; None where it is no reading."""
    found = _READING.fullmatch("".join(typed.split()))
    return (float(found[1].replace(",", ".").replace("−", "-")), found[2] or "") if found else None


def suits(written: str, unit: str) -> bool:
    """Whether the unit that was written is the test's; none written is no other."""
    return not written or _plain(written) in {_plain(each) for each in units(unit)}


def _plain(unit: str) -> str:
    """As units are compared: instruments write the micro sign in three ways."""
    plain = unicodedata.normalize("NFKC", unit).casefold().strip(".")
    return f"μ{plain[1:]}" if plain[:1] == "u" else plain


class Reading(StringField):  # type: ignore[misc]
    """One reading; `value` is a float or None, `unit` the test's, where the form knows it."""

    value: float | None = None
    written = ""

    def __init__(self, *args: Any, unit: str = "", **kwargs: Any) -> None:
        self.unit = unit
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; raises ValueError with the sentence for the reader."""
        super().process_formdata(valuelist)
        self.value = None
        typed = str(self.data or "").strip()
        if not typed:
            return
        read = parsed(typed)
        if read is None:
            raise ValueError(_("Write the reading as a figure, for instance 1,55"))
        figure, self.written = read
        if self.unit and not suits(self.written, self.unit):
            raise ValueError(other_unit(self.unit))
        self.value = figure


def other_unit(unit: str) -> str:
    """What was written belongs to another test."""
    return _("This test is read in %(unit)s: write it in this unit.", unit=next(iter(units(unit))))
