"""Many files, one reading process, a line of JSON each; a file that cannot be read is a line too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from service_center.core import limits
from service_center.core.logs import log
from service_center.proofs.readers.apart import Reader, Unread


def suggestions(files: Iterable[str], *, today: date) -> Iterator[str]:
    """`{"file": …, …suggestion}` or `{"file": …, "problem": …}` for each, in order."""
    with Reader() as reader:
        for name in files:
            found = _one(reader, name, today)
            log.info("proof_suggested", file=name, problem=found.get("problem"))
            yield json.dumps({"file": name, **found}, ensure_ascii=False)


def _one(reader: Reader, name: str, today: date) -> dict[str, Any]:
    try:
        with Path(name).open("rb") as opened:
            content = opened.read(limits.FILE_BYTES + 1)
        if not content or len(content) > limits.FILE_BYTES:
            return {"problem": "too big" if content else "empty"}
        return reader.read(content, today=today)
    except (OSError, ValueError) as fault:
        return {"problem": type(fault).__name__}
    except Unread as fault:
        return {"problem": str(fault)}
