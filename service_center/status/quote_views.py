"""The quote as the customer reads it, and the answer; a page of its own, since it may bind to pay."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from service_center.accounts.access import by_link
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.offers.queries import quotes
from service_center.offers.services import quotes as offers
from service_center.status.forms import QuoteForm
from service_center.status.pages import back, owned
from service_center.status.views import room
from service_center.tickets import queries
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.terms import terms_of


@room.route("/status/<code>/quote", methods=["GET", "POST"])
@by_link
def quote(code: str) -> Any:
    """Read the latest quote and say yes or no, once."""
    ticket, who = owned(code)
    form = QuoteForm(request.form)
    if request.method == "GET" or not form.validate():
        return _page(code, form, [], 200 if request.method == "GET" else 422)
    accepted = form.answer.data == "accept"
    try:
        with transaction() as write:
            mine = queries.locked(write, ticket.code, seen_by=who)
            offers.answer(
                write, mine, accepted, actor=who, now=house().now(), house=house(),
                address=request.remote_addr or "", start_now=bool(form.start_now.data),
            )  # fmt: skip
    except Refused as no:
        return _page(code, form, [("", refusal(no))], 422)
    flash(
        _("Thank you: we go on with the repair.")
        if accepted
        else _("It is noted: nothing to pay, the item comes back."),
        "ok",
    )
    return back(code)


def _page(code: str, form: QuoteForm, more: list[tuple[str, str]], status: int) -> Any:
    ticket, _who = owned(code)
    asked = quotes(reading(), ticket.id)
    if not asked:
        raise NotFound
    judged = queries.latest_verdict(reading(), ticket.id)
    why = verdicts.denied(ticket.findings, judged.record, reader="customer")
    latest, terms = asked[-1], terms_of(reading(), ticket, judged, house=house())
    page = render_template(
        "status/quote.html", code=code, quote=latest, open=latest.answer is None, accepted=latest.answer in ("accepted",),
        why=why, form=form, more=more, rights=verdicts.rights_notice(terms), terms=terms,
    )  # fmt: skip
    return page, status
