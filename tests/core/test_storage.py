"""Files by key: whole or not there, and no key leads out of the folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service_center.core.errors import NotFound
from service_center.core.storage import FileStorage, from_url, new_key


def test_what_was_put_is_there_and_what_was_deleted_is_not(tmp_path: Path) -> None:
    storage, key = FileStorage(tmp_path), new_key(".jpg")
    storage.put(key, b"bytes")
    assert storage.get(key) == b"bytes"
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(NotFound):
        storage.get(key)


def test_a_key_is_written_once(tmp_path: Path) -> None:
    storage, key = FileStorage(tmp_path), new_key(".jpg")
    storage.put(key, b"first")
    with pytest.raises(FileExistsError):
        storage.put(key, b"second")
    assert storage.get(key) == b"first"


@pytest.mark.parametrize("key", ["../secret", "/etc/passwd", "a/../../b", "a", "", "A/B.jpg", "a/b\0.jpg"])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    (tmp_path / "secret").write_text("x")
    with pytest.raises((NotFound, ValueError)):
        FileStorage(tmp_path / "files").get(key)
    with pytest.raises(ValueError, match="not a storage key"):
        FileStorage(tmp_path / "files").put(key, b"x")


def test_a_cut_off_write_leaves_a_piece_that_is_found_later(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path)
    (tmp_path / "ab").mkdir()
    piece = tmp_path / "ab" / "x.jpg.1234.part"
    piece.write_bytes(b"half")
    assert list(storage.left_over(before=datetime.now(UTC) - timedelta(hours=1))) == []
    assert list(storage.left_over(before=datetime.now(UTC) + timedelta(hours=1))) == [piece]


def test_only_folders_are_known(tmp_path: Path) -> None:
    assert isinstance(from_url(f"file://{tmp_path}"), FileStorage)
    with pytest.raises(ValueError, match="only folders"):
        from_url("s3://bucket")
