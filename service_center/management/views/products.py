"""The range: models with list price and functions, by which replacements are found."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts.access import managers
from service_center.catalogue.models import Model
from service_center.catalogue.queries import search_models
from service_center.catalogue.services import COLUMNS, save_model, take_table
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, ngettext
from service_center.core.spreadsheet import table
from service_center.management.forms.products import ModelForm, TableForm, known
from service_center.management.views.room import room
from service_center.management.views.tables import MOST_BYTES, rows_of
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import family


@room.get("/models")
@managers
def models() -> Any:
    """The list, found by code, EAN or name."""
    return _list(TableForm())


def _list(form: TableForm, more: list[tuple[str, str]] | None = None) -> Any:
    asked = request.args.get("q", "")[:120].replace("\x00", "")
    found = [(model, family(model.family)) for model in search_models(reading(), asked)]
    page = render_template("management/models.html", models=found, asked=asked, form=form, more=more or [])
    return page, 422 if more or form.errors else 200


@room.route("/models/new", methods=["GET", "POST"])
@managers
def new_model() -> Any:
    """A model that is new in the range."""
    return _model_page(None)


@room.route("/models/<int(max=2147483647):model_id>", methods=["GET", "POST"])
@managers
def model(model_id: int) -> Any:
    """A model's facts."""
    found = reading().get(Model, model_id)
    if found is None:
        raise NotFound
    return _model_page(found)


def _model_page(found: Model | None) -> Any:
    families = house().rulebook.newest.families
    data = known(found) if found else {"current": True}
    form = ModelForm(request.form or None, data=data).offer(list(families))
    more: list[tuple[str, str]] = []
    if request.method == "POST" and form.validate():
        try:
            with transaction() as write:
                own = write.get_one(Model, found.id) if found else Model()
                save_model(write, own, form.described(), families=list(families))
            flash(_("Saved."), "ok")
            return redirect(url_for("management.models"))
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    page = render_template("management/model.html", form=form, more=more, model=found)
    return page, 422 if request.method == "POST" else 200


@room.get("/models.csv")
@managers
def models_table() -> Response:
    """The whole range as a table; changed, it comes back by the same page."""
    return spreadsheet(table(COLUMNS, [_cells(each) for each in search_models(reading())]), "models")


def _cells(each: Model) -> list[object]:
    return [
        each.code, each.ean, each.name, each.family, int(each.water_mark), each.list_price_cents, int(each.current), "|".join(each.functions)
    ]  # fmt: skip


@room.post("/models/table")
@managers
def take_models() -> Any:
    """A table comes in: all of its rows, or none."""
    form, sent = TableForm(request.form), request.files.get("table")
    try:
        rows = rows_of(sent.read(MOST_BYTES + 1) if sent else b"", ("code", "name", "family"))
        with transaction() as write:
            number = take_table(write, rows, families=list(house().rulebook.newest.families))
    except Refused as no:
        return _list(form, [("table", refusal(no))])
    flash(ngettext("%(num)s model is taken over.", "%(num)s models are taken over.", number), "ok")
    return redirect(url_for("management.models"))
