"""Time on the bench in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service_center.core.i18n import _
from service_center.management.queries.bench_time import Spent
from service_center.tickets.wording.time import duration
from service_center.tickets.wording.vocabulary import family, work


@dataclass(frozen=True)
class SpentWords:
    """A row: what was repaired, what was done, on how many tickets, how long in all and on each."""

    item: str
    works: str
    tickets: int
    total: str
    each: str


def rows(found: Iterable[Spent]) -> list[SpentWords]:
    """The table, as it is printed."""
    return [
        SpentWords(
            f"{family(each.family)} {each.model}".strip(), ", ".join(map(work, each.works)) or _("nothing noted"),
            each.tickets, duration(each.total), duration(each.each),
        )
        for each in found
    ]  # fmt: skip
