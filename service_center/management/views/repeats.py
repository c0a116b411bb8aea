"""Second visits of one thing soon after the first: where our own work did not hold."""

from __future__ import annotations

from typing import Any

from flask import render_template

from service_center.accounts.access import managers
from service_center.core.database import reading
from service_center.core.house import house
from service_center.management.views.room import room
from service_center.tickets.lineage import again_within
from service_center.tickets.wording.statuses import status
from service_center.tickets.wording.vocabulary import family


@room.get("/repeats")
@managers
def repeats() -> Any:
    """The list, the newest first."""
    days = house().brand.setting("repeat_days")
    found = [
        (each, family(each.family), status(each.status, (), reader="lab")) for each in again_within(reading(), days)
    ]
    return render_template(
        "management/repeats.html", repeats=found, days=days, months=house().brand.setting("own_work_months")
    )
