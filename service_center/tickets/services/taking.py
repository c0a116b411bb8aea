"""Taking an item at a desk: what was said and shown there becomes one ticket, with its papers in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.proofs.services import attach
from service_center.tickets.asking import SaidItem, SaidPurchase, new_item
from service_center.tickets.services import opening


@dataclass(frozen=True)
class Told:
    """Everything that one page asked: the item, its purchase, the pictures of it and the files of its proof."""

    item: SaidItem
    purchase: SaidPurchase
    photos: tuple[opening.NewPhoto, ...] = ()
    papers: Sequence[Kept] = ()


def take(
    session: Session, told: Told, asking: opening.Asking, *, actor: Actor, now: datetime, house: House
) -> opening.Opened:
    """Open one ticket; raises Refused as opening does."""
    new = new_item(session, told.item, told.purchase, now=now, photos=told.photos)
    [opened] = opening.open(session, asking, [new], actor=actor, now=now, house=house)
    if new.proof is not None and told.papers:
        attach(session, new.proof, told.papers, now=now)
    return opened
