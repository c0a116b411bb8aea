"""Registered guarantees: taken in once, found again by who knows them, never a proof and never a condition (R06, R13)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.tokens import digest
from service_center.core.budgets import spend
from service_center.core.errors import Refused
from service_center.core.i18n import civil_day
from service_center.core.uploads import Kept
from service_center.outbox.services import enqueue
from service_center.proofs.models import ProofFile, ProofOfPurchase, Registration
from service_center.proofs.services import attach
from service_center.warranty.vocabulary import Card, Proof, Seller

NOTICE = "registration-1"
"""The version of the privacy notice on the page; a new text gets a new one, and old registrations keep theirs."""
CARD_FIELDS = ("model", "serial", "date", "buyer", "shop")
"""What a guarantee card asks to be filled in (R12)."""
OLDEST = date(2000, 1, 1)
LISTED = 500
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class NewRegistration:
    """What somebody registers. `model` is a model's code where it was recognised, else the words; `card` by CARD_FIELDS."""

    name: str
    family: str
    purchased_on: date
    email: str = ""
    phone: str = ""
    language: str = "it"
    model: str = ""
    serial: str = ""
    seller: str = Seller.UNKNOWN.value
    seller_name: str = ""
    shop_id: int | None = None
    card: Mapping[str, bool] = field(default_factory=dict)
    stamped: bool = False
    channel: str = "web"
    registered_on: date | None = None
    notice: str = NOTICE


@dataclass(frozen=True)
class Keys:
    """By what a registration is found again, as somebody typed it."""

    email: str = ""
    serial: str = ""
    model: str = ""
    purchased_on: date | None = None


def register(
    session: Session, new: NewRegistration, *, actor: Actor, now: datetime, files: Sequence[Kept] = ()
) -> Registration:
    """Take it in and tell the person, once; Refused where it stands already or a day cannot be."""
    _refuse_impossible_days(new, civil_day(now))
    _come_one_by_one(session, new, now=now)
    before = same(session, Keys(new.email, new.serial, new.model, new.purchased_on), name=new.name)
    if before is not None:
        raise Refused("registered_already", field="email", number=before.number)
    row = Registration(
        number=new_number(), name=new.name, email=new.email.lower(), phone=new.phone, language=new.language, family=new.family,
        model_code=new.model, serial=plain_serial(new.serial), purchased_on=new.purchased_on, seller_name=new.seller_name[:120],
        shop_id=new.shop_id, card=dict(new.card), stamped=new.stamped, channel=new.channel, notice=new.notice,
        registered_on=new.registered_on or civil_day(now), entered_at=now, entered_by_id=actor.user_id,
    )  # fmt: skip
    session.add(row)
    if files:
        row.proof_id = _kept_with(session, new, files, now=now).id
    session.flush()
    if row.email:
        enqueue(session, "registration_confirmed", {"registration_id": row.id}, now=now)
    return row


def _come_one_by_one(session: Session, new: NewRegistration, *, now: datetime) -> None:
    """Of two presses of one person at once the second waits for the first, and then finds what it wrote."""
    who = digest((new.email or new.name).lower())
    spend(session, f"registering:{who}", limit=1, per=timedelta(days=1), now=now)


def _refuse_impossible_days(new: NewRegistration, today: date) -> None:
    registered = new.registered_on or today
    if not OLDEST <= new.purchased_on <= today:
        raise Refused("purchased_in_future", field="purchased_on")
    if registered > today or registered < new.purchased_on:
        raise Refused("registered_before_purchase", field="registered_on")


def _kept_with(session: Session, new: NewRegistration, files: Sequence[Kept], *, now: datetime) -> ProofOfPurchase:
    """The receipt that came along: kept, and looked at by nobody until somebody asks for a repair."""
    proof = ProofOfPurchase(
        kind=Proof.REGISTRATION_ONLY.value, seller=new.seller, seller_name=new.seller_name[:120], shop_id=new.shop_id,
        purchased_on=new.purchased_on, card=card_state(new.card, new.stamped), registered_on=new.registered_on, created_at=now,
    )  # fmt: skip
    attach(session, proof, files, now=now)
    return proof


def new_number() -> str:
    """A number to quote, without letters that look like figures."""
    drawn = "".join(secrets.choice(_ALPHABET) for _each in range(8))
    return f"R-{drawn[:4]}-{drawn[4:]}"


def plain_serial(serial: str) -> str:
    """A serial number without blanks and in capitals, as two people may write it."""
    return "".join(serial.split()).upper()


