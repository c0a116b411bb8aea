"""Offering what takes the place of an item, taking the answer, and booking the new item with the old one's guarantee (R09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Role
from service_center.catalogue.models import Model
from service_center.catalogue.queries import model_by
from service_center.core.errors import Refused
from service_center.core.goods import Outcome
from service_center.core.house import House
from service_center.offers.models import ReplacementOffer
from service_center.offers.queries import standing_offer
from service_center.offers.substitutes import checked, worth
from service_center.tickets.goods import bears_serial, work_for
from service_center.tickets.lifecycle import Action, Status, WaitKind
from service_center.tickets.lineage import item_with_serial, plain_serial, replaced_by
from service_center.tickets.models import Item, Ticket
from service_center.tickets.services.advancing import advance
from service_center.tickets.vocabulary import WhyReplaced

# The version of the words that a customer consents to; a new text gets a new one, and old answers keep theirs.
WORDING = "replacement-1"
MOST = 3
AFTER_REFUSAL = {"why": "replacement"}


def offer(
    session: Session, ticket: Ticket, model_ids: Sequence[int], *, why: str, actor: Actor, now: datetime, house: House,
    note: str = "", by_consent: int | None = None, reason: str = "",
) -> ReplacementOffer:  # fmt: skip
    """Offer one to three items in place of this one; the count of days stands still until the answer (R31)."""
    if why not in {each.value for each in WhyReplaced}:
        raise Refused("replacement_why", field="why")
    if not model_ids and by_consent is None:
        raise Refused("replacement_none", field="models")
    if len(model_ids) + (by_consent is not None) > MOST:
        raise Refused("replacement_too_many", field="models", number=MOST)
    if by_consent is not None and not reason.strip():
        raise Refused("note_needed", field="reason")
    if _refused_before(ticket) and actor.role is not Role.MANAGER:
        raise Refused("replacement_refused_before")
    value = worth(session, ticket, house=house)
    frozen = checked(session, ticket, model_ids, by_consent, value=value, actor=actor)
    facts = {"why": why, "candidates": frozen, "text": note.strip()}
    advance(session, ticket, Action.OFFER_REPLACEMENT, actor=actor, now=now, house=house, note=reason, detail={"why": why}, facts=facts)  # fmt: skip
    _settle(ticket, now)
    made = ReplacementOffer(
        ticket_id=ticket.id, why=why, note=note.strip(), candidates=frozen, basis=value.basis, basis_cents=value.cents,
        offered_at=now, offered_by_id=actor.user_id,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


@dataclass(frozen=True)
class Answer:
    """What somebody answered: a model, or none with words; `consent` is the sentence they ticked, `signed` the name they typed."""

    model_id: int | None
    words: str = ""
    consent: str = ""
    signed: str = ""
    address: str = ""


def answer(session: Session, ticket: Ticket, given: Answer, *, actor: Actor, now: datetime, house: House) -> None:
    """Take the answer of the customer or of the shop."""
    if given.model_id is None:
        refuse(session, ticket, given.words, actor=actor, now=now, house=house, address=given.address)
        return
    choose(
        session, ticket, given.model_id, actor=actor, now=now, house=house, address=given.address, consent=given.consent, signed=given.signed
    )  # fmt: skip


def choose(
    session: Session, ticket: Ticket, model_id: int, *, actor: Actor, now: datetime, house: House,
    address: str = "", consent: str = "", signed: str = "",
) -> ReplacementOffer:  # fmt: skip
    """The customer takes one of those offered; `consent` is the sentence they ticked, `signed` the name they typed."""
    standing = _open(session, ticket)
    taken = next((each for each in standing.candidates if each["model_id"] == model_id), None)
    if taken is None:
        raise Refused("replacement_not_offered", field="choice")
    if taken["by_consent"] and not consent:
        raise Refused("consent_needed", field="agreed")
    if taken["by_consent"] and not signed.strip():
        raise Refused("consent_unsigned", field="signed")
    facts = {"candidates": [taken], "why": standing.why}
    advance(session, ticket, Action.CHOOSE_REPLACEMENT, actor=actor, now=now, house=house, facts=facts)
    _answered(standing, "chosen", actor, now, address)
    standing.chosen_model_id = model_id
    standing.consent = "\n".join(each for each in (WORDING, consent, signed.strip()) if each)
    return standing


def refuse(
    session: Session, ticket: Ticket, words: str, *, actor: Actor, now: datetime, house: House, address: str = ""
) -> ReplacementOffer:
    """The customer wants none of them; a manager looks for another way."""
    standing = _open(session, ticket)
    advance(
        session, ticket, Action.REFUSE_REPLACEMENT, actor=actor, now=now, house=house, note=words, detail=AFTER_REFUSAL
    )
    _answered(standing, "refused", actor, now, address)
    standing.consent = words.strip()
    return standing


def withdraw(session: Session, ticket: Ticket, reason: str, *, actor: Actor, now: datetime, house: House) -> None:
    """The lab takes its offer back, as long as no new item is booked."""
    standing = standing_offer(session, ticket.id)
    if standing is None or standing.new_item_id is not None:
        raise Refused("no_open_choice")
    advance(session, ticket, Action.WITHDRAW_REPLACEMENT, actor=actor, now=now, house=house, note=reason)
    standing.answer, standing.answered_at = "withdrawn", now


def book(session: Session, ticket: Ticket, model_text: str, serial: str, *, actor: Actor, now: datetime) -> Item:
    """The new item is in hand: it is the model that was chosen, with a number of its own. Booked again, the last one stands."""
    standing = standing_offer(session, ticket.id)
    if standing is None or standing.answer != "chosen" or ticket.status is not Status.REPLACING:
        raise Refused("replacement_not_chosen")
    chosen = session.get_one(Model, standing.chosen_model_id)
    scanned = model_by(session, model_text)
    if scanned is None or scanned.id != chosen.id:
        raise Refused("replacement_of_another_model", field="model", model=chosen.code)
    plain = plain_serial(serial)
    new = replaced_by(session, ticket.item_id)
    _check_serial(session, ticket, chosen.family, plain, new)
    if new is None:
        new = Item(family=chosen.family, replaces_id=ticket.item_id, created_at=now)
        session.add(new)
    new.family, new.model_id, new.serial, new.water_mark = (
        chosen.family,
        chosen.id,
        serial.strip().upper(),
        chosen.water_mark,
    )
    session.flush()
    standing.new_item_id = new.id
    same = any(each["same"] for each in standing.candidates if each["model_id"] == chosen.id)
    _note_work(ticket, work_for(Outcome.SAME if same else Outcome.SUBSTITUTE))
    ticket.version += 1
    return new


def _check_serial(session: Session, ticket: Ticket, family: str, plain: str, booked: Item | None) -> None:
    if not plain and bears_serial(family):
        raise Refused("serial_needed", field="serial")
    if plain and plain == plain_serial(ticket.item.serial):
        raise Refused("serial_of_the_old", field="serial")
    other = item_with_serial(session, family, plain)
    if other is not None and (booked is None or other.id != booked.id):
        raise Refused("serial_known", field="serial")


def _note_work(ticket: Ticket, work: str) -> None:
    """What was planned on the old item was not done: the remedy was another one."""
    for finding in ticket.findings:
        if finding.outcome == "COVERED" or ticket.quote_answer == "accepted":
            finding.action = work


def _open(session: Session, ticket: Ticket) -> ReplacementOffer:
    standing = standing_offer(session, ticket.id)
    if standing is None or standing.answer is not None:
        raise Refused("no_open_choice")
    return standing


def _answered(standing: ReplacementOffer, answer: str, actor: Actor, now: datetime, address: str) -> None:
    standing.answer, standing.answered_at = answer, now
    standing.answered_by, standing.answered_from = actor.name or actor.kind, address[:45]


def _refused_before(ticket: Ticket) -> bool:
    return any(_after_refusal(wait) for wait in ticket.waits)


def _settle(ticket: Ticket, now: datetime) -> None:
    """Another offer is the manager's answer to a refusal."""
    for wait in ticket.waits:
        if _after_refusal(wait):
            wait.closed_at = now


def _after_refusal(wait: Any) -> bool:
    return wait.kind is WaitKind.DECISION and wait.closed_at is None and wait.detail.get("why") == AFTER_REFUSAL["why"]
