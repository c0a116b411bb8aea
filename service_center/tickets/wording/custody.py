"""Who holds the item, in plain words: where it is now and since when, and through whose hands it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service_center.core.i18n import _, day, later
from service_center.tickets.custody import AT_THE_LAB, Chain, Holder, Link
from service_center.tickets.wording.vocabulary import grade
from service_center.tickets.wording.voices import Reader, Voiced, same

H = Holder

# Without a name, with one.
_HELD: dict[Holder, tuple[Voiced, Voiced | None]] = {
    H.CUSTOMER: (Voiced(later("With you"), later("With the customer")), None),
    H.SHOP: (same(later("At the shop")), same(later("At the shop %(name)s"))),
    H.COURIER: (same(later("With the courier")), same(later("With the courier %(name)s"))),
    H.DOCK: (same(later("At the lab, in reception")), None),
    H.BENCH: (same(later("At the lab, on the bench")), None),
    H.PACK_OUT: (same(later("At the lab, ready to leave")), None),
}
_ON_WHOSE_BENCH = later("At the lab, on the bench of %(name)s")
_ICONS = {
    H.CUSTOMER: "user",
    H.SHOP: "shop",
    H.COURIER: "truck",
    H.DOCK: "parcel",
    H.BENCH: "wrench",
    H.PACK_OUT: "check",
}


@dataclass(frozen=True)
class LinkWords:
    """One hand-over: whose hands, since when, and small words on condition and signature."""

    holder: str
    icon: str
    since: datetime | None
    small: str


@dataclass(frozen=True)
class CustodyWords:
    """The macro `custody` takes it; `sentence` is who has it now, `gap` says that a hand-over is missing (lab only)."""

    sentence: str
    icon: str
    small: str
    before: tuple[LinkWords, ...]
    gap: str


def custody(chain: Chain, *, reader: Reader) -> CustodyWords:
    """The chain for this reader; who works at which bench stays in the lab."""
    now = _link(chain.now, reader)
    sentence = _("%(holder)s, since %(day)s", holder=now.holder, day=day(now.since)) if now.since else now.holder
    gap = _("A hand-over was not noted: this is where the status says that it is.") if chain.gap else ""
    return CustodyWords(
        sentence, now.icon, now.small, tuple(_link(each, reader) for each in _told(chain, reader)),
        gap if reader == "lab" else "",
    )  # fmt: skip


def holder(code: str, name: str, *, reader: Reader) -> str:
    """Whose hands, for a list."""
    return _held(Holder(code), name, reader)


def _told(chain: Chain, reader: Reader) -> list[Link]:
    """Earlier links; outside the lab two benches in a row are one."""
    told: list[Link] = []
    newer = chain.now
    for link in chain.before:
        if reader == "lab" or (link.holder, link.holder in AT_THE_LAB) != (newer.holder, True):
            told.append(link)
        newer = link
    return told


def _link(link: Link, reader: Reader) -> LinkWords:
    small = [
        _("condition %(grade)s", grade=f"{link.condition} ({grade(link.condition)})") if link.condition else "",
        _("taken by %(name)s", name=link.signed_by) if link.signed_by else "",
    ]
    return LinkWords(
        _held(link.holder, link.name, reader),
        _ICONS[link.holder],
        link.since,
        ", ".join(each for each in small if each),
    )


def _held(held: Holder, name: str, reader: Reader) -> str:
    plain, named = _HELD[held]
    if held is H.BENCH and reader == "lab" and name:
        return _ON_WHOSE_BENCH % {"name": name}
    return named.to(reader, name=name) if named and name else plain.to(reader)
