"""The final checks: readings against their limits, then passed or back to the bench."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from service_center.accounts.access import actor, lab
from service_center.accounts.models import Role
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import Form
from service_center.lab import services
from service_center.lab.forms.bench import NEEDED, quality_form
from service_center.lab.forms.checks import SealForm, SealFoundForm, SignForm, answered
from service_center.lab.queries.sheet import Sheet, sheet
from service_center.lab.views.commands import strip
from service_center.lab.views.room import Trouble, read_code, room, show, tried
from service_center.lab.wording import checks
from service_center.lab.wording import sheet as wording
from service_center.lab.wording.measures import rows
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action
from service_center.tickets.stepping import refused
from service_center.tickets.wording.refusals import refusal

ENDS = {"pass": Action.PASS_QUALITY, "fail": Action.FAIL_QUALITY}


@room.route("/tickets/<code>/quality", methods=["GET", "POST"])
@lab
def quality(code: str) -> Any:
    """What is to be measured, with its limits; a missing or failed reading keeps the item here."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    form = _form(seen, request.form or None)
    end = ENDS.get(request.form.get("end", ""))
    valid = request.method == "POST" and form.validate()
    if valid and end is Action.FAIL_QUALITY and not form.note.data:
        form.note.errors = [str(NEEDED)]
    if valid and not form.errors:
        return _record(code, form, end)
    return page(code, form)


def _form(seen: Sheet, typed: Any = None) -> Any:
    """The readings are taken anew, the answers stand as they were given."""
    return quality_form(seen.tests.items(), seen.desk.lines, typed, data=checks.known(seen.desk))


def page(code: str, form: Any, trouble: Trouble | None = None, **others: Form) -> Any:
    """The final checks; `others` are what stands beside them: a signature, a seal."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    form, now = form or _form(seen), seen.desk
    errors = [(trouble.field, trouble.sentence)] if trouble else []
    errors += [(field.id, str(error)) for each in others.values() for field in each for error in field.errors]
    status = trouble.status if trouble else (422 if form.errors or errors else 200)
    forms = {
        "sign": SignForm().offer(checks.unsigned(now)),
        "seal": SealForm(),
        "seal_found": SealFoundForm().offer(),
    } | others
    tests = [(row, form[row.field]) for row in rows(seen.readings, seen.tests, seen.needed)]
    return show(
        "lab/quality.html", status, ticket=seen.ticket, code=grouped(seen.ticket.code), head=wording.head(seen, house=house()),
        form=form, tests=tests, more=errors, failed=bool(errors), forms=forms, listed=checks.checks(now), signs=actor().role is Role.MANAGER, papers=wording.facts(seen),
        **strip(seen.ticket),
    )  # fmt: skip


def _record(code: str, form: Any, end: Action | None) -> Any:
    """The readings stay even where the step is refused: what was read was read."""
    readings = {
        name.removeprefix("reading_"): field.value
        for name, field in form._fields.items()
        if name.startswith("reading_") and field.value is not None
    }
    objections: list[str] = []

    def work(write: Any, found: Any) -> None:
        said = services.final_test(
            write, found, readings, end, actor=actor(), now=house().now(), house=house(), answers=answered(form), note=form.note.data or ""
        )  # fmt: skip
        objections.extend([said] if said else [])

    trouble = tried(code, work)
    if trouble is not None:
        return page(code, form, trouble)
    said = {Action.PASS_QUALITY: _("Passed: it is ready."), Action.FAIL_QUALITY: _("Back to the bench.")}
    flash(said[end] if end and not objections else _("The readings and answers are kept."), "ok")
    return redirect(_kept(code, objections[0]) if objections else url_for("lab.ticket", code=grouped(read_code(code))))


def _kept(code: str, objection: str) -> str:
    """The readings are in, the step is not taken: why, on the page that comes; work was done, so it is no refused form."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    flash(refusal(refused(objection, seen.facts)), "stop")
    return url_for("lab.quality", code=grouped(seen.ticket.code))
