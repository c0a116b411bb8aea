"""Asking for papers, and the quote."""

from __future__ import annotations

from typing import Any

from flask import request

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab import services
from service_center.lab.forms.papers import PapersForm, QuoteForm
from service_center.lab.queries.sheet import Sheet, sheet
from service_center.lab.views.room import Trouble, attempt, read_code, room, show
from service_center.lab.views.ticket import beside
from service_center.lab.wording import quotes as quoting
from service_center.lab.wording import sheet as wording
from service_center.offers.services.quotes import Line, send_quote
from service_center.tickets.codes import grouped
from service_center.tickets.wording.needs import need, short_need
from service_center.warranty.vocabulary import Need


def _page(template: str, seen: Sheet, form: Any, trouble: Trouble | None, **facts: Any) -> Any:
    status = trouble.status if trouble else (422 if form.errors else 200)
    more = [(trouble.field, trouble.sentence)] if trouble else []
    head = wording.head(seen, house=house())
    return show(
        template, status, sheet=seen, ticket=seen.ticket, head=head, code=grouped(seen.ticket.code), form=form, more=more, failed=bool(more),
        verdict=wording.verdict(seen, house=house()), **facts,
    )  # fmt: skip


def _seen(code: str) -> Sheet:
    return sheet(reading(), read_code(code), reader=actor(), house=house())


@room.route("/tickets/<code>/papers", methods=["GET", "POST"])
@lab
def papers(code: str) -> Any:
    """Ask for what is missing; the count of days stands still until it is here."""
    seen = _seen(code)
    missing = seen.verdict.record["needs"]
    data = {"needs": missing, "note": " ".join(need(each, reader="lab") for each in missing)}
    form = PapersForm(request.form or None, data=data).offer({each.value: short_need(each) for each in Need})

    def page(trouble: Trouble | None = None) -> Any:
        return _page("lab/papers.html", seen, form, trouble and beside(trouble, form))

    if request.method == "GET" or not form.validate():
        return page()
    return attempt(
        code,
        lambda write, found: services.ask_papers(
            write, found, form.needs.data, form.note.data, actor=actor(), now=house().now(), house=house()
        ),
        _("The papers are asked for."),
        again=page,
    )


@room.route("/tickets/<code>/quote", methods=["GET", "POST"])
@lab
def quote(code: str) -> Any:
    """What the guarantee does not cover, with its price; it leaves as a letter and waits for the answer."""
    seen = _seen(code)
    form = QuoteForm(request.form or None, data=quoting.proposal(seen, house=house()))

    def page(trouble: Trouble | None = None) -> Any:
        return _page(
            "lab/quote.html", seen, form, trouble and beside(trouble, form),
            rows=form.rows[: max(4, len(quoting.unpaid(seen.ticket)) + 2)], denied=quoting.denied(seen), covered=quoting.covered(seen), valid_days=house().brand.setting("quote_valid_days"),
        )  # fmt: skip

    if request.method == "GET" or not form.validate():
        return page()
    ids = [found.id for found in quoting.unpaid(seen.ticket)]
    lines = [
        Line(text.data, amount.cents, ids[number] if number < len(ids) else None)
        for number, (text, amount) in enumerate(form.rows)
        if text.data
    ]
    return attempt(
        code,
        lambda write, found: send_quote(
            write, found, lines, days_needed=form.days_needed.data, actor=actor(), now=house().now(), house=house()
        ),
        _("The quote is on its way."),
        again=page,
    )
