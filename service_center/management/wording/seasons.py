"""Seasons in words."""

from __future__ import annotations

from datetime import timedelta

from babel.dates import format_date

from service_center.core.i18n import _, language
from service_center.tickets.seasons import bounds


def season_words(season: str, months: int) -> str:
    """`lug – dic 2026`."""
    first, after = bounds(season, months)
    last = after - timedelta(days=1)
    facts = {
        "first": format_date(first, "MMM", locale=language()),
        "last": format_date(last, "MMM y", locale=language()),
    }
    return _("%(first)s – %(last)s", **facts)


def chosen_season(asked: str, now: str, months: int) -> str:
    """The season that somebody asked for; what is none becomes the running one."""
    try:
        bounds(asked, months)
    except ValueError:
        return now
    return asked
