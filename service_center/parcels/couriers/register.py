"""All couriers by code; removing one is removing its file and its line here."""

from service_center.core.errors import Refused
from service_center.parcels.couriers import brt, dhl, gls, ups
from service_center.parcels.couriers.courier import Courier

COURIERS: dict[str, Courier] = {c.code: c for c in (brt.COURIER, gls.COURIER, dhl.COURIER, ups.COURIER)}


def courier(code: str) -> Courier:
    """The courier with this code; an unknown one is refused."""
    if code not in COURIERS:
        raise Refused("courier_unknown", field="courier")
    return COURIERS[code]
