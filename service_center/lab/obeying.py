"""What an order by cards does to a ticket, and how it is taken back; one call is one transaction's work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from service_center.accounts.actor import Actor
from service_center.catalogue.queries import parts_for, tests_of
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.lab import services
from service_center.lab.commands import HANDS, STEPS, Deed, Order, Wrong, named, step
from service_center.tickets.checking import SEALED_IN, seal_before, stage_of
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Ticket
from service_center.tickets.queries import facts_of, parts_used
from service_center.tickets.services import assessing, bench, checking, claims, sealing
from service_center.tickets.services.advancing import last_step
from service_center.tickets.stepping import offered
from service_center.tickets.vocabulary import CAUSE_CODES

D = Deed
OLD_PART = "recycled"
"""What becomes of a part that came out, unless somebody says otherwise on the page."""
MOST_DIGITS = 10


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
    elif done.deed in HANDS:
        claims.give_back(ticket, done.row or None)
    elif done.deed is D.TEST:
        bench.take_reading_back(session, ticket, done.row)
    elif done.deed is D.OLD:
        bench.settle_old_part(session, ticket, done.row, done.before)
    elif done.deed is D.CHECK:
        checking.take_back(
            session, ticket, done.what.partition(":")[0], done.before, actor=by.actor, now=by.now, house=by.house
        )
    elif done.deed is D.SEAL and done.before:
        sealing.forget_found(session, ticket)
    elif done.deed is D.SEAL:
        sealing.take_off(session, ticket, done.row)
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
    old = _called(order.old, bench.OLD_PARTS) if order.old else OLD_PART
    used = services.fit_part(
        session, ticket, part, quantity=int(order.figure), old_part=old, actor=by.actor, now=by.now
    )  # fmt: skip
    ticket.version += 1
    session.flush()
    return Done(D.PART, used.id, part.code)


def _place(_session: Session, ticket: Ticket, order: Order, _by: By) -> Done:
    before = ticket.location
    bench.place(ticket, order.value)
    return Done(D.PLACE, what=order.value, before=before)


def _reading(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """Before the work until the diagnosis is over, then after it."""
    test = _called(order.value, tests_of(by.house.brand, ticket.item.family, ticket.item.model))
    phase = "before" if ticket.status is Status.DIAGNOSING else "after"
    read = services.read_value(
        session, ticket, test, phase, order.figure, actor=by.actor, now=by.now, house=by.house
    )  # fmt: skip
    session.flush()
    return Done(D.TEST, read.id, test)


def _old_part(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """What becomes of the part that came out last."""
    used = parts_used(session, ticket.id)
    if not used:
        raise Wrong("not_here")
    fate = _called(order.value, bench.OLD_PARTS)
    before = bench.settle_old_part(session, ticket, used[-1].id, fate)
    return Done(D.OLD, used[-1].id, fate, before)


def _check(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """A line of the list that is open now."""
    stage = stage_of(ticket.status)
    if stage is None:
        raise Refused("checks_closed")
    lines = [line.code for line in by.house.brand.goods.checks_of(ticket.item.family, stage)]
    name = next((code for code in lines if named(code) == order.value), None)
    if name is None:
        raise Wrong("not_on_this_list")
    before = checking.answer(session, ticket, {name: order.answer}, actor=by.actor, now=by.now, house=by.house)
    return Done(D.CHECK, what=f"{name}:{order.answer}", before=before[name])


def _seal(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """Before the work the number of the last visit's seal says that it is whole; after it, a new seal closes the item."""
    before = seal_before(session, ticket)
    if ticket.status not in SEALED_IN and before is not None and named(before.number) == order.value:
        sealing.note_found(session, ticket, "intact", actor=by.actor, now=by.now)
        return Done(D.SEAL, what=before.number, before="intact")
    seal = sealing.put(session, ticket, order.value, actor=by.actor, now=by.now, house=by.house)
    return Done(D.SEAL, seal.id, seal.number)


def _called(value: str, known: Iterable[str]) -> str:
    """The code that a card means, among those that this item knows."""
    found = next((code for code in known if named(code) == value), None)
    if found is None:
        raise Wrong("not_for_this")
    return found


def _hands(session: Session, ticket: Ticket, order: Order, by: By) -> Done:
    """Take it, let go of it, or hand it to the colleague whose card was scanned."""
    before, name = ticket.claimed_by_id or 0, ""
    if order.deed is D.TAKE:
        claims.take(ticket, by.actor)
    elif order.deed is D.LEAVE:
        claims.let_go(ticket)
    else:
        number = int(order.value) if order.value.isdigit() and len(order.value) < MOST_DIGITS else 0
        name = claims.hand_to(session, ticket, number).name
    return Done(order.deed, before, name)


_WAYS: dict[Deed, Callable[[Session, Ticket, Order, By], Done]] = {
    D.CAUSE: _finding, D.WORK: _work, D.PART: _part, D.PLACE: _place, D.TEST: _reading, D.OLD: _old_part,
    D.CHECK: _check, D.SEAL: _seal, **dict.fromkeys(HANDS, _hands),
}  # fmt: skip
