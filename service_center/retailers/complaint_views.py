"""A shop does not agree: a complaint about one of its repairs."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from service_center.accounts.access import actor, shops
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _, weekday
from service_center.core.uploads import for_good, receive_all
from service_center.messages import queries as messages
from service_center.messages import services, wording
from service_center.messages.complaints import Channel, answer_by
from service_center.messages.forms import ComplaintForm
from service_center.messages.models import Complaint
from service_center.retailers.room import room
from service_center.retailers.ticket_views import back, found, found_in
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.refusals import refusal


@room.route("/tickets/<code>/complaint", methods=["GET", "POST"])
@shops
def complaint(code: str) -> Any:
    """What went wrong, in the shop's own words."""
    here = found(code)
    form = ComplaintForm(request.form).offer(here)
    if request.method == "GET":
        form.subject.data = request.args.get("about", "")
        return _page(here, form)
    if not form.validate():
        return _page(here, form), 422
    try:
        made = _complain(code, form)
    except Refused as no:
        return _page(here, form, [(no.field or "", refusal(no))]), 422
    flash(_("The complaint is at the lab, which answers by %(day)s.", day=weekday(made.due_on)), "ok")
    return back(code, "complaints")


def _complain(code: str, form: ComplaintForm) -> Complaint:
    subject, finding = form.chosen()
    kept = receive_all(request.files.getlist("photos"), house().storage, field="photos")
    said = services.Grievance(subject, form.text.data, Channel.RETAILER, finding, photos=[NewPhoto.of(each, "detail") for each in kept])  # fmt: skip
    with for_good(kept, house().storage), transaction() as session:
        here = found_in(session, code)
        who = services.the_shop(session, here)
        return services.complain(session, here, who, said, actor=actor(), now=house().now(), house=house())


def _page(here: Ticket, form: ComplaintForm, more: list[tuple[str, str]] | None = None) -> str:
    brand = house().brand
    record = queries.latest_verdict(reading(), here.id).record
    findings = [verdicts.finding(each, record, reader="shop") for each in here.findings]
    made = complaints_of(here)
    return render_template(
        "retailers/complaint.html", code=codes.grouped(here.code), form=form, more=more or [], made=made, waiting=any(each.open for each in made),
        decided=findings or [verdicts.verdict(record, reader="shop", outcome=here.verdict)], rights=verdicts.rights_notice(), max_bytes=limits.FILE_BYTES,
        due_on=answer_by(house().now(), brand.setting("complaint_working_days"), brand.closures),
    )  # fmt: skip


def complaints_of(here: Ticket) -> list[wording.ComplaintWords]:
    """What the shop complained about on this ticket, the newest first."""
    found_there = messages.complaints_on(reading(), here.id, seen_by=actor())
    return [wording.complaint(each, today=house().today()) for each in found_there]
