"""Reading a TOML table name by name, so that a wrong file is refused with all its faults and not the first."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

_Enum = TypeVar("_Enum", bound=StrEnum)
_Value = TypeVar("_Value")


class Table:
    """One table and its place in the file; where a value is wrong the fault is noted and a harmless one returned."""

    def __init__(self, raw: object, at: str, faults: list[str]) -> None:
        self.at = at
        self._faults = faults
        self._unread: dict[str, Any] = dict(raw) if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            self.fault("is no table")

    def fault(self, text: str, name: str = "") -> None:
        """Note a fault of an entry, or of the table itself."""
        place = ".".join(filter(None, (self.at, name)))
        self._faults.append(f"{place} {text}".strip())

    def names(self) -> tuple[str, ...]:
        """The names that nobody has read yet."""
        return tuple(self._unread)

    def end(self) -> None:
        """Whatever was not read is unknown, and a fault."""
        for name in self._unread:
            self.fault("is unknown", name)

    def word(self, name: str) -> str:
        """A text that is not empty."""
        value = self._take(name, str, "a text")
        if value == "":
            self.fault("is empty", name)
        return value or ""

    def text(self, name: str) -> str:
        """A text that may be missing or empty."""
        return (self._take(name, str, "a text") or "") if name in self._unread else ""

    def number(self, name: str) -> int:
        """A whole number from 1 to 9999."""
        value = self._take(name, int, "a whole number")
        if value is not None and not 1 <= value <= 9999:
            self.fault("is not from 1 to 9999", name)
        return value or 1

    def figure(self, name: str) -> int:
        """A whole number from 0 up; a truth value is none."""
        value = self._take(name, int, "a whole number")
        if value is not None and value < 0:
            self.fault("is below 0", name)
        return value or 0

    def truth(self, name: str) -> bool:
        """True or false; false where nothing is said."""
        return bool(self._take(name, bool, "true or false")) if name in self._unread else False

    def worded(self, languages: tuple[str, ...]) -> dict[str, str]:
        """The table as one thing said in each language, and nothing else."""
        text = {language: self.word(language) for language in languages}
        self.end()
        return text

    def day(self, name: str) -> date | None:
        """A date without a time, or nothing."""
        return self._take(name, date, "a date") if name in self._unread else None

    def anything(self, name: str) -> Any:
        """Whatever stands there, for others to judge; None where nothing does."""
        return self._unread.pop(name, None)

    def choice(self, name: str, choices: type[_Enum]) -> _Enum:
        """One word of a vocabulary."""
        value = self.word(name)
        if value and value not in set(choices):
            self.fault(f"is no {choices.__name__}: {value!r}", name)
        return choices(value) if value in set(choices) else next(iter(choices))

    def some(self, name: str) -> tuple[str, ...]:
        """A list of distinct texts that may be missing or empty."""
        if self._unread.get(name, []) == []:
            self._unread.pop(name, None)
            return ()
        return self.words(name)

    def values(self, name: str) -> tuple[str | bool, ...]:
        """A list of distinct texts or truth values, not empty."""
        found = self._take(name, list, "a list") or []
        good = tuple(each for each in found if isinstance(each, str | bool))
        if found and (not good or len(good) != len(found) or len(set(good)) != len(good)):
            self.fault("must be a list of distinct values, at least one", name)
        return good

    def words(self, name: str) -> tuple[str, ...]:
        """A list of distinct texts, not empty."""
        found = self.values(name)
        if any(not isinstance(each, str) or not each for each in found):
            self.fault("holds something else than texts", name)
        return tuple(each for each in found if isinstance(each, str))

    def table(self, name: str, *, optional: bool = False) -> Table:
        """A table inside this one; an optional one may be missing and is empty then."""
        raw = {} if optional and name not in self._unread else self._take(name, dict, "a table")
        return Table(raw or {}, ".".join(filter(None, (self.at, name))), self._faults)

    def tables(self, name: str, *, optional: bool = False) -> list[Table]:
        """A list of tables, written as [[name]]; an optional one may be missing."""
        missing = optional and name not in self._unread
        found = [] if missing else self._take(name, list, "a list of tables") or []
        return [Table(raw, f"{name}[{number}]", self._faults) for number, raw in enumerate(found, 1)]

    def _take(self, name: str, kind: type[_Value], what: str) -> _Value | None:
        value = self._unread.pop(name, None)
        # The exact type: for Python a truth value is a number and a moment is a date.
        if type(value) is kind:
            return value
        self.fault("is missing" if value is None else f"is not {what}", name)
        return None
