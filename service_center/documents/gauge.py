"""The table of readings with its small drawings: where a value lay before and after, and whether it passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from service_center.core.i18n import _, pgettext
from service_center.core.paper import BOLD, HAIRLINE, INK, printable
from service_center.documents.layout import TONES, heading, space, table, words


@dataclass(frozen=True)
class Reading:
    """A test before and after; the figures are worded for the table and plain for the scale."""

    test: str
    limits: str
    before: str
    after: str
    passed: bool | None
    scale: tuple[float, float] | None = None
    low: float | None = None
    high: float | None = None
    values: tuple[float | None, float | None] = (None, None)


class Gauge(Flowable):
    """A scale with the allowed span as a bar, a ring for the value before and a triangle for the one after."""

    def __init__(
        self, scale: tuple[float, float], low: float | None, high: float | None, before: float | None, after: float | None
    ) -> None:  # fmt: skip
        super().__init__()
        self.scale, self.low, self.high, self.before, self.after = scale, low, high, before, after
        self.width, self.height = 25 * mm, 11.0

    def _place(self, value: float) -> float:
        first, last = self.scale
        return self.width * min(1.0, max(0.0, (value - first) / ((last - first) or 1)))

    def draw(self) -> None:
        canvas = self.canv
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(HAIRLINE)
        canvas.line(0, 4, self.width, 4)
        left = self._place(self.scale[0] if self.low is None else self.low)
        right = self._place(self.scale[1] if self.high is None else self.high)
        canvas.setFillColor(HexColor("#dcebd9"))
        canvas.setStrokeColor(HexColor("#4c8256"))
        canvas.rect(left, 2, max(right - left, 1), 4, fill=1)
        if self.before is not None:
            canvas.setFillColor(HexColor("#ffffff"))
            canvas.setStrokeColor(INK)
            canvas.circle(self._place(self.before), 4, 2, fill=1)
        if self.after is not None:
            self._triangle(self._place(self.after))

    def _triangle(self, x: float) -> None:
        path = self.canv.beginPath()
        path.moveTo(x, 3.5)
        path.lineTo(x - 2.8, 10)
        path.lineTo(x + 2.8, 10)
        path.close()
        self.canv.setFillColor(INK)
        self.canv.drawPath(path, stroke=0, fill=1)


class Passed(Flowable):
    """A tick or a cross, and the word."""

    def __init__(self, passed: bool, word: str) -> None:
        super().__init__()
        self.passed, self.word = passed, word
        self.width, self.height = 18 * mm, 11.0

    def draw(self) -> None:
        canvas, ink = self.canv, TONES["ok" if self.passed else "stop"]
        canvas.setStrokeColor(ink)
        canvas.setFillColor(ink)
        canvas.setLineWidth(1.4)
        ways = [(0, 4.5, 2.5, 1.5), (2.5, 1.5, 7.5, 8.5)] if self.passed else [(0.5, 1.5, 6.5, 8), (0.5, 8, 6.5, 1.5)]
        for way in ways:
            canvas.line(*way)
        canvas.setFont(BOLD, 8.5)
        canvas.drawString(11, 1.5, printable(self.word))


def readings_table(readings: Sequence[Reading], width: float) -> list[Flowable]:
    """The table with its title and what to know about it; nothing without readings."""
    if not readings:
        return []
    shares = [width * share for share in (0.235, 0.21, 0.115, 0.135, 0.02, 0.16, 0.125)]
    heads = (
        pgettext("paper", "Test"),
        pgettext("paper", "Limit"),
        pgettext("paper", "On arrival"),
        pgettext("paper", "At delivery"),
        "",
        pgettext("paper", "Scale"),
        pgettext("paper", "Result"),
    )
    rows = [
        (
            each.test, each.limits, each.before or "–", words(each.after or "–", 9, bold=True, right=True),
            "", Gauge(each.scale, each.low, each.high, *each.values) if each.scale else "",
            "–" if each.passed is None else Passed(each.passed, pgettext("paper", "passes") if each.passed else pgettext("paper", "fails")),
        )
        for each in readings
    ]  # fmt: skip
    told = (
        _("On the scale: the ring is the value on arrival, the triangle the one at delivery, the bar the limits."),
        _("A pressure test is true for its day: it does not promise that the item stays water resistant."),
    )
    return [
        *heading(pgettext("paper", "Readings")),
        table(heads, rows, shares, right=(1, 2, 3)),
        space(1),
        words(" ".join(told), 8, quiet=True),
    ]
