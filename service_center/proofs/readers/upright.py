"""Print of a tilted or turned paper, as if it stood straight: rows become rows again. The picture itself is not touched."""

from __future__ import annotations

import math
import statistics

from service_center.proofs.readers.engine import Corners, Piece, Seen, turned
from service_center.proofs.readers.suggestion import Box, TextLine

STEEPEST = 40
"""Degrees; a line that stands steeper belongs to something else."""
LONG = 2.5
"""Times as long as high: of a shorter piece the slope says nothing."""


def straight(seen: Seen, size: tuple[int, int]) -> list[TextLine]:
    """Lines with both their boxes, in thousandths of the picture."""
    pieces = [_turned(piece, size, seen.turns) for piece in seen.pieces]
    tilt = _tilt(pieces)
    wide, tall = size if seen.turns % 2 == 0 else (size[1], size[0])
    middle = (wide / 2, tall / 2)
    return [
        TextLine(
            piece.text,
            _box(tuple(_about(point, middle, -tilt) for point in piece.corners), (wide, tall)),
            piece.confidence,
            _box(original.corners, size),
        )
        for piece, original in zip(pieces, seen.pieces, strict=True)
    ]


def _turned(piece: Piece, size: tuple[int, int], turns: int) -> Piece:
    corners = [turned(point, size, turns) for point in piece.corners]
    # The first corner is the top left one again.
    first = min(range(4), key=lambda at: corners[at][0] + corners[at][1])
    return Piece(piece.text, tuple(corners[first:] + corners[:first]), piece.confidence)


def _tilt(pieces: list[Piece]) -> float:
    """The slope of most lines, in radians; the long ones tell."""
    slopes = []
    for piece in pieces:
        (x0, y0), (x1, y1), _, (x3, y3) = piece.corners
        if math.hypot(x1 - x0, y1 - y0) > LONG * math.hypot(x3 - x0, y3 - y0):
            slopes.append(math.atan2(y1 - y0, x1 - x0))
    slopes = [each for each in slopes if abs(math.degrees(each)) < STEEPEST]
    return statistics.median(slopes) if slopes else 0.0


def _about(point: tuple[float, float], middle: tuple[float, float], angle: float) -> tuple[float, float]:
    x, y = point[0] - middle[0], point[1] - middle[1]
    return (
        middle[0] + x * math.cos(angle) - y * math.sin(angle),
        middle[1] + x * math.sin(angle) + y * math.cos(angle),
    )


def _box(corners: Corners, size: tuple[float, float]) -> Box:
    """In thousandths; a straightened tilt's box is as high as the letters, not as the slope."""
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    left, right = xs[0] / size[0], xs[-1] / size[0]
    top, foot = ys[0] / size[1], ys[-1] / size[1]
    return (
        round(left * 1000),
        round(top * 1000),
        max(1, round((right - left) * 1000)),
        max(1, round((foot - top) * 1000)),
    )
