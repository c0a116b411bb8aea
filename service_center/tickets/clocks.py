"""The two terms that run side by side — the brand's guarantee and the seller's liability — with their states today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from service_center.core.house import House
from service_center.warranty import statutory
from service_center.warranty.statutory import Law
from service_center.warranty.terms import NoTerms
from service_center.warranty.vocabulary import Seller


class Term(Enum):
    """Which of the two."""

    GUARANTEE = "guarantee"
    LEGAL = "legal"


class State(Enum):
    """How a term stands today; CLAIMABLE: over, but a defect that showed in time can still be claimed."""

    RUNNING = "running"
    EXTENDED = "extended"
    CLAIMABLE = "claimable"
    ENDED = "ended"


class Answers(Enum):
    """Who answers: the lab for the guarantee; for the law the brand where it sold, a shop, somebody on a marketplace, or an unknown seller."""

    LAB = "lab"
    BRAND = "brand"
    SHOP = "shop"
    MARKETPLACE = "marketplace"
    SELLER = "seller"


ANSWERS: dict[str, Answers] = {
    Seller.OWN_SHOP: Answers.BRAND,
    Seller.AUTHORISED_RETAILER: Answers.SHOP,
    Seller.UNLISTED_RETAILER: Answers.SHOP,
    Seller.MARKETPLACE: Answers.MARKETPLACE,
}


@dataclass(frozen=True)
class Clock:
    """A term: until when, how it stands, who answers (`name`: as it stands on the paper).

    The law's also tells until when one can claim, until when a defect counts as there from the start (None: over),
    and how long it would last after a repair (None: no longer, or it does already).
    """

    term: Term
    until: date
    state: State
    answers: Answers
    name: str = ""
    claim_until: date | None = None
    presumed_until: date | None = None
    after_repair: date | None = None


@dataclass(frozen=True)
class Bought:
    """The purchase as a verdict's claim has it; `repaired`: the item was repaired under the law once."""

    purchased_on: date
    delivered_on: date | None
    seller: str
    seller_name: str = ""
    repaired: bool = False


def clocks(record: Mapping[str, Any], bought: Bought | None, law: Law | None, *, today: date) -> tuple[Clock, ...]:
    """Both terms of a verdict; without a day of purchase there is nothing to count from."""
    found: list[Clock] = []
    last = record.get("last_covered_day")
    if last:
        until = date.fromisoformat(last)
        found.append(Clock(Term.GUARANTEE, until, State.RUNNING if today <= until else State.ENDED, Answers.LAB))
    if record.get("statutory_until") and bought is not None and law is not None:
        found.append(_legal(bought, law, today))
    return tuple(found)


def _legal(bought: Bought, law: Law, today: date) -> Clock:
    start = statutory.starts_on(bought.purchased_on, bought.delivered_on)
    longer = statutory.extended_until(law, start, bought.purchased_on)
    plain = statutory.until(law, start)
    extended = bought.repaired and longer is not None
    until = longer if extended and longer else plain
    claim_until = statutory.action_until(law, start)
    if extended:
        claim_until = max(claim_until, until)
    presumed = statutory.presumed_until(law, start)
    return Clock(
        Term.LEGAL, until, _state(today, until, claim_until, extended=extended), ANSWERS.get(bought.seller, Answers.SELLER),
        bought.seller_name, claim_until, presumed if today <= presumed else None, None if extended or today > plain else longer,
    )  # fmt: skip


def _state(today: date, until: date, claim_until: date, *, extended: bool) -> State:
    if today <= until:
        return State.EXTENDED if extended else State.RUNNING
    return State.CLAIMABLE if today <= claim_until else State.ENDED


def bought_of(claim: Mapping[str, Any], *, seller_name: str = "", repaired: bool = False) -> Bought | None:
    """The purchase in a claim as it was judged; None where the day was not known."""
    if not claim.get("purchased_on"):
        return None
    delivered = claim.get("delivered_on")
    return Bought(
        date.fromisoformat(claim["purchased_on"]), date.fromisoformat(delivered) if delivered else None,
        str(claim.get("seller") or Seller.UNKNOWN.value), seller_name, repaired,
    )  # fmt: skip


def law_of(bought: Bought | None, house: House) -> Law | None:
    """The law's terms as the terms file of the day of purchase has them."""
    if bought is None:
        return None
    try:
        return house.rulebook.terms_for(bought.purchased_on).law
    except NoTerms:
        return None


def of_claim(
    record: Mapping[str, Any], claim: Mapping[str, Any], *, house: House, seller_name: str = "", repaired: bool = False
) -> tuple[Clock, ...]:
    """Both terms of a verdict and the claim that it judged, as they stand today."""
    bought = bought_of(claim, seller_name=seller_name, repaired=repaired)
    return clocks(record, bought, law_of(bought, house), today=house.today())
