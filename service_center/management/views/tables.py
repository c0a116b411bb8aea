"""A table that somebody sends: its rows as text, or a refusal."""

from __future__ import annotations

import csv
from collections.abc import Collection
from io import StringIO

from service_center.core.errors import Refused
from service_center.core.spreadsheet import typed

MOST_BYTES, MOST_ROWS = 1_000_000, 5_000


def rows_of(content: bytes, needed: Collection[str], *, refused: str = "table_wrong") -> list[dict[str, str]]:
    """The rows below a head that names at least the `needed` columns."""
    try:
        text = content.decode("utf-8-sig")
        head = text.partition("\n")[0]
        rows = list(csv.DictReader(StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ","))
    except (UnicodeDecodeError, csv.Error) as fault:
        raise Refused(refused, field="table") from fault
    if not 0 < len(rows) <= MOST_ROWS or len(content) > MOST_BYTES or not set(needed) <= set(rows[0]):
        raise Refused(refused, field="table")
    return [
        {str(name): typed(str(value or "").replace("\x00", "")) for name, value in row.items() if name} for row in rows
    ]
