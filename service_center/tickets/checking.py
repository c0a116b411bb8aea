"""What is asked of an item before it leaves: its check lists, its needed readings, what was signed for, its seal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from service_center.core.goods import Goods, Stage
from service_center.core.house import House
from service_center.tickets.bench_models import Check, Seal, Waiver
from service_center.tickets.lifecycle import ON_BENCH, Action, Status
from service_center.tickets.models import Event, Measurement, Ticket
from service_center.tickets.stepping import standing

ANSWERS = ("ok", "not_ok", "not_there")
FOUND = ("intact", "broken", "missing")
REOPENED = "reopened"
"""What stands in `Seal.found` where we opened the item again ourselves."""
SEALED_IN = frozenset({Status.TESTING, Status.RETURNING, Status.READY})


@dataclass(frozen=True)
class Hold:
    """What keeps an item here: `test:` or `check:` and its name; `since` is when it failed, None where it is missing."""

    subject: str
    since: datetime | None = None

    @property
    def name(self) -> str:
        """The test or the check."""
        return self.subject.partition(":")[2]

    @property
    def of_check(self) -> bool:
        """Whether it is a line of the check list."""
        return self.subject.startswith("check:")

    def signed_by(self, waivers: Iterable[Waiver]) -> Waiver | None:
        """Who answers for it. What was read or answered after the signature is not signed for."""
        standing = (each for each in waivers if each.subject == self.subject)
        return next((each for each in standing if self.since is None or self.since <= each.at), None)


def stage_of(status: Status) -> Stage | None:
    """The check list that is open in a status."""
    if status is Status.TESTING:
        return Stage.FINAL
    return Stage.FIRST if status in ON_BENCH else None


class Taken(Protocol):
    """A step that was taken, and when."""

    @property
    def action(self) -> Action:
        """Which."""

    @property
    def at(self) -> datetime:
        """When."""


def steps(session: Session, ticket_id: int) -> Sequence[Taken]:
    """Every step of a ticket, the oldest first."""
    asked = select(Event.action, Event.at).where(Event.ticket_id == ticket_id).order_by(Event.seq)
    return cast(Sequence[Taken], session.execute(asked).all())


def failed_at(session: Session, ticket_id: int) -> datetime | None:
    """When the item last went back from the final checks to the repair: what was checked before says nothing any more."""
    return failed_in(steps(session, ticket_id))


def failed_in(steps: Sequence[Taken]) -> datetime | None:
    """The same, of steps that were read already."""
    stand = [steps[place] for place in standing([step.action for step in steps])]
    return next((step.at for step in reversed(stand) if step.action is Action.FAIL_QUALITY), None)


def answers(session: Session, ticket_id: int, *, failed_at: datetime | None = None) -> dict[tuple[str, str], Check]:
    """What was answered, by stage and name; of the final list only what was answered since the item failed it."""
    rows = session.scalars(select(Check).where(Check.ticket_id == ticket_id).order_by(Check.id))
    return {(row.stage, row.name): row for row in rows if row.stage != Stage.FINAL or not before(row.at, failed_at)}


def before(at: datetime, failed: datetime | None) -> bool:
    """Whether that was said or read before the item went back to the repair."""
    return failed is not None and at < failed


def waivers(session: Session, ticket_id: int, *, failed_at: datetime | None) -> Sequence[Waiver]:
    """The signatures that stand, the newest first; what was signed before the item failed its checks was about other work."""
    asked = select(Waiver).where(Waiver.ticket_id == ticket_id, Waiver.taken_back_at.is_(None))
    return [row for row in session.scalars(asked.order_by(Waiver.id.desc())) if not before(row.at, failed_at)]


def held_by_tests(needed: Iterable[str], after: Mapping[str, Measurement]) -> list[Hold]:
    """The needed readings that were not taken, and the readings after the work that do not pass."""
    missing = [Hold(f"test:{name}") for name in needed if name not in after]
    return missing + [Hold(f"test:{name}", read.at) for name, read in after.items() if not read.passed]


def held_by_checks(ticket: Ticket, goods: Goods, given: Mapping[tuple[str, str], Check]) -> list[Hold]:
    """The needed final checks without an answer, and those that are not well."""
    holds = []
    for line in goods.checks_of(ticket.item.family, Stage.FINAL):
        answer = given.get((Stage.FINAL, line.code))
        if answer is None and line.needed:
            holds.append(Hold(f"check:{line.code}"))
        elif answer is not None and answer.answer == "not_ok":
            holds.append(Hold(f"check:{line.code}", answer.at))
    return holds


def seal_of(session: Session, ticket_id: int) -> Seal | None:
    """The seal that closed the item at this visit, unless it was opened again."""
    asked = select(Seal).where(Seal.ticket_id == ticket_id, Seal.found != REOPENED)
    return session.scalars(asked.order_by(Seal.id.desc()).limit(1)).first()


def seals(session: Session, ticket: Ticket) -> tuple[Seal | None, Seal | None]:
    """The seal of this visit and the one of the visit before."""
    rows = session.scalars(
        select(Seal).where(or_(Seal.ticket_id == ticket.id, _of_kin(ticket))).order_by(Seal.id.desc())
    )
    standing = [row for row in rows if row.found != REOPENED]
    now = next((row for row in standing if row.ticket_id == ticket.id), None)
    return now, _asked_for(next((row for row in standing if row.ticket_id < ticket.id), None), ticket)


def seal_missing(session: Session, ticket: Ticket, *, house: House) -> bool:
    """Whether the house wants a seal on this item and there is none."""
    wanted = house.brand.setting("seal_required") and house.brand.goods.can_be_sealed(ticket.item.family)
    return bool(wanted) and seal_of(session, ticket.id) is None


def seal_before(session: Session, ticket: Ticket) -> Seal | None:
    """The seal with which the item left the visit before: its own, or of what it was given for."""
    asked = select(Seal).where(_of_kin(ticket), Seal.ticket_id < ticket.id, Seal.found != REOPENED)
    return _asked_for(session.scalars(asked.order_by(Seal.id.desc()).limit(1)).first(), ticket)


def _of_kin(ticket: Ticket) -> ColumnElement[bool]:
    return Seal.item_id.in_([each for each in (ticket.item_id, ticket.item.replaces_id) if each is not None])


def _asked_for(seal: Seal | None, ticket: Ticket) -> Seal | None:
    """A seal that another visit has looked at since says nothing any more."""
    return seal if seal is None or seal.found_ticket_id in (None, ticket.id) else None
