"""What a quote proposes: a line for each finding that the guarantee does not cover."""

from __future__ import annotations

from typing import Any

from service_center.core.house import House
from service_center.core.i18n import _, speaking
from service_center.lab.queries.sheet import Sheet
from service_center.tickets.models import Finding, Ticket
from service_center.tickets.wording import verdicts
from service_center.tickets.wording import vocabulary as words

USUAL_DAYS = 5


def unpaid(ticket: Ticket) -> list[Finding]:
    """The findings that somebody has to pay for."""
    return [found for found in ticket.findings if found.outcome == "NOT_COVERED"]


def proposal(sheet: Sheet, *, house: House) -> dict[str, Any]:
    """The form's first lines, in the customer's language, with the prices that are known."""
    found = unpaid(sheet.ticket)
    tariff = house.brand.catalogue.get("tariff", {})
    fitted = (
        sum(part.price_cents * part.quantity for part in sheet.parts_used)
        if len(found) == len(sheet.ticket.findings) == 1
        else 0
    )
    data: dict[str, Any] = {"days_needed": USUAL_DAYS}
    with speaking(sheet.ticket.language):
        for number, finding in enumerate(found[:6]):
            data[f"text_{number}"] = _what(finding)
            cents = tariff.get(finding.action, 0) + fitted
            data[f"amount_{number}"] = f"{cents // 100},{cents % 100:02d}" if cents else ""
    return data


def _what(finding: Finding) -> str:
    if not finding.action:
        return words.component(finding.component)
    return _(
        "%(component)s: %(work)s", component=words.component(finding.component), work=words.work(finding.action).lower()
    )


def denied(sheet: Sheet) -> list[verdicts.VerdictWords]:
    """Why each of them is not covered."""
    return [verdicts.finding(found, sheet.verdict.record, reader="lab") for found in unpaid(sheet.ticket)]


def covered(sheet: Sheet) -> list[verdicts.VerdictWords]:
    """What is repaired all the same, whatever the answer."""
    rows = (found for found in sheet.ticket.findings if found.outcome == "COVERED")
    return [verdicts.finding(found, sheet.verdict.record, reader="lab") for found in rows]
