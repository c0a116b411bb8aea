"""A replacement on the bench in words: what the item is worth, what may stand in for it, how far it got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service_center.catalogue.comparing import lacking
from service_center.catalogue.models import Model
from service_center.core.i18n import _, moment, money
from service_center.offers.models import ReplacementOffer
from service_center.offers.substitutes import PAID, Worth
from service_center.tickets.lifecycle import ON_BENCH, Status
from service_center.tickets.models import Item, Ticket
from service_center.tickets.wording import remedies


@dataclass(frozen=True)
class Stage:
    """What is to be done next, each a yes or no; `booked` says which new item it is."""

    to_offer: bool
    waiting: bool
    to_book: bool
    booked: str
    chosen: str
    keeps: str


def value(worth: Worth, known: Model | None) -> list[tuple[str, str]]:
    """The item's own figures."""
    basis = _("price paid") if worth.basis == PAID else _("list price")
    told = [
        (_("Model"), f"{known.code} {known.name}" if known else _("not in the range: write its model first")),
        (_("In the range"), (_("yes") if known.current else _("no longer")) if known else ""),
        (_("Functions"), ", ".join(known.functions) if known else ""),
        (_("Worth at least"), _("%(money)s (%(basis)s)", money=money(worth.cents), basis=basis) if worth.cents is not None else _("not known: a manager decides")),
    ]  # fmt: skip
    return [(word, text) for word, text in told if text]


def candidate(model: Model, known: Model | None) -> tuple[int, str, str]:
    """A choice: number, name, and below it price, functions and what it lacks."""
    price = money(model.list_price_cents) if model.list_price_cents is not None else ""
    same = _("the same model") if known is not None and model.id == known.id else ""
    missing = ", ".join(sorted(lacking(known.functions, model.functions))) if known else ""
    lacks = _("without: %(functions)s", functions=missing) if missing else ""
    hint = " · ".join(each for each in (same, price, ", ".join(model.functions), lacks) if each)
    return model.id, f"{model.code} {model.name}", hint


def stage(ticket: Ticket, past: Sequence[ReplacementOffer], new: Item | None) -> Stage:
    """How far it got."""
    latest = past[-1] if past and past[-1].answer in (None, "chosen") else None
    replacing = ticket.status is Status.REPLACING
    chosen = _chosen(latest)
    return Stage(
        to_offer=latest is None and ticket.status in ON_BENCH, waiting=latest is not None and latest.answer is None,
        to_book=replacing and bool(chosen), booked=remedies.replaced_by(new, ticket.last_covered_day) if new else "", chosen=chosen,
        keeps=remedies.keeps(ticket.last_covered_day, reader="lab"),
    )  # fmt: skip


def _chosen(latest: ReplacementOffer | None) -> str:
    picked = latest.chosen_model_id if latest else None
    taken = next((each for each in latest.candidates if each["model_id"] == picked), None) if latest else None
    return f"{taken['code']} {taken['name']}" if taken else ""


@dataclass(frozen=True)
class Past:
    """An offer and what became of it."""

    at: str
    why: str
    cards: list[remedies.Card]
    answer: str
    words: str


def past(made: ReplacementOffer, ticket: Ticket) -> Past:
    """An offer in words; `words` are what the customer wrote or consented to."""
    answers = {
        "chosen": _("chosen: %(model)s", model=_chosen(made)),
        "refused": _("none of them"),
        "withdrawn": _("taken back"),
    }
    told = answers.get(made.answer or "", _("waits for the answer"))
    when = moment(made.answered_at) if made.answered_at else ""
    said = made.consent.split("\n", 1)[1:] if made.answer == "chosen" else [made.consent]
    who = made.answered_by if made.answer in ("chosen", "refused") else ""
    return Past(
        moment(made.offered_at), remedies.why(made.why, reader="lab"), remedies.cards(made.candidates, family_of_old=ticket.item.family),
        ", ".join(each for each in (told, who, when) if each), "".join(said),
    )  # fmt: skip
