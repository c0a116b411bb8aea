"""From rows to labels: what each label says of a ticket or a parcel, in the language that the caller speaks."""

from __future__ import annotations

from collections.abc import Sequence

from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.core.paper import telephone
from service_center.labels.bag import BagLabel
from service_center.labels.inbound import InboundLabel
from service_center.labels.shipping import Party, ShippingLabel
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Shipment
from service_center.tickets.codes import grouped
from service_center.tickets.goods import rechargeable
from service_center.tickets.models import Ticket
from service_center.tickets.wording import vocabulary


def bag_label(ticket: Ticket, *, house: House) -> BagLabel:
    """The label of the bag that the item lies in."""
    first, second, third = grouped(ticket.code).split("-")
    return BagLabel(
        groups=(first, second, third), scan=house.scan_url(ticket.code), letter=vocabulary.family_letter(ticket.item.family),
        number=str(ticket.number), model=_model(ticket), symptom=", ".join(vocabulary.symptom(code) for code in ticket.symptoms),
        due_on=ticket.due_on, safety=ticket.safety,
    )  # fmt: skip


def shipping_label(
    shipment: Shipment, codes: Sequence[str], *, house: House, letter: str = "", reference: str = ""
) -> ShippingLabel:
    """The label of a parcel on its way out; `codes` are the tickets in it, `letter` their family where they share one."""
    known = COURIERS.get(shipment.courier)
    return ShippingLabel(
        sender=us(house),
        recipient=Party(
            shipment.name, shipment.street, shipment.postal_code, shipment.city, shipment.province, shipment.country, shipment.phone
        ),
        codes=tuple(grouped(code) for code in codes), scan=house.scan_url(codes[0]) if codes else house.base_url,
        booked_on=civil_day(shipment.booked_at), letter=letter, courier=known.name if known else shipment.courier.upper(),
        tracking=shipment.tracking, reference=reference or (f"{shipment.id:09d}" if shipment.id else ""), weight_grams=shipment.weight_grams,
    )  # fmt: skip


def inbound_label(ticket: Ticket, *, house: House) -> InboundLabel:
    """The label with which somebody sends us an item."""
    sender = Party(
        ticket.return_name or ticket.customer.name, ticket.return_street, ticket.return_postal_code, ticket.return_city,
        ticket.return_province, ticket.return_country, ticket.return_phone or ticket.customer.phone,
    )  # fmt: skip
    family, phone = ticket.item.family, ticket.customer.phone
    return InboundLabel(
        sender=sender, recipient=us(house), code=grouped(ticket.code), scan=house.scan_url(ticket.code), number=str(ticket.number),
        asked_on=civil_day(ticket.requested_at), item=" ".join(part for part in (vocabulary.family(family), _model(ticket)) if part),
        holder=ticket.customer.name, telephone=telephone(phone) if phone else "", reference=ticket.shop_reference, rechargeable=rechargeable(family),
    )  # fmt: skip


def us(house: House) -> Party:
    """The lab as it stands on a parcel: a name and lines that tell nobody what is inside."""
    brand, lab = house.brand, house.brand.lab
    return Party(
        brand.neutral_sender, ", ".join(brand.neutral_lines), lab.postal_code, lab.city, lab.province, lab.country, lab.phone
    )  # fmt: skip


def _model(ticket: Ticket) -> str:
    """Code and name of the model, or what somebody wrote."""
    known = ticket.item.model
    return f"{known.code} {known.name}" if known else ticket.item.model_text
