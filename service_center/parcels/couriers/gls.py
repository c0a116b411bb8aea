"""GLS Italy: two letters of the depot and nine digits (E.2)."""

from service_center.parcels.couriers.courier import Courier

COURIER = Courier(
    "gls",
    "GLS",
    "https://www.gls-italy.com/it/servizi-per-destinatari/ricerca-spedizioni?match={number}",
    r"[A-Z]{2}[0-9]{9}|[0-9]{9}",
)
