"""What the packing table remembers between two scans: half a command, the last deed, a stop that nobody has acknowledged."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from flask import session

KEY = "packing"
MOST_FIGURES = 5


@dataclass
class Table:
    """One parcel on the table. `last` is what a scan or a card did, for the card that takes it back; `stop` what did not belong."""

    at: int
    minus: bool = False
    figures: str = ""
    last: list[Any] = field(default_factory=list)
    stop: str = ""
    why: str = ""
    printed: int = 0

    def keep(self) -> None:
        """For the next scan."""
        session[KEY] = asdict(self)

    def drop_half(self) -> bool:
        """Forget what was begun; says whether there was anything."""
        begun = self.minus or bool(self.figures)
        self.minus, self.figures = False, ""
        return begun


def table(shipment_id: int) -> Table:
    """What is known about this parcel; another parcel begins anew."""
    kept = session.get(KEY)
    if not isinstance(kept, dict) or kept.get("at") != shipment_id:
        return Table(shipment_id)
    return Table(**kept)
