"""How long something took, as people say it."""

from __future__ import annotations

from datetime import timedelta

from service_center.core.i18n import _


def duration(time: timedelta) -> str:
    """Minutes, from an hour on hours and minutes."""
    hours, rest = divmod(round(time / timedelta(minutes=1)), 60)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest) if hours else _("%(minutes)s min", minutes=rest)
