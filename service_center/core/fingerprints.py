"""A static file's address changes with its content, so that browsers may keep it for a year."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import current_app, g, url_for


def fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Add the file's print to its address; a page that names one file for every icon asks for it once."""
    if endpoint != "static" or "filename" not in values or "v" in values:
        return
    name, seen = values["filename"], g.setdefault("fingerprints", {})
    if name not in seen:
        seen[name] = _print(name)
    if seen[name]:
        values["v"] = seen[name]


def icons() -> str:
    """The address of the sheet of icons, asked for once a page that shows dozens of them."""
    if "icons" not in g:
        g.icons = url_for("static", filename="icons.svg")
    return str(g.icons)


def _print(name: str) -> str:
    """The first figures of the file's digest; empty where there is no such file."""
    path = Path(current_app.static_folder or "") / name
    if not path.is_file():
        return ""
    known: dict[tuple[str, float], str] = current_app.extensions.setdefault("fingerprints", {})
    key = (name, path.stat().st_mtime)
    if key not in known:
        known[key] = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    return known[key]
