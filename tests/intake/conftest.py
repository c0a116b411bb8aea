"""A shop that is known, a model of the range, and a customer's browser."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.builders import People, make_people
from tests.intake.walking import Browser


@pytest.fixture
def people(session: Session) -> People:
    found = make_people(session)
    session.expunge_all()
    session.rollback()
    return found


@pytest.fixture
def browser(app: Flask, people: People) -> Browser:
    return Browser(app.test_client())
