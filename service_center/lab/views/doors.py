"""All doors of the lab: whoever imports this module has hung every page on the blueprint."""

from __future__ import annotations

from service_center.lab.views import (
    bench,
    board,
    boxes,
    camera,
    checks,
    commands,
    contents,
    dispatch,
    hands,
    next,
    packing,
    papers,
    parcel_papers,
    parts,
    presence,
    prints,
    proof,
    quality,
    reception,
    replacement,
    safety,
    same,
    shift,
    ticket,
)
from service_center.lab.views.room import room

__all__ = ["room"]
PAGES = (
    bench,
    board,
    boxes,
    camera,
    checks,
    commands,
    contents,
    dispatch,
    hands,
    next,
    packing,
    parcel_papers,
    papers,
    parts,
    presence,
    prints,
    proof,
    quality,
    reception,
    safety,
    replacement,
    same,
    shift,
    ticket,
)
