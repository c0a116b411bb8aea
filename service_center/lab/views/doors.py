"""All doors of the lab: whoever imports this module has hung every page on the blueprint."""

from __future__ import annotations

from service_center.lab.views import (
    bench,
    board,
    commands,
    dispatch,
    papers,
    parts,
    prints,
    proof,
    quality,
    reception,
    replacement,
    safety,
    same,
    ticket,
)
from service_center.lab.views.room import room

__all__ = ["room"]
PAGES = (
    bench,
    board,
    commands,
    dispatch,
    papers,
    parts,
    prints,
    proof,
    quality,
    reception,
    safety,
    replacement,
    same,
    ticket,
)
