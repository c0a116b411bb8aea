"""Writing many rows at the database's own speed: executemany on SQLite, COPY on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, func, select, text
from sqlalchemy.types import TypeEngine

from service_center.core.tables import Base, Instant

Row = dict[str, Any]


def _text_instant(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat(" ", "microseconds")[:26]


def _text_day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


# json.dumps would make an encoder for every value.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(value: object) -> str | None:
    return None if value is None else _encode(value)


def _word(value: object) -> object:
    # The property `value` of an enum is several times slower than what it reads.
    return getattr(value, "_value_", value)


Convert = Callable[[Any], Any] | None


def _converter(kind: TypeEngine[Any], sqlite: bool) -> Convert:
    """How a value is written; None as it is."""
    if isinstance(kind, Instant):
        return _text_instant if sqlite else None
    if isinstance(kind, JSON):
        return _json
    if kind.__class__.__name__ == "Enum":
        return _word
    return _text_day if sqlite and kind.__class__.__name__ == "Date" else None


def _default(column: Column[Any]) -> Any:
    """What stands in a column that a row does not name; an empty dict or list where the models make one."""
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


class Writer:
    """Collects rows by table and writes them in the tables' order; ids are handed out here, so rows can name each other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._plans: dict[str, tuple[tuple[str, Convert, Any], ...]] = {}
        self._next: dict[str, int] = {}

    def _plan(self, table: Table) -> tuple[tuple[str, Convert, Any], ...]:
        columns = tuple(
            (column.name, _converter(column.type, self._sqlite), _default(column)) for column in table.columns
        )
        self._plans[table.name] = columns
        self._rows[table.name] = []
        if "id" in table.columns:
            self._next[table.name] = (self._connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
        return columns

    def add(self, model: type[Base], row: Row) -> int:
        """Collect a row; returns its id (0 where the table has none)."""
        table: Any = model.__table__
        name = table.name
        plan = self._plans.get(name) or self._plan(table)
        number = 0
        if name in self._next:
            number = self._next[name]
            self._next[name] = number + 1
            row["id"] = number
        get = row.get
        self._rows[name].append(
            tuple(
                [
                    convert(get(column, default)) if convert else get(column, default)
                    for column, convert, default in plan
                ]
            )
        )
        return number

    def flush(self) -> None:
        """Write what was collected, parents first."""
        for table in Base.metadata.sorted_tables:
            rows = self._rows.get(table.name)
            if rows:
                self._write(table.name, [column for column, _convert, _default in self._plans[table.name]], rows)
                rows.clear()

    def _write(self, name: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
        quoted = ", ".join(f'"{column}"' for column in columns)
        if self._sqlite:
            marks = ", ".join("?" * len(columns))
            # Names come from our own tables, never from outside.
            self._connection.exec_driver_sql(f'INSERT INTO "{name}" ({quoted}) VALUES ({marks})', rows)  # nosec B608
            return
        driver: Any = self._connection.connection.driver_connection
        with driver.cursor().copy(f'COPY "{name}" ({quoted}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self) -> None:
        """Write the rest and tell PostgreSQL which ids are taken."""
        self.flush()
        if not self._sqlite:
            for name, number in self._next.items():
                self._connection.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
                    {"name": name, "last": max(1, number - 1)},
                )
