"""The stock as the bench reads it, and a part that is kept for a ticket or awaited."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from service_center.accounts.access import actor, lab
from service_center.catalogue.queries import parts_for
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab.forms.parts import AwaitForm
from service_center.lab.views.room import read_code, room, show
from service_center.lab.views.ticket import take
from service_center.tickets import queries, shelves
from service_center.tickets.models import Ticket
from service_center.tickets.services import stock
from service_center.tickets.wording import stock as words


@room.get("/parts")
@lab
def parts() -> Any:
    """What is there, what is free, where it lies."""
    asked = request.args.get("q", "")[:120].replace("\x00", "")
    short = request.args.get("show") == "order"
    chips = [(_("To order"), url_for("lab.parts", show=None if short else "order"), short)]
    rows = words.rows(shelves.shelves(reading(), asked, short=short))
    return show("lab/parts.html", rows=rows, asked=asked, chips=chips)


@room.post("/tickets/<code>/parts/await")
@lab
def await_part(code: str) -> Any:
    """Keep a part for the ticket: what is free now, and the rest when it comes."""
    seen = queries.get(reading(), read_code(code), seen_by=actor())
    form = AwaitForm(request.form).offer(parts_for(reading(), seen.item.family))

    def work(write: Any, found: Ticket) -> None:
        part = form.chosen()
        assert part is not None
        stock.ask_for(
            write, found, part.id, form.quantity.data, form.when.data or "", actor=actor(), now=house().now(), house=house()
        )  # fmt: skip

    return take(code, "awaited", form, work, _("The part is kept, or awaited."))
