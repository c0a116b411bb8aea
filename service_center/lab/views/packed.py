"""How the packing table looks: what is in hand and what is missing, the stop, and the parcel that has left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from service_center.core.database import reading
from service_center.core.errors import Refused
from service_center.core.i18n import _, clock_time
from service_center.lab.queries import boxes
from service_center.lab.queries.packing import in_hand
from service_center.lab.views.room import show
from service_center.lab.views.table import Table
from service_center.lab.wording import boxes as wording
from service_center.lab.wording import packing as words
from service_center.parcels.couriers.courier import compact
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Shipment
from service_center.parcels.queries import codes_in, tickets_in
from service_center.parcels.wording import told
from service_center.tickets.goods import rechargeable
from service_center.tickets.services.safety import on_the_ground
from service_center.tickets.wording.refusals import refusal

MOST_PICTURES = 4


def page(shipment: Shipment, kept: Table, status: int = 200, *, trouble: str = "") -> Any:
    """The parcel: each item with whether it was in hand, its label, what the courier must know; or that all matched."""
    inside, held = codes_in(reading(), shipment), in_hand(reading(), shipment)
    items = boxes.in_parcel(reading(), inside)
    left, weigh = shipment.left_at, _weight_asked(shipment)
    missing = [] if left else [code for code in inside if code not in held]
    photos = {item.code: _photo(item.id) for item in items[:MOST_PICTURES]}
    return show(
        "lab/parcel.html", status, shipment=shipment, left_words=clock_time(left) if left else "", trouble=trouble, failed=bool(trouble),
        items=[(wording.item_side(item, _("Bag"), photos.get(item.code)), item.code not in missing) for item in items], missing=missing,
        label=wording.label_side(shipment, inside, _("Courier's label")), counted=words.counted(len(items) - len(missing), len(items)),
        ready_left=len(boxes.ready(reading())), scan_url=url_for("lab.pack_scan", shipment_id=shipment.id), undo=bool(left or kept.last),
        prompt=words.prompt(missing, left=bool(left), minus=kept.minus, figures=kept.figures, weigh=weigh), lithium=_lithium(shipment, items),
    )  # fmt: skip


def stopped(shipment: Shipment, kept: Table, status: int = 200) -> Any:
    """Full screen and loud: what was scanned does not belong to this parcel. It stays until somebody acknowledges it."""
    inside = codes_in(reading(), shipment)
    own = wording.label_side(shipment, inside, _("Parcel on the table"))
    courier = COURIERS[shipment.courier].name if shipment.courier in COURIERS else shipment.courier
    return show(
        "lab/parcel_stop.html", status, shipment=shipment, sides=(own, _stranger(shipment, kept.stop)), failed=True,
        trouble=refusal(Refused(kept.why, courier=courier)), expected=words.begins(inside), scan_url=url_for("lab.pack_scan", shipment_id=shipment.id),
        prompt=_("First scan Enter: you have seen it"),
    )  # fmt: skip


def _stranger(shipment: Shipment, text: str) -> wording.Side:
    """What was scanned: an item of another parcel, another parcel's label, or a number that nobody knows."""
    if held := boxes.in_parcel(reading(), [text]):
        return wording.item_side(held[0], _("Bag in hand"), _photo(held[0].id))
    owner = boxes.label_owner(reading(), compact(text), besides=shipment.id)
    if owner is not None:
        return wording.label_side(owner, codes_in(reading(), owner), _("Label that was scanned"))
    return wording.Side(_("Label that was scanned"), "truck", "", [(_("Number"), text[:40])])


def _weight_asked(shipment: Shipment) -> bool:
    known = COURIERS.get(shipment.courier)
    return bool(known and known.weighs and not shipment.weight_grams)


def _lithium(shipment: Shipment, items: Sequence[boxes.Contained]) -> Sequence[str]:
    """What to do about rechargeable batteries in the parcel."""
    ids = [ticket.item_id for ticket in tickets_in(reading(), shipment)]
    return told(sum(rechargeable(each.family) for each in items), on_the_ground=on_the_ground(reading(), ids))


def _photo(ticket_id: int) -> int | None:
    found = boxes.last_reception_photo(reading(), ticket_id)
    return found.id if found else None
