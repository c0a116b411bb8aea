"""Who is at a ticket, in words; and the shift's notes with their codes as links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.lists import format_list

from service_center.core.i18n import _, language, ngettext
from service_center.lab.queries.company import Company
from service_center.tickets.bench_models import HandOver
from service_center.tickets.codes import Mistyped, NotACode, parse
from service_center.tickets.wording.time import duration

_CODE = re.compile(r"\b[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]{4}\b")


@dataclass(frozen=True)
class CompanyWords:
    """Whose hands it is in, who else is here, the time at the bench; what the reader may do about it."""

    holder: str
    mine: bool
    takes: bool
    lets_go: bool
    here: str
    worked: str
    colleagues: Sequence[tuple[int, str]]


def company(found: Company) -> CompanyWords:
    """All of it for one ticket's screen."""
    held = _("In nobody's hands") if found.holdable else ""
    if found.mine:
        held = _("In your hands")
    elif found.holder:
        held = _("%(name)s is working on it.", name=found.holder)
    return CompanyWords(
        held, found.mine, found.holdable and not found.mine, found.holdable and bool(found.holder), here(found.here),
        worked(found.worked, found.workers), found.colleagues if found.holdable else (),
    )  # fmt: skip


def here(names: Sequence[str]) -> str:
    """Who else has the page open."""
    if not names:
        return ""
    who = format_list(list(names), locale=language())
    return ngettext("%(who)s is here too", "%(who)s are here too", len(names), who=who)


def worked(time: timedelta, people: int) -> str:
    """`47 min on the bench, 2 people`; nothing while nobody was at it."""
    if not people:
        return ""
    spent = _("%(time)s on the bench", time=duration(time))
    return (
        spent if people < 2 else ngettext("%(spent)s, %(num)s person", "%(spent)s, %(num)s people", people, spent=spent)
    )


@dataclass(frozen=True)
class NoteWords:
    """A shift's note: each line in pieces, a piece with a code is a link to that ticket."""

    id: int
    author: str
    at: datetime
    lines: Sequence[Sequence[tuple[str, str]]]


def note(found: HandOver) -> NoteWords:
    """One note."""
    return NoteWords(found.id, found.author, found.at, [pieces(line) for line in found.text.splitlines()])


def pieces(line: str) -> list[tuple[str, str]]:
    """A line's words, each piece with the code that it is, if it is one."""
    found: list[tuple[str, str]] = []
    done = 0
    for match in _CODE.finditer(line):
        try:
            code = parse(match[0])
        except (Mistyped, NotACode):
            continue
        found += [(line[done : match.start()], ""), (match[0], code)]
        done = match.end()
    return [each for each in [*found, (line[done:], "")] if each[0]]
