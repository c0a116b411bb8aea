"""The choice before the remedy, on a page of its own; the words that were read are kept with it."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from service_center.accounts.access import by_link
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.status.pages import back, owned
from service_center.status.remedy import ChoiceForm, choice_of
from service_center.status.views import room
from service_center.tickets import queries
from service_center.tickets.services.remedy import choose
from service_center.tickets.wording.refusals import refusal


@room.route("/status/<code>/remedy", methods=["GET", "POST"])
@by_link
def remedy(code: str) -> Any:
    """Repair or replacement: explained, chosen, kept."""
    ticket, who = owned(code)
    told = choice_of(reading(), ticket, house=house())
    if told is None:
        raise NotFound
    form, more = ChoiceForm(request.form, data=ticket.remedy_choice or {}).offer(), []
    if request.method == "POST" and form.validate():
        try:
            with transaction() as write:
                mine = queries.locked(write, ticket.code, seen_by=who)
                judged = queries.latest_verdict(write, mine.id)
                choose(
                    mine,
                    judged,
                    form.choice.data,
                    " ".join(told.sentences),
                    actor=who,
                    now=house().now(),
                    house=house(),
                )
            flash(_("Your choice is noted."), "ok")
            return back(code)
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    page = render_template("status/remedy.html", code=code, told=told, form=form, more=more)
    return page, 200 if request.method == "GET" else 422
