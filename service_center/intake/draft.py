"""A draft as plain data: the answers as they were typed, page by page, and the files that were put beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from service_center.core.uploads import Kept

Typed = dict[str, list[str]]
"""What a page's form sent, by field, unread."""

PAGES = ("what", "fault", "where", "which", "papers", "when")
"""The pages about one item, in their order; "which" is asked only where several shops may be meant."""

SHOWS = ("item", "receipt", "card")
"""What a file shows."""

MOST_ITEMS, MOST_FILES = 10, 12
LONGEST = 4000


@dataclass(frozen=True)
class KeptFile:
    """A stored file: what it shows (one of SHOWS), and what storage and reading gave. `id` is its address in the draft."""

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
    pages: int = 1
    likeness: str = ""

    @classmethod
    def of(cls, file_id: str, shows: str, kept: Kept) -> KeptFile:
        """A file that core.uploads has stored."""
        return cls(
            file_id, shows, kept.name, kept.media_type, kept.storage_key, kept.preview_key, kept.thumb_key,
            kept.sha256, kept.width, kept.height, kept.pages, kept.likeness,
        )  # fmt: skip

    def kept(self) -> Kept:
        """The file as core.uploads gave it."""
        return Kept(
            self.storage_key, self.preview_key, self.thumb_key, self.media_type, self.sha256, self.width, self.height,
            self.pages, self.name, self.likeness,
        )  # fmt: skip


@dataclass(frozen=True)
class DraftItem:
    """One item: answers by page, files, and which of the pages between (tips, stop) were read."""

    answers: Mapping[str, Typed] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()
    read: tuple[str, ...] = ()

    def typed(self, page: str) -> Typed:
        """What was typed on a page; nothing where nobody was yet."""
        return self.answers.get(page, {})

    def first(self, page: str, name: str) -> str:
        """The first value of one field of a page, tidied; empty where there is none."""
        return next(iter(self.typed(page).get(name, ())), "").strip()

    def shown(self, *shows: str) -> tuple[KeptFile, ...]:
        """The files that show one of these."""
        return tuple(kept for kept in self.files if kept.shows in shows)


@dataclass(frozen=True)
class Draft:
    """Everything of one request that was not sent yet."""

    items: tuple[DraftItem, ...] = (DraftItem(),)
    you: Typed = field(default_factory=dict)

    def item(self, number: int) -> DraftItem | None:
        """The item with this number, counted from 1."""
        return self.items[number - 1] if 1 <= number <= len(self.items) else None

    def with_item(self, number: int, item: DraftItem) -> Draft:
        """The draft with one item replaced, or added at the end."""
        return replace(self, items=(*self.items[: number - 1], item, *self.items[number:]))

    def without_item(self, number: int) -> Draft:
        """The draft without one item; the last one leaves an empty one."""
        rest = (*self.items[: number - 1], *self.items[number:])
        return replace(self, items=rest or (DraftItem(),))

    def answered(self, number: int, page: str, typed: Typed) -> Draft:
        """The draft with a page's answers; other answers change what must be read and asked again."""
        item = self.item(number) or DraftItem()
        changed = item.answers.get(page) != typed
        read = () if changed and page in ("what", "fault") else item.read
        answers = {**item.answers, page: typed}
        if page == "where" and changed:
            answers.pop("which", None)
        return self.with_item(number, replace(item, answers=answers, read=read))

    def has_read(self, number: int, page: str) -> Draft:
        """The draft whose item has one more of the pages between behind it."""
        item = self.item(number) or DraftItem()
        return self.with_item(number, replace(item, read=tuple(dict.fromkeys((*item.read, page)))))

    def with_files(self, number: int, files: Sequence[KeptFile]) -> Draft:
        """The draft with an item's files replaced."""
        return self.with_item(number, replace(self.item(number) or DraftItem(), files=tuple(files)))

    def file(self, file_id: str) -> KeptFile | None:
        """One of this draft's files."""
        return next((kept for kept in self.files() if kept.id == file_id), None)

    def files(self) -> Iterator[KeptFile]:
        """All files of all items."""
        for item in self.items:
            yield from item.files

    @property
    def begun(self) -> bool:
        """Whether anything was answered yet."""
        return bool(self.you) or any(item.answers for item in self.items)


def typed_of(pairs: Mapping[str, Sequence[str]], fields: Sequence[str]) -> Typed:
    """Of what a browser sent, only a form's own fields, bounded; NUL goes, no database takes it."""
    return {name: [_bounded(value) for value in pairs[name][:40]] for name in fields if pairs.get(name)}


def _bounded(value: str) -> str:
    # One more than a text may have: so that its form still says that it is too long.
    return value.replace("\x00", "").encode("utf-8", "replace").decode()[: LONGEST + 1]


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
