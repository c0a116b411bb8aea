"""The lab's people with their browsers, and a ticket where one is needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.tickets.models import Ticket
from tests.builders import People, client_for, make_people, make_ticket

Make = Callable[..., Ticket]
Rows = Callable[[Select[Any]], list[Any]]


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def tech(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.technician)


@pytest.fixture
def boss(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.manager)


@pytest.fixture
def make(session: Session, house: House, people: People) -> Make:
    """Walks a ticket to a status and lets go of the database."""

    def ticket(**wanted: Any) -> Ticket:
        made = make_ticket(session, house, people, **wanted)
        session.commit()
        return made

    return ticket


@pytest.fixture
def rows(session: Session) -> Rows:
    """What stands in the tables now, read anew."""

    def asked(statement: Select[Any]) -> list[Any]:
        with Session(session.get_bind(), expire_on_commit=False) as fresh:
            return list(fresh.scalars(statement))

    return asked
