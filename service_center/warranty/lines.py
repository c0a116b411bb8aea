"""Claims by the line: one JSON object in, one JSON verdict out, in order and as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from service_center.warranty.assess import judge
from service_center.warranty.claim import NotAClaim, read
from service_center.warranty.terms import Rulebook
from service_center.warranty.verdict import Verdict, invalid


def assess_lines(lines: Iterable[str | bytes], book: Rulebook) -> Iterator[str]:
    """One JSON verdict, without a line end, for each line that is not blank; a broken line gets INVALID_INPUT."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, book).as_dict())


def _answer(line: str | bytes, book: Rulebook) -> Verdict:
    try:
        text = line if isinstance(line, str) else line.decode("utf-8")
        return judge(read(text.removeprefix("\ufeff")), book)
    except UnicodeDecodeError:
        return invalid(None, "The line is not UTF-8.", book.newest.id)
    except NotAClaim as fault:
        return invalid(fault.id, fault.problem, book.newest.id)
