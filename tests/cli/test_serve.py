"""The first command of the README: it migrates, loads the demo, serves with the worker beside it, and stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

HOME = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    environment = {**os.environ, "INSTANCE": str(tmp_path / "instance"), "PORT": str(port), "WORKERS": "1"}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"], cwd=HOME, env=environment, stdout=log, stderr=log, text=True
        )  # fmt: skip
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            for each in (
                [*psutil.Process(process.pid).children(recursive=True), process] if process.poll() is None else []
            ):
                each.kill()


def answer(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as fault:
        return fault.code
    except OSError:
        return 0


def wait_for(address: str, *, seconds: int) -> None:
    end = time.monotonic() + seconds
    while answer(address) != 200:
        assert time.monotonic() < end, f"{address} did not come up"
        time.sleep(0.3)


def test_it_serves_the_demo_and_ends_with_everything_it_started(
    served: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    process, base = served
    wait_for(f"{base}/readyz", seconds=90)
    assert [answer(f"{base}{page}") for page in ("/healthz", "/", "/login", "/repairs/new", "/nothing")] == [
        200,
        200,
        200,
        200,
        404,
    ]
    said = (tmp_path / "log").read_text()
    assert "responsabile@demo.example" in said
    assert base in said
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    assert len(family) >= 3, "server, its worker process, and the outbox's worker"
    process.send_signal(signal.SIGTERM)
    _gone, alive = psutil.wait_procs(family, timeout=40)
    assert alive == []
    assert process.wait(5) == 0
