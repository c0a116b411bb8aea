"""UPS: 1Z and sixteen characters with a check digit (E.3)."""

from service_center.parcels.couriers.courier import Courier


def _checked(number: str) -> bool:
    figures = [int(c) if c.isdigit() else (ord(c) - 63) % 10 for c in number[2:17]]
    total = sum(figure * (2 if place % 2 else 1) for place, figure in enumerate(figures))
    return str((10 - total % 10) % 10) == number[17]


COURIER = Courier(
    "ups", "UPS", "https://www.ups.com/track?tracknum={number}", r"1Z[0-9A-Z]{15}[0-9]", _checked, air=True, weighs=True
)
