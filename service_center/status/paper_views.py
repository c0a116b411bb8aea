"""Papers that the owner takes away."""

from __future__ import annotations

from flask import Response

from service_center.accounts.access import by_link
from service_center.core.database import reading
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import language
from service_center.core.paper import A4, A6
from service_center.documents import compose as papers
from service_center.documents import report, slip
from service_center.labels import compose as labels
from service_center.labels import inbound
from service_center.status.pages import FINISHED, owned
from service_center.status.views import room
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket

SIZES = {"a4": A4, "a6": A6}


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _report(ticket: Ticket) -> report.Report:
    pictures = papers.photographs(papers.chosen_photos(queries.photos(reading(), ticket.id)), house=house())
    return papers.report(reading(), ticket, house=house(), pictures=pictures)


@room.get("/status/<code>/report.pdf")
@by_link
def report_pdf(code: str) -> Response:
    """The repair report, once the work is finished."""
    ticket, _who = owned(code)
    if ticket.status not in FINISHED:
        raise NotFound
    return _pdf(report.draw(_report(ticket)), f"{codes.grouped(ticket.code)}-{language()}")


@room.get("/status/<code>/label-<any(a4, a6):size>.pdf")
@by_link
def label_pdf(code: str, size: str) -> Response:
    """The label for the parcel to us."""
    ticket, _who = owned(code)
    return _pdf(
        inbound.draw(labels.inbound_label(ticket, house=house()), size=SIZES[size]),
        f"{codes.grouped(ticket.code)}-{size}",
    )


@room.get("/status/<code>/slip.pdf")
@by_link
def slip_pdf(code: str) -> Response:
    """The slip again; its PIN is known only on the day it was given."""
    ticket, _who = owned(code)
    return _pdf(slip.draw(papers.slip(reading(), ticket, "", house=house())), codes.grouped(ticket.code))
