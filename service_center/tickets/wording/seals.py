"""The seal of the last visit as a fact: evidence that decides nothing by itself."""

from __future__ import annotations

from service_center.core.i18n import _, day
from service_center.tickets.bench_models import Seal
from service_center.tickets.wording.vocabulary import seal_found


def seal_fact(before: Seal | None) -> str:
    """Its number, its day, and how it looked; empty where there was none."""
    if before is None:
        return ""
    found = seal_found(before.found) if before.found else _("Not looked at yet").lower()
    return _("%(number)s of %(day)s: %(found)s", number=before.number, day=day(before.put_at), found=found)
