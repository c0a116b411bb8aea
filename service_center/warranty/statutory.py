"""The dates of the statutory guarantee, which the seller owes beside the brand's own (domain B.1, B.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.warranty.months import add_months


@dataclass(frozen=True)
class Law:
    """The law's terms in months from delivery; the extension after a repair is off without a first day of sale."""

    months: int
    action_months: int
    presumption_months: int
    repair_extension_months: int = 0
    repair_extension_from: date | None = None


@dataclass(frozen=True)
class StatutoryClock:
    """The statutory dates of one sale, each included; without a day of delivery they run from the purchase."""

    law: Law
    purchased_on: date
    delivered_on: date | None = None

    @property
    def starts_on(self) -> date:
        """The day of delivery, else of purchase."""
        return self.delivered_on or self.purchased_on

    @property
    def until(self) -> date:
        """The last day on which a defect may appear; raises OverflowError past the year 9999."""
        return add_months(self.starts_on, self.law.months)

    @property
    def action_until(self) -> date:
        """The last day on which the consumer can still claim (art. 133)."""
        try:
            return add_months(self.starts_on, self.law.action_months)
        except OverflowError:  # it is only compared, and no day comes after the calendar's last
            return date.max

    @property
    def presumed_until(self) -> date:
        """The last day on which a defect is presumed to have been there at delivery (art. 135)."""
        return add_months(self.starts_on, self.law.presumption_months)

    @property
    def extended_until(self) -> date | None:
        """The last day if repair was the remedy, which extends the term once; None where that law does not apply yet."""
        first = self.law.repair_extension_from
        if first is None or self.purchased_on < first:
            return None
        return add_months(self.starts_on, self.law.months + self.law.repair_extension_months)
