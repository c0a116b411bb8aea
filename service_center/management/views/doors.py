"""All doors of management: whoever imports this module has hung every page on the blueprint."""

from __future__ import annotations

from service_center.management.views import (
    badges,
    benches,
    complaints,
    decisions,
    goodwill,
    late,
    overview,
    parts,
    people,
    products,
    registrations,
    repeats,
    safety,
    sellers,
    verdicts,
)
from service_center.management.views.room import room

__all__ = ["room"]
PAGES = (
    badges,
    benches,
    complaints,
    decisions,
    goodwill,
    late,
    overview,
    parts,
    people,
    products,
    registrations,
    repeats,
    safety,
    sellers,
    verdicts,
)
