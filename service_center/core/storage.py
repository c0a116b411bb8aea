"""Local files by key: what was put survives a power cut, and no key leads out of the folder."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from service_center.core.errors import NotFound
from service_center.core.outside import Storage

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_.-]*)+")
PART = ".part"


def new_key(suffix: str) -> str:
    """A fresh key, `ab/abcdef….jpg`: names that people gave never become names of files."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}{suffix}"


class FileStorage:
    """A folder. `put` writes, syncs, renames and syncs the folder, so that a row never names a missing file."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, key: str) -> Path:
        if not KEY.fullmatch(key) or ".." in key:
            raise ValueError(f"not a storage key: {key!r}")
        return self.root / key

    def put(self, key: str, content: bytes) -> None:
        """Store under a key that is not taken yet."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
        try:
            with part.open("xb") as target:
                target.write(content)
                target.flush()
                os.fsync(target.fileno())
            os.link(part, path)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(path.parent)

    def get(self, key: str) -> bytes:
        """The bytes under a key; NotFound where there are none."""
        try:
            return self._path(key).read_bytes()
        except (FileNotFoundError, ValueError) as fault:
            raise NotFound from fault

    def delete(self, key: str) -> None:
        """Remove what is there; nothing there is fine too."""
        with contextlib.suppress(FileNotFoundError):
            self._path(key).unlink()

    def left_over(self, *, before: datetime) -> Iterator[Path]:
        """Pieces of files whose writing was cut off long ago."""
        for path in self.root.rglob(f"*{PART}"):
            if path.stat().st_mtime < before.timestamp():
                yield path


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def from_url(url: str) -> Storage:
    """The storage behind STORAGE_URL: a folder, by path or as file://…"""
    parts = urlsplit(url)
    if parts.scheme not in ("", "file"):
        raise ValueError(f"STORAGE_URL: only folders are supported (a path or file://…), not {parts.scheme}://")
    return FileStorage(Path(parts.path if parts.scheme else url))
