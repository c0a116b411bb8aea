"""How Alembic reaches the application's database and models."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from service_center.core.tables import Base

# Every room's tables must be known before they are compared.
for models in sorted((Path(__file__).parent.parent / "service_center").glob("*/*models.py")):
    import_module(f"service_center.{models.parent.name}.{models.stem}")
import_module("service_center.core.budgets")
import_module("service_center.core.posts_done")

database = current_app.extensions["migrate"].db


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_short,
        user_module_prefix="",
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            # Two processes that start at once migrate one after the other.
            connection.execute(text("SELECT pg_advisory_xact_lock(20261121)"))
        context.run_migrations()


def _short(kind: str, item: object, autogen: object) -> str | bool:
    """Our instants are plain timestamps with a zone to the database; a migration must not depend on our classes."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    return False


with database.engine.execution_options(immediate=True).connect() as connection:
    run(connection)
    connection.commit()
