"""What a shop prints: the customer's slip, the bag's label, the parcel's label, the report."""

from __future__ import annotations

from flask import Response, request

from service_center.accounts.access import shops
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.paper import A4, A6
from service_center.documents.printed import report_of, slip_of
from service_center.labels import bag as bag_label
from service_center.labels import compose as labels
from service_center.labels import inbound
from service_center.retailers.page import FINISHED
from service_center.retailers.room import room
from service_center.retailers.ticket_views import found
from service_center.tickets import codes, desk
from service_center.tickets.lifecycle import BEFORE_POSTING, Status


@room.get("/tickets/<code>/slip.pdf")
@shops
def slip(code: str) -> Response:
    """The dated slip in the customer's language; the PIN stands on it while this browser still knows it."""
    here = found(code)
    content = slip_of(reading(), here, desk.pin_of(here.code), house=house())
    return pdf(content, f"slip-{codes.grouped(here.code)}")


@room.get("/tickets/<code>/bag.pdf")
@shops
def bag(code: str) -> Response:
    """The label of the bag."""
    here = found(code)
    return pdf(bag_label.draw(labels.bag_label(here, house=house())), f"bag-{codes.grouped(here.code)}")


@room.get("/tickets/<code>/label.pdf")
@shops
def label(code: str) -> Response:
    """The label for the parcel to the lab; none for what must not be sent."""
    here = found(code)
    if here.status is Status.REQUESTED or here.safety or here.status not in BEFORE_POSTING:
        raise NotFound
    size = A6 if request.args.get("size") == "a6" else A4
    content = inbound.draw(labels.inbound_label(here, house=house()), size=size)
    return pdf(content, f"label-{codes.grouped(here.code)}")


@room.get("/tickets/<code>/report.pdf")
@shops
def report(code: str) -> Response:
    """What was done, once it is done."""
    here = found(code)
    if here.status not in FINISHED:
        raise NotFound
    return pdf(report_of(reading(), here, house=house()), f"report-{codes.grouped(here.code)}")
