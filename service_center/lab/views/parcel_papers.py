"""What goes with a parcel on paper: the courier's label, its list and the report of each item; as a PDF, and printed by a card."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from flask import Response, flash, redirect, url_for

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.documents.parcel import papers_of, pictures
from service_center.lab.queries.boxes import outbound
from service_center.lab.views.room import ROW_ID, room, show
from service_center.labels import compose as labels
from service_center.labels import shipping
from service_center.parcels.models import Shipment
from service_center.parcels.queries import codes_in
from service_center.parcels.services import refuse_unsafe
from service_center.tickets import queries
from service_center.tickets.models import Ticket
from service_center.tickets.wording.refusals import refusal


@room.get(f"/shipments/<{ROW_ID}:shipment_id>/papers.pdf")
@lab
def parcel_papers(shipment_id: int) -> Response:
    """What lies in the parcel, and the report of each item, in the owner's language."""
    parcel = outbound(reading(), shipment_id)
    return pdf(papers_of(reading(), parcel, _inside(parcel), house=house()), f"papers-{parcel.id}")


def _inside(parcel: Shipment) -> list[Ticket]:
    return [queries.get(reading(), code, seen_by=actor()) for code in codes_in(reading(), parcel)]


@room.get(f"/dispatch/<{ROW_ID}:shipment_id>/print/<any(label, papers):what>")
@lab
def parcel_print(shipment_id: int, what: str) -> Any:
    """The label, or the papers, on a page that prints itself; scans go on from there."""
    parcel = outbound(reading(), shipment_id)
    tickets = _inside(parcel)
    try:
        refuse_unsafe(reading(), tickets, parcel.courier)
    except Refused as no:
        flash(refusal(no), "stop")
        return redirect(url_for("lab.pack", shipment_id=shipment_id))
    is_label = what == "label"
    content = _label(parcel) if is_label else papers_of(reading(), parcel, tickets, house=house())
    return show(
        "lab/parcel_print.html", shipment=parcel, is_label=is_label, pages=[f"data:image/png;base64,{b64encode(page).decode()}" for page in pictures(content)],
        file=url_for("lab.parcel_label" if is_label else "lab.parcel_papers", shipment_id=shipment_id), scan_url=url_for("lab.pack_scan", shipment_id=shipment_id),
    )  # fmt: skip


def _label(parcel: Shipment) -> bytes:
    return shipping.draw(labels.shipping_label(parcel, codes_in(reading(), parcel), house=house()))
