"""Something came out of the parcel otherwise than it went in: what the sender says, and a person's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.messages.services import say
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Ticket
from service_center.tickets.services.advancing import advance
from service_center.tickets.services.bench import add_photos
from service_center.tickets.services.contents import disputed, may_object
from service_center.tickets.services.opening import NewPhoto


def object_to_contents(
    session: Session, ticket: Ticket, text: str, photos: Sequence[NewPhoto], *, actor: Actor, now: datetime, house: House
) -> None:  # fmt: skip
    """The sender says in words what is missing or different; the lab has to answer, and work goes on."""
    if disputed(ticket) is not None:
        raise Refused("contents_asked", field="text")
    if not may_object(ticket, house.today()):
        raise Refused("contents_settled", field="text")
    advance(session, ticket, Action.OBJECT_CONTENTS, actor=actor, now=now, house=house, note=text)
    say(session, ticket, text, actor=actor, now=now)
    add_photos(session, ticket, "asked", photos, actor=actor, now=now)


def answer_about_contents(
    session: Session, ticket: Ticket, text: str, *, actor: Actor, now: datetime, house: House
) -> None:
    """A person of the lab answers; the words leave by letter as every message does."""
    advance(session, ticket, Action.ANSWER_CONTENTS, actor=actor, now=now, house=house, note=text)
    say(session, ticket, text, actor=actor, now=now)
