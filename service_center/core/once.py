"""A form is done once: its number is looked up before the view, and recorded in the transaction of the view's work."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, flash, g, redirect, request, session
from sqlalchemy.exc import DBAPIError, TimeoutError

from service_center.core import posts_done
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.logs import log
from service_center.core.posts_done import LONGEST_LOCATION, PostDone, Repeated, Sent
from service_center.core.redirects import page_before

FIELD = "form_number"
STAYS = "X-Stay"
"""A script that sent the form for a page which stays asks for the place to go to instead of a redirect."""
LOCATION, DONE = "X-Location", "X-Done"

_NUMBER = re.compile(r"[0-9A-Za-z_-]{16,64}")
_NO_WORDS = frozenset({FIELD, "csrf_token"})
_YOUNG = timedelta(seconds=2)
_TWIN_SECONDS = 0.3  # what the first of two twins needs at most to note where it led


def install(app: Flask, *, sender: Callable[[], str]) -> None:
    """Put the guard into the application; `sender` names who sends, empty where nobody can be told from anybody."""
    app.jinja_env.globals[FIELD] = lambda: secrets.token_urlsafe(18)
    app.before_request(lambda: _begin(sender))
    app.register_error_handler(Repeated, lambda _twin: _again())
    app.after_request(_finish)


def _begin(sender: Callable[[], str]) -> Response | None:
    """What was done already is answered like the first time; the same number with other words is refused."""
    number = request.form.get(FIELD, "") if request.method == "POST" else ""
    # Half-typed words that a page sends by itself are no form that somebody sent.
    if not _NUMBER.fullmatch(number) or "X-Live" in request.headers:
        return None
    who = sender()
    if not who:
        return None
    sent = Sent(number, who, request.full_path.rstrip("?"), _digest(), _page_of_form(), house().now())
    done = posts_done.find(reading(), sent)
    if done is not None:
        return _answer(sent, done)
    g.sent, g.before = sent, dict(session)
    return None


def _digest() -> str:
    """A fingerprint of everything that was sent, files too."""
    sent = hashlib.sha256()
    for name, value in sorted((name, value) for name, value in request.form.items(multi=True) if name not in _NO_WORDS):
        sent.update(f"{len(name)}:{name}{len(value)}:{value}".encode("utf-8", "surrogatepass"))
    for name, file in request.files.items(multi=True):
        sent.update(f"{name}:{file.filename}".encode("utf-8", "surrogatepass"))
        sent.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return sent.hexdigest()


def _page_of_form() -> str:
    """Most steps lead back to the page that the form stands on: then nothing needs writing after the work."""
    page = page_before(request.referrer, request.host)
    return page if len(page) <= LONGEST_LOCATION else ""


def _answer(sent: Sent, done: PostDone) -> Response:
    g.pop("sent", None)
    g.answered = True
    if not sent.is_same(done):
        g.done_at = done.location or sent.back or sent.path
        raise Refused("form_done_before")
    if sent.at - done.at < _YOUNG:
        reading().rollback()
        time.sleep(_TWIN_SECONDS)
        done = posts_done.find(reading(), sent) or done
    # The cards that a browser holds stand in its cookie, and the answer that emptied the hand may have been lost.
    session.pop("cards", None)
    flash(_("This was saved already: it is there once."), "ok")
    return redirect(done.location or sent.path)  # type: ignore[return-value]


def _again() -> Response:
    """A twin of this request did it in the meantime: whatever this one said is forgotten."""
    sent: Sent = g.sent
    session.clear()
    session.update(g.before)
    reading().rollback()
    done = posts_done.find(reading(), sent)
    if done is None:  # the twin was refused after all
        raise Refused("form_being_done")
    return _answer(sent, done)


def _finish(response: Response) -> Response:
    sent: Sent | None = g.get("sent")
    try:
        if sent is not None and sent.kept:
            _settle(sent, response)
        elif sent is not None and _twin_was_quicker(sent):
            response = _again()
    except Refused:
        log.info("form_of_a_twin_refused")  # so this one's own answer stands
    except (DBAPIError, TimeoutError) as fault:
        log.error("form_not_settled", fault=type(fault).__name__)
    if g.get("done_at"):
        response.headers[DONE] = g.done_at
    if STAYS in request.headers and response.location and 300 <= response.status_code < 400:
        response.headers[LOCATION] = response.headers.pop("Location")
        response.status_code = 204
        response.set_data(b"")
    return response


def _twin_was_quicker(sent: Sent) -> bool:
    """This one came to nothing, perhaps because a twin had done it while it looked."""
    reading().rollback()
    done = posts_done.find(reading(), sent)
    return done is not None and sent.is_same(done)


def _settle(sent: Sent, response: Response) -> None:
    """Who was signed in or out, or got no redirect, may send the form again; after a fault the work stays done."""
    leads = response.location if 300 <= response.status_code < 400 else None
    if leads is None and STAYS in request.headers:
        return  # the script asks again in the browser's own way
    if leads is not None and g.before.get("_user_id") != session.get("_user_id"):
        leads = None
    elif leads == sent.back or response.status_code >= 500:
        return
    with transaction(once=False) as write:
        posts_done.settle(write, sent, leads)
