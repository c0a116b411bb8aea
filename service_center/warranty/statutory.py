"""The dates of the statutory guarantee, which the seller owes beside the brand's own (domain B.1, B.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.warranty.months import add_months


@dataclass(frozen=True)
class Law:
    """The law's terms in months. What is not settled yet is a date or a switch of the terms file, never a constant.

    `repair_extension_in_force` switches the longer term after a repair off for sales of any day; `choice_notice_from` is the
    first day of sale for which the choice of repair or replacement is explained and recorded before the remedy (None: never).
    """

    months: int
    action_months: int
    presumption_months: int
    repair_extension_months: int = 0
    repair_extension_from: date | None = None
    repair_extension_in_force: bool = False
    choice_notice_from: date | None = None


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
    if not law.repair_extension_in_force or first is None or sold_on < first:
        return None
    try:
        return add_months(start, law.months + law.repair_extension_months)
    except OverflowError:
        return date.max


def choice_is_told(law: Law, sold_on: date) -> bool:
    """Whether the choice of repair or replacement is explained before the remedy for a sale of that day."""
    return law.choice_notice_from is not None and sold_on >= law.choice_notice_from
