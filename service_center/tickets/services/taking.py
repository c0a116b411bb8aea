"""Taking an item at a desk: what was said and shown there becomes one ticket, with its papers in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.accounts.tokens import digest
from service_center.core.budgets import spend
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.proofs.models import Registration
from service_center.proofs.registrations import hand_over
from service_center.proofs.services import attach
from service_center.tickets.asking import SaidItem, SaidPurchase, new_item
from service_center.tickets.services import opening

ONCE_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Told:
    """Everything that one page asked: the item, its purchase, the pictures of it and the files of its proof.

    `once` is the page's own mark: of two that are sent at the same moment one opens a ticket. `receipt_of`: the registration whose receipt goes along.
    """

    item: SaidItem
    purchase: SaidPurchase
    photos: tuple[opening.NewPhoto, ...] = ()
    papers: Sequence[Kept] = ()
    once: str = ""
    receipt_of: Registration | None = None


def take(
    session: Session, told: Told, asking: opening.Asking, *, actor: Actor, now: datetime, house: House
) -> opening.Opened:
    """Open one ticket; raises Refused as opening does."""
    if told.once and not spend(session, f"once:{digest(told.once)}", limit=1, per=ONCE_LASTS, now=now):
        raise Refused("sent_already")
    new = new_item(session, told.item, told.purchase, now=now, photos=told.photos)
    [opened] = opening.open(session, asking, [new], actor=actor, now=now, house=house)
    if new.proof is not None and told.receipt_of is not None:
        hand_over(session, told.receipt_of, new.proof)
    if new.proof is not None and told.papers:
        attach(session, new.proof, told.papers, now=now)
    return opened
