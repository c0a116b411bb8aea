"""The process that reads papers: a bomb or a hang ends it alone. Started by `apart`.

Standard input: a line of JSON `{"size": bytes, "today": "2026-11-20"}`, then the file; again and again. Standard output: a line
of JSON for each, a suggestion or `{"problem": …}`. Ends when its parent does, and after two idle minutes.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
from datetime import date
from typing import Any, BinaryIO

from service_center.proofs.readers.engine import TextReader, best_engine
from service_center.proofs.readers.looking import look, ready

IDLE_SECONDS, FILE_SECONDS = 120, 90
MEMORY = 6 * 1024**3
"""Of addresses, most of which the engine reserves and never uses."""


def main() -> None:
    """Answer until nobody asks any more."""
    _bounded()
    answers = os.fdopen(os.dup(1), "wb")
    # What a library prints must not become an answer.
    os.dup2(2, 1)
    ready()
    reader = best_engine()
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
        asked = json.loads(line)
        answer = _answer(sys.stdin.buffer, int(asked["size"]), date.fromisoformat(asked["today"]), reader)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(source: BinaryIO, size: int, today: date, reader: TextReader) -> dict[str, Any]:
    content = source.read(size)
    # The parent kills it sooner; this is for a child whose parent is gone.
    signal.alarm(FILE_SECONDS)
    try:
        return look(content, reader, today=today).as_json()
    except MemoryError:
        return {"problem": "MemoryError"}
    except Exception as fault:
        # Whatever a decoder trips over: this file is lost, the next one is not.
        return {"problem": type(fault).__name__}
    finally:
        signal.alarm(0)


if __name__ == "__main__":
    main()
