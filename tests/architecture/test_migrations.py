"""One head, up and down and up again, and nothing in the models that the migrations do not make."""

from __future__ import annotations

from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from service_center.core.database import db
from service_center.core.tables import Base

HOME = Path(__file__).parents[2]


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(HOME / "migrations")).get_heads()) == 1


def test_models_equal_migrations(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, Base.metadata) == []


def test_up_down_up(app: Flask) -> None:
    with app.app_context():
        flask_migrate.downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        flask_migrate.upgrade()
        assert "tickets" in inspect(db.engine).get_table_names()
        db.engine.dispose()


@pytest.mark.parametrize("path", sorted((HOME / "migrations" / "versions").glob("*.py")), ids=lambda p: p.stem)
def test_a_migration_is_numbered_and_says_what_it_does(path: Path) -> None:
    assert path.stem[:4].isdigit()
    assert path.read_text().startswith('"""')
