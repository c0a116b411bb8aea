"""The final checks: readings against their limits, then passed or back to the bench."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab import services
from service_center.lab.forms.bench import NEEDED, quality_form
from service_center.lab.queries.sheet import sheet
from service_center.lab.views.commands import strip
from service_center.lab.views.room import Trouble, read_code, room, show, tried
from service_center.lab.wording import sheet as wording
from service_center.lab.wording.measures import rows
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action
from service_center.tickets.wording.refusals import refusal

ENDS = {"pass": Action.PASS_QUALITY, "fail": Action.FAIL_QUALITY}


@room.route("/tickets/<code>/quality", methods=["GET", "POST"])
@lab
def quality(code: str) -> Any:
    """What is to be measured, with its limits; a missing or failed reading keeps the item here."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    form = quality_form(seen.tests.items(), request.form or None)
    end = ENDS.get(request.form.get("end", ""))
    valid = request.method == "POST" and form.validate()
    if valid and end is Action.FAIL_QUALITY and not form.note.data:
        form.note.errors = [str(NEEDED)]
    if valid and not form.errors:
        return _record(code, form, end)
    return _page(code, form)


def _page(code: str, form: Any, trouble: Trouble | None = None) -> Any:
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    status = trouble.status if trouble else (422 if form.errors else 200)
    checks = [(row, form[row.field]) for row in rows(seen.readings, seen.tests, seen.needed)]
    return show(
        "lab/quality.html", status, ticket=seen.ticket, code=grouped(seen.ticket.code), head=wording.head(seen, reader_id=actor().user_id, house=house()),
        form=form, checks=checks, more=[("", trouble.sentence)] if trouble else [], failed=trouble is not None, papers=wording.facts(seen),
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
            write, found, readings, end, actor=actor(), now=house().now(), house=house(), note=form.note.data or ""
        )  # fmt: skip
        objections.extend([said] if said else [])

    trouble = tried(code, work)
    if trouble is not None:
        return _page(code, form, trouble)
    said = {Action.PASS_QUALITY: _("Passed: it is ready."), Action.FAIL_QUALITY: _("Back to the bench.")}
    flash(said[end] if end and not objections else _("The readings are kept."), "ok")
    return _kept(code, objections[0]) if objections else redirect(url_for("lab.ticket", code=grouped(read_code(code))))


def _kept(code: str, objection: str) -> Any:
    """The readings are in, the step is not taken: say why."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    no = Refused(objection, tests_missing=seen.facts.tests_missing, tests_failed=seen.facts.tests_failed)
    return _page(code, quality_form(seen.tests.items()), Trouble(422, refusal(no)))
