"""Today in one screen."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for

from service_center.accounts.access import managers
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.workdays import due
from service_center.management.queries import complaints as complaint_queries
from service_center.management.queries import overview as queries
from service_center.management.queries.decisions import desk
from service_center.management.views.room import room
from service_center.management.wording.complaints import row as complaint_row
from service_center.management.wording.decisions import row as case_row
from service_center.tickets.wording.statuses import status
from service_center.tickets.wording.vocabulary import family, symptom

SOON, CASES = 2, 8


@room.get("/")
@managers
def overview() -> Any:
    """Today in one screen."""
    session, today = reading(), house().today()
    soon = due(today, SOON, closures=house().brand.closures)
    lists = [
        (_("Safety"), "flag", _("No safety flag is open."), *_shown(queries.unsafe(session)), _("The whole register"), url_for("management.safety")),
        (_("Late"), "alert", _("Nothing is over its promise."), *_shown(queries.late(session, today=today)), _("The whole list"), url_for("management.late", when="late", on="lab")),
        (_("About to be late"), "clock", _("Nothing is due in the next two working days."), *_shown(queries.due_by(session, today=today, day=soon)), _("The whole list"), url_for("management.late", when="soon", on="lab")),
    ]  # fmt: skip
    decisions = desk(session)
    complaints = complaint_queries.due_soon(session, until=soon)
    return render_template(
        "management/overview.html",
        complaints=[complaint_row(line, today=today) for line in complaints],
        cases=[case_row(case, now=house().now()) for case in decisions[:CASES]],
        decisions_open=len(decisions),
        lists=lists,
        open_count=queries.open_count(session),
    )


def _shown(found: tuple[int, list[queries.Line]]) -> tuple[int, list[dict[str, Any]]]:
    """How many, and those of the page in words."""
    return found[0], [_line(line) for line in found[1]]


def _line(line: queries.Line) -> dict[str, Any]:
    """A ticket in a list, in words."""
    return {
        "code": line.code, "family": family(line.family), "status": status(line.status, (), reader="lab"), "due_on": line.due_on,
        "url": url_for("management.safety_report", report_id=line.report_id) if line.report_id else url_for("lab.ticket", code=line.code),
        "symptom": ", ".join(symptom(each) for each in line.symptoms), "since": line.since,
    }  # fmt: skip
