"""To be written."""

from typing import Any

HANDLERS: dict[str, Any] = {}
