"""Beginning a request, going on with one, giving one up."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import public
from service_center.core.i18n import _
from service_center.intake import browser, places
from service_center.intake.draft import from_json
from service_center.intake.room import room


@room.route("/repairs/new", methods=["GET", "POST"])
@public
def new() -> Any:
    """The first question; who began already chooses to go on or to begin anew (POST)."""
    if request.method == "POST":
        browser.forget()
        return redirect(url_for("intake.item", number=1, page="what"))
    row = browser.row()
    if row is None:
        return redirect(url_for("intake.item", number=1, page="what"))
    if row.request_id is not None:
        return render_template("intake/resume.html", sent=True, on=row.updated_at, url=url_for("intake.done"))
    kept, reader = from_json(row.data), browser.reader()
    if not kept.begun:
        return redirect(url_for("intake.item", number=1, page="what"))
    url = places.open_place(reader, kept) or places.last_place(reader, kept)
    return render_template("intake/resume.html", sent=False, on=row.updated_at, url=url)


@room.post("/repairs/new/<int:number>/remove")
@public
@browser.unsent
def remove(number: int) -> Any:
    """One item less; with the last one nothing is left."""
    kept = browser.draft()
    gone = browser.item_of(kept, number)
    files = [key for each in gone.files for key in (each.storage_key, each.preview_key, each.thumb_key)]
    if kept.begun and kept.item(number) is not None:
        browser.change(lambda draft: draft.without_item(number))
        browser.delete(files)
        flash(_("The item is taken off your request."), "ok")
    reader, left = browser.reader(), browser.draft()
    return redirect(places.open_place(reader, left) or places.last_place(reader, left))
