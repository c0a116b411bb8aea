"""Whose hands a ticket is in: take it, let go, hand it to a colleague; and what is urgent."""

from __future__ import annotations

from typing import Any

from flask import request

from service_center.accounts.access import actor, lab, signed_in
from service_center.accounts.models import Role
from service_center.core.i18n import _
from service_center.lab.views.room import attempt, room
from service_center.lab.views.ticket import screen
from service_center.tickets.services import claims

MOST_DIGITS = 9


@room.post("/tickets/<code>/hands")
@lab
def hand_over(code: str) -> Any:
    """Take it, let go of it, or hand it to a colleague: to `me`, to `nobody`, to a person's number."""
    to = request.form.get("to", "")
    number = int(to) if to.isascii() and to.isdigit() and len(to) <= MOST_DIGITS else 0

    def work(write: Any, found: Any) -> None:
        if to == "me":
            claims.take(found, actor())
        elif to == "nobody":
            claims.let_go(found)
        else:
            claims.hand_to(write, found, number)

    said = {"me": _("It is yours now."), "nobody": _("It is in nobody's hands now.")}.get(to, _("Handed over."))
    return attempt(code, work, said, again=lambda trouble: screen(code, trouble))


@room.post("/tickets/<code>/urgent")
@signed_in(Role.FRONT_DESK, Role.MANAGER)
def urgent(code: str) -> Any:
    """It goes first, or no longer."""
    wanted = request.form.get("urgent") == "yes"
    said = _("It goes first now.") if wanted else _("It is not urgent any more.")
    return attempt(
        code, lambda _write, found: claims.set_urgent(found, wanted), said, again=lambda trouble: screen(code, trouble)
    )
