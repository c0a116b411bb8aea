"""Where a browser may be sent on to: pages of ours only (S19)."""

from __future__ import annotations

from urllib.parse import urlsplit


def own_page(target: str | None) -> str | None:
    """The address, if it is a page of ours; None for everything that leads elsewhere or is no address at all."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.netloc or parts.scheme else target
