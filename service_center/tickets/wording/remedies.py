"""Replacements in words: why an item is not repaired, what is offered for it, what is consented to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service_center.core.i18n import Later, _, day, later, money
from service_center.tickets.models import Item
from service_center.tickets.vocabulary import WhyReplaced
from service_center.tickets.wording.vocabulary import family
from service_center.tickets.wording.voices import Reader, Voiced

_WHY: dict[str, tuple[Later, Voiced]] = {
    WhyReplaced.NO_PART: (later("The part cannot be had"), Voiced(
        later("The part that your item needs cannot be had any more."), later("The part that the item needs cannot be had any more."))),
    WhyReplaced.DISCONTINUED: (later("The model is no longer made"), Voiced(
        later("Your item cannot be repaired: its model and its parts are no longer made."), later("The item cannot be repaired: its model and its parts are no longer made."))),
    WhyReplaced.COST_OVER_VALUE: (later("Repairing costs more than it is worth"), Voiced(
        later("Repairing your item would cost more than it is worth."), later("Repairing the item would cost more than it is worth."))),
    WhyReplaced.NOT_REPAIRABLE: (later("It cannot be repaired"), Voiced(
        later("The damage to your item cannot be repaired."), later("The damage to the item cannot be repaired."))),
    WhyReplaced.SAFETY: (later("Repaired it would not be safe"), Voiced(
        later("A repair would not make your item safe to use."), later("A repair would not make the item safe to use."))),
}  # fmt: skip
_BY: dict[str, Later] = {
    "serial": later("the same serial number"),
    "proof": later("the same line of the same receipt"),
    "person": later("the same person with the same model"),
}


def reasons() -> list[tuple[str, str]]:
    """Why something is replaced, to choose from."""
    return [(code, str(words)) for code, (words, _sentence) in _WHY.items()]


def why(code: str, *, reader: Reader) -> str:
    """Why it is not repaired, as a sentence; empty where nobody said."""
    row = _WHY.get(code)
    return row[1].to(reader) if row else ""


def seen_by(code: str) -> str:
    """By what one thing was taken for another."""
    return str(_BY[code])


@dataclass(frozen=True)
class Card:
    """One item that is offered; `differs` says what is not as the guarantee provides, empty where nothing."""

    model_id: int
    name: str
    code: str
    facts: str
    price: str
    same: bool
    differs: str


def card(candidate: Mapping[str, Any], *, family_of_old: str) -> Card:
    """A candidate of an offer, in words."""
    price = candidate["list_price_cents"]
    return Card(
        candidate["model_id"], candidate["name"], candidate["code"], ", ".join(candidate["functions"]),
        _("list price %(money)s", money=money(price)) if price is not None else "", candidate["same"], _differs(candidate, family_of_old),
    )  # fmt: skip


def cards(candidates: Sequence[Mapping[str, Any]], *, family_of_old: str) -> list[Card]:
    """All that is offered."""
    return [card(each, family_of_old=family_of_old) for each in candidates]


def _differs(candidate: Mapping[str, Any], family_of_old: str) -> str:
    if not candidate["by_consent"]:
        return ""
    if candidate["refund_cents"]:
        return _("worth less: the difference of %(money)s is refunded", money=money(candidate["refund_cents"]))
    if candidate["family"] != family_of_old:
        return _("another kind of product: %(family)s", family=family(candidate["family"]))
    return _("not everything that the first one can do")


def keeps(until: date | None, *, reader: Reader) -> str:
    """R09: the new item has the rest of the old one's guarantee, neither more nor less."""
    if until is None:
        return _KEEPS.to(reader)
    return _KEEPS_UNTIL.to(reader) % {"day": day(until)}


_KEEPS = Voiced(
    later("The new item keeps the guarantee of your first one."),
    later("The new item keeps the guarantee of the first one."),
)
_KEEPS_UNTIL = Voiced(
    later("The new item keeps the guarantee of your first one: until %(day)s."),
    later("The new item keeps the guarantee of the first one: until %(day)s."),
)


def consent(candidate: Mapping[str, Any], *, family_of_old: str) -> str:
    """What a customer agrees to who takes an item that differs; kept word for word with the answer."""
    return _(
        "I know that the guarantee provides an item of the same kind and of at least the same value. I freely accept the %(model)s instead (%(differs)s).",
        model=f"{candidate['code']} {candidate['name']}", differs=_differs(candidate, family_of_old),
    )  # fmt: skip


def identity(item: Item) -> str:
    """Which thing it is: the model, and its own number."""
    known = item.model
    which = f"{known.code} {known.name}" if known else item.model_text
    named = f"{family(item.family)} {which}".strip()
    return _("%(item)s, serial number %(serial)s", item=named, serial=item.serial) if item.serial else named


def replaced_by(new: Item, until: date | None) -> str:
    """Both identities and the one end, for the report and the pages."""
    if until is None:
        return _("Replaced by %(item)s.", item=identity(new))
    return _("Replaced by %(item)s. Guarantee until %(day)s, as for the first one.", item=identity(new), day=day(until))


def chosen(candidate: Mapping[str, Any], at: datetime) -> str:
    """What was chosen in its place, before the new item is in hand."""
    return _("Chosen in its place on %(day)s: %(item)s.", day=day(at), item=f"{candidate['code']} {candidate['name']}")


def replaces(old: Item) -> str:
    """What the item was given for."""
    return _("It replaced %(item)s.", item=identity(old))
