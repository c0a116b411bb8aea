"""Reading papers in a process of its own, kept while there is work: what hangs or breaks there is killed, not waited for."""

from __future__ import annotations

import json
import os
import subprocess  # nosec B404
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any, Self

from service_center.proofs.readers.engine import THREADS

HOME = Path(__file__).resolve().parents[3]
PATIENCE = 60
"""Seconds for one file, the loading of the engine among them."""


class Unread(Exception):
    """The file is broken, or reading it took too long or too much."""


class Reader:
    """The reading process, started when the first file comes; `with Reader() as reader:` ends it."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, content: bytes, *, today: date) -> dict[str, Any]:
        """A suggestion as JSON (readers.suggestion); raises Unread."""
        with self._one_at_a_time:
            try:
                answer = self._asked(content, today)
            except (OSError, ValueError) as fault:
                self.close()
                raise Unread(type(fault).__name__) from fault
        if "problem" in answer:
            raise Unread(answer["problem"])
        return answer

    def close(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _asked(self, content: bytes, today: date) -> dict[str, Any]:
        process = self._running()
        assert process.stdin
        assert process.stdout
        alarm = threading.Timer(self._patience, process.kill)
        alarm.start()
        try:
            process.stdin.write(
                json.dumps({"size": len(content), "today": today.isoformat()}).encode() + b"\n" + content
            )
            process.stdin.flush()
            line = process.stdout.readline()
        finally:
            alarm.cancel()
        if not line.endswith(b"\n"):
            raise ValueError("it was ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-m", "service_center.proofs.readers.child"]
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=nowhere, env=_surroundings(), cwd=HOME
            )  # nosec B603
        return self._process


def _surroundings() -> dict[str, str]:
    """What the process needs, and no secret of the product."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(HOME), "OMP_NUM_THREADS": str(THREADS), "OPENBLAS_NUM_THREADS": "1"}
