"""A ticket's papers as PDFs: facts gathered and drawn in one language, the customer's unless another is asked for."""

from __future__ import annotations

from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.documents import compose, report, slip
from service_center.documents import quote as quote_paper
from service_center.documents import replacement as replacement_paper
from service_center.offers.models import Quote, ReplacementOffer
from service_center.tickets import queries
from service_center.tickets.models import Ticket


def report_of(session: Session, ticket: Ticket, *, house: House, language: str = "") -> bytes:
    """The repair report with the pictures that tell most."""
    with speaking(language or ticket.language):
        pictures = compose.photographs(queries.photos(session, ticket.id), house=house)
        return report.draw(compose.report(session, ticket, house=house, pictures=pictures))


def slip_of(session: Session, ticket: Ticket, pin: str, *, house: House, language: str = "") -> bytes:
    """The dated slip; `pin` is empty when it is printed again."""
    with speaking(language or ticket.language):
        return slip.draw(compose.slip(session, ticket, pin, house=house))


def quote_of(session: Session, ticket: Ticket, quote: Quote, *, house: House, language: str = "") -> bytes:
    """A quote as it was sent."""
    with speaking(language or ticket.language):
        return quote_paper.draw(compose.quote(session, ticket, quote, house=house))


def replacement_of(
    session: Session, ticket: Ticket, made: ReplacementOffer, *, house: House, language: str = ""
) -> bytes:
    """The confirmation of a replacement that was chosen."""
    with speaking(language or ticket.language):
        return replacement_paper.draw(compose.confirmation(session, ticket, made, house=house))
