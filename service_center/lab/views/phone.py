"""The phone that was handed a ticket's camera: it sends pictures of one ticket for a while, and reads nothing of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select

from service_center.accounts.access import by_link
from service_center.accounts.actor import SYSTEM
from service_center.accounts.models import Link, Purpose
from service_center.accounts.services import follow_link
from service_center.core.budgets import spend
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import ngettext
from service_center.core.uploads import Kept, chosen, for_good, receive_all
from service_center.lab.forms.boxes import PHOTOS_AT_ARRIVAL, PhoneForm
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import COMING, Status
from service_center.tickets.models import Ticket
from service_center.tickets.services.bench import add_photos
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording.refusals import refusal

room = Blueprint("camera", __name__, url_prefix="/camera")
MOST = 40
"""Pictures of one link: more is no unpacking."""
LASTS = timedelta(minutes=15)
AT_ARRIVAL = COMING | {Status.RECEIVED}


def _of(token: str) -> tuple[Link, Ticket]:
    link = follow_link(reading(), Purpose.CAMERA, token, now=house().now())
    ticket = reading().get(Ticket, link.subject_id)
    if ticket is None:
        raise NotFound
    return link, ticket


@room.get("/<token>")
@by_link
def phone(token: str) -> Any:
    """One large button; after each picture the next subject is chosen already."""
    link, ticket = _of(token)
    return _page(token, link, ticket, PhoneForm())


def _page(token: str, link: Link, ticket: Ticket, form: PhoneForm, status: int = 200) -> Any:
    seen = [each.subject for each in queries.photos(reading(), ticket.id) if each.at >= link.created_at]
    if request.method == "GET":
        form.subject.data = next((each for each in PHOTOS_AT_ARRIVAL if each not in seen), "detail")
    group = grouped(ticket.code).split("-")[0]
    return render_template(
        "status/camera.html",
        form=form,
        token=token,
        group=group,
        number=len(seen),
        until=link.expires_at,
        form_done=form.done(seen),
    ), status


@room.post("/<token>")
@by_link
def take(token: str) -> Any:
    """A picture or several of one subject."""
    link, ticket = _of(token)
    form = PhoneForm(request.form)
    files = chosen(request.files.getlist("photos"))
    if not form.validate() or not files:
        return _page(token, link, ticket, form.without_a_picture(bool(files)), 422)
    kept: list[Kept] = []
    try:
        _reserve(link, len(files))
        kept = receive_all(files, house().storage, field="photos")
        with for_good(kept, house().storage), transaction() as write:
            stands = write.scalars(select(Ticket).where(Ticket.id == ticket.id)).one()
            stage = (
                "reception" if stands.status in AT_ARRIVAL else "test" if stands.status is Status.TESTING else "bench"
            )
            add_photos(
                write,
                stands,
                stage,
                [NewPhoto.of(each, form.subject.data) for each in kept],
                actor=SYSTEM,
                now=house().now(),
            )
    except Refused as no:
        form.photos.errors = [*form.photos.errors, refusal(no)]
        return _page(token, link, ticket, form, 422)
    flash(ngettext("%(num)s photograph has arrived at the bench.", "%(num)s photographs have arrived at the bench.", len(kept)), "ok")  # fmt: skip
    return redirect(url_for("camera.phone", token=token))


def _reserve(link: Link, number: int) -> None:
    """So many pictures a link and no more."""
    with transaction(once=False) as write:
        spent = [
            spend(write, f"camera:{link.id}", limit=MOST, per=LASTS * 2, now=house().now()) for _each in range(number)
        ]
    if not all(spent):
        raise Refused("camera_full", field="photos", number=MOST)
