"""Parcels in words: what should lie in one, what is ready to leave, and whether two scans belong together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from service_center.core.house import House
from service_center.core.i18n import _, country, ngettext
from service_center.lab.queries.boxes import UNSEEN, Contained, Expected, Manifest, Mark, Ready
from service_center.parcels.couriers.register import COURIERS
from service_center.parcels.models import Shipment
from service_center.parcels.services import usual_courier
from service_center.tickets.lifecycle import Status
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.statuses import Badge, status
from service_center.tickets.wording.vocabulary import family_icon


@dataclass(frozen=True)
class ManifestLine:
    """An item that should lie in the parcel; `now` is the one in hand, `told` what else was noted of it."""

    code: str
    icon: str
    item: str
    badge: Badge
    now: bool
    arrived: bool
    told: str


@dataclass(frozen=True)
class ParcelWords:
    """A parcel on the table: whose it is, how many of its items are here, and what is missing or surplus."""

    id: int | None
    sender: str
    courier: str
    tracking: str
    seal: str
    lines: list[ManifestLine]
    here: int
    named: int
    missing: int
    surplus: int
    balance: str
    checked_at: datetime | None


def manifest(found: Manifest, in_hand: str = "") -> ParcelWords:
    """The list of the parcel."""
    lines = [_line(row, found.marks.get(row.code, UNSEEN), in_hand) for row in found.rows]
    announced = [row for row in found.rows if not found.marks.get(row.code, UNSEEN).surplus]
    surplus = len(found.rows) - len(announced)
    missing = len(found.missing())
    return ParcelWords(
        found.id, _senders(announced or found.rows), *_courier(found), found.seal, lines, len(lines) - missing, len(lines), missing, surplus,
        _balance(missing, surplus), found.checked_at,
    )  # fmt: skip


def _line(row: Expected, mark: Mark, in_hand: str) -> ManifestLine:
    name = f"{words.family(row.family)} {row.model}".strip()
    told = _("not announced in this parcel") if mark.surplus else ""
    return ManifestLine(
        row.code, family_icon(row.family), name, _checked(row, mark, in_hand), row.code == in_hand, row.arrived, told
    )


def _checked(row: Expected, mark: Mark, in_hand: str) -> Badge:
    if row.code == in_hand and not row.arrived:
        return Badge(_("Now"), "work", "camera")
    if row.arrived:
        received = row.status is Status.RECEIVED
        return Badge(_("Received"), "ok", "parcel") if received else Badge(_("Checked"), "ok", "check")
    if mark.found:
        return Badge(_("Found, to unpack"), "work", "check")
    if mark.missing:
        return Badge(_("Missing"), "stop", "alert")
    return Badge(_("Not here yet"), "rest", "clock")


def from_where(name: str, city: str) -> str:
    """A sender with their town, unless the name ends with it already."""
    return f"{name}, {city}" if city and not name.casefold().endswith(city.casefold()) else name


def _senders(rows: Sequence[Expected]) -> str:
    """Who sent it: one name, or how many."""
    names = list(dict.fromkeys(from_where(row.sender, row.city) for row in rows))
    if len(names) > 1:
        return _("%(name)s and others", name=names[0])
    return names[0] if names else _("Sender not known yet")


def _courier(found: Manifest) -> tuple[str, str]:
    first = next((each for each in found.shipments if each.courier), None)
    name = COURIERS[first.courier].name if first and first.courier in COURIERS else ""
    return name, next((each.tracking for each in found.shipments if each.tracking), "")


def _balance(missing: int, surplus: int) -> str:
    """What is not as it was announced, in one line."""
    parts = [
        ngettext("%(num)s is missing", "%(num)s are missing", missing) if missing else "",
        ngettext("%(num)s was not announced", "%(num)s were not announced", surplus) if surplus else "",
    ]
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Coming:
    """A parcel on its way, as the list shows it."""

    code: str
    icon: str
    item: str
    symptom: str
    sender: str
    courier: str
    tracking: str
    parcel: int | None
    badge: Badge
    safety: bool


def coming(row: Expected) -> Coming:
    """One row of the list of what is expected."""
    courier = COURIERS[row.courier].name if row.courier in COURIERS else row.courier
    return Coming(
        row.code, family_icon(row.family), f"{words.family(row.family)} {row.model}".strip(), words.symptom(row.symptom) if row.symptom else "",
        from_where(row.sender, row.city), courier, row.tracking, row.parcel, status(row.status, (), reader="lab"), row.safety,
    )  # fmt: skip


@dataclass(frozen=True)
class ReadyLine:
    """A finished item of one address."""

    code: str
    icon: str
    item: str
    location: str


@dataclass(frozen=True)
class Address:
    """What goes to one address: `shipment` is its parcel once it is booked."""

    name: str
    town: str
    street: str
    lines: list[ReadyLine]
    courier: str
    courier_word: str
    shipment: int | None
    codes: list[str]


def addresses(rows: Sequence[Ready], booked: Mapping[int, int], *, house: House) -> list[Address]:
    """Ready items by where they go and by the parcel they lie in already, the earliest promise first."""
    groups: dict[tuple[object, ...], list[Ready]] = {}
    for row in rows:
        groups.setdefault((booked.get(row.id), *row.address), []).append(row)
    return [_address(group, booked.get(group[0].id), house) for group in groups.values()]


def _address(group: list[Ready], shipment: int | None, house: House) -> Address:
    first = group[0]
    town = " ".join(
        each for each in (first.postal_code, first.city, f"({first.province})" if first.province else "") if each
    )
    code = first.courier if shipment and first.courier else usual_courier(first.country, house=house)
    lines = [
        ReadyLine(row.code, family_icon(row.family), f"{words.family(row.family)} {row.model}".strip(), row.location)
        for row in group
    ]
    where = town if first.country == "IT" else f"{town}, {country(first.country)}"
    return Address(
        first.name, where, first.street, lines, code, COURIERS[code].name if code in COURIERS else code, shipment, [row.code for row in group]
    )  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One half of the comparison: an item in hand, or a parcel's label."""

    headline: str
    icon: str
    code: str
    facts: list[tuple[str, str]]
    photo: int | None = None


