"""What every courier offers. Without a contract the label is ours and the number is typed by hand (E.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Courier:
    """`page` holds `{number}`; `shape` is what a tracking number looks like, `valid` checks its check digit; `air`: it flies;
    `weighs`: it wants the weight."""

    code: str
    name: str
    page: str
    shape: str
    valid: object = None
    air: bool = False
    weighs: bool = False

    def follow(self, number: str) -> str:
        """The public page of a parcel."""
        return self.page.format(number=quote(number, safe="")) if number else ""

    def accepts(self, number: str) -> bool:
        """Whether it can be a number of this courier."""
        if not re.fullmatch(self.shape, number):
            return False
        return self.valid(number) if callable(self.valid) else True


def compact(number: str) -> str:
    """A number as scanned or typed, without spaces and in capitals."""
    return re.sub(r"[\s.\-]", "", number).upper()
