"""Photographs of two visits side by side: is it the same thing, says a person; and what it looked like the last time."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from sqlalchemy.orm import joinedload

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab.queries.sheet import sheet
from service_center.lab.views.room import Trouble, attempt, read_code, room, show
from service_center.lab.wording import repeats as wording
from service_center.lab.wording import sheet as sheets
from service_center.tickets.codes import grouped
from service_center.tickets.lineage import likely, pictures
from service_center.tickets.models import Item, Ticket
from service_center.tickets.services import identity


@room.route("/tickets/<code>/same", methods=["GET", "POST"])
@lab
def same(code: str) -> Any:
    """Compare, then link the two visits or say that they are two things."""
    if request.method == "GET":
        return _page(code)
    typed = request.form.get("earlier", "")
    earlier = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    if typed == "none":
        return attempt(code, lambda write, found: identity.deny(write, found, now=house().now()), _("Noted: it is another thing."), again=lambda no: _page(code, no))  # fmt: skip
    return attempt(
        code, lambda write, found: identity.confirm(write, found, earlier, actor=actor(), now=house().now(), house=house()),
        _("Linked: its history and its guarantee count on."), again=lambda no: _page(code, no),
    )  # fmt: skip


def _page(code: str, trouble: Trouble | None = None) -> Any:
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    found = likely(reading(), seen.ticket)
    if not found and trouble is None:
        raise NotFound
    shots = pictures(reading(), [each.ticket.id for each in found])
    return show(
        "lab/same.html", trouble.status if trouble else 200, sheet=seen, ticket=seen.ticket, code=grouped(seen.ticket.code), failed=trouble is not None,
        head=sheets.head(seen, house=house()), more=[("", trouble.sentence)] if trouble else [], photo_words=sheets.photo_words,
        mine=wording.side(seen.ticket), others=[(wording.side(each.ticket), wording.by(each), [shot for shot in shots if shot.ticket_id == each.ticket.id]) for each in found],
        back=url_for("lab.ticket", code=grouped(seen.ticket.code)),
    )  # fmt: skip


@room.get("/tickets/<code>/beside/<earlier>")
@lab
def beside(code: str, earlier: str) -> Any:
    """An earlier visit of this thing beside the one in hand: most goods bear no number, their looks tell."""
    seen, wanted = sheet(reading(), read_code(code), reader=actor(), house=house()), read_code(earlier)
    number = next((visit.id for visit in seen.visits if visit.code == wanted), None)
    if number is None:
        raise NotFound
    other = reading().get_one(Ticket, number, options=[joinedload(Ticket.item).joinedload(Item.model), joinedload(Ticket.customer)], populate_existing=True)  # fmt: skip
    return show(
        "lab/beside.html", sheet=seen, ticket=seen.ticket, code=grouped(seen.ticket.code), photo_words=sheets.photo_words,
        head=sheets.head(seen, house=house()), mine=wording.side(seen.ticket), other=wording.side(other), shots=pictures(reading(), [number]),
    )  # fmt: skip
