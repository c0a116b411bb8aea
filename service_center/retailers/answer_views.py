"""What is asked on a page of its own: the answer to a quote, another address, giving the repair up."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, shops
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.offers.queries import quotes
from service_center.offers.services.quotes import answer
from service_center.parcels.forms import AddressForm, address_of
from service_center.parcels.services import change_address
from service_center.retailers.forms import QuoteForm
from service_center.retailers.room import room
from service_center.retailers.ticket_views import back, found, found_in
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import advance
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.terms import terms_of


@room.route("/tickets/<code>/quote", methods=["GET", "POST"])
@shops
def quote(code: str) -> Any:
    """What it would cost, and yes or no."""
    here, form = found(code), QuoteForm(request.form)
    if request.method == "GET":
        return _quote_page(here, form)
    if not form.validate():
        return _quote_page(here, form), 422
    yes = form.answer.data == "accept"
    try:
        with transaction() as session:
            answer(
                session,
                found_in(session, code),
                yes,
                actor=actor(),
                now=house().now(),
                house=house(),
                address=request.remote_addr or "",
            )
    except Refused as no:
        return _quote_page(found(code), form, [("", refusal(no))]), 422
    flash(
        _("Accepted: the lab goes on.")
        if yes
        else _("Refused: it comes back unrepaired, and there is nothing to pay."),
        "ok",
    )
    return back(code)


def _quote_page(here: Ticket, form: QuoteForm, more: list[tuple[str, str]] | None = None) -> str:
    every = quotes(reading(), here.id)
    if not every:
        raise NotFound
    latest = every[-1]
    judged = queries.latest_verdict(reading(), here.id)
    terms = terms_of(reading(), here, judged, house=house())
    is_open = latest.answer is None and house().today() <= latest.valid_until
    return render_template(
        "retailers/quote.html", ticket=here, code=codes.grouped(here.code), quote=latest, form=form, more=more or [], open=is_open,
        answered=_answered(latest.answer), why=verdicts.denied(here.findings, judged.record, reader="shop"),
        terms=terms, rights=verdicts.rights_notice(terms),
    )  # fmt: skip


def _answered(given: str | None) -> str:
    """What became of the quote."""
    words = {
        "accepted": _("Accepted"),
        "refused": _("Refused"),
        "expired": _("Expired without an answer"),
        "withdrawn": _("Withdrawn: it needs no answer any more"),
    }
    return words.get(given or "", _("No longer valid: write to the lab, which makes a new one."))


@room.route("/tickets/<code>/address", methods=["GET", "POST"])
@shops
def address(code: str) -> Any:
    """Another way back, until a parcel is booked."""
    here = found(code)
    form, more = AddressForm(request.form, data=address_of(here)), []
    if request.method == "POST" and form.validate():
        version = request.form.get("version", "")
        try:
            with transaction() as session:
                change_address(session, found_in(session, code), form.address(), actor=actor(), now=house().now(), house=house(),
                               version=int(version) if version.isascii() and version.isdigit() else None)  # fmt: skip
            flash(_("It goes back to the new address."), "ok")
            return back(code)
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    page = render_template("retailers/address.html", ticket=here, code=codes.grouped(here.code), form=form, more=more)
    return page, 422 if request.method == "POST" else 200


@room.route("/tickets/<code>/cancel", methods=["GET", "POST"])
@shops
def cancel(code: str) -> Any:
    """Give the repair up, before it is posted."""
    here, more = found(code), []
    if request.method == "POST":
        try:
            with transaction() as session:
                advance(
                    session, found_in(session, code), Action.CANCEL, actor=actor(), now=house().now(), house=house()
                )
            flash(_("Cancelled."), "ok")
            return redirect(url_for("retailers.tickets"))
        except Refused as no:
            more = [("", refusal(no))]
    page = render_template("retailers/cancel.html", ticket=here, code=codes.grouped(here.code), more=more)
    return page, 422 if more else 200
