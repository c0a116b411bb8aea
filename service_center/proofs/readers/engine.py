"""Engines that read print in a picture: rapidocr where the extra `ocr` is installed, else the tesseract program, else none.

The product runs without any of them: then a person reads, and the page says so.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import math
import os
import shutil
import statistics
import subprocess  # nosec B404
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO, StringIO
from typing import Any, Protocol

from PIL import Image

from service_center.proofs.readers.suggestion import Engine

Corners = tuple[tuple[float, float], ...]
THREADS = 2
SECONDS = 30
LANGUAGES = "ita+eng"


@dataclass(frozen=True)
class Piece:
    """Some print with its four corners in pixels, from its top left round with the clock, and how sure the engine is."""

    text: str
    corners: Corners
    confidence: float


@dataclass(frozen=True)
class Seen:
    """All print of a picture; `turns` quarter turns against the clock would set the picture upright."""

    pieces: tuple[Piece, ...]
    turns: int = 0


class TextReader(Protocol):
    """Reads print; never raises on a picture that it cannot read, but finds nothing there."""

    @property
    def name(self) -> Engine:
        """Which engine it is."""
        ...

    def read(self, picture: Image.Image) -> Seen:
        """The print in a picture, in no particular order."""
        ...


class Nothing:
    """No engine is installed."""

    name: Engine = "none"

    def read(self, picture: Image.Image) -> Seen:
        """Nothing, whatever the picture."""
        return Seen(())


class RapidOcr:
    """rapidocr with the models of its own wheel: nothing is fetched. Loaded at the first picture, then kept."""

    name: Engine = "rapidocr"

    @staticmethod
    def installed() -> bool:
        """Whether the extra is there, models and all."""
        return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime"))

    @cached_property
    def _engine(self) -> Any:
        threads = {
            f"EngineConfig.onnxruntime.{kind}_op_num_threads": number
            for kind, number in (("intra", THREADS), ("inter", 1))
        }
        return importlib.import_module("rapidocr").RapidOCR(params={"Global.log_level": "critical", **threads})

    def read(self, picture: Image.Image) -> Seen:
        """Lines, tilted and turned ones too: the engine cuts out each by its own corners."""
        found = self._engine(picture, use_det=True, use_cls=True, use_rec=True)
        if getattr(found, "boxes", None) is None or found.txts is None:
            return Seen(())
        pieces = [
            Piece(text.strip(), tuple((float(x), float(y)) for x, y in box), float(score))
            for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        ]
        return Seen(tuple(pieces), self._turns(picture, pieces))

    def _turns(self, picture: Image.Image, pieces: Sequence[Piece]) -> int:
        """Sideways where most lines stand on end; which of the two ways is a question to the engine's classifier."""
        sideways = int(sum(height(each) > 1.5 * width(each) for each in pieces) * 2 > len(pieces))
        longest = sorted(pieces, key=lambda each: -len(each.text))[:7]
        upside = 0
        for each in longest:
            line = _cut_out(picture, each).rotate(90 * sideways, expand=True)
            judged = self._engine(line, use_det=False, use_cls=True, use_rec=False)
            label = judged.cls_res[0][0] if getattr(judged, "cls_res", None) else "0"
            upside += label == "180"
        return sideways + 2 * int(upside * 2 > len(longest))


class Tesseract:
    """The tesseract program, a process for each picture."""

    name: Engine = "tesseract"

    def __init__(self, program: str) -> None:
        self.program = program

    def read(self, picture: Image.Image) -> Seen:
        """Words put into lines; the other ways round are tried only where one way shows hardly any words."""
        best = Seen(())
        for turns in (0, 2, 1, 3):
            pieces = self._words(picture.rotate(90 * turns, expand=True))
            seen = Seen(tuple(_turned_back(each, picture.size, turns) for each in pieces), turns)
            if _letters(seen) > _letters(best):
                best = seen
            if _letters(best) > 60:
                break
        return best

    def _words(self, picture: Image.Image) -> list[Piece]:
        out = BytesIO()
        picture.convert("L").save(out, "PNG")
        command = [self.program, "stdin", "stdout", "-l", self._languages, "--psm", "4", "--dpi", "200", "tsv"]
        limits = {**os.environ, "OMP_THREAD_LIMIT": str(THREADS)}
        try:
            done = subprocess.run(
                command, input=out.getvalue(), capture_output=True, timeout=SECONDS, check=True, env=limits
            )  # nosec B603
        except (subprocess.SubprocessError, OSError):
            return []
        return lines_of(done.stdout.decode("utf-8", "replace"))

    @cached_property
    def _languages(self) -> str:
        try:
            done = subprocess.run([self.program, "--list-langs"], capture_output=True, timeout=SECONDS, check=True)  # nosec B603
        except (subprocess.SubprocessError, OSError):
            return "eng"
        there = done.stdout.decode().split()
        return "+".join(each for each in LANGUAGES.split("+") if each in there) or "eng"


def best_engine() -> TextReader:
    """The best one that is installed here."""
    if RapidOcr.installed():
        return RapidOcr()
    program = shutil.which("tesseract")
    return Tesseract(program) if program else Nothing()


def lines_of(table: str) -> list[Piece]:
    """Tesseract's table of words as lines."""
    lines: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") == "5" and (row.get("text") or "").strip():
            lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), []).append(row)
    return [_line(words) for words in lines.values()]


def _line(words: Sequence[dict[str, str]]) -> Piece:
    boxes = [tuple(int(word[name]) for name in ("left", "top", "width", "height")) for word in words]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    right, foot = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
    sure = statistics.fmean(max(0.0, float(word["conf"])) for word in words) / 100
    corners = ((left, top), (right, top), (right, foot), (left, foot))
    return Piece(" ".join(word["text"] for word in words), corners, sure)


def width(piece: Piece) -> float:
    """As far as it reaches to the right."""
    return max(x for x, _ in piece.corners) - min(x for x, _ in piece.corners)


def height(piece: Piece) -> float:
    """As far as it reaches down."""
    return max(y for _, y in piece.corners) - min(y for _, y in piece.corners)


def turned(point: tuple[float, float], size: tuple[float, float], turns: int) -> tuple[float, float]:
    """Where a point lies after so many quarter turns of its picture against the clock."""
    (x, y), (wide, tall) = point, size
    for _ in range(turns % 4):
        x, y, wide, tall = y, wide - x, tall, wide
    return x, y


def _turned_back(piece: Piece, size: tuple[int, int], turns: int) -> Piece:
    now = size if turns % 2 == 0 else (size[1], size[0])
    return replace(piece, corners=tuple(turned(point, now, -turns) for point in piece.corners))


def _cut_out(picture: Image.Image, piece: Piece) -> Image.Image:
    """A line alone, by its own corners: straight, also where the paper is not."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = piece.corners
    size = (max(1, round(math.dist((x0, y0), (x1, y1)))), max(1, round(math.dist((x0, y0), (x3, y3)))))
    return picture.transform(size, Image.Transform.QUAD, (x0, y0, x3, y3, x2, y2, x1, y1), Image.Resampling.BICUBIC)


def _letters(seen: Seen) -> int:
    return sum(len(each.text) for each in seen.pieces if each.confidence > 0.5)
