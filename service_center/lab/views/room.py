"""The lab's blueprint and what its pages share: the instrument strip, finding a ticket, trying a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service_center.accounts import benches_here
from service_center.accounts.access import actor
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.uploads import Kept, for_good
from service_center.lab.queries.board import alerts
from service_center.tickets import codes
from service_center.tickets.models import Ticket
from service_center.tickets.queries import locked
from service_center.tickets.services import spans
from service_center.tickets.services.advancing import check_version
from service_center.tickets.wording.refusals import refusal

room = Blueprint("lab", __name__, url_prefix="/lab")

ROW_ID = "int(max=2147483647)"
"""The converter of a row's number: a longer one is no row, and no fault of the database."""

Work = Callable[[Session, Ticket], object]
Again = Callable[["Trouble"], Any]


@dataclass(frozen=True)
class Trouble:
    """Why a step was not taken; `status` is the page's. What was typed stays in the form that is shown again."""

    status: int
    sentence: str
    field: str = ""
    code: str = ""


@dataclass(frozen=True)
class LastScan:
    """What was scanned last, as the strip shows it."""

    at: datetime
    words: str
    code: str
    icon: str
    stopped: bool


@dataclass(frozen=True)
class Station:
    """The instrument strip, as macros/lab.html takes it."""

    scan_url: str
    prompt: str
    last: LastScan | None
    flags: list[tuple[str, int, str, str, bool]]
    place: str = ""


def show(template: str, status: int = 200, *, scan_url: str = "", prompt: str = "", **facts: Any) -> Any:
    """A page of the lab under its strip."""
    unsafe, late = alerts(reading(), today=house().today())
    flags = [
        ("flag", unsafe, _("safety"), url_for("lab.tickets", state="safety"), unsafe > 0),
        ("clock", late, _("late"), url_for("lab.tickets", state="late"), False),
    ]
    bench = benches_here.here()
    station = Station(scan_url or url_for("lab.scan"), prompt, _last_scan(), flags, bench.name if bench else "")
    return render_template(template, station=station, **facts), status


def note_scan(code: str, *, found: bool) -> None:
    """Remember for the strip what was scanned."""
    session["scanned"] = [house().now().isoformat(), code, found]


def _last_scan() -> LastScan | None:
    kept = session.get("scanned")
    if not kept:
        return None
    at, code, found = kept
    words = _("scanned") if found else _("stopped")
    return LastScan(datetime.fromisoformat(at), words, code, "check" if found else "stop", not found)


def read_code(text: str) -> str:
    """The code in an address; what is none is not there."""
    try:
        return codes.parse(text)
    except ValueError as fault:
        raise NotFound from fault


def version() -> int | None:
    """The ticket's version that the page showed; one that is no figure was never right."""
    typed = request.form.get("version", "")
    if not typed:
        return None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else -1


def tried(code: str, work: Work, files: Sequence[Kept] = ()) -> Trouble | None:
    """Do one thing to a ticket in one transaction; why not, when it was refused or came too late: then its files go, too."""
    own = read_code(code)
    try:
        with for_good(files, house().storage), transaction() as write:
            ticket = locked(write, own, seen_by=actor())
            check_version(ticket, version())
            before = ticket.claimed_by_id
            work(write, ticket)
            _at_it(write, ticket, before)
    except Refused as no:
        return Trouble(422, refusal(no), no.field or "", no.code)
    except (Stale, StaleDataError):
        # What the page has read already stays readable; what it reads from now on is new.
        reading().expunge_all()
        reading().rollback()
        return Trouble(409, too_late())
    return None


def _at_it(write: Session, ticket: Ticket, before: int | None) -> None:
    """Time at the bench: an act on what one has in hand prolongs it, the act that lets go of it ends it."""
    own, now = actor().user_id, house().now()
    if own is not None and ticket.claimed_by_id == own:
        spans.at_it(write, ticket.id, own, now=now)
    elif own is not None and before == own:
        spans.done(write, ticket.id, own, now=now)


def attempt(code: str, work: Work, said: str, *, again: Again, to: str = "", files: Sequence[Kept] = ()) -> Any:
    """Do it and go on to the ticket; when it could not be done, the page comes again."""
    trouble = tried(code, work, files)
    if trouble is not None:
        return again(trouble)
    flash(said, "ok")
    return redirect(to or url_for("lab.ticket", code=codes.grouped(read_code(code))))


def too_late() -> str:
    """Somebody else changed the ticket first."""
    return _(
        "Somebody changed this ticket in the meantime. What you typed is still here: look at what is new, then send it again."
    )
