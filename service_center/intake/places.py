"""Where a page of the wizard lies, what comes before and after it."""

from __future__ import annotations

from flask import request, url_for

from service_center.intake.answers import STOP, TIPS, Reader, dangerous
from service_center.intake.draft import Draft

QUESTIONS = 6
NUMBERS = {"what": 1, "fault": 2, TIPS: 2, STOP: 2, "where": 3, "which": 3, "papers": 4, "when": 5, "you": 6}
"""Which question a page belongs to."""


def back_to_check() -> bool:
    """Whether somebody came from the last page to change one answer."""
    return request.args.get("back") == "check"


def page_url(number: int, page: str) -> str:
    """The address of a page about an item; who came from the last page goes back there."""
    endpoint = "intake.between" if page in (STOP, TIPS) else "intake.item"
    return url_for(endpoint, number=number, page=page, back="check" if back_to_check() else None)


def open_place(reader: Reader, draft: Draft) -> str | None:
    """The first page of all items that still wants an answer; None when only the person is left."""
    for number, item in enumerate(draft.items, 1):
        page = reader.open_page(item)
        if page is not None:
            return page_url(number, page)
    return None


def after(reader: Reader, draft: Draft, number: int, page: str) -> str:
    """Where to go from an answered page: on through the item, or straight back to the last page."""
    if back_to_check():
        return open_place(reader, draft) or last_place(reader, draft)
    item = draft.items[number - 1]
    pages = reader.pages(item)
    if page in pages[:-1]:
        return page_url(number, pages[pages.index(page) + 1])
    if reader.open_page(item):
        return page_url(number, reader.open_page(item) or "what")
    if all(map(dangerous, draft.items)):
        return url_for("intake.you")
    return url_for("intake.another")


def last_place(reader: Reader, draft: Draft) -> str:
    """The person's page while it is open, else the last one."""
    answered = bool(draft.you) and reader.you(draft).validate()
    return url_for("intake.check" if answered else "intake.you")


def item_end(reader: Reader, draft: Draft) -> str:
    """The last page about the last item: the way back from the person's page."""
    return page_url(len(draft.items), reader.pages(draft.items[-1])[-1])


def before(reader: Reader, draft: Draft, number: int, page: str) -> str:
    """The way back."""
    if back_to_check():
        return url_for("intake.check")
    item = draft.item(number)
    pages = reader.pages(item) if item else ["what"]
    place = pages.index(page) if page in pages else 0
    if place:
        return page_url(number, pages[place - 1])
    return url_for("intake.another") if number > 1 else ""


def skipped(reader: Reader, draft: Draft, number: int, page: str) -> str | None:
    """Where to go instead, when a page was asked for before the ones that it builds on, or is not needed."""
    item = draft.item(number)
    if item is None:
        return None if page == "what" else page_url(number, "what")
    pages, wanted = reader.pages(item), reader.open_page(item)
    if page not in pages:
        return page_url(number, wanted or pages[-1])
    if wanted is not None and pages.index(page) > pages.index(wanted):
        return page_url(number, wanted)
    return None
