"""The house's own facts — names, addresses, hours, colours, couriers, closures, terms, goods — read from its files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from service_center.core import goods_file
from service_center.core.goods import Goods
from service_center.core.i18n import LANGUAGES
from service_center.warranty.toml_table import Table

BRANDS = Path(__file__).parent / "brands"
CHANNELS = ("phone", "whatsapp", "email")
SELLERS = ("own_shop", "marketplace")
SETTINGS = frozenset({
    "promise_working_days", "quote_valid_days", "reminder_days", "proof_deadline_days", "shop_return_days", "invite_days",
    "owner_link_minutes", "owner_link_days", "session_idle_hours", "bench_idle_minutes", "close_after_delivery_days", "quality_by_another_person",
    "vat_percent", "replacement_basis_paid", "own_work_months", "repeat_days", "complaint_working_days", "contents_working_days",
    "goodwill_season_months", "bench_hour_cents", "seal_required",
})  # fmt: skip
"""The figures that every house gives; their meaning stands beside them in the file."""

_WORDS = ("code", "name", "legal_name", "vat_number", "email", "sender_email", "website", "accent", "neutral_sender")


class BrandFault(Exception):
    """The files of a brand are wrong; `faults` are all of them, each with its file and place; `goods` as far as they go."""

    def __init__(self, faults: Sequence[str], goods: Goods | None = None) -> None:
        super().__init__("\n".join(faults))
        self.faults, self.goods = tuple(faults), goods


@dataclass(frozen=True)
class Address:
    """A postal address; `lines` come before the town and hold street, number, module."""

    name: str
    lines: tuple[str, ...]
    postal_code: str
    city: str
    province: str
    country: str
    phone: str = ""


@dataclass(frozen=True)
class Channel:
    """A way to reach us: `phone`, `whatsapp` or `email`, its address, and its hours as ((opens, closes), …), Mon–Fri."""

    kind: str
    address: str
    hours: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Closure:
    """Days on which the lab is closed, both included, with the reason in each language."""

    first: date
    last: date
    reason: dict[str, str]

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class CourierAccount:
    """A courier that the house uses; `countries` empty means everywhere that no other row names."""

    code: str
    countries: tuple[str, ...]


@dataclass(frozen=True)
class HouseSeller:
    """Our web shop or a marketplace (R12 asks no card of them), as `kind` says; `names` are what people and papers call it.

    `order_pattern` is a regular expression for the whole of an order number; empty where orders have no shape of their own.
    """

    name: str
    kind: str
    names: tuple[str, ...]
    vat_number: str
    order_pattern: str


@dataclass(frozen=True)
class Brand:
    """One house; money in cents. `safety_officer` is who is alerted at once, name and e-mail; None: every manager."""

    code: str
    name: str
    legal_name: str
    vat_number: str
    email: str
    sender_email: str
    website: str
    accent: str
    lab: Address
    neutral_sender: str
    neutral_lines: tuple[str, ...]
    channels: tuple[Channel, ...]
    closures: tuple[Closure, ...]
    couriers: tuple[CourierAccount, ...]
    not_served: tuple[str, ...]
    terms_files: tuple[Path, ...]
    settings: Mapping[str, int]
    catalogue: Mapping[str, Any]
    goods: Goods
    guessable: tuple[str, ...] = ()  # what anybody would try as a password here
    complaints_to: str = ""  # who is told of complaints that fall due; empty: every manager
    escalate_to: str = ""  # who is told of tickets that come close to their promise or pass it; empty: every manager
    out_of_court: dict[str, str] = field(
        default_factory=dict
    )  # where a dispute may go, in each language; empty: not said
    safety_officer: tuple[str, str] | None = None
    sellers: tuple[HouseSeller, ...] = ()

    def setting(self, name: str) -> int:
        """A figure of the house: days, cents or a 0/1 switch, as the file's comments say."""
        return self.settings[name]


def load(path: Path) -> Brand:
    """Read a brand file and its goods file; raises BrandFault naming every missing or wrong entry."""
    table, faults = _open(path)
    goods, in_goods = _goods(path.parent, table.word("goods"))
    brand = _brand(table, path, goods)
    table.end()
    if faults or in_goods:
        raise BrandFault([*(f"{path.name}: {fault}" for fault in faults), *in_goods], goods)
    return brand


def terms_files_of(path: Path) -> tuple[Path, ...]:
    """The terms files that a brand file names, even where the rest of it is wrong."""
    try:
        return _terms_files(_open(path)[0].table("terms"), path)
    except BrandFault:
        return ()


def _open(path: Path) -> tuple[Table, list[str]]:
    faults: list[str] = []
    try:
        return Table(tomllib.loads(path.read_text(encoding="utf-8")), "", faults), faults
    except (OSError, ValueError) as fault:
        raise BrandFault([f"{path.name}: {fault}"]) from fault


