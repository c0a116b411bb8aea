"""What goes wrong on purpose: a refusal with a code and facts, worded elsewhere."""

from __future__ import annotations


class Refused(Exception):
    """A rule said no. `code` names which one; `facts` fill its sentence; `field` is the form field it belongs to."""

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts


class NotFound(Exception):
    """No such thing, or not for this person: both look the same from outside."""


class Stale(Exception):
    """Somebody else changed it first; what was typed is kept and what changed is told."""
