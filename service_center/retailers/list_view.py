"""The shop's list of repairs: tabs with counts, a filter by counter, a search, pages."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, shops
from service_center.core.database import reading
from service_center.core.webforms import tidy
from service_center.retailers import queries, wording
from service_center.retailers.queries import PAGE, Asked, Counted, Tab
from service_center.retailers.room import room
from service_center.tickets import codes

LONGEST, LAST_PAGE = 200, 100_000


@room.get("/")
@shops
def tickets() -> Any:
    """Everything that this person's shops handed in."""
    session, who, asked = reading(), actor(), _asked()
    found = queries.counted(session, asked, seen_by=who)
    tab, page = _tab(found, asked), _page()
    lines = queries.lines(session, tab, asked, page=page, seen_by=who)
    if len(lines) == 1 and queries.code_in(asked.words):
        return redirect(url_for("retailers.ticket", code=codes.grouped(lines[0].code)))
    places = accounts.shops(session, seen_by=who)
    headline, since = wording.waiting(found)
    return render_template(
        "retailers/list.html", rows=[wording.row(line) for line in lines], asked=asked, tabs=_tabs(found, tab, asked),
        chips=_chips(places, tab, asked), pages=_pages(found.tabs[tab], page, len(lines), tab, asked), several=len(places) > 1,
        empty=wording.empty(tab, asked.words), kept=_kept(asked), headline=headline, since=since,
        answers_url=_url(Tab.ANSWER, asked), over=tab is Tab.CLOSED, fresh=not any(found.tabs.values()) and not asked.words,
    )  # fmt: skip


def _asked() -> Asked:
    words = str(tidy(request.args.get("q", "")))[:LONGEST].strip()
    shop = request.args.get("shop", "")
    return Asked(words, int(shop) if shop.isascii() and shop.isdigit() and len(shop) < 10 else None)


def _tab(found: Counted, asked: Asked) -> Tab:
    """The tab that was chosen; a search without one opens where something was found."""
    chosen = request.args.get("tab", "")
    if chosen in set(Tab):
        return Tab(chosen)
    hits = [tab for tab in Tab if found.tabs[tab]] if asked.words else []
    return hits[0] if hits else Tab.SEND


def _page() -> int:
    typed = request.args.get("page", "1")
    return min(max(int(typed), 1), LAST_PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def _url(tab: Tab, asked: Asked, **more: Any) -> str:
    return url_for("retailers.tickets", **{"tab": tab.value, "q": asked.words or None, "shop": asked.shop, **more})


def _tabs(found: Counted, current: Tab, asked: Asked) -> list[tuple[str, int, str, bool, bool]]:
    return [
        (wording.tab(tab), found.tabs[tab], _url(tab, asked), tab is current, tab is Tab.ANSWER and found.tabs[tab] > 0)
        for tab in Tab
    ]


def _chips(places: Any, tab: Tab, asked: Asked) -> list[tuple[str, str, bool]]:
    if len(places) < 2:
        return []
    return [
        (shop.name, _url(tab, asked, shop=None if shop.id == asked.shop else shop.id), shop.id == asked.shop)
        for shop in places
    ]


def _pages(total: int, page: int, shown: int, tab: Tab, asked: Asked) -> dict[str, Any]:
    first = (page - 1) * PAGE + 1
    return {
        "first": first, "last": first + shown - 1, "total": total,
        "before": _url(tab, asked, page=page - 1) if page > 1 else "", "after": _url(tab, asked, page=page + 1) if first + shown <= total and shown else "",
    }  # fmt: skip


def _kept(asked: Asked) -> dict[str, Any]:
    """What a search keeps: the filter, not the tab — it may be found in another one."""
    return {"shop": asked.shop} if asked.shop is not None else {}
