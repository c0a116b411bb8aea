"""The whole application of another house, over a fresh database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from service_center.app import create_app
from service_center.core.database import db
from tests.conftest import Clock, settings_for

HERE = Path(__file__).parent
BRAND = HERE / "calamaio.toml"


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    application = create_app(settings_for(database_url, tmp_path / "instance", brand_file=BRAND), clock=clock)
    yield application
    with application.app_context():
        db.engine.dispose()
