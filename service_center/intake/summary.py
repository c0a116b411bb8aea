"""A draft in words: every answer as the last page shows it, with the way to change it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from flask import url_for

from service_center.core.i18n import _, day, ngettext, phone
from service_center.intake.answers import Reader, dangerous
from service_center.intake.draft import Draft, DraftItem
from service_center.intake.forms import LANGUAGES
from service_center.intake.wording import CARDS, SELLERS, SHOP
from service_center.tickets.papers_seen import words_if_seen
from service_center.tickets.wording import verdicts
from service_center.tickets.wording import vocabulary as words
from service_center.warranty.vocabulary import Proof, Seller


class Answer(NamedTuple):
    """A question, its answer in lines, and where to change it."""

    question: str
    lines: list[str]
    url: str


class Name(NamedTuple):
    """An item in a few words."""

    number: int
    icon: str
    family: str
    words: str
    safety: bool


def names(reader: Reader, draft: Draft) -> list[Name]:
    """The items so far."""
    return [_name(reader, number, item) for number, item in enumerate(draft.items, 1)]


def _name(reader: Reader, number: int, item: DraftItem) -> Name:
    said = reader.said(item)
    shown = ", ".join(words.symptom(code) for code in said.symptoms)
    return Name(number, said.family, words.family(said.family), shown, dangerous(item))


def items(reader: Reader, draft: Draft, *, now: datetime) -> list[dict[str, Any]]:
    """Every item with its answers, its verdict so far and the last day for giving it back to our shop."""
    return [
        {
            "name": _name(reader, number, item),
            "answers": [*_about_item(reader, number, item), *([] if dangerous(item) else _about_purchase(reader, number, item))],
            "files": item.files,
            "verdict": None if dangerous(item) else verdicts.verdict(reader.verdict(item, now=now), reader="customer"),
            "seen": words_if_seen(reader.session, [each.kept() for each in item.shown("receipt", "card")]),
            "return_until": reader.return_until(item),
            "website": reader.house.brand.website,
        }
        for number, item in enumerate(draft.items, 1)
    ]  # fmt: skip


def _url(number: int, page: str) -> str:
    return url_for("intake.item", number=number, page=page, back="check")


def _about_item(reader: Reader, number: int, item: DraftItem) -> list[Answer]:
    said = reader.said(item)
    what = [words.family(said.family), said.model_text or _("Model not known")]
    what += [_("Serial number %(serial)s", serial=said.serial)] if said.serial else []
    fault = [", ".join(words.symptom(code) for code in said.symptoms), *([said.words] if said.words else [])]
    return [
        Answer(_("Item"), what, _url(number, "what")),
        Answer(_("Fault"), [*fault, *_count(item, "item")], _url(number, "fault")),
    ]


def _about_purchase(reader: Reader, number: int, item: DraftItem) -> list[Answer]:
    purchase = reader.purchase(item)
    chosen = item.first("where", "seller")
    where = (
        [purchase.seller_name]
        if chosen == SHOP
        else [str(SELLERS[chosen][0]), *([purchase.seller_name] if purchase.seller_name else [])]
    )
    none = purchase.proof == Proof.NONE
    papers = _count(item, "receipt") or [
        _("No proof of purchase yet") if none else _("The receipt of the registration")
    ]
    when = [_date(purchase.purchased_on) or _("Date not known")]
    if chosen == Seller.OWN_SHOP and purchase.delivered_on:
        when.append(_("Delivered on %(day)s", day=day(purchase.delivered_on)))
    card = item.first("when", "card")
    if card in CARDS:
        when.append(_("Guarantee card: %(state)s", state=words.card_state(card)))
    if purchase.card_dated_on:
        when.append(_("Date on the card: %(day)s", day=day(purchase.card_dated_on)))
    return [
        Answer(_("Bought at"), where, _url(number, "where")),
        Answer(_("Proof of purchase"), [*papers, *_count(item, "card")], _url(number, "papers")),
        Answer(_("Bought on"), when, _url(number, "when")),
    ]


def _date(known: date | None) -> str:
    return day(known) if known else ""


def _count(item: DraftItem, shows: str) -> list[str]:
    number = len(item.shown(shows))
    counted = {
        "item": ngettext("%(num)s photo", "%(num)s photos", number),
        "receipt": ngettext("%(num)s file of the receipt", "%(num)s files of the receipt", number),
        "card": ngettext("%(num)s file of the card", "%(num)s files of the card", number),
    }
    return [counted[shows]] if number else []


def person(form: Any) -> list[Answer]:
    """Who asks, in lines; the form was validated."""
    url = url_for("intake.you", back="check")
    town = " ".join(w for w in (form.postal_code.data, form.city.data, (form.province.data or "").upper()) if w)
    contact = [w for w in (form.email.data, phone(form.phone.data or "")) if w]
    address = [w for w in (form.street.data, town) if w]
    spoken = dict(LANGUAGES).get(form.language.data, "")
    return [
        Answer(_("Name"), [form.name.data], url),
        Answer(_("How we reach you"), contact or [_("Only by the code and the PIN")], url),
        *([Answer(_("It goes back to"), [*address, form.country_name()], url)] if address else []),
        Answer(_("We write to you in"), [spoken], url),
    ]
