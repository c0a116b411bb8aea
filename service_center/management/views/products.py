"""The range: models with list price and functions, by which replacements are found."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts.access import managers
from service_center.catalogue.models import Model
from service_center.catalogue.queries import search_models, tests_for
from service_center.catalogue.services import COLUMNS, save_model, set_limits, take_table
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, ngettext
from service_center.core.spreadsheet import table
from service_center.core.webforms import Form
from service_center.management.forms.products import (
    ModelForm,
    TableForm,
    known,
    known_limits,
    limits_form,
    typed_limits,
)
from service_center.management.views.room import room
from service_center.management.views.tables import MOST_BYTES, rows_of
from service_center.tickets.wording.limits import limit
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import bench_test, family


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


def _model_page(found: Model | None, limits: Form | None = None, refused: list[tuple[str, str]] | None = None) -> Any:
    families = house().rulebook.newest.families
    data = known(found) if found else {"current": True}
    posted = request.form if request.method == "POST" and limits is None else None
    form = ModelForm(posted, data=data).offer(list(families))
    more = refused or []
    if posted is not None and form.validate():
        try:
            with transaction() as write:
                own = write.get_one(Model, found.id) if found else Model()
                save_model(write, own, form.described(), families=list(families))
            flash(_("Saved."), "ok")
            return redirect(url_for("management.models"))
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    page = render_template(
        "management/model.html", form=form, more=more, model=found, limits=limits or _limits(found), tests=_tests(found)
    )
    return page, 422 if request.method == "POST" else 200


def _tests(found: Model | None) -> list[tuple[str, str, str]]:
    """The tests of the model's family: name, words, and the house's limits."""
    tests = tests_for(house().brand, found.family) if found else {}
    return [
        (name, f"{bench_test(name)} *" if test.by_model else bench_test(name), limit(test))
        for name, test in tests.items()
    ]


def _limits(found: Model | None) -> Form | None:
    tests = tests_for(house().brand, found.family) if found else {}
    return limits_form(tests, data=known_limits(found, tests)) if found and tests else None


@room.post("/models/<int(max=2147483647):model_id>/limits")
@managers
def model_limits(model_id: int) -> Any:
    """A model's own limits of the bench tests."""
    found = reading().get(Model, model_id)
    if found is None:
        raise NotFound
    tests = tests_for(house().brand, found.family)
    form = limits_form(tests, request.form)
    if not form.validate():
        return _model_page(found, form, [(field.id, str(each)) for field in form for each in field.errors])
    try:
        with transaction() as write:
            set_limits(write.get_one(Model, model_id), typed_limits(form, tests), tests)
    except Refused as no:
        return _model_page(found, form, [(no.field or "", refusal(no))])
    flash(_("Saved."), "ok")
    return redirect(url_for("management.model", model_id=model_id))


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
