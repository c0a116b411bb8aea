"""A draft as plain data: the answers as they were typed, page by page, and the files that were put beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

Typed = dict[str, list[str]]
"""What a page's form sent, by field, unread."""

PAGES = ("what", "fault", "where", "which", "when")
"""The pages about one item, in their order; "which" is asked only where several shops have the name that was typed."""

MOST_ITEMS, MOST_FILES = 10, 8
LONGEST = 4000


@dataclass(frozen=True)
class KeptFile:
    """A stored file: what it shows (`item` or `paper`), and what storage and reading gave."""

    id: str
    shows: str
    name: str
    media_type: str
    storage_key: str
    preview_key: str
    thumb_key: str
    sha256: str
    width: int = 0
    height: int = 0
    readable: bool = True


@dataclass(frozen=True)
class DraftItem:
    """One item: answers by page, files, and which of the pages between (tips, stop) were read."""

    answers: Mapping[str, Typed] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()
    read: tuple[str, ...] = ()

    def shown(self, shows: str) -> tuple[KeptFile, ...]:
        """The files that show the item, or the papers."""
        return tuple(kept for kept in self.files if kept.shows == shows)


@dataclass(frozen=True)
class Draft:
    """Everything of one request that was not sent yet."""

    items: tuple[DraftItem, ...] = (DraftItem(),)
    you: Typed = field(default_factory=dict)

    def item(self, number: int) -> DraftItem | None:
        """The item with this number, counted from 1."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None

    def with_item(self, number: int, item: DraftItem) -> Draft:
        """The draft with one item replaced."""
        return replace(self, items=(*self.items[: number - 1], item, *self.items[number:]))

    def without_item(self, number: int) -> Draft:
        """The draft without one item; the last one leaves an empty one."""
        rest = (*self.items[: number - 1], *self.items[number:])
        return replace(self, items=rest or (DraftItem(),))

    def answered(self, number: int, page: str, typed: Typed) -> Draft:
        """The draft with a page's answers; other answers change what must be read and asked again."""
        item = self.items[number - 1]
        read = item.read if page != "fault" or item.answers.get("fault") == typed else ()
        answers = {**item.answers, page: typed}
        if page == "where" and item.answers.get("where") != typed:
            answers.pop("which", None)
        return self.with_item(number, replace(item, answers=answers, read=read))

    def files(self) -> Iterator[KeptFile]:
        """All files of all items."""
        for item in self.items:
            yield from item.files


def typed_of(pairs: Mapping[str, Sequence[str]], fields: Sequence[str]) -> Typed:
    """Of what a browser sent, only a form's own fields, bounded."""
    return {name: [value[:LONGEST] for value in pairs[name][:40]] for name in fields if pairs.get(name)}


def to_json(draft: Draft) -> dict[str, Any]:
    """The draft as the table keeps it."""
    return asdict(draft)


def from_json(data: Mapping[str, Any]) -> Draft:
    """The draft as the table kept it."""
    items = tuple(
        DraftItem(item["answers"], tuple(KeptFile(**kept) for kept in item["files"]), tuple(item["read"]))
        for item in data.get("items", ())
    )
    return Draft(items or (DraftItem(),), data.get("you", {}))
