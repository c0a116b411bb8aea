"""The database: one engine, reads on the request's session, and the only transaction that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from service_center.core.posts_done import Sent
from service_center.core.tables import Base

db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False, "autoflush": False})

# synchronous=FULL: with NORMAL an acknowledged commit may still lie unsynced in the log when the power goes.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")


@contextmanager
def transaction(*, once: bool = True) -> Iterator[Session]:
    """One business operation, all or nothing. SQLite takes its write lock at once: a deferred one fails under load.

    The form that asked for it is recorded with it; `once=False` for what is not its work (a counted attempt) or may be
    repeated (what is kept in the cookie).
    """
    # A request that holds its reading connection while it waits for one to write starves the others of both.
    if not (db.session.dirty or db.session.new or db.session.deleted):
        db.session.commit()
    engine = db.engine.execution_options(immediate=True)
    sent: Sent | None = g.get("sent") if once else None
    with Session(engine, expire_on_commit=False) as session, session.begin():
        if sent is not None and not sent.kept:
            sent.claim(session)
        yield session
    if sent is not None:
        sent.kept = True
    # What this request reads from now on is what was just written.
    db.session.rollback()


def reading() -> Session:
    """The request's session, for reading."""
    return db.session()


def prepare(engine: Engine) -> None:
    """Set SQLite up on every connection; PostgreSQL needs nothing here."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _connect)
    event.listen(engine, "begin", _begin)


def _connect(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN is deferred: we say BEGIN ourselves, below.
    driver: Any = connection
    driver.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
