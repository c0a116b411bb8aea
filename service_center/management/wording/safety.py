"""The safety register in words: a line, a report to print, and the columns that an authority asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from service_center.core.i18n import _, civil_day, day, moment
from service_center.management.queries.safety import Alarm, Entry
from service_center.tickets.codes import grouped
from service_center.tickets.hazards import grounded
from service_center.tickets.wording import hazards, vocabulary
from service_center.tickets.wording.statuses import Badge, status

_CONTACT = r"[^\s@]+@[^\s@]+|\+?\d[\d ./-]{6,}\d"


@dataclass(frozen=True)
class Row:
    """A line of the register."""

    id: int
    code: str
    item: str
    serial: str
    hazard: str
    flagged: str
    by: str
    state: Badge
    place: str
    injury: bool


def row(entry: Entry) -> Row:
    """A line of the register."""
    report = entry.report
    return Row(
        report.id, entry.code, _item(entry), ", ".join(each for each in (entry.serial, report.lot) if each), hazards.hazard(report.hazard),
        moment(report.flagged_at), hazards.who(report.flagged_by), state(entry), report.place, report.injury,
    )  # fmt: skip


def state(entry: Entry) -> Badge:
    """Open, kept apart, or what became of it."""
    report = entry.report
    if report.ended_at is not None:
        return Badge(hazards.ending(report.ending), "rest", "check")
    return Badge(_("kept apart"), "part", "flag") if report.place else Badge(_("open"), "stop", "flag")


def _item(entry: Entry) -> str:
    return " ".join(each for each in (vocabulary.family(entry.family), entry.model, entry.model_name) if each)


def alarm(found: Alarm) -> str:
    """An alarm as a sentence."""
    return _(
        "%(model)s: %(number)s times “%(hazard)s” within ninety days.",
        model=found.model, number=found.number, hazard=hazards.hazard(found.hazard),
    )  # fmt: skip


def facts(entry: Entry) -> list[tuple[str, str]]:
    """The report, for the screen and for the authority."""
    report = entry.report
    told = [
        (_("Hazard"), hazards.hazard(report.hazard)),
        (_("Item"), _item(entry)),
        (_("Serial number"), entry.serial or _("not known")),
        (_("Lot or code of production"), report.lot or _("not known")),
        (_("Bought on"), day(entry.purchased_on) if entry.purchased_on else _("not known")),
        (_("Flagged"), ", ".join((moment(report.flagged_at), hazards.who(report.flagged_by)))),
        (_("Alerted"), report.alerted),
        (_("Somebody was hurt"), _("yes") if report.injury else _("no, as far as is known")),
        (_("Description"), report.words),
        (_("Kept apart"), _apart(entry)),
        (_("Ended"), ", ".join((moment(report.ended_at), entry.ended_by)) if report.ended_at else _("not yet")),
        (_("What became of it"), hazards.ending(report.ending)),
        (_("Reason"), report.outcome),
        (_("Way back"), _way_back(entry)),
        (_("Where the repair stands"), status(entry.status, (), reader="lab").word),
    ]
    return [(word, value) for word, value in told if value]


def _apart(entry: Entry) -> str:
    report = entry.report
    since = ", ".join((moment(report.isolated_at), entry.isolated_by)) if report.isolated_at else ""
    return ", ".join(each for each in (report.place, since) if each) or _("not noted")


def _way_back(entry: Entry) -> str:
    report = entry.report
    if report.ended_at is None:
        return _("No label and no courier while the flag is up.")
    if grounded(report.hazard, report.ending):
        return _("On the ground alone: the battery may be damaged.")
    return _("By any courier.")


def columns() -> list[str]:
    """The head of the spreadsheet."""
    return [
        _("Report"), _("Ticket"), _("Kind"), _("Model"), _("Name of the model"), _("Serial number"), _("Lot or code of production"), _("Hazard"),
        _("Flagged on"), _("Bought on"), _("Somebody was hurt"), _("Description"), _("Kept apart since"), _("Kept apart in"), _("Ended on"),
        _("What became of it"), _("Measures"),
    ]  # fmt: skip


def cells(found: Iterable[Entry]) -> list[list[str]]:
    """The register without a word about any customer."""
    return [_cells(each) for each in found]


def _cells(entry: Entry) -> list[str]:
    report = entry.report
    return [
        str(report.id), grouped(entry.code), vocabulary.family(entry.family), entry.model, entry.model_name, entry.serial, report.lot,
        hazards.hazard(report.hazard), civil_day(report.flagged_at).isoformat(), entry.purchased_on.isoformat() if entry.purchased_on else "",
        _("yes") if report.injury else _("no"), _nobody(report.words, entry.customer), civil_day(report.isolated_at).isoformat() if report.isolated_at else "", report.place,
        civil_day(report.ended_at).isoformat() if report.ended_at else "", hazards.ending(report.ending), _nobody(report.outcome, entry.customer),
    ]  # fmt: skip


def _nobody(words: str, customer: str) -> str:
    """Somebody's words without names, addresses and numbers that lead to the customer."""
    names = [re.escape(part) for part in customer.split() if len(part) > 2]
    pattern = "|".join((_CONTACT, *(rf"\b{name}\b" for name in names)))
    return re.sub(pattern, "…", words, flags=re.IGNORECASE)
