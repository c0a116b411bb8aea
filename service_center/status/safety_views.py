"""The owner says that it may hurt somebody: flagged at once, with what to do now."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import by_link
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.status.pages import owned
from service_center.status.views import room
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.safety_forms import FlagForm
from service_center.tickets.services import safety
from service_center.tickets.wording import hazards
from service_center.tickets.wording.refusals import refusal


@room.route("/status/<code>/danger", methods=["GET", "POST"])
@by_link
def danger(code: str) -> Any:
    """What it does, and what to do at once."""
    ticket, who = owned(code)
    form = FlagForm(request.form).offer()
    if request.method == "GET" or not form.validate():
        return _page(ticket, form), 200 if request.method == "GET" else 422
    try:
        with transaction() as write:
            mine = queries.locked(write, ticket.code, seen_by=who)
            safety.flag(write, mine, form.seen(), actor=who, now=house().now(), house=house())
    except Refused as no:
        return _page(ticket, form, [(no.field or "", refusal(no))]), 422
    flash(_("A person of the lab is told at once and contacts you."), "ok")
    return redirect(url_for("status.danger", code=codes.grouped(ticket.code)))


def _page(ticket: Ticket, form: FlagForm, more: list[tuple[str, str]] | None = None) -> str:
    reports = [each for each in safety.reports(reading(), ticket.id) if each.ended_at is None]
    return render_template(
        "status/danger.html", code=codes.grouped(ticket.code), form=form, more=more or [],
        advice=list(dict.fromkeys(words for each in reports for words in hazards.advice(each.hazard))),
        tell=list(dict.fromkeys(words for each in reports for words in hazards.tell_us(each.hazard))),
    )  # fmt: skip
