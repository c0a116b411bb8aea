"""The list of late repairs in words: whose turn it is, since when, and in whose hands the item is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from service_center.core.house import House
from service_center.core.i18n import Later, _, later, ngettext
from service_center.core.workdays import due
from service_center.management.queries.late import Line, Turn
from service_center.tickets.custody import Holder
from service_center.tickets.lifecycle import Whom
from service_center.tickets.wording import custody, statuses
from service_center.tickets.wording.vocabulary import family

TURNS: dict[Turn, Later] = {
    Turn.LAB: later("The lab"),
    Turn.CUSTOMER: later("The customer"),
    Turn.SHOP: later("The shop"),
    Turn.SUPPLIER: later("A part"),
    Turn.MANAGER: later("A manager’s decision"),
    Turn.NOBODY: later("Force majeure"),
}
WHEN: dict[str, Later] = {"": later("Both"), "late": later("Late"), "soon": later("About to be late")}


@dataclass(frozen=True)
class Row:
    """A ticket as the template prints it."""

    code: str
    item: str
    shop: str
    due_on: date
    late: str
    soon: str
    status: statuses.Badge
    safety: bool
    turn: str
    wait: statuses.Badge | None
    since: datetime
    days: str
    holder: str
    worker: str
    place: str


def row(line: Line, *, house: House) -> Row:
    """One line."""
    since = (house.now() - line.since).days
    # Nobody’s turn is said by its own word already.
    told = line.wait is not None and line.turn is not Turn.NOBODY
    wait = statuses.wait(line.wait, Whom.NOBODY, reader="shop") if line.wait and told else None
    return Row(
        line.code, " ".join((family(line.family), line.model)).strip(), line.shop, line.due_on, _late(line), "" if line.late_by else _soon(line, house),
        statuses.status(line.status, (), reader="lab"), line.safety, str(TURNS[line.turn]), wait, line.since,
        ngettext("for %(num)s day", "for %(num)s days", since) if since else _("since today"),
        _holder(line), line.worker, line.place,
    )  # fmt: skip


def _holder(line: Line) -> str:
    known = {each.value for each in Holder}
    return custody.holder(line.holder, "", reader="lab") if line.holder in known else ""


def _late(line: Line) -> str:
    return ngettext("%(num)s working day late", "%(num)s working days late", line.late_by) if line.late_by else ""


def _soon(line: Line, house: House) -> str:
    if line.due_on <= house.today():
        return _("due today")
    next_day = due(house.today(), 1, closures=house.brand.closures)
    return _("due on the next working day") if line.due_on <= next_day else _("due in two working days")


def chosen(found: Sequence[Line], when: str, turn: str) -> list[Line]:
    """Those that both filters let through."""
    return [line for line in found if _in_time(line, when) and turn in ("", line.turn.value)]


def _in_time(line: Line, when: str) -> bool:
    return when not in ("late", "soon") or (when == "late") == bool(line.late_by)


def tabs(found: Sequence[Line], when: str, turn: str, url: Callable[..., str]) -> list[tuple[str, int, str, bool, bool]]:  # fmt: skip
    """Late, about to be late, and all, with their figures."""
    return [
        (str(word), sum(_in_time(line, name) for line in found), url(when=name or None, on=turn or None), name == when, name == "late")
        for name, word in WHEN.items()
    ]  # fmt: skip


def chips(found: Sequence[Line], when: str, turn: str, url: Callable[..., str]) -> list[tuple[str, str, bool]]:
    """On whom it waits: those that occur, with their figures."""
    counted = [(each, sum(line.turn is each for line in found if _in_time(line, when))) for each in Turn]
    return [
        (f"{TURNS[each]} {number}", url(when=when or None, on=None if each.value == turn else each.value), each.value == turn)
        for each, number in counted
        if number or each.value == turn
    ]  # fmt: skip
