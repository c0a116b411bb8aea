"""What stands before the first ticket, and a ticket in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from service_center.demo.pictures import Picture
from service_center.demo.stories import Found, Story
from service_center.demo.writer import Row


@dataclass(frozen=True)
class Stage:
    """What stands before the first ticket: people, shops, models, parts and pictures, by id."""

    technicians: tuple[int, ...]
    front_desk: int
    shops: tuple[Row, ...]
    models: dict[str, tuple[Row, ...]]
    parts: dict[str, tuple[Row, ...]]
    pictures: dict[str, list[Picture]]


@dataclass
class Draft:
    """A ticket in the making."""

    story: Story
    code: str
    family: str
    shop: Row | None
    findings: list[Found]
    times: list[datetime]
    row: Row = field(default_factory=dict)
    waits: list[Row] = field(default_factory=list)
