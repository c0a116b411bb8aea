"""What came out of the parcel, for its owner: the list, the photographs, and a few days in which to object."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request

from service_center.accounts.access import by_link
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.uploads import for_good, receive_all
from service_center.messages.contents import object_to_contents
from service_center.messages.contents_form import ContentsForm
from service_center.status.pages import back, owned
from service_center.status.views import room
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording.contents import contents as worded
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import photo_subject


@room.route("/status/<code>/contents", methods=["GET", "POST"])
@by_link
def contents(code: str) -> Any:
    """Something is missing or different: in the owner's words, with a photograph where there is one."""
    ticket, who = owned(code)
    form = ContentsForm(request.form)
    if request.method == "GET":
        return _page(ticket, form)
    if not form.validate():
        return _page(ticket, form), 422
    try:
        kept = receive_all(request.files.getlist("photos"), house().storage, field="photos")
        with for_good(kept, house().storage), transaction() as write:
            mine = queries.locked(write, ticket.code, seen_by=who)
            photos = [NewPhoto.of(each, "detail") for each in kept]
            object_to_contents(write, mine, form.text.data, photos, actor=who, now=house().now(), house=house())
    except Refused as no:
        return _page(ticket, form, [(no.field or "", refusal(no))]), 422
    flash(_("Thank you: a person looks into it and answers here and by e-mail."), "ok")
    return back(codes.grouped(ticket.code), "contents")


def _page(ticket: Ticket, form: ContentsForm, more: list[tuple[str, str]] | None = None) -> str:
    told = worded(ticket, today=house().today())
    if told is None:
        raise NotFound
    photos = [
        (each.id, photo_subject(each.subject))
        for each in queries.photos(reading(), ticket.id)
        if each.stage == "reception"
    ]
    return render_template("status/contents.html", code=codes.grouped(ticket.code), form=form, contents=told, photos=photos, more=more or [])  # fmt: skip
