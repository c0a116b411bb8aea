"""Whether one model may stand in for another: comparable functions and a value not below (R27)."""

from __future__ import annotations

from collections.abc import Iterable

MAY_LACK = 4
"""Of so many functions of the original a comparable model may lack one, if it has as many in all."""


def lacking(original: Iterable[str], candidate: Iterable[str]) -> frozenset[str]:
    """What the original can do and the candidate cannot."""
    return _plain(original) - _plain(candidate)


def comparable(original: Iterable[str], candidate: Iterable[str]) -> bool:
    """Does all that the original does; or lacks one function in four at the most and has no fewer in all.

    Where nothing is known of the original, the family alone decides.
    """
    old, new = _plain(original), _plain(candidate)
    missing = len(old - new)
    return missing == 0 or (missing <= len(old) // MAY_LACK and len(new) >= len(old))


def _plain(functions: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(each.casefold().split()) for each in functions if each.strip())


def ean_is_right(ean: str) -> bool:
    """Thirteen figures of which the last is the check digit."""
    if len(ean) != 13 or not (ean.isascii() and ean.isdigit()):
        return False
    weighed = sum(int(figure) * (3 if place % 2 else 1) for place, figure in enumerate(ean[:12]))
    return (10 - weighed % 10) % 10 == int(ean[12])
