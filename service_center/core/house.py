"""What this installation is made of: brand, terms, clock, storage, address; one object, handed in at the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app

from service_center.core.brand import Brand
from service_center.core.i18n import civil_day
from service_center.core.outside import Clock, Storage
from service_center.warranty.terms import Rulebook


@dataclass(frozen=True)
class House:
    """The parts that every room may need; `base_url` has no slash at its end."""

    brand: Brand
    rulebook: Rulebook
    clock: Clock
    storage: Storage
    base_url: str

    @property
    def session_idle(self) -> timedelta:
        return timedelta(hours=self.brand.setting("session_idle_hours"))

    def today(self) -> date:
        """The civil day in Rome (R08)."""
        return civil_day(self.clock())

    def now(self) -> datetime:
        """This instant, aware."""
        return self.clock()

    def scan_url(self, code: str) -> str:
        """What the QR of a ticket holds."""
        return f"{self.base_url}/t/{code}"


def house() -> House:
    """The house of the running application."""
    found: House = current_app.extensions["house"]
    return found
