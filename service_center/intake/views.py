"""The room with all its pages: whoever imports this has every route registered."""

from __future__ import annotations

from service_center.intake import (  # noqa: F401 — they register routes
    counter_views,
    file_views,
    item_views,
    paper_views,
    register_views,
    sending_views,
    start_views,
)
from service_center.intake.room import room as room
