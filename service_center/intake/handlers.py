"""Drafts that nobody sent are forgotten, with their photographs."""

from __future__ import annotations

from service_center.core.database import transaction
from service_center.core.house import house
from service_center.intake import services
from service_center.intake.queries import abandoned
from service_center.outbox.worker import Handler, Job


def forget_drafts(job: Job) -> str:
    """Every draft that is over, and then the files that were only its own."""
    keys: list[str] = []
    with transaction() as session:
        for row in abandoned(session, now=house().now()):
            keys += services.discard(session, row)
    for key in keys:
        house().storage.delete(key)
    return ""


HANDLERS: dict[str, Handler] = {"forget_drafts": forget_drafts}
