"""The reading process: what hangs, dies or is broken there costs one file, never the caller."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.storage import new_key
from service_center.core.uploads import receive
from service_center.outbox import worker
from service_center.proofs import handlers
from service_center.proofs.models import ProofFile, ProofOfPurchase
from service_center.proofs.readers import apart
from service_center.proofs.readers.apart import Reader, Unread
from service_center.proofs.services import attach
from tests.conftest import Clock
from tests.proofs.readers.receipts import drawn
from tests.proofs.readers.test_fattura_pa import BAD, fattura

TODAY = date(2026, 11, 20)


def bomb() -> bytes:
    """A megabyte that would be 12 gigabytes of pixels."""
    out = BytesIO()
    Image.new("1", (30_000, 30_000)).save(out, "PNG")
    return out.getvalue()


def test_one_process_reads_many_files_and_a_broken_one_does_not_end_it() -> None:
    with Reader() as reader:
        assert reader.read(fattura(), today=TODAY)["dates"][0]["value"] == "2025-03-14"
        first = reader._process
        for content in (b"\xff\xd8\xff\xe0" + b"\0" * 400, b"%PDF-1.7\n" + b"\0" * 300, b"ciao", bomb()):
            with pytest.raises(Unread):
                reader.read(content, today=TODAY)
        assert reader.read(BAD["laughs"], today=TODAY)["why_not"] == "unreadable"
        assert reader.read(fattura(), today=TODAY)["is_proof"]
        assert reader._process is first
    assert first is not None
    assert first.poll() is not None


def test_what_hangs_is_killed_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with Reader() as reader:
        reader.read(fattura(), today=TODAY)
        assert reader._process
        reader._patience = 1
        os.kill(reader._process.pid, 19)  # stopped: it answers no more
        begun = time.monotonic()
        with pytest.raises(Unread):
            reader.read(fattura(), today=TODAY)
        assert time.monotonic() - begun < 10
        reader._patience = 60
        assert reader.read(fattura(), today=TODAY)["is_proof"]


def test_what_dies_is_started_again() -> None:
    with Reader() as reader:
        reader.read(fattura(), today=TODAY)
        assert reader._process
        reader._process.kill()
        reader._process.wait(10)
        assert reader.read(fattura(), today=TODAY)["is_proof"]


def test_the_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(apart._surroundings())


class Sent(BytesIO):
    filename = "fattura.xml"


def in_the_outbox(session: Session, house: House, now: object, content: bytes) -> int:
    proof = ProofOfPurchase(kind="receipt", seller="unknown", card="missing", created_at=now)
    (row,) = attach(session, proof, [receive(Sent(content), house.storage, field="papers", pdf=True)], now=now)  # type: ignore[arg-type]
    session.commit()
    return row.id


def work(app: Flask, clock: Clock) -> None:
    with app.app_context():
        while worker.run_once(handlers.HANDLERS, clock=clock):
            pass


def test_a_paper_that_came_in_is_read_and_nothing_is_filled_in(
    app: Flask, house: House, session: Session, clock: Clock, now: object
) -> None:
    number = in_the_outbox(session, house, now, fattura())
    work(app, clock)
    session.expire_all()
    file = session.get(ProofFile, number)
    assert file is not None
    assert (file.reading["engine"], file.reading["dates"][0]["value"], file.read_at is not None) == (
        "fattura_pa",
        "2025-03-14",
        True,
    )
    proof = session.get(ProofOfPurchase, file.proof_id)
    assert proof is not None
    assert (proof.purchased_on, proof.seller_name, proof.total_cents, proof.checked_at) == (None, "", None, None)


def test_a_paper_that_nobody_can_read_or_that_is_gone_is_no_fault(
    app: Flask, house: House, session: Session, clock: Clock, now: object
) -> None:
    number = in_the_outbox(session, house, now, fattura())
    file = session.get(ProofFile, number)
    assert file is not None
    house.storage.put(key := new_key(".jpg"), b"\xff\xd8\xff\xe0 not a picture")
    file.storage_key = key
    gone = in_the_outbox(session, house, now, fattura())
    lost = session.get(ProofFile, gone)
    assert lost is not None
    house.storage.delete(lost.storage_key)
    session.commit()
    work(app, clock)
    session.expire_all()
    assert (file.reading["engine"], file.reading["why_not"], file.read_at is not None) == ("none", "unreadable", True)
    assert (lost.reading, lost.read_at) == ({}, None)


def test_the_command_prints_a_line_a_file_and_goes_on(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(fattura())
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 300)
    (tmp_path / "c.pdf").write_bytes(drawn(only="digital")[0].content)
    (tmp_path / "d.jpg").write_bytes(b"")
    files = [str(tmp_path / name) for name in ("a.xml", "b.jpg", "gone.jpg", "c.pdf", "d.jpg")]
    done = app.test_cli_runner().invoke(args=["proofs", "suggest", *files])
    assert done.exit_code == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == files
    assert [("problem" in line, line.get("document")) for line in lines] == [
        (False, "fattura_pa"), (True, None), (True, None), (False, "invoice"), (True, None),
    ]  # fmt: skip
