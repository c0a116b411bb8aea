"""Lines of print in rows, as the eye groups them: an engine gives pieces in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service_center.proofs.readers.suggestion import Box, TextLine

NEAR = 260
"""Thousandths of the page's width: pieces farther apart belong to another column, or to another paper on the table."""


@dataclass(frozen=True)
class Row:
    """Pieces that stand side by side, from left to right, and their text with one blank between them."""

    pieces: tuple[TextLine, ...]

    @property
    def text(self) -> str:
        """The row as one reads it."""
        return " ".join(piece.text for piece in self.pieces)

    def box(self, begin: int = 0, end: int | None = None) -> Box | None:
        """Round the pieces that these characters of the text belong to."""
        return around(piece.box for piece, first, last in self._placed() if first < (end or last) and last > begin)

    def shown(self, begin: int = 0, end: int | None = None) -> Box | None:
        """The same as a person sees it in the picture; of a long piece only the part where the characters stand."""
        return around(
            _part(piece, begin - at, (end or last) - at)
            for piece, at, last in self._placed()
            if at < (end or last) and last > begin
        )

    def confidence(self, begin: int, end: int) -> float:
        """Of the least sure piece that these characters belong to."""
        return min((p.confidence for p, first, last in self._placed() if first < end and last > begin), default=1.0)

    def beside(self, box: Box | None) -> str:
        """What stands near a box as far as the width goes: the same row of another column does not count."""
        return " ".join(piece.text for piece in self.pieces if gap(piece.box, box) < NEAR)

    def _placed(self) -> list[tuple[TextLine, int, int]]:
        placed, at = [], 0
        for piece in self.pieces:
            placed.append((piece, at, at + len(piece.text)))
            at += len(piece.text) + 1
        return placed


def rows(lines: Sequence[TextLine]) -> list[Row]:
    """Pieces whose middles lie at one height make a row; lines without a box are rows of their own, in their order."""
    if any(line.box is None for line in lines):
        return [Row((line,)) for line in lines]
    made: list[list[TextLine]] = []
    for line in sorted(lines, key=_middle):
        row = next((row for row in reversed(made[-6:]) if _level(row, line)), None)
        if row is None:
            made.append([line])
        else:
            row.append(line)
    return [Row(tuple(sorted(row, key=lambda line: line.box[0] if line.box else 0))) for row in made]


def gap(one: Box | None, other: Box | None) -> int:
    """How far two boxes lie apart in width; 0 where they overlap or nobody knows."""
    if one is None or other is None:
        return 0
    return max(0, one[0] - other[0] - other[2], other[0] - one[0] - one[2])


def around(boxes: object) -> Box | None:
    """The smallest box that holds them all."""
    known = [box for box in boxes if box]  # type: ignore[attr-defined]
    if not known:
        return None
    left, top = min(box[0] for box in known), min(box[1] for box in known)
    right, foot = max(box[0] + box[2] for box in known), max(box[1] + box[3] for box in known)
    return (left, top, right - left, foot - top)


def _part(piece: TextLine, begin: int, end: int) -> Box | None:
    """The share of an upright piece's box that some of its characters take, with a character more at either end."""
    box, letters = piece.shown, max(1, len(piece.text))
    # Of a paper that lies upside down or on its side the letters do not run from left to right.
    if box is None or piece.box is None or box[2] < 2 * box[3] or abs(_middle_of(piece.box) - _middle_of(box)) > 80:
        return box
    left = box[0] + box[2] * max(0, begin - 1) // letters
    right = box[0] + box[2] * min(letters, end + 1) // letters
    return (left, box[1], right - left, box[3])


def _middle_of(box: Box) -> float:
    return box[0] + box[2] / 2


def _middle(line: TextLine) -> float:
    return line.box[1] + line.box[3] / 2 if line.box else 0.0


def _level(row: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a piece stands in a row: level with the nearest one, and not above or below any."""
    if line.box is None or any(_over(piece.box, line.box) for piece in row):
        return False
    nearest = min(row, key=lambda piece: gap(piece.box, line.box))
    if nearest.box is None:
        return False
    return abs(_middle(nearest) - _middle(line)) < 0.45 * min(nearest.box[3], line.box[3])


def _over(one: Box | None, other: Box) -> bool:
    """Whether two pieces share more than a fifth of the narrower one's width: they stand one above the other."""
    if one is None:
        return False
    shared = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    return shared > min(one[2], other[2]) / 5
