"""The way of an item in five steps, and what a customer reads about hours and closing days."""

from __future__ import annotations

from datetime import date, timedelta

from service_center.core.brand import Brand
from service_center.core.i18n import Later, _, day, language, later
from service_center.tickets.lifecycle import Status
from service_center.tickets.wording.statuses import Asked

S = Status
_REPAIRED = (later("Arrived"), later("Diagnosis"), later("Repair"), later("Checks"), later("Sent"))
_REPLACED = (later("Arrived"), later("Diagnosis"), later("Replacement"), later("Checks"), later("Sent"))
_RETURNED = (later("Arrived"), later("Diagnosis"), later("Return"), later("Packed"), later("Sent"))
# How many steps are done, and whether the next one is being done.
_PLACES: dict[Status, tuple[int, bool]] = {
    S.REQUESTED: (0, False), S.TO_SEND: (0, False), S.IN_TRANSIT_IN: (0, True), S.RECEIVED: (1, False), S.TAKEN_IN_CHARGE: (1, False),
    S.DIAGNOSING: (1, True), S.REPAIRING: (2, True), S.REPLACING: (2, True), S.RETURNING: (2, True), S.TESTING: (3, True),
    S.READY: (4, False), S.SHIPPED_OUT: (4, True), S.DELIVERED: (5, False), S.CLOSED: (5, False), S.CANCELLED: (0, False),
}  # fmt: skip
SOON = timedelta(days=21)


def progress(now: Status, passed: frozenset[Status]) -> list[tuple[str, bool, bool]]:
    """The five steps as the macro `progress` takes them; `passed` are the statuses that the item has been in."""
    words: tuple[Later, ...] = _REPAIRED
    if S.RETURNING in passed:
        words = _RETURNED
    elif S.REPLACING in passed:
        words = _REPLACED
    done, doing = _PLACES[now]
    return [(str(word), place < done, doing and place == done) for place, word in enumerate(words)]


def closing(brand: Brand, today: date) -> str:
    """The closing days that are near, as a sentence; empty when there are none."""
    near = next((each for each in brand.closures if each.first - SOON <= today <= each.last), None)
    if near is None:
        return ""
    return _(
        "The lab is closed from %(first)s to %(last)s (%(reason)s): these days do not count.",
        first=day(near.first), last=day(near.last), reason=near.reason[language()],
    )  # fmt: skip


def asked_of_the_shop() -> Asked:
    """A document is missing, and the shop that sent the item was asked for it."""
    words = _("We have asked the shop for the document. If you have it yourself, you can send it from your own page.")
    return Asked(_("Nothing is needed from you"), words, "ok", "ok")
