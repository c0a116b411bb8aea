"""Late and about to be late; and force majeure for the whole house."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, managers
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import language, ngettext
from service_center.core.webforms import Form
from service_center.management.forms.late import GoOnForm, StopForm
from service_center.management.queries import late as queries
from service_center.management.views.room import room
from service_center.management.wording import late as wording
from service_center.tickets.services import force_majeure
from service_center.tickets.wording.refusals import refusal

SHOWN = 300


@room.get("/late")
@managers
def late() -> Any:
    """What is over its promise or close to it, on whom it waits and who has it."""
    found = queries.lines(reading(), house=house())
    when, turn = request.args.get("when", ""), request.args.get("on", "")
    when, turn = when if when in wording.WHEN else "", turn if turn in {each.value for each in queries.Turn} else ""
    shown = wording.chosen(found, when, turn)

    def here(**asked: str | None) -> str:
        return url_for("management.late", **{name: value for name, value in asked.items() if value})  # type: ignore[arg-type]

    return render_template(
        "management/late.html", rows=[wording.row(line, house=house()) for line in shown[:SHOWN]], more=len(shown) - SHOWN,
        tabs=wording.tabs(found, when, turn, here), chips=wording.chips(found, when, turn, here),
    )  # fmt: skip


@room.get("/late/standstill")
@managers
def standstill() -> Any:
    """Whether the house stands still, and the forms that stop it and let it go on."""
    return _standstill(_stop_form(), _go_on_form())


@room.post("/late/standstill")
@managers
def stop_all() -> Any:
    """Nobody can work: every promise stands still from that day on."""
    form = StopForm(request.form)
    if form.validate() and form.since.data:
        try:
            with transaction() as write:
                number = force_majeure.stop_all(write, form.reason.data, form.since.data, actor=actor(), now=house().now(), house=house())  # fmt: skip
        except Refused as no:
            _refused(form, no)
        else:
            flash(ngettext("%(num)s repair stands still.", "%(num)s repairs stand still.", number), "ok")
            return redirect(url_for("management.standstill"))
    return _standstill(form, _go_on_form()), 422


@room.post("/late/standstill/end")
@managers
def go_on() -> Any:
    """Work goes on: the days count again."""
    form = GoOnForm(request.form)
    if form.validate() and form.on.data:
        try:
            with transaction() as write:
                number = force_majeure.go_on(write, form.on.data, actor=actor(), now=house().now(), house=house())
        except Refused as no:
            _refused(form, no)
        else:
            flash(ngettext("%(num)s repair goes on.", "%(num)s repairs go on.", number), "ok")
            return redirect(url_for("management.standstill"))
    return _standstill(_stop_form(), form), 422


def _stop_form() -> StopForm:
    return StopForm(data={"since": house().today()})


def _go_on_form() -> GoOnForm:
    return GoOnForm(data={"on": house().today()})


def _refused(form: Form, no: Refused) -> None:
    field = form[no.field] if no.field in form else next(iter(form))
    field.errors = [*field.errors, refusal(no)]


def _standstill(stop: StopForm, goes_on: GoOnForm) -> str:
    session = reading()
    return render_template(
        "management/standstill.html", stop=stop, go_on=goes_on, since=force_majeure.since_when(session),
        stopped=force_majeure.count(session, stopped=True), running=force_majeure.count(session, stopped=False), closures=_closures(),
    )  # fmt: skip


def _closures() -> list[tuple[Any, Any, str]]:
    """The closing days that are known, those to come; they never count."""
    return [(each.first, each.last, each.reason.get(language(), "")) for each in house().brand.closures if each.last >= house().today()]  # fmt: skip
