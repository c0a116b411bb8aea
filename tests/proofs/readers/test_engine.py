"""Engines: which one is taken, what tesseract's table becomes, and tilted or turned print as rows."""

from __future__ import annotations

import math
import stat
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from service_center.proofs.readers import engine
from service_center.proofs.readers.engine import (
    Nothing,
    Piece,
    RapidOcr,
    Seen,
    Tesseract,
    best_engine,
    lines_of,
    turned,
)
from service_center.proofs.readers.layout import rows
from service_center.proofs.readers.looking import look
from service_center.proofs.readers.upright import straight
from tests.proofs.readers.receipts import drawn

TABLE = """level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext
1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t
5\t1\t1\t1\t1\t1\t40\t40\t100\t24\t96.1\tDOCUMENTO
5\t1\t1\t1\t1\t2\t150\t42\t60\t24\t90.3\tN.
5\t1\t1\t1\t2\t1\t40\t80\t100\t24\t91\t14-03-2025
5\t1\t1\t1\t2\t2\t150\t80\t60\t24\t88\t"18:22
5\t1\t1\t1\t2\t3\t220\t80\t60\t24\t-1\t
"""


def test_a_table_of_words_becomes_lines() -> None:
    first, second = lines_of(TABLE)
    assert (first.text, first.corners[0], first.corners[2]) == ("DOCUMENTO N.", (40, 40), (210, 66))
    assert second.text == '14-03-2025 "18:22'
    assert 0.88 < second.confidence < 0.92


def test_rapidocr_goes_before_tesseract_and_both_before_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RapidOcr, "installed", staticmethod(lambda: True))
    assert best_engine().name == "rapidocr"
    monkeypatch.setattr(RapidOcr, "installed", staticmethod(lambda: False))
    monkeypatch.setattr(engine.shutil, "which", lambda _: "/usr/bin/tesseract")
    assert best_engine().name == "tesseract"
    monkeypatch.setattr(engine.shutil, "which", lambda _: None)
    assert best_engine().name == "none"


def test_without_an_engine_a_picture_says_nothing_and_a_digital_document_all() -> None:
    photograph, digital = drawn(only="commercial")[0], drawn(only="digital")[0]
    today = date(2026, 11, 20)
    picture = look(photograph.content, Nothing(), today=today).as_json()
    assert (picture["engine"], picture["is_proof"], picture["why_not"]) == ("none", False, "unreadable")
    found = look(digital.content, Nothing(), today=today)
    assert (found.engine, found.dates[0].value) == ("pdf", digital.day)


def test_the_program_is_asked_in_italian_and_its_failure_is_no_ours(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        f"#!/bin/sh\ncase $1 in --list-langs) printf 'List\\neng\\nita\\n';; *) echo \"$@\" >> {tmp_path}/asked; cat > /dev/null; cat {tmp_path}/table;; esac\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    (tmp_path / "table").write_text(TABLE)
    seen = Tesseract(str(program)).read(Image.new("RGB", (300, 200)))
    assert [each.text for each in seen.pieces] == ["DOCUMENTO N.", '14-03-2025 "18:22']
    assert "-l ita+eng" in (tmp_path / "asked").read_text()
    (tmp_path / "table").unlink()
    assert Tesseract(str(program)).read(Image.new("RGB", (300, 200))).pieces == ()
    assert Tesseract(str(tmp_path / "gone")).read(Image.new("RGB", (300, 200))).pieces == ()


def page(tilt: float = 0.0, turns: int = 0) -> tuple[Seen, tuple[int, int]]:
    """Three rows of two pieces on a picture of 600 × 800, tilted, then turned clockwise."""
    pieces = []
    for row, words in enumerate([("OROLOGIO", "89,00"), ("TOTALE", "89,00"), ("14-03-2025", "18:22")]):
        for x, text in zip((60, 420), words, strict=True):
            y, wide = 100 + 60 * row, 18 * len(text)
            corners = [(x, y), (x + wide, y), (x + wide, y + 30), (x, y + 30)]
            a = math.radians(tilt)
            corners = [
                (
                    300 + (cx - 300) * math.cos(a) - (cy - 400) * math.sin(a),
                    400 + (cx - 300) * math.sin(a) + (cy - 400) * math.cos(a),
                )
                for cx, cy in corners
            ]
            pieces.append(Piece(text, tuple(turned(point, (600, 800), -turns) for point in corners), 0.9))
    return Seen(tuple(pieces), turns), (600, 800) if turns % 2 == 0 else (800, 600)


@pytest.mark.parametrize("tilt", [-15, -6, 0, 4, 12])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_rows_are_rows_again_however_the_paper_lay(tilt: float, turns: int) -> None:
    lines = straight(*page(tilt, turns))
    assert [row.text for row in rows(lines)] == ["OROLOGIO 89,00", "TOTALE 89,00", "14-03-2025 18:22"]
    for line in lines:
        assert line.shown is not None
        assert all(-60 <= number <= 1060 for number in line.shown)