def item_side(held: Contained, headline: str, photo: int | None) -> Side:
    """The item that somebody holds."""
    place = f", {held.location}" if held.location else ""
    facts = [
        (_("Item"), f"{words.family(held.family)} {held.model}{place}"),
        (_("Must go to"), to_words(held.name, held.postal_code, held.city, held.province, held.country)),
        (_("Came with it"), ", ".join(words.accessory(each) for each in held.accessories)),
    ]
    return Side(headline, family_icon(held.family), held.code, [(word, value) for word, value in facts if value], photo)


def label_side(shipment: Shipment, codes: Sequence[str], headline: str, tracking: str = "") -> Side:
    """The parcel that a label belongs to."""
    facts = [
        (_("To"), to_words(shipment.name, shipment.postal_code, shipment.city, shipment.province, shipment.country)),
        (_("Items"), str(len(codes)) if len(codes) > 1 else ""),
        (_("Weight"), _("%(grams)s g", grams=shipment.weight_grams) if shipment.weight_grams else ""),
        (_("Courier"), COURIERS[shipment.courier].name if shipment.courier in COURIERS else shipment.courier),
        (_("Number"), tracking or shipment.tracking),
    ]
    return Side(
        headline, "truck", codes[0] if len(codes) == 1 else "", [(word, value) for word, value in facts if value]
    )


def to_words(name: str, postal_code: str, city: str, province: str, code: str) -> str:
    """Name and town on one line."""
    town = " ".join(each for each in (postal_code, city, f"({province})" if province else "") if each)
    return ", ".join(each for each in (name, town, country(code) if code != "IT" else "") if each)
