"""The camera of a ticket: a code hands it to a phone for a while, and its pictures come to the bench by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template, request, url_for

from service_center.accounts.access import actor, lab
from service_center.accounts.models import Purpose
from service_center.accounts.services import make_link
from service_center.core.database import reading, transaction
from service_center.core.house import house
from service_center.core.paper import qr_path
from service_center.lab.views.boxes import scanned_at
from service_center.lab.views.room import read_code, room, show
from service_center.lab.wording.sheet import photo_words
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.models import Ticket

LASTS = timedelta(minutes=15)
SHOWN = 12


def _ticket(code: str) -> Ticket:
    return queries.get(reading(), read_code(code), seen_by=actor())


@room.post("/tickets/<code>/camera")
@lab
def camera(code: str) -> Any:
    """A link for this ticket alone, to send pictures and to see none; as a part of the page, or a page of its own."""
    ticket, now = _ticket(code), house().now()
    with transaction() as write:
        token = make_link(write, Purpose.CAMERA, ticket.id, now=now, lasts=LASTS)
    path, side = qr_path(house().base_url + url_for("camera.phone", token=token))
    facts: dict[str, Any] = {
        "qr_path": path, "qr_side": side, "code": grouped(ticket.code), "minutes": int(LASTS.total_seconds() // 60), "seconds": int(LASTS.total_seconds()),
        "pictures_url": url_for("lab.camera_pictures", code=grouped(ticket.code), after=_newest(ticket)),
    }  # fmt: skip
    if request.headers.get("X-Part") == "phone":
        return render_template("lab/unpack/phone_code.html", **facts)
    return show("lab/reception/camera.html", scan_url=scanned_at(None), **facts)


def _newest(ticket: Ticket) -> int:
    return max((each.id for each in queries.photos(reading(), ticket.id)), default=0)


@room.get("/tickets/<code>/camera/pictures")
@lab
def camera_pictures(code: str) -> Any:
    """What has arrived since the code was shown."""
    asked = request.args.get("after", "0")
    after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
    found = [each for each in queries.photos(reading(), _ticket(code).id) if each.id > after]
    return render_template("lab/unpack/arrived.html", photos=found[-SHOWN:], number=len(found), photo_words=photo_words)
