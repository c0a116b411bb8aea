"""Everything on paper that goes into a parcel, in one PDF: the list first, then the report of each item."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.i18n import _, civil_day, speaking
from service_center.documents import compose, packing_list
from service_center.documents.checked import seal
from service_center.documents.layout import Letterhead
from service_center.documents.packing_list import Packed, PackingList
from service_center.documents.printed import report_of
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Shipment
from service_center.tickets.codes import grouped
from service_center.tickets.models import Ticket

DOTS = 200
"""To the inch, as fine as a printer of labels."""
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not made for threads."""


def papers_of(session: Session, parcel: Shipment, tickets: Sequence[Ticket], *, house: House) -> bytes:
    """The list and the reports, in the language of the first ticket's owner."""
    with speaking(tickets[0].language if tickets else "it"):
        listed = packing_list.draw(_list(session, parcel, tickets, house=house))
    return joined([listed, *(report_of(session, ticket, house=house) for ticket in tickets)])


def _list(session: Session, parcel: Shipment, tickets: Sequence[Ticket], *, house: House) -> PackingList:
    courier = COURIERS.get(parcel.courier)
    town = " ".join(
        part for part in (parcel.postal_code, parcel.city, f"({parcel.province})" if parcel.province else "") if part
    )
    return PackingList(
        head=_head(parcel, tickets, house=house), recipient=parcel.name, address=", ".join((parcel.street, town)),
        items=tuple(
            Packed(grouped(each.code), str(each.number), compose.item(each), each.item.serial, each.shop_reference, compose.accessories(each), seal(session, each))
            for each in tickets
        ),
        courier=courier.name if courier else parcel.courier, tracking=parcel.tracking,
        weight=_("%(grams)s g", grams=parcel.weight_grams) if parcel.weight_grams else "",
    )  # fmt: skip


def _head(parcel: Shipment, tickets: Sequence[Ticket], *, house: House) -> Letterhead:
    return compose.letterhead(tickets[0], house=house, issued_on=civil_day(parcel.booked_at))


def pictures(content: bytes) -> list[bytes]:
    """Every page of one of our own PDFs as a picture, for a page that prints it by itself."""
    drawn = []
    with _ONE_AT_A_TIME:
        for page in pdfium.PdfDocument(content):
            out = BytesIO()
            page.render(scale=DOTS / 72, grayscale=True).to_pil().save(out, "PNG", optimize=True)
            drawn.append(out.getvalue())
    return drawn


def joined(papers: Sequence[bytes]) -> bytes:
    """Our own PDFs, one after the other."""
    with _ONE_AT_A_TIME:
        whole: Any = pdfium.PdfDocument.new()
        for content in papers:
            whole.import_pages(pdfium.PdfDocument(content))
        out = BytesIO()
        whole.save(out)
        return out.getvalue()
