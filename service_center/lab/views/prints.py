"""What the lab prints: bag labels, parcel labels, reports, quotes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, flash, redirect, request, url_for

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound, Refused
from service_center.core.first_page import first_page
from service_center.core.house import house
from service_center.core.paper import A6
from service_center.documents.printed import quote_of, report_of
from service_center.lab.queries.boxes import outbound
from service_center.lab.views.room import ROW_ID, read_code, room
from service_center.labels import bag, shipping
from service_center.labels import compose as labels
from service_center.offers.queries import quotes
from service_center.parcels.queries import codes_in, tickets_in
from service_center.parcels.services import refuse_unsafe
from service_center.tickets import queries
from service_center.tickets.models import Ticket
from service_center.tickets.wording.refusals import refusal

LABEL_SIDE = 1400
"""Dots of the longer side, as far as a page is drawn so large: as fine as a printer of labels."""
SIZES = {"a6": A6, "100x150": shipping.LABEL_ROLL}


def _ticket(code: str) -> Ticket:
    return queries.get(reading(), read_code(code), seen_by=actor())


@room.get("/tickets/<code>/bag.pdf")
@lab
def bag_label(code: str) -> Response:
    """The label of the bag."""
    found = _ticket(code)
    return pdf(bag.draw(labels.bag_label(found, house=house())), f"bag-{found.code}")


@room.get("/tickets/<code>/bag.png")
@lab
def bag_picture(code: str) -> Response:
    """The same label as a picture, for the page that prints it by itself."""
    content = bag.draw(labels.bag_label(_ticket(code), house=house()))
    drawn, out = first_page(content, side=LABEL_SIDE, most=1), BytesIO()
    if drawn.picture is None:
        raise NotFound
    drawn.picture.convert("L").save(out, "PNG", optimize=True)
    return Response(out.getvalue(), mimetype="image/png")


@room.get("/tickets/<code>/report.pdf")
@lab
def report(code: str) -> Response:
    """The repair report, in the customer's language or the one asked for."""
    found = _ticket(code)
    content = report_of(reading(), found, house=house(), language=request.args.get("lang", ""))
    return pdf(content, f"report-{found.code}")


@room.get("/tickets/<code>/quote.pdf")
@lab
def quote_pdf(code: str) -> Response:
    """The newest quote on paper."""
    found = _ticket(code)
    sent = quotes(reading(), found.id)
    if not sent:
        raise NotFound
    content = quote_of(reading(), found, sent[-1], house=house(), language=request.args.get("lang", ""))
    return pdf(content, f"quote-{found.code}")


@room.get(f"/shipments/<{ROW_ID}:shipment_id>/label.pdf")
@lab
def parcel_label(shipment_id: int) -> Any:
    """The label of a parcel on its way out; none for what must not leave by this courier."""
    parcel = outbound(reading(), shipment_id)
    try:
        refuse_unsafe(reading(), tickets_in(reading(), parcel), parcel.courier)
    except Refused as no:
        flash(refusal(no), "stop")
        return redirect(url_for("lab.pack", shipment_id=shipment_id))
    size = SIZES.get(request.args.get("size", ""), A6)
    facts = labels.shipping_label(parcel, codes_in(reading(), parcel), house=house())
    return pdf(shipping.draw(facts, size=size), f"parcel-{parcel.id}")
