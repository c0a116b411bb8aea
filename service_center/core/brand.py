"""The house's own facts — names, addresses, hours, colours, couriers, closures, terms — as one file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

BRANDS = Path(__file__).parent / "brands"


class BrandFault(Exception):
    """The brand file is wrong; the message lists every fault."""


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
    settings: dict[str, int]
    catalogue: dict[str, Any]
    complaints_to: str = ""  # who is told of complaints that fall due; empty: every manager
    out_of_court: dict[str, str] = field(default_factory=dict)  # where a dispute may go, in each language; empty: not said
    safety_officer: tuple[str, str] | None = None

    def setting(self, name: str) -> int:
        """A figure of the house: days, cents or a 0/1 switch, as the file's comments say."""
        return self.settings[name]


def load(path: Path) -> Brand:
    """Read a brand file; raises BrandFault naming every missing or wrong entry."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise BrandFault(f"{path.name}: {fault}") from fault
    needed = (
        "code",
        "name",
        "legal_name",
        "vat_number",
        "email",
        "sender_email",
        "website",
        "accent",
        "neutral_sender",
    )
    faults = [f"{name} is missing" for name in needed if not isinstance(raw.get(name), str)]
    faults += [
        f"[{name}] is missing"
        for name in ("lab", "settings", "terms", "catalogue")
        if not isinstance(raw.get(name), dict)
    ]
    if faults:
        raise BrandFault(f"{path.name}: " + "; ".join(faults))
    try:
        return _brand(raw, path)
    except (KeyError, TypeError, ValueError) as fault:
        raise BrandFault(f"{path.name}: {type(fault).__name__} {fault}") from fault


def _brand(raw: dict[str, Any], path: Path) -> Brand:
    lab = raw["lab"]
    return Brand(
        code=raw["code"], name=raw["name"], legal_name=raw["legal_name"], vat_number=raw["vat_number"], email=raw["email"],
        sender_email=raw["sender_email"], website=raw["website"], accent=raw["accent"], neutral_sender=raw["neutral_sender"],
        neutral_lines=tuple(raw.get("neutral_lines", lab["lines"])),
        lab=Address(lab["name"], tuple(lab["lines"]), lab["postal_code"], lab["city"], lab["province"], lab["country"], lab.get("phone", "")),
        channels=tuple(Channel(c["kind"], c["address"], tuple((a, b) for a, b in c["hours"])) for c in raw.get("channels", [])),
        closures=tuple(Closure(c["first"], c["last"], c["reason"]) for c in raw.get("closures", [])),
        couriers=tuple(CourierAccount(c["code"], tuple(c.get("countries", []))) for c in raw.get("couriers", [])),
        not_served=tuple(raw.get("not_served", [])),
        terms_files=tuple((path.parent / name).resolve() for name in raw["terms"]["files"]),
        settings={name: int(value) for name, value in raw["settings"].items()},
        catalogue=raw["catalogue"], safety_officer=_officer(raw.get("safety_officer")), complaints_to=str(raw.get("complaints_to", "")), out_of_court=dict(raw.get("out_of_court", {})),
    )  # fmt: skip


def _officer(raw: dict[str, str] | None) -> tuple[str, str] | None:
    return (raw["name"], raw["email"]) if raw else None
