"""A safety report as the bench reads it."""

from __future__ import annotations

from dataclasses import dataclass

from service_center.core.i18n import _, moment
from service_center.tickets.models import SafetyReport
from service_center.tickets.safety_forms import KeptForm
from service_center.tickets.wording import hazards


@dataclass(frozen=True)
class ReportWords:
    """One report: what, since when, what to do, and the form for its place while it is open."""

    id: int
    hazard: str
    facts: list[tuple[str, str]]
    advice: list[str]
    open: bool
    form: KeptForm


def report(found: SafetyReport, typed: KeptForm | None) -> ReportWords:
    """A report in words; `typed` is what was refused just now."""
    told = [
        (_("Flagged"), ", ".join((moment(found.flagged_at), hazards.who(found.flagged_by)))),
        (_("Description"), found.words),
        (_("Somebody was hurt"), _("yes") if found.injury else ""),
        (_("Lies apart in"), found.place),
        (_("Ended"), ", ".join((moment(found.ended_at), hazards.ending(found.ending))) if found.ended_at else ""),
        (_("Reason"), found.outcome),
    ]
    form = typed or KeptForm(data={"place": found.place, "lot": found.lot, "injury": found.injury})
    return ReportWords(
        found.id, hazards.hazard(found.hazard), [(word, value) for word, value in told if value], hazards.advice(found.hazard), found.ended_at is None, form
    )  # fmt: skip
