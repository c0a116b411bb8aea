"""Registering a guarantee on the web: optional, quick, and never a proof (R06, R13)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session, url_for

from service_center.accounts.access import public
from service_center.accounts.actor import PUBLIC
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _, language
from service_center.intake import browser, queries
from service_center.intake.answers import used
from service_center.intake.room import room
from service_center.proofs.registrations import NewRegistration, register
from service_center.tickets import held, registering
from service_center.tickets.registering import RegistrationForm
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.refusals import refusal

REGISTERED_AN_HOUR = 12
"""How many guarantees one address may register in an hour."""


@room.route("/warranty/register", methods=["GET", "POST"])
@public
def register_guarantee() -> Any:
    """One page; what is wrong is said beside its question, and nothing is lost."""
    form = RegistrationForm(request.form).offer(families=list(house().rulebook.newest.families), today=house().today())
    if request.method == "GET":
        return _page(form)
    files, refused = held.receive(form.held.data or "")
    form.held.data = held.sign(files)
    new = registering.said(reading(), form, house().brand, spoken=language(), channel="web")
    for no in refused:
        form["receipt"].errors = [*form["receipt"].errors, refusal(no)]
    if new is None or refused:
        return _page(form, files), 422
    if not (browser.may("registered", REGISTERED_AN_HOUR) and browser.may_name(new.email)):
        return _page(form, files, [("", _("Many requests came from this connection. Wait an hour, or call us."))]), 429
    return _register(form, files, new)


def _register(form: RegistrationForm, files: held.Held, new: NewRegistration) -> Any:
    try:
        with transaction() as write:
            row = register(write, new, actor=PUBLIC, now=house().now(), files=files.papers())
    except Refused as no:
        return _page(form, files, [(no.field or "", refusal(no))]), 422
    session["registered"] = row.number
    return redirect(url_for("intake.registered"))


def _page(form: RegistrationForm, files: held.Held | None = None, more: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "intake/register.html", form=form, more=more or [], max_bytes=limits.FILE_BYTES, legal_name=house().brand.legal_name,
        receipts=len(files.receipt) if files else 0,
    )  # fmt: skip


@room.get("/warranty/register/done")
@public
def registered() -> Any:
    """The number; shown to the browser that registered, and to nobody else."""
    row = queries.registration(reading(), session.get("registered", ""))
    if row is None:
        return redirect(url_for("intake.register_guarantee"))
    return render_template("intake/registered.html", row=row, family=words.family(row.family))


@room.post("/repairs/new/<int:number>/registration")
@public
@browser.unsent
def use_registration(number: int) -> Any:
    """Use what was registered: its day goes with the request, and fills the day of purchase for who knows the serial number."""
    kept, reader = browser.draft(), browser.reader()
    item, email = browser.item_of(kept, number), reader.you(kept).email.data or ""
    offer = reader.offer(item, email.lower()) if browser.may("compared", browser.COMPARED_AN_HOUR) else None
    row = queries.registration(reading(), offer.number) if offer else None
    if offer is not None and row is not None:
        browser.change(lambda draft: used(draft, number, row, fills=offer.fills))
    return redirect(url_for("intake.check"))
