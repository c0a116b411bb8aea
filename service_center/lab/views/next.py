"""The next ticket: taken and opened by one tap or one card."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from service_center.accounts.access import actor, lab
from service_center.accounts.models import Role
from service_center.core.database import transaction
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import tidy
from service_center.lab.queries.next import hands, to_do
from service_center.lab.views.room import room
from service_center.tickets.codes import grouped
from service_center.tickets.services import claims, spans


@room.post("/next")
@lab
def take_next() -> Any:
    """The next ticket is this person's, and opens; nothing to do leads to the board."""
    return next_after(str(tidy(request.form.get("after", "")))[:12])


def next_after(code: str) -> Any:
    """Take what comes after this ticket in one step: two who ask at once get two tickets."""
    who = actor()
    with transaction() as write:
        asked = to_do(hands(write, who), after=code, house=house())
        found = claims.take_first(write, asked, who.user_id or 0)
        if found is not None and who.role is not Role.FRONT_DESK:
            spans.at_it(write, found[0], who.user_id or 0, now=house().now())
    if found is None:
        flash(_("Nothing waits for you: have a look at the board."), "ok")
        return redirect(url_for("lab.board"))
    return redirect(url_for("lab.ticket", code=grouped(found[1])))
