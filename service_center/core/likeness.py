"""How alike two pictures look: a 64-bit difference hash, which the same photograph keeps when a messenger compresses it again."""

from __future__ import annotations

from PIL import Image

ALIKE = 6
"""At most so many bits differ between two copies of one photograph."""

_ACROSS, _DOWN, _STEP, _PIECES = 9, 8, 2, 4
_SAYS_NOTHING = 5


def likeness(picture: Image.Image) -> str:
    """The hash in hex; empty for a picture without light and shade, which looks like every other blank one."""
    small = picture.convert("L").resize((_ACROSS, _DOWN), Image.Resampling.BOX)
    light = small.tobytes()
    bits = [
        light[row * _ACROSS + column] >= light[row * _ACROSS + column + 1] + _STEP
        for row in range(_DOWN)
        for column in range(_ACROSS - 1)
    ]
    if sum(bits) < _SAYS_NOTHING:
        return ""
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def apart(one: str, other: str) -> int:
    """How many bits differ; all of them where one says nothing."""
    if not one or not other:
        return 64
    return (int(one, 16) ^ int(other, 16)).bit_count()


def pieces(known: str) -> list[str]:
    """A hash in four quarters, each with its place before it: what an index finds again."""
    return [f"{place}{known[place * 4 : place * 4 + 4]}" for place in range(_PIECES)] if known else []


def near(known: str) -> list[str]:
    """Quarters of every hash that is alike: of six bits in four quarters, one quarter has one at most."""
    found: list[str] = []
    for piece in pieces(known):
        place, value = piece[0], int(piece[1:], 16)
        found += [piece, *(f"{place}{value ^ (1 << bit):04x}" for bit in range(16))]
    return found
