"""DHL Express: air waybills of ten digits, the last being the first nine modulo 7 (E.3)."""

from service_center.parcels.couriers.courier import Courier


def _checked(number: str) -> bool:
    return int(number[:9]) % 7 == int(number[9])


COURIER = Courier(
    "dhl",
    "DHL Express",
    "https://www.dhl.com/it-it/home/tracking.html?tracking-id={number}",
    r"[0-9]{10}",
    _checked,
    air=True,
    weighs=True,
)
