"""The room with all its pages: whoever imports this has every route registered."""

from __future__ import annotations

from service_center.retailers import (  # noqa: F401 — they register routes
    answer_views,
    complaint_views,
    contents_views,
    list_view,
    new_views,
    paper_views,
    people_views,
    replacement_views,
    safety_views,
    ticket_views,
)
from service_center.retailers.room import room as room
