"""Where a browser may be sent on to: pages of ours only (S19); and what it says where it is."""

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


def page_before(referrer: str | None, host: str) -> str:
    """The page of ours on which a browser says that it was, with its question; empty for everything else."""
    try:
        page = urlsplit(referrer or "")
    except ValueError:
        return ""
    address = page.path + (f"?{page.query}" if page.query else "")
    return address if page.netloc == host and own_page(address) else ""
