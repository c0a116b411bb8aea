"""What the bench records: findings with their live verdict, readings, parts."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from service_center.accounts.access import actor, lab
from service_center.catalogue.queries import parts_for, tests_of
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab import services
from service_center.lab.forms.bench import FindingForm, MeasureForm, PartForm
from service_center.lab.views.room import ROW_ID, attempt, read_code, room
from service_center.lab.views.ticket import screen, take
from service_center.tickets import queries
from service_center.tickets.models import Ticket
from service_center.tickets.services import assessing
from service_center.tickets.wording import verdicts


def _seen(code: str) -> Ticket:
    return queries.get(reading(), read_code(code), seen_by=actor())


@room.post("/tickets/<code>/findings")
@lab
def add_finding(code: str) -> Any:
    """Note a finding; its verdict is made at once."""
    form = FindingForm(request.form).offer(_seen(code), house().rulebook.newest)
    return take(
        code, "finding", form,
        lambda write, found: assessing.add_finding(
            write, found, symptom=form.symptom.data, component=form.component.data, cause=form.cause.data, action=form.work.data or "",
            note=form.note.data or "", actor=actor(), now=house().now(), house=house(),
        ),
        _("The finding is noted."),
    )  # fmt: skip


@room.route("/tickets/<code>/findings/preview", methods=["GET", "POST"])
@lab
def preview_finding(code: str) -> Any:
    """The verdict on what is being typed; nothing is saved. Without scripts the whole page comes again."""
    found = _seen(code)
    form = FindingForm(request.form if request.method == "POST" else request.args).offer(found, house().rulebook.newest)
    known = {value for value, _word in form.component.choices[1:]}, {value for value, _word in form.cause.choices[1:]}
    words = None
    if form.component.data in known[0] and form.cause.data in known[1]:
        tried, record = services.what_if(reading(), found, form.component.data, form.cause.data, house=house())
        words = verdicts.finding(tried, record, reader="lab")
    if request.method == "POST" and "X-Live" not in request.headers:
        return screen(code, tried=words, finding=form)
    return render_template("lab/ticket/live.html", verdict=words)


@room.post(f"/tickets/<code>/findings/<{ROW_ID}:finding_id>/remove")
@lab
def remove_finding(code: str, finding_id: int) -> Any:
    """A finding was noted by mistake."""
    return attempt(
        code,
        lambda write, found: assessing.remove_finding(
            write, found, finding_id, actor=actor(), now=house().now(), house=house()
        ),
        _("The finding is taken back."),
        again=lambda trouble: screen(code, trouble),
    )


@room.post("/tickets/<code>/measures")
@lab
def measure(code: str) -> Any:
    """A reading, judged by its limits."""
    item = _seen(code).item
    form = MeasureForm(request.form).offer(tests_of(house().brand, item.family, item.model))

    def work(write: Any, found: Ticket) -> None:
        services.read_value(
            write, found, form.test.data, form.phase.data, form.value.value or 0.0, actor=actor(), now=house().now(), house=house()
        )  # fmt: skip

    return take(code, "measure", form, work, _("The reading is kept."))


@room.post("/tickets/<code>/parts")
@lab
def fit_part(code: str) -> Any:
    """A part goes in."""
    form = PartForm(request.form).offer(parts_for(reading(), _seen(code).item.family))

    def work(write: Any, found: Ticket) -> None:
        part = form.chosen()
        assert part is not None
        services.fit_part(
            write, found, part, quantity=form.quantity.data, old_part=form.old_part.data, actor=actor(), now=house().now()
        )  # fmt: skip

    return take(code, "part", form, work, _("The part is noted."))


@room.post(f"/tickets/<code>/parts/<{ROW_ID}:part_id>/remove")
@lab
def take_part_out(code: str, part_id: int) -> Any:
    """A part was noted by mistake."""
    return attempt(
        code,
        lambda write, found: services.take_part_out(
            write, found, part_id, actor=actor(), now=house().now(), house=house()
        ),
        _("The part is taken back."),
        again=lambda trouble: screen(code, trouble),
    )
