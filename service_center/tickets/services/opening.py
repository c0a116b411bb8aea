"""Opening tickets: intake, reception, imports and the API all come through here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.models import Shop
from service_center.accounts.tokens import digest, new_pin
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.core.uploads import Kept
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets import codes
from service_center.tickets.lifecycle import Action, Facts, Status, WaitKind
from service_center.tickets.models import Channel, Customer, Item, Photo, Request, Ticket
from service_center.tickets.services.advancing import open_wait, record, tell
from service_center.tickets.services.assessing import reassess
from service_center.tickets.services.custody import hand_on
from service_center.tickets.services.identity import recognise
from service_center.tickets.services.safety import BECAUSE, at_opening
from service_center.tickets.stepping import step_for


@dataclass(frozen=True)
class NewCustomer:
    """Who asks; an e-mail address or a phone number may both be missing: then slip and PIN serve."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "it"


@dataclass(frozen=True)
class ReturnTo:
    """Where the item goes back to."""

    name: str
    street: str
    postal_code: str
    city: str
    province: str
    country: str = "IT"
    phone: str = ""


@dataclass(frozen=True)
class NewPhoto:
    """A stored photograph; keys as core.storage gave them."""

    subject: str
    storage_key: str
    thumb_key: str
    sha256: str
    width: int
    height: int

    @classmethod
    def of(cls, kept: Kept, subject: str) -> NewPhoto:
        """A picture that core.uploads has stored."""
        return cls(subject, kept.storage_key, kept.thumb_key, kept.sha256, kept.width, kept.height)


@dataclass(frozen=True)
class NewItem:
    """One item of a request, with its proof (a row of the ledger, not yet of this ticket) and photographs."""

    family: str
    symptoms: tuple[str, ...]
    words: str = ""
    model_id: int | None = None
    model_text: str = ""
    serial: str = ""
    water_mark: bool | None = None
    proof: ProofOfPurchase | None = None
    tampering: str = "none"
    second_hand: bool = False
    accessories: tuple[str, ...] = ()
    photos: tuple[NewPhoto, ...] = ()
    item: Item | None = None


@dataclass(frozen=True)
class Asking:
    """How and when somebody asked (R03, R08). `action` is announce, hand_in or arrive_unannounced."""

    channel: Channel
    evidence: str
    requested_at: datetime
    customer: NewCustomer
    return_to: ReturnTo
    action: Action = Action.ANNOUNCE
    shop: Shop | None = None
    shop_reference: str = ""
    carrier_accepted_on: date | None = None


@dataclass(frozen=True)
class Opened:
    """A new ticket with the PIN for its slip; the PIN is known only now."""

    ticket: Ticket
    pin: str = field(repr=False)


def open(
    session: Session, asking: Asking, items: Sequence[NewItem], *, actor: Actor, now: datetime, house: House
) -> list[Opened]:
    """Open one ticket an item, all of one request; raises Refused when nothing or something impossible is asked."""
    _check(asking, items, now, house)
    customer = Customer(
        name=asking.customer.name,
        email=asking.customer.email.lower(),
        phone=asking.customer.phone,
        language=asking.customer.language,
        created_at=now,
    )
    request = Request(
        requested_at=asking.requested_at, evidence=asking.evidence, channel=asking.channel,
        carrier_accepted_on=asking.carrier_accepted_on, entered_at=now, entered_by_id=actor.user_id,
    )  # fmt: skip
    session.add_all([customer, request])
    session.flush()
    return [_open_one(session, asking, new, customer, request, actor=actor, now=now, house=house) for new in items]


def _check(asking: Asking, items: Sequence[NewItem], now: datetime, house: House) -> None:
    if not items:
        raise Refused("no_items")
    if civil_day(asking.requested_at) > civil_day(now):
        raise Refused("requested_in_future", field="requested_on")
    if asking.return_to.country in house.brand.not_served:
        raise Refused("country_not_served", field="country", country=asking.return_to.country)
    for new in items:
        if new.family not in house.rulebook.newest.families:
            raise Refused("family_unknown", field="family")


def _open_one(
    session: Session, asking: Asking, new: NewItem, customer: Customer, request: Request, *, actor: Actor, now: datetime, house: House
) -> Opened:  # fmt: skip
    item = new.item or Item(
        family=new.family,
        model_id=new.model_id,
        model_text=new.model_text,
        serial=new.serial,
        water_mark=new.water_mark,
        created_at=now,
    )
    if new.proof is not None:
        session.add(new.proof)
    session.add(item)
    session.flush()
    safety = bool(house.brand.goods.dangers(new.symptoms))
    action = Action.ASK if safety and asking.action is Action.ANNOUNCE else asking.action
    step = step_for(None, action, Facts())
    if step is None or actor.kind not in step.by or not isinstance(step.to, Status):
        raise Refused("not_yours_to_do", action=action.value)
    pin, to, shop = new_pin(), asking.return_to, asking.shop
    ticket = Ticket(
        code=codes.new_code(), number=codes.new_number(), version=0, status=step.to, request_id=request.id, item_id=item.id, customer_id=customer.id,
        proof_id=new.proof.id if new.proof else None, shop_id=shop.id if shop else None, retailer_id=shop.retailer_id if shop else None,
        shop_reference=asking.shop_reference, pin_hash=digest(pin), language=asking.customer.language,
        symptoms=list(new.symptoms), words=new.words, tampering=new.tampering, second_hand=new.second_hand, safety=safety,
        accessories=list(new.accessories), condition={}, requested_at=asking.requested_at,
        received_at=now if step.to is Status.RECEIVED else None, verdict="", location="",
        return_name=to.name, return_street=to.street, return_postal_code=to.postal_code, return_city=to.city,
        return_province=to.province, return_country=to.country, return_phone=to.phone,
    )  # fmt: skip
    ticket.request, ticket.item, ticket.customer, ticket.proof, ticket.findings, ticket.waits = (
        request,
        item,
        customer,
        new.proof,
        [],
        [],
    )
    session.add(ticket)
    session.flush()
    recognise(session, ticket, now=now)
    event = record(session, ticket, step, actor=actor, now=now, target=step.to)
    hand_on(session, ticket, event, actor=actor)
    verdict = reassess(session, ticket, "opened", actor=actor, now=now, house=house)
    if verdict.record["needs"]:
        open_wait(session, ticket, WaitKind.PAPERS, event, {"needs": verdict.record["needs"]}, house=house)
    if safety:
        open_wait(session, ticket, WaitKind.DECISION, event, BECAUSE, house=house)
        at_opening(session, ticket, actor=actor, now=now, house=house)
    for photo in new.photos:
        session.add(
            Photo(
                ticket_id=ticket.id, stage="asked", subject=photo.subject, storage_key=photo.storage_key, thumb_key=photo.thumb_key,
                sha256=photo.sha256, width=photo.width, height=photo.height, at=now, by_id=actor.user_id,
            )
        )  # fmt: skip
    tell(session, ticket, step.tells, now=now, facts={"needs": verdict.record["needs"]})
    session.flush()
    return Opened(ticket, pin)
