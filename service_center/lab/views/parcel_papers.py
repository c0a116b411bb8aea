"""The papers that go into a parcel: its list and the report of each item, one PDF."""

from __future__ import annotations

from flask import Response

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.house import house
from service_center.documents.parcel import papers_of
from service_center.lab.queries.boxes import outbound
from service_center.lab.views.room import ROW_ID, room
from service_center.parcels.queries import codes_in
from service_center.tickets import queries


@room.get(f"/shipments/<{ROW_ID}:shipment_id>/papers.pdf")
@lab
def parcel_papers(shipment_id: int) -> Response:
    """What lies in the parcel, and the report of each item, in the owner's language."""
    parcel = outbound(reading(), shipment_id)
    tickets = [queries.get(reading(), code, seen_by=actor()) for code in codes_in(reading(), parcel)]
    return pdf(papers_of(reading(), parcel, tickets, house=house()), f"papers-{parcel.id}")
