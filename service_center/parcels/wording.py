"""What the courier must be told of a rechargeable battery in a parcel (E.4): marking, limits, and who takes none."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.core.i18n import _

UN_NUMBER = "UN3481"
INSTRUCTION = "PI 967, Section II"
UNMARKED_UP_TO = 2
"""Batteries in one parcel up to which no mark is needed."""


def told(rechargeable: int, *, on_the_ground: bool) -> Sequence[str]:
    """Sentences for the parcel's page; empty where nothing in it can be charged."""
    said = []
    if rechargeable:
        said.append(
            _(
                "Lithium battery in the item: %(un)s, %(instruction)s, up to 20 Wh.",
                un=UN_NUMBER,
                instruction=INSTRUCTION,
            )
        )
        said.append(
            _("Up to two in a parcel: no mark on the box.")
            if rechargeable <= UNMARKED_UP_TO
            else _("More than two in a parcel: stick the lithium mark on the box, or make two parcels.")
        )
    if on_the_ground:
        said.append(_("The battery was reported as dangerous: on the ground alone, no courier that flies."))
    return said
