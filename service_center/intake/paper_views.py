"""The slip and the address label, for the browser that asked."""

from __future__ import annotations

from flask import Response

from service_center.accounts.access import by_link, owner_of
from service_center.accounts.actor import customer
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import language
from service_center.core.paper import A4, A6
from service_center.documents.printed import slip_of
from service_center.intake import browser, services
from service_center.intake.room import room
from service_center.labels import compose as labels
from service_center.labels import inbound
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket

SIZES = {"a4": A4, "a6": A6}


def _own(text: str) -> Ticket:
    """The ticket of this code, for its owner; to everybody else it is not there."""
    try:
        code = codes.parse(text)
    except ValueError as fault:
        raise NotFound from fault
    ticket_id = owner_of(code)
    if ticket_id is None:
        raise NotFound
    return queries.get(reading(), code, seen_by=customer(ticket_id))


@room.get("/repairs/new/done/<code>/slip.pdf")
@by_link
def slip_pdf(code: str) -> Response:
    """The dated slip; with its PIN while this browser still has the request that it was made for."""
    ticket = _own(code)
    row = browser.row()
    pin = services.pin_of(browser.secret(), ticket.code) if row and row.request_id == ticket.request_id else ""
    return pdf(slip_of(reading(), ticket, pin, house=house(), language=language()), codes.grouped(ticket.code))


@room.get("/repairs/new/done/<code>/label-<any(a4, a6):size>.pdf")
@by_link
def label_pdf(code: str, size: str) -> Response:
    """The label for the parcel to us; none for what may not be sent."""
    ticket = _own(code)
    if ticket.status is not Status.TO_SEND or ticket.safety:
        raise NotFound
    content = inbound.draw(labels.inbound_label(ticket, house=house()), size=SIZES[size])
    return pdf(content, f"{codes.grouped(ticket.code)}-{size}")
