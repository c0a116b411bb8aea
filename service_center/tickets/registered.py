"""A registered guarantee found again while a repair is asked for: offered, filled in, and never taken for a proof (R06, R13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from service_center.catalogue.queries import model_by
from service_center.proofs.models import Registration
from service_center.proofs.registrations import Keys, by_number, knows_serial, offered, receipt_of
from service_center.tickets.forms import OTHER_SHOP, SHOP, DeskForm


@dataclass(frozen=True)
class Offer:
    """What a page says of it: the number that its button sends, and whether it is used already. `fills`: the day of purchase, too; `receipt`: one came with it."""

    number: str
    registered_on: date
    fills: bool
    used: bool
    receipt: bool = False


def keys(session: Session, *, email: str, serial: str, model: str, purchased_on: date | None) -> Keys:
    """What was typed, with the code of the model behind it."""
    known = model_by(session, model)
    return Keys(email.strip().lower(), serial, known.code if known else model.strip(), purchased_on)


def offer(session: Session, typed: Keys, *, used: str, in_lab: bool) -> Offer | None:
    """The registration that fits; outside the lab only the serial number opens its days."""
    row = offered(session, typed, in_lab=in_lab)
    if row is None:
        return None
    fills, receipt = in_lab or knows_serial(row, typed), with_receipt(session, row, typed, in_lab=in_lab)
    return Offer(row.number, row.registered_on, fills, row.number == used, receipt is not None)


def with_receipt(session: Session, row: Registration | None, typed: Keys, *, in_lab: bool) -> Registration | None:
    """The registration, where its receipt may go with the repair: whoever is not the lab knows the serial number."""
    known = row is not None and (in_lab or knows_serial(row, typed)) and receipt_of(session, row) is not None
    return row if known else None


# --- on the one-page desks ------------------------------------------------------------------------------------------


def typed_in(session: Session, form: DeskForm) -> Keys:
    """What somebody typed at a desk, as far as it is right."""
    item, customer, day = form.said_item(), form.new_customer(), form.purchased_on
    bought = day.data if not day.errors else None
    return keys(session, email=customer.email, serial=item.serial, model=item.model_text, purchased_on=bought)


def at_desk(session: Session, form: DeskForm, *, in_lab: bool) -> Offer | None:
    """What a desk's panel offers."""
    return offer(session, typed_in(session, form), used=form.registered.data or "", in_lab=in_lab)


def used_at_desk(session: Session, form: DeskForm, *, in_lab: bool) -> Registration | None:
    """The registration that somebody chose to use, while it fits what stands on the page."""
    return by_number(session, form.registered.data or "", typed_in(session, form), in_lab=in_lab)


def receipt_at_desk(session: Session, form: DeskForm, *, in_lab: bool) -> Registration | None:
    """The registration in use whose receipt goes with the repair."""
    used = used_at_desk(session, form, in_lab=in_lab)
    return with_receipt(session, used, typed_in(session, form), in_lab=in_lab)


def fill(session: Session, form: DeskForm, number: str, *, in_lab: bool) -> None:
    """Use it: what is empty on the page is filled in, what was typed stays."""
    typed = typed_in(session, form)
    row = by_number(session, number, typed, in_lab=in_lab)
    if row is None:
        return
    form.registered.data = row.number
    if not in_lab and not knows_serial(row, typed):
        return
    if form.purchased_on.data is None:
        form.purchased_on.data, form.purchased_on.raw_data = row.purchased_on, []
    form.model.data = form.model.data or row.model_code
    form.serial.data = form.serial.data or row.serial
    if not form.seller.data:
        ours = f"{SHOP}{row.shop_id}"
        named = any(ours == choice.value for choice in form.seller.iter_choices())
        form.seller.data, form.seller_name.data = (ours, "") if named else (OTHER_SHOP, row.seller_name)
