"""A shop says that an item may hurt somebody: flagged at once, with what to do now."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, shops
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.retailers.room import room
from service_center.retailers.ticket_views import found, found_in
from service_center.tickets import codes
from service_center.tickets.models import Ticket
from service_center.tickets.safety_forms import FlagForm
from service_center.tickets.services import safety
from service_center.tickets.wording import hazards
from service_center.tickets.wording.refusals import refusal


@room.route("/tickets/<code>/danger", methods=["GET", "POST"])
@shops
def danger(code: str) -> Any:
    """What it does, and what to do at once."""
    here = found(code)
    form = FlagForm(request.form).offer()
    if request.method == "GET" or not form.validate():
        return _page(here, form), 200 if request.method == "GET" else 422
    try:
        with transaction() as write:
            safety.flag(write, found_in(write, code), form.seen(), actor=actor(), now=house().now(), house=house())
    except Refused as no:
        return _page(here, form, [(no.field or "", refusal(no))]), 422
    flash(_("The lab is told at once and calls you."), "ok")
    return redirect(url_for("retailers.danger", code=codes.grouped(here.code)))


def _page(here: Ticket, form: FlagForm, more: list[tuple[str, str]] | None = None) -> str:
    reports = [each for each in safety.reports(reading(), here.id) if each.ended_at is None]
    return render_template(
        "retailers/danger.html", code=codes.grouped(here.code), form=form, more=more or [],
        advice=list(dict.fromkeys(words for each in reports for words in hazards.advice(each.hazard))),
        tell=list(dict.fromkeys(words for each in reports for words in hazards.tell_us(each.hazard))),
    )  # fmt: skip
