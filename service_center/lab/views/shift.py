"""The note for the next shift: written here, read on the board, ended by whoever dealt with it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from service_center.accounts.access import actor, lab
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab.forms.shift import ShiftForm
from service_center.lab.queries.shift import open_notes
from service_center.lab.views.room import ROW_ID, room, show
from service_center.lab.wording.company import note
from service_center.tickets.services import shift as services
from service_center.tickets.wording.refusals import refusal


@room.get("/shift")
@lab
def shift() -> Any:
    """The form, and the notes that stand."""
    return _page(ShiftForm())


@room.post("/shift")
@lab
def leave_note() -> Any:
    """A note from now on."""
    form = ShiftForm(request.form)
    if not form.validate():
        return _page(form, 422)
    try:
        with transaction() as write:
            services.write(write, form.text.data, actor=actor(), now=house().now())
    except Refused as no:
        form.text.errors = [*form.text.errors, refusal(no)]
        return _page(form, 422)
    flash(_("The note stands on the board."), "ok")
    return redirect(url_for("lab.board"))


@room.post(f"/shift/<{ROW_ID}:number>/end")
@lab
def end_note(number: int) -> Any:
    """Dealt with."""
    with transaction() as write:
        services.end(write, number, actor=actor(), now=house().now())
    flash(_("The note is ended."), "ok")
    return redirect(url_for("lab.board"))


def _page(form: ShiftForm, status: int = 200) -> Any:
    return show("lab/shift.html", status, form=form, notes=[note(each) for each in open_notes(reading())])
