"""The stock: what is there, what is promised, what to order; arrivals, counts, and the list as a table."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, managers
from service_center.catalogue import parts as catalogue
from service_center.catalogue.models import Part
from service_center.catalogue.stock import By
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, ngettext
from service_center.core.spreadsheet import table
from service_center.management.forms.parts import ArrivalForm, CountForm, PartFacts, PartsTable, known
from service_center.management.views.room import room
from service_center.management.views.tables import MOST_BYTES, rows_of
from service_center.tickets import shelves
from service_center.tickets.services import stock
from service_center.tickets.wording import stock as words
from service_center.tickets.wording.refusals import refusal

More = list[tuple[str, str]]


@room.get("/parts")
@managers
def parts() -> Any:
    """The list, found by code, name or place; or what to order alone."""
    return _list()


def _list(arrival: ArrivalForm | None = None, sent: PartsTable | None = None, more: More | None = None) -> Any:
    asked = request.args.get("q", "")[:120].replace("\x00", "")
    short = request.args.get("show") == "order"
    failed = bool(more) or bool(arrival and arrival.errors)
    page = render_template(
        "management/parts.html", rows=words.rows(shelves.shelves(reading(), asked, short=short)), asked=asked, more=more or [], errors=arrival,
        chips=[(_("To order"), url_for("management.parts", show=None if short else "order"), short)],
        arrival=arrival or ArrivalForm(), form=sent or PartsTable(),
    )  # fmt: skip
    return page, 422 if failed else 200


@room.post("/parts/arrivals")
@managers
def part_arrival() -> Any:
    """Pieces came in; who waited longest gets them."""
    form = ArrivalForm(request.form)
    if not form.validate():
        return _list(form)
    try:
        with transaction() as write:
            part = catalogue.part_by(write, form.part.data)
            if part is None:
                raise Refused("part_unknown", field="part")
            served = stock.book_arrival(
                write, part.id, form.quantity.data, form.note.data or "", actor=actor(), now=house().now(), house=house()
            )  # fmt: skip
    except Refused as no:
        return _list(form, more=[(no.field or "", refusal(no))])
    flash(words.arrived(part.code, form.quantity.data, served), "ok")
    return redirect(url_for("management.parts"))


@room.route("/parts/new", methods=["GET", "POST"])
@managers
def new_part() -> Any:
    """A part that is new in the list."""
    return _page(None)


@room.route("/parts/<int(max=2147483647):part_id>", methods=["GET", "POST"])
@managers
def part(part_id: int) -> Any:
    """A part: its facts, its moves, and for whom it is kept."""
    return _page(_found(part_id))


def _found(part_id: int) -> Part:
    found = reading().get(Part, part_id)
    if found is None:
        raise NotFound
    return found


def _page(found: Part | None) -> Any:
    form = PartFacts(request.form or None, data=known(found) if found else None).offer(_families())
    more: More = []
    if request.method == "POST" and form.validate():
        try:
            with transaction() as write:
                own = write.get_one(Part, found.id) if found else Part()
                catalogue.save_part(write, own, form.said(), families=_families())
            flash(_("Saved."), "ok")
            return redirect(url_for("management.part", part_id=own.id))
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    return _shown(found, form, CountForm(), more), 422 if request.method == "POST" else 200


def _shown(found: Part | None, form: PartFacts, counting: CountForm, more: More) -> str:
    moves = catalogue.moves(reading(), found.id) if found else []
    claims = shelves.claims_on(reading(), found.id) if found else []
    return render_template(
        "management/part.html", part=found, form=form, counting=counting, more=more, moves=words.moves(moves), claims=words.claims(claims)
    )  # fmt: skip


@room.post("/parts/<int(max=2147483647):part_id>/count")
@managers
def count_part(part_id: int) -> Any:
    """Somebody counted the drawer."""
    found, form = _found(part_id), CountForm(request.form)
    more: More = []
    if form.validate():
        try:
            with transaction() as write:
                by = By(actor().user_id, house().now(), form.reason.data)
                stock.count(write, part_id, form.counted.data, by, house=house())
            flash(_("The count is corrected."), "ok")
            return redirect(url_for("management.part", part_id=part_id))
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    more += [(field.id, str(error)) for field in form for error in field.errors]
    return _shown(found, PartFacts(data=known(found)).offer(_families()), form, more), 422


@room.get("/parts.csv")
@managers
def parts_table() -> Response:
    """The whole list as a table; changed, it comes back by the same page."""
    rows = [
        [each.code, each.name, "|".join(each.families), each.price_cents, each.on_hand, each.reorder_at, each.place]
        for each in (shelf.part for shelf in shelves.shelves(reading()))
    ]
    return spreadsheet(table(catalogue.COLUMNS, rows), "parts")


@room.post("/parts/table")
@managers
def take_parts() -> Any:
    """A table comes in: all of its rows, or none."""
    form, sent = PartsTable(request.form), request.files.get("table")
    try:
        content = sent.read(MOST_BYTES + 1) if sent else b""
        rows = rows_of(content, ("code", "name", "families"), refused="stock_table_wrong")
        with transaction() as write:
            by = By(actor().user_id, house().now(), _("Table (CSV)"))
            number = catalogue.take_parts(write, rows, by, families=_families())
    except Refused as no:
        return _list(sent=form, more=[("table", refusal(no))])
    flash(ngettext("%(num)s part is taken over.", "%(num)s parts are taken over.", number), "ok")
    return redirect(url_for("management.parts"))


def _families() -> list[str]:
    return list(house().rulebook.newest.families)
