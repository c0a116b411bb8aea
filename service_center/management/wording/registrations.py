"""Registered guarantees in words: a line of the list, a row of the spreadsheet, all facts of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service_center.core.i18n import Later, _, day, later, phone
from service_center.proofs.models import Registration
from service_center.proofs.registrations import CARD_FIELDS, card_state
from service_center.tickets.wording import vocabulary as words

_CHANNELS: dict[str, Later] = {"web": later("web page"), "paper": later("paper form")}
_FIELDS: dict[str, Later] = {
    "model": later("model"), "serial": later("serial number"), "date": later("date"), "buyer": later("buyer"), "shop": later("shop"),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    id: int
    number: str
    registered_on: date
    name: str
    contact: str
    icon: str
    item: str
    serial: str
    purchased_on: date
    seller: str
    channel: str


def row(found: Registration) -> Row:
    """A registration as the list shows it."""
    return Row(
        found.id, found.number, found.registered_on, found.name, found.email or phone(found.phone), found.family,
        f"{words.family(found.family)} {found.model_code}", found.serial, found.purchased_on, found.seller_name, _channel(found),
    )  # fmt: skip


def _channel(found: Registration) -> str:
    return str(_CHANNELS.get(found.channel, found.channel))


def head() -> list[str]:
    """The columns of the spreadsheet."""
    return [
        _("Number"), _("Registered on"), _("Name"), _("E-mail address"), _("Phone"), _("Item"), _("Model"), _("Serial number"),
        _("Date of purchase"), _("Seller"), _("Guarantee card"), _("Registered by"),
    ]  # fmt: skip


def cells(found: Registration) -> list[str]:
    """A row of the spreadsheet; days as ISO, so that they sort."""
    card = words.card_state(card_state(found.card, found.stamped))
    return [
        found.number, found.registered_on.isoformat(), found.name, found.email, found.phone, words.family(found.family),
        found.model_code, found.serial, found.purchased_on.isoformat(), found.seller_name, card, _channel(found),
    ]  # fmt: skip


def facts(found: Registration) -> list[tuple[str, str]]:
    """Key and value, only what is known."""
    filled = [str(_FIELDS[each]) for each in CARD_FIELDS if found.card.get(each)]
    rows = [
        (_("Name"), found.name),
        (_("E-mail address"), found.email),
        (_("Phone"), phone(found.phone)),
        (_("Item"), f"{words.family(found.family)} {found.model_code}"),
        (_("Serial number"), found.serial),
        (_("Date of purchase"), day(found.purchased_on)),
        (_("Seller"), found.seller_name),
        (_("Guarantee card"), words.card_state(card_state(found.card, found.stamped))),
        (_("Filled in on the card"), ", ".join(filled)),
        (_("Registered on"), day(found.registered_on)),
        (_("Registered by"), _channel(found)),
        (_("Privacy notice"), found.notice),
    ]
    return [(key, value) for key, value in rows if value]
