"""Tables for spreadsheets: CSV that opens in columns, and in which nothing that somebody typed becomes a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARK = "\ufeff"


def cell(value: object) -> str:
    """A value as text; one that a spreadsheet would compute gets an apostrophe in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Rows under their head, as UTF-8 with the mark by which spreadsheets know it, semicolons between (Italy's comma is decimal)."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([cell(each) for each in head])
    writer.writerows([cell(each) for each in row] for row in rows)
    return (_MARK + out.getvalue()).encode()


def typed(text: str) -> str:
    """What stood in a cell before `cell` wrote it: a table of ours comes back as it went."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
