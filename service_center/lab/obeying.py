"""What an order by cards does to a ticket, and how it is taken back; one call is one transaction's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.catalogue.queries import parts_for, tests_for
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.lab import services
from service_center.lab.commands import STEPS, Deed, Order, Wrong, named, step
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import facts_of
from service_center.tickets.services import assessing, bench
from service_center.tickets.services.advancing import last_step
from service_center.tickets.stepping import offered
from service_center.tickets.vocabulary import CAUSE_CODES

D = Deed
OLD_PART = "recycled"
"""What becomes of a part that came out, unless somebody says otherwise on the page."""


@dataclass(frozen=True)
class Done:
    """What a card did: `row` is the finding, the part, the event, for the card that takes it back; `what` is for the sentence."""

    deed: Deed
    row: int = 0
    what: str = ""
    before: str = ""


@dataclass(frozen=True)
class By:
    """Who does it, when, and where."""

    actor: Actor
    now: datetime
    house: House


def obey(session: Session, ticket: Ticket, order: Order, words: str, by: By) -> Done:
    """Carry out one order; `words` are the reason's, as they stand in the history."""
    if order.deed in STEPS:
        return _step(session, ticket, order.deed, words, by)
    return _WAYS[order.deed](session, ticket, order, by)


def take_back(session: Session, ticket: Ticket, done: Done, words: str, by: By) -> Done:
    """What the last card did is undone; Wrong when there is nothing, or somebody went on meanwhile."""
    if done.deed is D.CAUSE:
        assessing.remove_finding(session, ticket, done.row, actor=by.actor, now=by.now, house=by.house)
    elif done.deed is D.PART:
        services.take_part_out(session, ticket, done.row, actor=by.actor, now=by.now, house=by.house)
    elif done.deed is D.PLACE:
        bench.place(ticket, done.before)
    elif done.deed in STEPS:
        event = last_step(session, ticket)
        if event is None or event.id != done.row:
            raise Wrong("nothing_to_undo")
        services.act(session, ticket, Action.UNDO, words, actor=by.actor, now=by.now, house=by.house)
    else:
        raise Wrong("nothing_to_undo")
    return Done(D.UNDO)


def _step(session: Session, ticket: Ticket, deed: Deed, words: str, by: By) -> Done:
    facts = facts_of(session, ticket, actor=by.actor, house=by.house)
    taken = step(deed, offered(ticket.status, by.actor.kind, facts))
    services.act(session, ticket, taken.action, words, actor=by.actor, now=by.now, house=by.house)
    event = last_step(session, ticket)
    return Done(deed, event.id if event else 0, taken.action.value)


def _finding(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """The symptom is the customer's own where no card named another."""
    terms, goods, family = by.house.rulebook.newest, by.house.brand.goods, ticket.item.family
    symptom = _called(order.symptom, goods.symptoms) if order.symptom else next(iter(ticket.symptoms), "")
    component = _called(order.component, terms.families.get(family, ()))
    cause = CAUSE_CODES.get(order.cause)
    work = _called(order.work, goods.work_on([component])) if order.work else ""
    if not symptom:
        raise Wrong("symptom_first")
    if cause is None or cause not in terms.causes_of(family, component):
        raise Refused("finding_impossible")
    noted = assessing.add_finding(
        session, ticket, symptom=symptom, component=component, cause=cause.value, action=work, actor=by.actor, now=by.now, house=by.house
    )  # fmt: skip
    return Done(D.CAUSE, noted.id, component)


def _work(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """The work of the finding that was noted last."""
    if not ticket.findings:
        raise Wrong("not_here")
    finding = max(ticket.findings, key=lambda each: each.id)
    finding.action = _called(order.work or order.value, by.house.brand.goods.work_on([finding.component]))
    ticket.version += 1
    return Done(D.CAUSE, finding.id, finding.component)


def _part(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    stock = {named(part.code): part for part in parts_for(session, ticket.item.family)}
    part = stock.get(order.value)
    if part is None:
        raise Wrong("not_for_this")
    if not 1 <= order.figure <= 50:
        raise Refused("quantity_impossible")
    used = services.fit_part(
        session, ticket, part, quantity=int(order.figure), old_part=OLD_PART, actor=by.actor, now=by.now
    )
    ticket.version += 1
    session.flush()
    return Done(D.PART, used.id, part.code)


def _place(_session: Session, ticket: Ticket, order: Order, _by: By) -> Done:
    before = ticket.location
    bench.place(ticket, order.value)
    return Done(D.PLACE, what=order.value, before=before)


def _reading(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """Before the work until the diagnosis is over, then after it."""
    test = _called(order.value, tests_for(by.house.brand, ticket.item.family))
    phase = "before" if ticket.status is Status.DIAGNOSING else "after"
    read = services.read_value(
        session, ticket, test, phase, order.figure, actor=by.actor, now=by.now, house=by.house
    )  # fmt: skip
    session.flush()
    return Done(D.TEST, read.id, test)


def _called(value: str, known: Iterable[str]) -> str:
    """The code that a card means, among those that this item knows."""
    found = next((code for code in known if named(code) == value), None)
    if found is None:
        raise Wrong("not_for_this")
    return found


_WAYS: dict[Deed, Callable[[Session, Ticket, Order, By], Done]] = {
    D.CAUSE: _finding, D.WORK: _work, D.PART: _part, D.PLACE: _place, D.TEST: _reading,
}  # fmt: skip
