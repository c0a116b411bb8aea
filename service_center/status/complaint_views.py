"""The owner does not agree: a complaint about one repair, with the day of its answer."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from service_center.accounts.access import by_link
from service_center.accounts.actor import Actor
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
from service_center.status.pages import back, owned
from service_center.status.views import room
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.refusals import refusal


@room.route("/status/<code>/complaint", methods=["GET", "POST"])
@by_link
def complaint(code: str) -> Any:
    """What went wrong, in the owner's own words."""
    ticket, who = owned(code)
    form = ComplaintForm(request.form).offer(ticket)
    if request.method == "GET":
        form.subject.data = request.args.get("about", "")
        return _page(ticket, form, who)
    if not form.validate():
        return _page(ticket, form, who), 422
    try:
        made = _complain(ticket.code, form, who)
    except Refused as no:
        return _page(ticket, form, who, [(no.field or "", refusal(no))]), 422
    flash(_("Your complaint is with us: we answer by %(day)s.", day=weekday(made.due_on)), "ok")
    return back(codes.grouped(ticket.code), "complaints")


def _complain(code: str, form: ComplaintForm, who: Actor) -> Complaint:
    subject, finding = form.chosen()
    kept = receive_all(request.files.getlist("photos"), house().storage, field="photos")
    photos = [NewPhoto.of(each, "detail") for each in kept]
    said = services.Grievance(subject, form.text.data, Channel.WEB, finding, photos=photos)
    with for_good(kept, house().storage), transaction() as write:
        mine = queries.locked(write, code, seen_by=who)
        return services.complain(write, mine, services.the_customer(mine), said, actor=who, now=house().now(), house=house())  # fmt: skip


def _page(ticket: Ticket, form: ComplaintForm, who: Actor, more: list[tuple[str, str]] | None = None) -> str:
    today, brand = house().today(), house().brand
    record = queries.latest_verdict(reading(), ticket.id).record
    findings = [verdicts.finding(each, record, reader="customer") for each in ticket.findings]
    made = [wording.complaint(each, today=today) for each in messages.complaints_on(reading(), ticket.id, seen_by=who)]
    return render_template(
        "status/complaint.html", code=codes.grouped(ticket.code), form=form, more=more or [], made=made, waiting=any(each.open for each in made),
        decided=findings or [verdicts.verdict(record, reader="customer", outcome=ticket.verdict)], rights=verdicts.rights_notice(),
        due_on=answer_by(house().now(), brand.setting("complaint_working_days"), brand.closures),
    )  # fmt: skip
