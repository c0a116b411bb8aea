"""Registered guarantees: the list, one of them, and copying the paper form (R13)."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, lab
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.spreadsheet import table
from service_center.core.webforms import tidy
from service_center.management.views.room import room
from service_center.management.wording import registrations as wording
from service_center.proofs import queries as proofs
from service_center.proofs.models import Registration
from service_center.proofs.registrations import LISTED, listed, register
from service_center.tickets import held, registering
from service_center.tickets.registering import RegistrationForm
from service_center.tickets.wording.refusals import refusal

PAPER = "paper"


@room.get("/registrations")
@lab
def registrations() -> Any:
    """What was registered, the newest first."""
    words = _words()
    rows = [wording.row(each) for each in listed(reading(), words)]
    return render_template("management/registrations.html", rows=rows, q=words, most=LISTED)


@room.get("/registrations.csv")
@lab
def registrations_csv() -> Response:
    """The same as a spreadsheet."""
    rows = [wording.cells(each) for each in listed(reading(), _words())]
    return spreadsheet(table(wording.head(), rows), "registrations")


def _words() -> str:
    return str(tidy(request.args.get("q", "")))[:200]


@room.route("/registrations/new", methods=["GET", "POST"])
@lab
def new_registration() -> Any:
    """Copy the paper form; the day on the envelope is the day of the registration."""
    form = RegistrationForm(request.form)
    form.offer(families=list(house().rulebook.newest.families), today=house().today(), staff=True)
    if request.method == "GET":
        return _page(form, held.Held())
    files, refused = held.receive(form.held.data or "")
    form.held.data = held.sign(files)
    new = registering.said(reading(), form, house().brand, spoken="it", channel=PAPER)
    for no in refused:
        form["receipt"].errors = [*form["receipt"].errors, refusal(no)]
    if new is None or refused:
        return _page(form, files), 422
    try:
        with transaction() as session:
            row = register(session, new, actor=actor(), now=house().now(), files=files.papers())
    except Refused as no:
        return _page(form, files, [(no.field or "", refusal(no))]), 422
    flash(_("Registered with the number %(number)s.", number=row.number), "ok")
    return redirect(url_for("management.registration", registration_id=row.id))


def _page(form: RegistrationForm, files: held.Held, more: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "management/registration_new.html", form=form, more=more or [], max_bytes=limits.FILE_BYTES, receipts=len(files.receipt)
    )  # fmt: skip


@room.get("/registrations/<int(max=2147483647):registration_id>")
@lab
def registration(registration_id: int) -> Any:
    """Everything that was registered."""
    row = reading().get(Registration, registration_id)
    if row is None:
        raise NotFound
    files = [(each.id, each.name) for each in proofs.files(reading(), row.proof_id)]
    return render_template("management/registration.html", row=row, facts=wording.facts(row), files=files)


@room.get("/registrations/<int(max=2147483647):registration_id>/files/<int(max=2147483647):file_id>")
@lab
def registration_file(registration_id: int, file_id: int) -> Response:
    """The receipt that came along, as a picture."""
    row = reading().get(Registration, registration_id)
    found = next((each for each in proofs.files(reading(), row.proof_id if row else None) if each.id == file_id), None)
    if found is None:
        raise NotFound
    return Response(house().storage.get(found.preview_key), mimetype="image/jpeg")
