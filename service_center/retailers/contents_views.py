"""What came out of a shop's parcel: the list, the photographs, and a few days in which to object."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from service_center.accounts.access import actor, shops
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.uploads import for_good, receive_all
from service_center.messages.contents import object_to_contents
from service_center.messages.contents_form import ContentsForm
from service_center.retailers.room import room
from service_center.retailers.ticket_views import back, found, found_in
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording.contents import contents as worded
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import photo_subject


@room.route("/tickets/<code>/contents", methods=["GET", "POST"])
@shops
def contents(code: str) -> Any:
    """Something is missing or different, in the shop's words."""
    here = found(code)
    form = ContentsForm(request.form)
    if request.method == "GET":
        return _page(here, form)
    if not form.validate():
        return _page(here, form), 422
    try:
        kept = receive_all(request.files.getlist("photos"), house().storage, field="photos")
        with for_good(kept, house().storage), transaction() as write:
            photos = [NewPhoto.of(each, "detail") for each in kept]
            object_to_contents(
                write, found_in(write, code), form.text.data, photos, actor=actor(), now=house().now(), house=house()
            )
    except Refused as no:
        return _page(here, form, [(no.field or "", refusal(no))]), 422
    flash(_("It is with the lab: a person looks into it and answers here."), "ok")
    return back(code, "contents")


def _page(here: Ticket, form: ContentsForm, more: list[tuple[str, str]] | None = None) -> str:
    told = worded(here, today=house().today())
    if told is None:
        raise NotFound
    photos = [
        (each.id, photo_subject(each.subject))
        for each in queries.photos(reading(), here.id)
        if each.stage == "reception"
    ]
    return render_template("retailers/contents.html", code=codes.grouped(here.code), form=form, contents=told, photos=photos, more=more or [], max_bytes=limits.FILE_BYTES)  # fmt: skip
