"""What somebody says about an item and its purchase, and what the rules say to that before a ticket exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from service_center.accounts.models import Shop
from service_center.accounts.sellers import seller_on
from service_center.catalogue.models import Model
from service_center.catalogue.queries import model_by
from service_center.core.brand import Brand
from service_center.core.errors import Refused
from service_center.core.i18n import ROME
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets.services.assessing import NO_DATE
from service_center.tickets.services.opening import NewItem, NewPhoto
from service_center.warranty.assess import answer
from service_center.warranty.terms import Rulebook
from service_center.warranty.vocabulary import Card, Evidence, Proof, Seller, Tampering


@dataclass(frozen=True)
class SaidItem:
    """The item as it was described. `model_text` is a model code, an EAN or plain words; "I don't know" is empty or None."""

    family: str
    symptoms: tuple[str, ...] = ()
    words: str = ""
    model_text: str = ""
    serial: str = ""
    water_mark: bool | None = None
    tampering: str = Tampering.NONE.value
    second_hand: bool = False
    accessories: tuple[str, ...] = ()


@dataclass(frozen=True)
class SaidPurchase:
    """The purchase as it was described, in the words of warranty.vocabulary; the shop's own row where it is known."""

    purchased_on: date | None = None
    seller: str = Seller.UNKNOWN.value
    seller_name: str = ""
    shop_id: int | None = None
    proof: str = Proof.NONE.value
    card: str = Card.ABSENT.value
    card_dated_on: date | None = None
    registered_on: date | None = None
    delivered_on: date | None = None


@dataclass(frozen=True)
class Moment:
    """When and how somebody asked (R03, R08)."""

    requested_at: datetime
    evidence: str = Evidence.OWN_CONTACT.value
    carrier_accepted_on: date | None = None


def preliminary(item: SaidItem, purchase: SaidPurchase, moment: Moment, book: Rulebook) -> dict[str, Any]:
    """The verdict on what was said, as a record of contract.md 4; PENDING_DOCS while the day of purchase is unknown."""
    if purchase.purchased_on is None:
        return {**NO_DATE, "id": None}
    return answer(_claim(item, purchase, moment, purchase.purchased_on), book).as_dict()


def _claim(item: SaidItem, purchase: SaidPurchase, moment: Moment, purchased_on: date) -> dict[str, Any]:
    dates = {
        "card_dated_on": purchase.card_dated_on,
        "registered_on": purchase.registered_on,
        "delivered_on": purchase.delivered_on,
        "carrier_accepted_on": moment.carrier_accepted_on,
    }
    return {
        "family": item.family,
        "seller": purchase.seller,
        "second_hand": item.second_hand,
        "purchased_on": purchased_on.isoformat(),
        **{name: day.isoformat() if day else None for name, day in dates.items()},
        "requested_at": moment.requested_at.astimezone(ROME).isoformat(),
        "request_evidence": moment.evidence,
        "proof": purchase.proof,
        "card": purchase.card,
        "water_mark": item.water_mark,
        "tampering": item.tampering,
    }


def seller_of(shop: Shop | None, purchased_on: date | None) -> str:
    """What a shop was on the day of purchase: authorised or not listed (R12). Without a day, what it has ever been."""
    return Seller.UNLISTED_RETAILER.value if shop is None else seller_on(shop, purchased_on)


def shop_return_until(purchase: SaidPurchase, *, brand: Brand, today: date) -> date | None:
    """The last day for returning the item to our own web shop instead, while it is not over (R33); else None."""
    if purchase.seller != Seller.OWN_SHOP.value or purchase.delivered_on is None:
        return None
    last = purchase.delivered_on + timedelta(days=brand.setting("shop_return_days"))
    return last if purchase.delivered_on <= today <= last else None


def model_for(session: Session, item: SaidItem) -> Model | None:
    """The model behind what was typed; Refused when it is one of another family."""
    model = model_by(session, item.model_text)
    if model is not None and model.family != item.family:
        raise Refused("model_of_another_family", field="model", model=model.name)
    return model


def recognised(session: Session, item: SaidItem) -> SaidItem:
    """The item with the water mark that its model is known to carry, where nobody looked at the back."""
    model = model_by(session, item.model_text)
    if item.water_mark is not None or model is None or model.family != item.family:
        return item
    return replace(item, water_mark=model.water_mark)


def proof_of(purchase: SaidPurchase, *, now: datetime) -> ProofOfPurchase:
    """The ledger's record of what was said and shown; not yet in a session, and not yet looked at by a person."""
    return ProofOfPurchase(
        kind=purchase.proof, seller=purchase.seller, seller_name=purchase.seller_name[:120], shop_id=purchase.shop_id,
        purchased_on=purchase.purchased_on, card=purchase.card, card_dated_on=purchase.card_dated_on,
        registered_on=purchase.registered_on, delivered_on=purchase.delivered_on, created_at=now,
    )  # fmt: skip


def new_item(
    session: Session, item: SaidItem, purchase: SaidPurchase, *, now: datetime, photos: Sequence[NewPhoto] = ()
) -> NewItem:
    """What `opening.open` takes, of what was said; the proof is reachable as `.proof`, to hang its files on."""
    model = model_for(session, item)
    known = recognised(session, item)
    return NewItem(
        family=known.family, symptoms=known.symptoms, words=known.words, model_id=model.id if model else None,
        model_text=model.code if model else known.model_text, serial=known.serial, water_mark=known.water_mark,
        proof=proof_of(purchase, now=now), tampering=known.tampering, second_hand=known.second_hand,
        accessories=known.accessories, photos=tuple(photos),
    )  # fmt: skip
