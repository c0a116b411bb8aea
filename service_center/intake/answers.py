"""What the answers of a draft mean: the form of each page, what was said, and where the next open question is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from service_center.accounts.models import Shop
from service_center.accounts.sellers import house_seller
from service_center.core.house import House
from service_center.core.i18n import language
from service_center.intake import forms, queries, wording
from service_center.intake.draft import PAGES, Draft, DraftItem
from service_center.intake.services import Sending
from service_center.proofs.models import Registration
from service_center.proofs.registrations import Keys, by_number
from service_center.tickets import asking, registered
from service_center.tickets.asking import Moment, SaidItem, SaidPurchase
from service_center.tickets.goods import dangers, symptoms_for
from service_center.tickets.models import Channel
from service_center.tickets.services import opening
from service_center.tickets.vocabulary import PhotoSubject
from service_center.warranty.vocabulary import Card, Evidence, Proof, Seller

REGISTERED = "registered"
"""Where a draft keeps the number of the registration that is used; no page of the questions, so that nobody types it."""
STOP, TIPS = "stop", "tips"
"""The pages between, which only tell something."""


@dataclass(frozen=True)
class Reader:
    """What reading a draft needs: the tables and the house."""

    session: Session
    house: House

    # --- the pages ---------------------------------------------------------------------------------------------

    def form(self, item: DraftItem, page: str) -> Any:
        """The form of a page about an item, over what was typed there."""
        return getattr(self, f"_{page}")(item, item.typed(page))

    def _what(self, item: DraftItem, typed: dict[str, list[str]]) -> Any:
        families = list(self.house.rulebook.newest.families)
        return forms.read(forms.WhatForm, typed).offer(
            families, lambda family, model: asking.model_for(self.session, SaidItem(family, model_text=model))
        )

    def _fault(self, item: DraftItem, typed: dict[str, list[str]]) -> Any:
        components = self.house.rulebook.newest.families.get(item.first("what", "family"), ())
        return forms.read(forms.FaultForm, typed).offer(symptoms_for(components))

    def _where(self, item: DraftItem, typed: dict[str, list[str]]) -> Any:
        return forms.read(forms.WhereForm, typed).offer(self.house.brand.website)

    def _which(self, item: DraftItem, typed: dict[str, list[str]]) -> Any:
        shops = [(s.id, s.name, ", ".join(w for w in (s.street, s.city) if w)) for s in self._meant(item)[1]]
        return forms.read(forms.WhichForm, typed).offer(shops)

    def _papers(self, item: DraftItem, typed: dict[str, list[str]]) -> Any:
        return forms.read(forms.PapersForm, typed).offer(kept=bool(item.shown("receipt")), card=card_asked(item))

    def _when(self, item: DraftItem, typed: dict[str, list[str]]) -> Any:
        own = item.first("where", "seller") == Seller.OWN_SHOP
        return forms.read(forms.WhenForm, typed).offer(own_shop=own, card=card_asked(item), today=self.house.today())

    def you(self, draft: Draft) -> Any:
        """The form about the person."""
        return forms.read(forms.YouForm, draft.you).offer(
            not_served=self.house.brand.not_served, spoken=language(), only_safety=all(map(dangerous, draft.items))
        )

    def pages(self, item: DraftItem) -> list[str]:
        """The pages that this item needs, those between included. What is dangerous is asked nothing more."""
        told = [TIPS] if self.tips(item) else []
        if dangerous(item):
            return ["what", "fault", STOP]
        rest = [page for page in PAGES[2:] if page != "which" or self._meant(item)[1]]
        return ["what", "fault", *told, *rest]

    def tips(self, item: DraftItem) -> list[str]:
        """First aid for what was chosen."""
        return wording.tips(item.first("what", "family"), item.typed("fault").get("symptoms", []))

    def answered(self, item: DraftItem, page: str) -> bool:
        """Whether a page is behind us, and its answers stand."""
        if page in (STOP, TIPS):
            return page in item.read
        if page not in item.answers:
            return False
        form = self.form(item, page)
        return bool(form.validate()) and not (page == "papers" and form.lacking())

    def open_page(self, item: DraftItem) -> str | None:
        """The first page of an item that still wants an answer."""
        return next((page for page in self.pages(item) if not self.answered(item, page)), None)

    # --- what was said -----------------------------------------------------------------------------------------

    def said(self, item: DraftItem) -> SaidItem:
        """The item and its fault."""
        what, fault = self.form(item, "what"), self.form(item, "fault")
        return SaidItem(
            family=what.family.data or "", symptoms=tuple(dict.fromkeys(fault.symptoms.data or ())),
            words=fault.words.data or "", model_text=what.model.data or "", serial=(what.serial.data or "").upper(),
        )  # fmt: skip

    def purchase(self, item: DraftItem) -> SaidPurchase:
        """The purchase; what was typed wrongly counts as not said."""
        if dangerous(item):
            return SaidPurchase()
        form = self.form(item, "when")
        form.validate()
        bought = _good(form.purchased_on)
        chosen = item.first("where", "seller")
        shop = self._meant(item)[0]
        name = _called(shop) if shop else item.first("where", "shop_name")
        own = house_seller(self.house.brand, name=name) if shop is None else None
        return SaidPurchase(
            purchased_on=bought, seller=own.kind if own else _seller(chosen, shop, bought), shop_id=shop.id if shop else None,
            seller_name=name, registered_on=self._registered_on(item), proof=_proof(item, chosen, came=self._receipt_of(item) is not None), card=_good(form.card) or Card.ABSENT.value,
            card_dated_on=_good(form.card_dated_on), delivered_on=_good(form.delivered_on),
        )  # fmt: skip

    def keys(self, item: DraftItem, email: str) -> Keys:
        """By what a registered guarantee is found again: only what was typed here."""
        said, form = self.said(item), self.form(item, "when")
        form.validate()
        bought = _good(form.purchased_on)
        return registered.keys(
            self.session, email=email, serial=said.serial, model=said.model_text, purchased_on=bought
        )

    def offer(self, item: DraftItem, email: str) -> registered.Offer | None:
        """The registered guarantee that may be the item's; nothing is asked twice of what is dangerous."""
        if dangerous(item):
            return None
        return registered.offer(
            self.session, self.keys(item, email), used=item.first(REGISTERED, "number"), in_lab=False
        )

    def _used(self, item: DraftItem) -> Registration | None:
        """The registration that was chosen; it was offered to who knew it, and still fits what is said now."""
        number = item.first(REGISTERED, "number")
        return by_number(self.session, number, self.keys(item, ""), in_lab=True) if number else None

    def _registered_on(self, item: DraftItem) -> date | None:
        row = self._used(item)
        return row.registered_on if row else None

    def _receipt_of(self, item: DraftItem) -> Registration | None:
        """The registration whose receipt goes with the request; for who knows the serial number."""
        return registered.with_receipt(self.session, self._used(item), self.keys(item, ""), in_lab=False)

    def _meant(self, item: DraftItem) -> tuple[Shop | None, Sequence[Shop]]:
        """The shop that was meant, where it is certain; and those to choose from, where it has to be asked."""
        words = item.first("where", "shop_name")
        if item.first("where", "seller") != wording.SHOP or not words:
            return None, ()
        found = queries.shops_like(self.session, words)
        exact = queries.named(found, words)
        if exact is not None:
            return exact, ()
        chosen = item.first("which", "shop")
        return next((shop for shop in found if str(shop.id) == chosen), None), found

    def verdict(self, item: DraftItem, *, now: datetime) -> dict[str, Any]:
        """What the rules say to what was said, before a ticket exists."""
        said = asking.recognised(self.session, self.said(item))
        return asking.preliminary(said, self.purchase(item), Moment(now), self.house.rulebook)

    def return_until(self, item: DraftItem) -> date | None:
        """The last day for giving it back to our own web shop instead (R33)."""
        return asking.shop_return_until(self.purchase(item), brand=self.house.brand, today=self.house.today())

    # --- what is sent ------------------------------------------------------------------------------------------

    def sending(self, item: DraftItem, *, now: datetime) -> Sending:
        """One item as `services.send` takes it."""
        photos = [opening.NewPhoto.of(kept.kept(), PhotoSubject.DETAIL.value) for kept in item.shown("item")]
        new = asking.new_item(self.session, self.said(item), self.purchase(item), now=now, photos=photos)
        return Sending(new, [kept.kept() for kept in item.shown("receipt", "card")], self._receipt_of(item))

    def request(self, draft: Draft, *, now: datetime) -> opening.Asking:
        """Who asks, now, on the web."""
        you = self.you(draft)
        you.validate()
        customer = opening.NewCustomer(
            you.name.data, (you.email.data or "").lower(), you.phone.data or "", you.language.data
        )
        address = opening.ReturnTo(
            you.name.data, you.street.data or "", you.postal_code.data or "", you.city.data or "",
            (you.province.data or "").upper(), you.country.data, you.phone.data or "",
        )  # fmt: skip
        return opening.Asking(Channel.WEB, Evidence.OWN_CONTACT.value, now, customer, address)