def card_state(filled: Mapping[str, bool], stamped: bool) -> str:
    """The card in the rule book's words (R12); nothing said about it is no card."""
    if not filled and not stamped:
        return Card.ABSENT.value
    complete = all(filled.get(each) for each in CARD_FIELDS)
    return (Card.INCOMPLETE if not complete else Card.COMPLETE if stamped else Card.UNSTAMPED).value


# --- found again -------------------------------------------------------------------------------------------------


def same(session: Session, keys: Keys, *, name: str = "") -> Registration | None:
    """The same guarantee, registered before: the same person with the same serial number, or the same model and day."""
    serial = plain_serial(keys.serial)
    who = Registration.email == keys.email.lower() if keys.email else func.lower(Registration.name) == name.lower()
    model_and_day = and_(Registration.model_code == keys.model, Registration.purchased_on == keys.purchased_on)
    what = Registration.serial == serial if serial else and_(Registration.serial == "", model_and_day)
    return session.scalars(select(Registration).where(who, what).order_by(Registration.id).limit(1)).first()


def offered(session: Session, keys: Keys, *, in_lab: bool) -> Registration | None:
    """The registration of what somebody brings. Whoever is not the lab must know two things of it: nobody fishes others' data.

    The lab finds it by e-mail, by serial number, or by model and day; others by e-mail and, with it, serial number or model.
    """
    found = [row for row in _candidates(session, keys) if _fits(row, keys) and (in_lab or _knows_two(row, keys))]
    return max(found, key=lambda row: (row.serial == plain_serial(keys.serial), row.id), default=None)


def by_number(session: Session, number: str, keys: Keys, *, in_lab: bool) -> Registration | None:
    """A registration that was offered, if it still fits what is typed now."""
    row = session.scalars(select(Registration).where(Registration.number == number)).one_or_none() if number else None
    return row if row is not None and _fits(row, keys) and (in_lab or _knows_two(row, keys)) else None


def _candidates(session: Session, keys: Keys) -> Sequence[Registration]:
    ways = []
    if keys.email:
        ways.append(Registration.email == keys.email.lower())
    if plain_serial(keys.serial):
        ways.append(Registration.serial == plain_serial(keys.serial))
    if keys.model and keys.purchased_on:
        ways.append(and_(Registration.model_code == keys.model, Registration.purchased_on == keys.purchased_on))
    if not ways:
        return []
    return session.scalars(select(Registration).where(or_(*ways)).order_by(Registration.id.desc()).limit(20)).all()


def _fits(row: Registration, keys: Keys) -> bool:
    """Nothing that is typed speaks against it: another serial number, another model or another day is another item."""
    serial = plain_serial(keys.serial)
    other_serial = bool(serial and row.serial and serial != row.serial)
    other_model = bool(keys.model and row.model_code and keys.model != row.model_code)
    return not (other_serial or other_model or (keys.purchased_on and keys.purchased_on != row.purchased_on))


def _knows_two(row: Registration, keys: Keys) -> bool:
    serial = plain_serial(keys.serial)
    item = (serial and serial == row.serial) or (keys.model and keys.model == row.model_code)
    return bool(keys.email and keys.email.lower() == row.email and item)


def knows_serial(row: Registration, keys: Keys) -> bool:
    """Whether the serial number was typed: nobody guesses it, so that the registered day may be filled in for them."""
    return bool(row.serial) and plain_serial(keys.serial) == row.serial


def receipt_of(session: Session, row: Registration) -> ProofOfPurchase | None:
    """The receipt that came with it, while no repair has it."""
    proof = session.get(ProofOfPurchase, row.proof_id) if row.proof_id is not None else None
    return proof if proof is not None and proof.created_at == row.entered_at else None


def hand_over(session: Session, row: Registration, proof: ProofOfPurchase) -> None:
    """The receipt that came with a registration hangs on the proof of the repair for which it is used: once, and to be confirmed there."""
    came = receipt_of(session, row)
    if came is None:
        return
    session.add(proof)
    session.flush()
    proof.reuse, row.proof_id = came.reuse or proof.reuse, proof.id
    session.execute(update(ProofFile).where(ProofFile.proof_id == came.id).values(proof_id=proof.id))
    session.flush()
    session.execute(delete(ProofOfPurchase).where(ProofOfPurchase.id == came.id))


def listed(session: Session, words: str = "") -> Sequence[Registration]:
    """The registrations in which every word stands somewhere, the newest first."""
    asked = select(Registration).order_by(Registration.registered_on.desc(), Registration.id.desc()).limit(LISTED)
    columns = (
        Registration.number, Registration.name, Registration.email, Registration.phone, Registration.model_code,
        Registration.serial, Registration.seller_name,
    )  # fmt: skip
    for word in words.split()[:6]:
        asked = asked.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return session.scalars(asked).all()
