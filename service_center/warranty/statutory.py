"""The dates of the statutory guarantee, which the seller owes beside the brand's own (domain B.1, B.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.warranty.months import add_months


@dataclass(frozen=True)
class Law:
    """The law's terms in months; without a first day of sale, no repair extends them."""

    months: int
    action_months: int
    presumption_months: int
    repair_extension_months: int = 0
    repair_extension_from: date | None = None


def starts_on(purchased_on: date, delivered_on: date | None) -> date:
    """The day from which the law counts: of delivery, or of purchase where nothing was delivered."""
    return delivered_on or purchased_on


def until(law: Law, start: date) -> date:
    """The last day on which a defect may appear; raises OverflowError past the year 9999."""
    return add_months(start, law.months)


def action_until(law: Law, start: date) -> date:
    """The last day on which the consumer can still claim (art. 133)."""
    try:
        return add_months(start, law.action_months)
    except OverflowError:  # no day comes after the calendar's last, so it bars nobody
        return date.max


def presumed_until(law: Law, start: date) -> date:
    """The last day on which a defect is presumed to have been there at delivery (art. 135); raises OverflowError."""
    return add_months(start, law.presumption_months)


def extended_until(law: Law, start: date, sold_on: date) -> date | None:
    """The last day once a repair was the remedy, which extends the term one time; None for sales before that law."""
    first = law.repair_extension_from
    if first is None or sold_on < first:
        return None
    return add_months(start, law.months + law.repair_extension_months)
