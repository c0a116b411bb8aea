"""The draft of the browser that asks: its secret lies in the session's cookie, its answers on the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import redirect, request, session, url_for

from service_center.accounts.tokens import digest
from service_center.core.budgets import spend
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.i18n import _, clock_time
from service_center.intake import queries, services
from service_center.intake.answers import Reader
from service_center.intake.draft import MOST_ITEMS, Draft, DraftItem, from_json
from service_center.intake.models import IntakeDraft

HOUR = timedelta(hours=1)
KEPT_AN_HOUR, FILES_AN_HOUR, SENT_AN_HOUR, COMPARED_AN_HOUR = 600, 120, 20, 30
"""What one address may do: answers kept (saving while typing included), files stored, requests sent, look-alikes told."""
REQUESTS_OF_ONE_AN_HOUR = 6
"""How many requests may name one e-mail address: each one writes to it, whoever sent it (Zammad CVE-2023-50455)."""


class Sent(Exception):
    """This draft was sent already: nothing more is changed, its codes are shown."""


def secret() -> str:
    """What this browser knows its draft by; empty where it has none."""
    found = session.get("intake", "")
    return found if isinstance(found, str) else ""


def row() -> IntakeDraft | None:
    """The draft's row, for reading."""
    return queries.find_draft(reading(), secret(), now=house().now())


def draft() -> Draft:
    """The answers so far; an empty draft for who has not begun. Raises Sent."""
    found = row()
    if found is None:
        return Draft()
    if found.request_id is not None:
        raise Sent
    return from_json(found.data)


def item_of(kept: Draft, number: int) -> DraftItem:
    """An item that is there, or the next one, empty."""
    if number == len(kept.items) + 1 <= MOST_ITEMS:
        return DraftItem()
    found = kept.item(number)
    if found is None:
        raise NotFound
    return found


def reader() -> Reader:
    """Reads drafts with this request's session."""
    return Reader(reading(), house())


def change(edit: Callable[[Draft], Draft]) -> Draft:
    """Change the draft in a transaction of its own, beginning one where there is none. Raises Sent."""
    now, fresh = house().now(), ""
    # The answer to the first words may be lost with the cookie that leads back to them: they may be sent again.
    with transaction(once="intake" in session) as write:
        found = queries.find_draft(write, secret(), now=now, lock=True)
        if found is None:
            fresh, found = services.begin(write, now=now)
        if found.request_id is not None:
            raise Sent
        changed = edit(from_json(found.data))
        services.keep(found, changed, now=now)
    if fresh:
        session["intake"], session.permanent = fresh, True
    return changed


def forget() -> None:
    """Begin anew: the answers and files of this browser's draft go, what was sent stays sent."""
    keys: list[str] = []
    with transaction() as write:
        found = queries.find_draft(write, secret(), now=house().now(), lock=True)
        if found is not None:
            keys = services.discard(write, found)
    session.pop("intake", None)
    delete(keys)


def delete(keys: list[str]) -> None:
    """Remove stored files that no row names any more."""
    for key in keys:
        house().storage.delete(key)


def saved_words() -> str:
    """What a page says after it was kept while somebody typed."""
    return _(
        "Saved at %(time)s. You can close this page: on this phone you go on from here.", time=clock_time(house().now())
    )


def may(what: str, limit: int) -> bool:
    """Spend one of this address's budget for an hour."""
    with transaction(once=False) as write:
        return spend(write, f"intake-{what}:{request.remote_addr or ''}", limit=limit, per=HOUR, now=house().now())


def may_name(email: str) -> bool:
    """Spend one of an e-mail address's requests for an hour; nobody is written to where none is named."""
    if not email:
        return True
    name, limit = f"intake-of:{digest(email.casefold())}", REQUESTS_OF_ONE_AN_HOUR
    with transaction(once=False) as write:
        return spend(write, name, limit=limit, per=HOUR, now=house().now())


def unsent(view: Callable[..., Any]) -> Callable[..., Any]:
    """A page of a draft that was sent leads to what became of it."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return view(*args, **kwargs)
        except Sent:
            return redirect(url_for("intake.done"))

    return guarded
