"""Today in one screen."""

from __future__ import annotations

from typing import Any

from flask import render_template

from service_center.accounts.access import managers
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.workdays import due
from service_center.management.queries import complaints as complaint_queries
from service_center.management.queries import overview as queries
from service_center.management.views.room import room
from service_center.management.wording.complaints import row as complaint_row
from service_center.tickets.wording.statuses import status
from service_center.tickets.wording.vocabulary import family, symptom

SOON = 2


@room.get("/")
@managers
def overview() -> Any:
    """Today in one screen."""
    session, today = reading(), house().today()
    lists = [
        (_("To decide"), "ask", _("Nothing waits for your decision."), queries.to_decide(session)),
        (_("Safety"), "flag", _("No safety flag is open."), queries.unsafe(session)),
        (_("Late"), "alert", _("Nothing is over its promise."), queries.late(session, today=today)),
        (_("About to be late"), "clock", _("Nothing is due in the next two working days."), queries.due_by(session, today=today, day=due(today, SOON, closures=house().brand.closures))),
    ]  # fmt: skip
    shown = [(title, icon, empty, [_line(line) for line in lines]) for title, icon, empty, lines in lists]
    complaints = complaint_queries.due_soon(session, until=due(today, SOON, closures=house().brand.closures))
    return render_template(
        "management/overview.html",
        complaints=[complaint_row(line, today=today) for line in complaints],
        lists=shown,
        open_count=queries.open_count(session),
    )


def _line(line: queries.Line) -> dict[str, Any]:
    """A ticket in a list, in words."""
    return {
        "code": line.code, "family": family(line.family), "status": status(line.status, (), reader="lab"), "due_on": line.due_on,
        "symptom": ", ".join(symptom(each) for each in line.symptoms), "since": line.since,
    }  # fmt: skip