def _goods(folder: Path, name: str) -> tuple[Goods, Sequence[str]]:
    if not name:
        return goods_file.EMPTY, ()
    try:
        table, faults = _open(folder / name)
    except BrandFault as fault:
        return goods_file.EMPTY, fault.faults
    goods = goods_file.read(table)
    return goods, [f"{name}: {fault}" for fault in faults]


def _brand(table: Table, path: Path, goods: Goods) -> Brand:
    lab = table.table("lab")
    address = _address(lab)
    return Brand(
        **{name: table.word(name) for name in _WORDS},
        lab=address,
        neutral_lines=table.some("neutral_lines") or address.lines,
        channels=tuple(_channel(each) for each in table.tables("channels", optional=True)),
        closures=tuple(_closure(each) for each in table.tables("closures", optional=True)),
        couriers=tuple(_courier(each) for each in table.tables("couriers", optional=True)),
        not_served=table.some("not_served"),
        terms_files=_terms_files(table.table("terms"), path),
        settings=_settings(table.table("settings")),
        catalogue=_catalogue(table.table("catalogue"), goods),
        goods=goods,
        guessable=table.some("guessable"),
        complaints_to=table.text("complaints_to"),
        escalate_to=table.text("escalate_to"),
        out_of_court=table.table("out_of_court").worded(LANGUAGES) if "out_of_court" in table.names() else {},
        safety_officer=_officer(table.table("safety_officer")) if "safety_officer" in table.names() else None,
        sellers=tuple(_seller(each) for each in table.tables("sellers", optional=True)),
    )


def _seller(table: Table) -> HouseSeller:
    seller = HouseSeller(
        table.word("name"), table.word("kind"), table.some("names"), table.text("vat_number"), table.text("order_pattern")
    )  # fmt: skip
    if seller.kind not in SELLERS:
        table.fault(f"is none of {', '.join(SELLERS)}: {seller.kind!r}", "kind")
    try:
        re.compile(seller.order_pattern)
    except re.error as fault:
        table.fault(f"is no regular expression: {fault}", "order_pattern")
    table.end()
    return seller


def _officer(table: Table) -> tuple[str, str]:
    officer = (table.word("name"), table.word("email"))
    table.end()
    return officer


def _address(table: Table) -> Address:
    address = Address(
        table.word("name"), table.words("lines"), table.word("postal_code"), table.word("city"), table.word("province"),
        table.word("country"), table.text("phone"),
    )  # fmt: skip
    table.end()
    return address


def _channel(table: Table) -> Channel:
    hours = table.anything("hours")
    pairs = hours if isinstance(hours, list) else []
    if not all(isinstance(each, list) and len(each) == 2 and all(map(_clock_time, each)) for each in pairs):
        table.fault('must hold pairs like ["09:00", "13:00"]', "hours")
        pairs = []
    channel = Channel(table.word("kind"), table.word("address"), tuple((opens, closes) for opens, closes in pairs))
    if channel.kind not in CHANNELS:
        table.fault(f"is none of {', '.join(CHANNELS)}: {channel.kind!r}", "kind")
    table.end()
    return channel


def _clock_time(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value) is not None


def _closure(table: Table) -> Closure:
    first, last = table.day("first"), table.day("last")
    if first is None or last is None or first > last:
        table.fault("needs a first and a last day, in this order")
    closure = Closure(first or date.max, last or date.max, table.table("reason").worded(LANGUAGES))
    table.end()
    return closure


def _courier(table: Table) -> CourierAccount:
    courier = CourierAccount(table.word("code"), table.some("countries"))
    table.end()
    return courier


def _terms_files(table: Table, path: Path) -> tuple[Path, ...]:
    files = tuple((path.parent / name).resolve() for name in table.words("files"))
    table.end()
    return files


def _settings(table: Table) -> dict[str, int]:
    for name in sorted(SETTINGS - set(table.names())):
        table.fault("is missing", name)
    return {name: table.figure(name) for name in table.names()}


def _catalogue(table: Table, goods: Goods) -> dict[str, Any]:
    tests = table.table("tests", optional=True)
    found: dict[str, Any] = {}
    for name in tests.names():
        raw = tests.anything(name)
        found[name] = raw if isinstance(raw, dict) else {}
        faults = [text for text, wrong in _test_faults(name, found[name], goods).items() if wrong]
        for text in faults:
            tests.fault(text, name)
    return {**{name: table.anything(name) for name in table.names()}, "tests": found}


def _test_faults(name: str, raw: dict[str, Any], goods: Goods) -> dict[str, bool]:
    families, scale = raw.get("families"), raw.get("scale")
    return {
        "has no words in the goods file": name not in goods.tests,
        "names no family that has words": not isinstance(families, list) or not families or not set(families) <= set(goods.families),
        "has no unit": not isinstance(raw.get("unit"), str),
        "has no scale of two figures": not (isinstance(scale, list) and len(scale) == 2 and all(isinstance(n, int | float) for n in scale)),
        "has a limit that is no figure": not all(isinstance(raw.get(limit, 0), int | float) for limit in ("low", "high")),
    }  # fmt: skip
