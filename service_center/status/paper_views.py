"""Papers that the owner takes away."""

from __future__ import annotations

from flask import Response

from service_center.accounts.access import by_link
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import language
from service_center.core.paper import A4, A6
from service_center.documents.printed import report_of, slip_of
from service_center.labels import compose as labels
from service_center.labels import inbound
from service_center.status.pages import FINISHED, owned
from service_center.status.views import room
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status

SIZES = {"a4": A4, "a6": A6}


@room.get("/status/<code>/report.pdf")
@by_link
def report_pdf(code: str) -> Response:
    """The repair report, once the work is finished."""
    ticket, _who = owned(code)
    if ticket.status not in FINISHED:
        raise NotFound
    return pdf(
        report_of(reading(), ticket, house=house(), language=language()), f"{codes.grouped(ticket.code)}-{language()}"
    )


@room.get("/status/<code>/label-<any(a4, a6):size>.pdf")
@by_link
def label_pdf(code: str, size: str) -> Response:
    """The label for the parcel to us; none for what must not be sent, or was."""
    ticket, _who = owned(code)
    if ticket.status is not Status.TO_SEND or ticket.safety:
        raise NotFound
    return pdf(
        inbound.draw(labels.inbound_label(ticket, house=house()), size=SIZES[size]),
        f"{codes.grouped(ticket.code)}-{size}",
    )


@room.get("/status/<code>/slip.pdf")
@by_link
def slip_pdf(code: str) -> Response:
    """The slip again; its PIN is known only on the day it was given."""
    ticket, _who = owned(code)
    return pdf(slip_of(reading(), ticket, "", house=house(), language=language()), codes.grouped(ticket.code))
