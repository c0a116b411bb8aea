"""The same thing is asked for once, also by two at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.core.database import transaction
from service_center.outbox.models import OutboxRow
from service_center.outbox.services import enqueue
from tests.builders import WHEN


def test_a_key_is_one_row_however_many_ask_at_once(app: Flask, session: Session) -> None:
    start = Barrier(6)

    def ask(_number: int) -> int:
        start.wait()
        with app.app_context(), transaction() as write:
            return enqueue(write, "sweep", {}, now=WHEN, key="sweep-today").id

    with ThreadPoolExecutor(6) as people:
        found = set(people.map(ask, range(6)))
    assert len(found) == 1
    assert session.scalar(select(func.count()).select_from(OutboxRow)) == 1
