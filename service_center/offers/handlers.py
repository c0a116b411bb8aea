"""What becomes of a quote by itself: the night after its last day it is over."""

from __future__ import annotations

from service_center.accounts.actor import SYSTEM
from service_center.core.database import transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.logs import log
from service_center.offers.models import Quote
from service_center.offers.services.quotes import expire
from service_center.outbox.senders import Permanent
from service_center.outbox.worker import Handler, Job
from service_center.tickets import queries


def quote_expiry(job: Job) -> str:
    """Nobody answered in time; one that was answered stays as it is."""
    try:
        with transaction() as session:
            quote = session.get(Quote, job.facts["quote_id"])
            if quote is None:
                raise NotFound
            ticket = queries.locked(session, job.facts["ticket"], seen_by=SYSTEM)
            expire(session, ticket, quote, actor=SYSTEM, now=house().now(), house=house())
    except NotFound as fault:
        raise Permanent("the quote is gone") from fault
    except Refused as refused:
        # The ticket went on without an answer: a step was taken back, or it was cancelled.
        log.info("quote_expiry", row=job.id, refused=refused.code)
    return ""


HANDLERS: dict[str, Handler] = {"quote_expiry": quote_expiry}
