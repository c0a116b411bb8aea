"""The board, the lists, and what a scan opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, flash, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from service_center.accounts import badges, benches_here
from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.redirects import page_before
from service_center.core.webforms import LINE, tidy
from service_center.lab.queries import board as boards
from service_center.lab.queries import lists
from service_center.lab.queries.next import hands, next_for
from service_center.lab.queries.shift import open_notes
from service_center.lab.scanning import Kind, Scan, read
from service_center.lab.views.boxes import arrival
from service_center.lab.views.commands import part_card, read_reading, scanned_card
from service_center.lab.views.room import note_scan, room, show
from service_center.lab.wording import board as wording
from service_center.lab.wording.company import note
from service_center.tickets.codes import grouped

LAST_PAGE = 10_000


@room.get("/")
@lab
def board() -> Any:
    """All queues by due date, what comes next, and the notes of the last shift."""
    session, who, home = reading(), actor(), house()
    mine, whose = hands(session, who), _whose()
    queues = boards.board(session, reader=who, house=home, whose=whose, who=mine)
    figures = boards.figures(session, reader=who, house=home)
    return show(
        "lab/board.html", columns=wording.columns(queues, house=home), whose=whose, figures=figures, coming_next=next_for(session, mine, house=home),
        filters=_filters(mine.skills, whose, "lab.board"), notes=[note(each) for each in open_notes(session)],
        today_words=wording.clock_words(home.now()), now=home.now(),
    )  # fmt: skip


def _whose() -> str:
    """The filter in the address: mine, my skills, or all."""
    asked = request.args.get("whose", "")
    return asked if asked in wording.WHOSE else ""


def _filters(skills: Sequence[str], whose: str, endpoint: str, **kept: Any) -> list[tuple[str, str, bool]]:
    """The filter as chips; skills only for whom some were named."""
    names = [name for name in wording.WHOSE if name != "skills" or skills]
    return [(str(wording.WHOSE[name]), url_for(endpoint, whose=name or None, **kept), name == whose) for name in names]


@room.get("/tickets")
@lab
def tickets() -> Any:
    """Search and lists, a page at a time."""
    words, whose = str(tidy(request.args.get("q", "")))[:LINE], _whose()
    state = request.args.get("state", "")
    known = wording.LISTS | wording.CHIPS
    state = state if state in known else ("all" if words else "open")
    number, mine = _page_number(), hands(reading(), actor())
    found = lists.tickets(reading(), words, state, page=number, reader=actor(), house=house(), whose=whose, who=mine)
    counts = lists.counts(reading(), reader=actor(), house=house(), whose=whose, who=mine)

    def here(state: str = state, **more: object) -> str:
        asked_for: dict[str, Any] = {"state": state, "whose": whose or None} | more
        return url_for("lab.tickets", **asked_for)

    kept = {"q": words} if words else {}
    return show(
        "lab/tickets.html", lines=[wording.line(row) for row in found.rows], found=found, words=words, state=state, whose=whose,
        tabs=[(str(word), counts[name], here(name), name == state, False) for name, word in wording.LISTS.items()],
        chips=[(f"{word} {counts[name]}", here("open" if name == state else name), name == state) for name, word in wording.CHIPS.items()],
        filters=_filters(mine.skills, whose, "lab.tickets", state=state, **kept),
        before=here(page=number - 1, **kept) if number > 1 else "", after=here(page=number + 1, **kept) if found.last < found.total and found.rows else "",
    )  # fmt: skip


def _page_number() -> int:
    asked = request.args.get("page", "1")
    number = min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return max(1, number)


@room.post("/scan")
@lab
def scan() -> Any:
    """A scan opens what it means; what it does not know it says, and leaves one where one was."""
    text, at = str(tidy(request.form.get("scan", "")))[:LINE], request.args.get("at", "")
    meant = read(request.form.get("scan", "")[:LINE])
    if badge := badges.read(meant.value):
        return handed_over(badge)
    if meant.kind is Kind.CARD:
        return scanned_card(meant.value, at, _where_one_was())
    codes = lists.scanned(reading(), meant, seen_by=actor())
    if (parcel := arrival(meant, list(codes), at)) is not None:
        return parcel
    if not codes and read_reading(text, at):
        return redirect(_where_one_was())
    if not codes and (part := part_card(text, at)):
        return scanned_card(part, at, _where_one_was())
    if not codes:
        note_scan("", found=False)
        flash(_unknown(meant, text), "stop")
        return redirect(_where_one_was())
    note_scan(codes[0] if len(codes) == 1 else "", found=True)
    if len(codes) > 1:
        return redirect(url_for("lab.tickets", q=meant.value, state="all"))
    if at == "dispatch":
        return redirect(url_for("lab.dispatch", code=grouped(codes[0])))
    return redirect(url_for("lab.ticket", code=grouped(codes[0])))


def handed_over(scanned: str) -> Any:
    """A colleague takes over the bench, or whoever works there locks it; anywhere else a badge does nothing."""
    if benches_here.here():
        return benches_here.hand_over(scanned)
    flash(_("A badge is good at an enrolled bench only."), "stop")
    return redirect(_where_one_was())


def _unknown(meant: Scan, text: str) -> str:
    """Which scan led nowhere, and why."""
    if not text:
        return _("Nothing was scanned: hold the code under the scanner, or type it.")
    if meant.kind is Kind.MISTYPED:
        return _("“%(text)s” has a wrong letter or digit: scan it again, or compare it with the label.", text=text[:60])
    if meant.kind in (Kind.CODE, Kind.NUMBER):
        return _("There is no ticket “%(text)s” here.", text=text[:60])
    return _("“%(text)s” is not known: neither a ticket nor a parcel on its way.", text=text[:60])


def _where_one_was() -> str:
    """The page that was scanned on; after a refused form its own page, for that one cannot be asked for."""
    came = urlsplit(page_before(request.referrer, request.host))
    adapter, path = current_app.create_url_adapter(request), came.path
    while adapter is not None and path.startswith("/lab"):
        try:
            adapter.match(path, method="GET")
        except RequestRedirect:
            return path
        except HTTPException:
            path = path.rstrip("/").rpartition("/")[0]
            continue
        return path + (f"?{came.query}" if came.query and path == came.path else "")
    return url_for("lab.board")
