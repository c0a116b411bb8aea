"""What stands about one ticket, for several that ask about it at once: each thing is read when first wanted, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.tickets import checking
from service_center.tickets.bench_models import Check, Waiver
from service_center.tickets.checking import Taken
from service_center.tickets.models import Measurement, Ticket


class CaseFile:
    """A ticket's steps, readings, answers and signatures as they are now; make a new one after every change."""

    def __init__(self, session: Session, ticket: Ticket, *, steps: Sequence[Taken] | None = None) -> None:
        """`steps` are those of its history, the oldest first, where they were read already."""
        self._session, self._ticket_id, self._steps = session, ticket.id, steps

    @cached_property
    def steps(self) -> Sequence[Taken]:
        """Every step, the oldest first."""
        return checking.steps(self._session, self._ticket_id) if self._steps is None else self._steps

    @cached_property
    def failed_at(self) -> datetime | None:
        """When it last went back from the final checks to the repair."""
        return checking.failed_in(self.steps)

    @cached_property
    def readings(self) -> Sequence[Measurement]:
        """All readings, the oldest first."""
        asked = select(Measurement).where(Measurement.ticket_id == self._ticket_id)
        return self._session.scalars(asked.order_by(Measurement.id)).all()

    @cached_property
    def given(self) -> Mapping[tuple[str, str], Check]:
        """The answers that count, by stage and name."""
        return checking.answers(self._session, self._ticket_id, failed_at=self.failed_at)

    @cached_property
    def waivers(self) -> Sequence[Waiver]:
        """The signatures that stand."""
        return checking.waivers(self._session, self._ticket_id, failed_at=self.failed_at)
