"""BRT: shipment numbers of 12 digits, parcel ids of 15 or 18 (E.1)."""

from service_center.parcels.couriers.courier import Courier

COURIER = Courier(
    "brt", "BRT", "https://vas.brt.it/vas/sped_det_show.hsm?Nspediz={number}", r"[0-9]{12}|[0-9]{15}|[0-9A-Z]{18}"
)