def dangerous(item: DraftItem) -> bool:
    """Whether a symptom was chosen with which nothing may be charged, worn or sent."""
    return bool(dangers(item.typed("fault").get("symptoms", [])))


def card_asked(item: DraftItem) -> bool:
    """Shops give a stamped card (R12); where nobody knows the seller, it may tell."""
    return item.first("where", "seller") in (wording.SHOP, Seller.UNKNOWN)


def _called(shop: Shop) -> str:
    """The shop's name with its town, said once."""
    return shop.name if shop.city.casefold() in shop.name.casefold() else f"{shop.name}, {shop.city}"


def _good(field: Any) -> Any:
    return None if field is None or field.errors else field.data


def _proof(item: DraftItem, chosen: str, *, came: bool) -> str:
    """What the photograph shows, as far as a customer can say; a person looks at it later (R10, R11)."""
    if not (item.shown("receipt") or came):
        return Proof.NONE.value
    return (Proof.INVOICE if chosen in (Seller.OWN_SHOP, Seller.MARKETPLACE) else Proof.RECEIPT).value


def _seller(chosen: str, shop: Shop | None, bought: date | None) -> str:
    """Who sold it, in the rule book's words.

    A shop of our lists is judged by its dates of authorisation (R12). A name that we do not find is UNKNOWN and never
    UNLISTED_RETAILER: it may be misspelt, or the sign over the door of a retailer that we know by another name, and
    that is curable (“who sold it?”), while unlisted would deny the guarantee for a typing mistake.
    """
    if shop is not None:
        return asking.seller_of(shop, bought)
    return chosen if chosen in (Seller.OWN_SHOP, Seller.MARKETPLACE) else Seller.UNKNOWN.value


def used(draft: Draft, number: int, row: Registration, *, fills: bool) -> Draft:
    """The draft with a registration used; `fills` the day of purchase, where nobody wrote it."""
    draft = draft.answered(number, REGISTERED, {"number": [row.number]})
    when = draft.items[number - 1].typed("when")
    if not fills or any(when.get("purchased_on", ())):
        return draft
    day = row.purchased_on
    rest = {name: values for name, values in when.items() if name != "no_date"}
    return draft.answered(number, "when", {**rest, "purchased_on": [str(day.day), str(day.month), str(day.year)]})
