"""To be written."""

from typing import Any


def run_once(handlers: Any, *, clock: Any) -> int:
    return 0


def run_forever(handlers: Any, *, clock: Any, stop: Any) -> None: ...
