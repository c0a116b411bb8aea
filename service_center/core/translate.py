"""Collect the sentences of each room into its Italian catalogue, and check that none is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from service_center.core.i18n import CATALOGUES

PACKAGE = Path(__file__).parent.parent
TEMPLATES = PACKAGE.parent / "templates"
KEYWORDS = {"_": None, "later": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {
    "**.html": {"newstyle_gettext": "true", "trimmed": "true"},
    "**.txt": {"newstyle_gettext": "true", "trimmed": "true"},
}


def areas() -> list[str]:
    """The rooms that may hold sentences; what lies outside a room belongs to `core`."""
    return sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def _folders(area: str) -> Iterator[Path]:
    yield PACKAGE / area
    yield TEMPLATES / area
    if area == "core":
        yield TEMPLATES / "macros"
    if area == "messages":
        yield TEMPLATES / "emails"


def _loose(area: str) -> list[Path]:
    return [*PACKAGE.glob("*.py"), *TEMPLATES.glob("*.html")] if area == "core" else []


def _sentences(area: str) -> Catalog:
    """Every sentence of the room's code and templates. No line numbers: they would change with every edit."""
    found = Catalog(locale="it")
    for folder in _folders(area):
        if folder.exists():
            for _file, _line, message, comments, context in extract_from_dir(
                folder, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("i18n:",)
            ):
                found.add(message, auto_comments=comments, context=context)
    for path in _loose(area):
        for _file, _line, message, comments, context in extract_from_dir(
            path.parent,
            [(path.name, "python" if path.suffix == ".py" else "jinja2")],
            {path.name: {"newstyle_gettext": "true", "trimmed": "true"}},
            keywords=KEYWORDS,
            comment_tags=("i18n:",),
            directory_filter=lambda _folder: False,
        ):
            found.add(message, auto_comments=comments, context=context)
    return found


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="it")
    with path.open("rb") as source:
        return read_po(source, locale="it")


def collect(area: str) -> None:
    """Bring one room's catalogue up to date: new sentences appear empty, vanished ones go."""
    path = CATALOGUES / "it" / f"{area}.po"
    old, found = _read(path), _sentences(area)
    if not len(found) and not path.exists():
        return
    for message in found:
        if message.id:
            known = old.get(message.id, message.context)
            if known and not known.fuzzy and isinstance(known.string, tuple) == bool(message.pluralizable):
                message.string = known.string
    path.parent.mkdir(parents=True, exist_ok=True)
    found.header_comment = f"# Italian sentences of {area}."
    with path.open("wb") as target:
        write_po(target, found, no_location=True, omit_header=True, sort_output=True, width=120)


def faults(area: str) -> Iterator[str]:
    """What is missing in a room's catalogue, one sentence each."""
    known = _read(CATALOGUES / "it" / f"{area}.po")
    for message in _sentences(area):
        if not message.id:
            continue
        words = known.get(message.id, message.context)
        if words is None or not _complete(words):
            yield f"{area}: no Italian for {message.id!r}"
        elif list(words.check()):
            yield f"{area}: the placeholders differ in {message.id!r}"


def _complete(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def contradictions() -> Iterator[str]:
    """One sentence, two translations: rooms share one catalogue at run time, so they must agree."""
    seen: dict[tuple[object, object], tuple[object, str]] = {}
    for area in areas():
        for message in _read(CATALOGUES / "it" / f"{area}.po"):
            key = (message.id, message.context)
            words, where = seen.setdefault(key, (message.string, area))
            if message.id and words != message.string:
                yield f"{area} and {where} translate {message.id!r} differently"


def main(words: list[str]) -> int:
    """`--check` says what is missing and returns 1; else the named rooms, or all, are collected."""
    chosen = [word for word in words if not word.startswith("--")] or areas()
    if "--check" in words:
        missing = [fault for area in chosen for fault in faults(area)] + list(contradictions())
        sys.stdout.write("".join(f"{fault}\n" for fault in missing))
        return 1 if missing else 0
    for area in chosen:
        collect(area)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
