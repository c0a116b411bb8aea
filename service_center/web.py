"""What every page shares: language, headers, error pages, filters, health."""

from __future__ import annotations

import shutil
import uuid
from dataclasses import dataclass
from typing import Any

import structlog
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import (
    Blueprint,
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from service_center.accounts import benches_here
from service_center.accounts.access import public, sender
from service_center.accounts.actor import Actor
from service_center.accounts.models import Role
from service_center.accounts.wording import role_word
from service_center.core import i18n, once
from service_center.core.database import reading
from service_center.core.errors import NotFound, Refused, Stale
from service_center.core.fingerprints import fingerprint, icons
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.logs import log
from service_center.core.redirects import own_page
from service_center.messages.queries import open_complaints
from service_center.outbox.queries import oldest_waiting_age
from service_center.tickets.codes import Mistyped, NotACode, grouped
from service_center.tickets.wording.refusals import refusal

room = Blueprint("web", __name__)

LANGUAGE_NAMES = {"it": "Italiano", "en": "English"}

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=()",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    ),
}
FREE_BYTES = 50 * 1024 * 1024
STUCK_SECONDS = 3600


def install(app: Flask) -> None:
    """Put the shared furniture into the application."""
    app.register_blueprint(room)
    app.before_request(_begin)
    app.after_request(_headers)  # whatever follows may put another answer in an answer's place, and runs before it
    once.install(app, sender=sender)
    i18n.teach(app.jinja_env)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=i18n.day, weekday=i18n.weekday, moment=i18n.moment, clock_time=i18n.clock_time,
        money=i18n.money, number=i18n.number, country=i18n.country, phone=i18n.phone, groups=lambda code: grouped(code.replace("-", "")).split("-"),
    )  # fmt: skip
    app.context_processor(_globals)
    app.url_defaults(fingerprint)
    app.jinja_env.globals["icons"] = icons
    for fault in (400, 403, 404, 405, 413, 429, 503):
        app.register_error_handler(fault, _http_page)
    for unknown in (NotFound, NotACode, Mistyped):
        app.register_error_handler(unknown, lambda _fault: _page(404))
    for too_late in (Stale, StaleDataError):
        app.register_error_handler(too_late, lambda _fault: _page(409))
    app.register_error_handler(IntegrityError, _collision_page)
    app.register_error_handler(Refused, _refused_page)
    for away in (OperationalError, TimeoutError):
        app.register_error_handler(away, _database_page)
    app.register_error_handler(500, lambda _fault: _page(500))


def _begin() -> None:
    """A request id for the logs, and the reader's language: asked for, chosen before, the person's, the browser's."""
    structlog.contextvars.clear_contextvars()
    g.request_id = uuid.uuid4().hex
    structlog.contextvars.bind_contextvars(request_id=g.request_id)
    if request.endpoint == "static":
        return
    asked = request.args.get("lang")
    if asked in i18n.LANGUAGES:
        session["language"] = asked
    chosen = session.get("language") or (current_user.language if current_user.is_authenticated else None)
    i18n.speak(chosen or request.accept_languages.best_match(i18n.LANGUAGES) or i18n.DEFAULT)


def _headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
        rule = request.url_rule.rule if request.url_rule else None
        log.info("request", method=request.method, route=rule, status=response.status_code)
    response.headers["X-Request-Id"] = g.get("request_id", "")
    return response


def _globals() -> dict[str, Any]:
    return {
        "brand": house().brand,
        "language": i18n.language(),
        "languages": [
            (code, name, url_for("web.speak", code=code, next=request.full_path.rstrip("?")), code == i18n.language())
            for code, name in LANGUAGE_NAMES.items()
        ],
        "person": _reader() if current_user.is_authenticated else None,
        "at_bench": benches_here.shown(),
        "home": url_for("accounts.home"),
        "today": house().today(),
    }


@dataclass(frozen=True)
class Reader:
    """The person as layouts show them: where they may go, and the way out."""

    name: str
    initials: str
    role_word: str
    nav: list[tuple[str, str, bool]]
    more: list[tuple[str, str, bool]]
    sign_out: str


def _reader() -> Reader:
    who = current_user.actor
    daily, seldom = _places(who)
    urls = {endpoint: url_for(endpoint) for endpoint in (*daily, *seldom)}
    here = max((url for url in urls.values() if request.path.startswith(url)), key=len, default="")

    def shown(places: dict[str, str]) -> list[tuple[str, str, bool]]:
        return [(word, urls[endpoint], urls[endpoint] == here) for endpoint, word in places.items()]

    out = url_for("accounts.logout")
    return Reader(who.name, who.initials, role_word(who.role), shown(daily), shown(seldom), out)


def _places(who: Actor) -> tuple[dict[str, str], dict[str, str]]:
    """The places of a role, in the order of the day, and those that it goes to now and then."""
    bench = {
        "lab.board": _("Bench"), "lab.tickets": _("Tickets"), "lab.reception": _("Reception"), "lab.dispatch": _("Dispatch"), "intake.counter": _("New ticket"), "lab.parts": _("Parts"), "lab.cards": _("Command cards"),
    }  # fmt: skip
    watch = {
        "management.overview": _("Today"), "management.late": _("Late"), "management.decisions": _("Decisions"), "management.complaints": _complaints(who), "management.safety": _("Safety"),
        "lab.board": _("Bench"), "lab.tickets": _("Tickets"),
    }  # fmt: skip
    keep = {
        "management.goodwill": _("Courtesies"), "management.verdicts": _("Verdicts in figures"), "management.repeats": _("Repeat repairs"), "management.registrations": _("Registrations"),
        "management.models": _("Models"), "management.parts": _("Parts"), "management.shops": _("Retailers"), "management.people": _("People"), "management.benches": _("Benches"),
        "lab.reception": _("Reception"), "lab.dispatch": _("Dispatch"), "intake.counter": _("New ticket"),
    }  # fmt: skip
    own = {"benches.own_pin": _("My badge")}
    shop = {"retailers.tickets": _("Repairs"), "retailers.new": _("New repair")}
    return {
        Role.TECHNICIAN: (bench, own),
        Role.FRONT_DESK: (bench, own | {"management.new_complaint": _("Complaint")}),
        Role.MANAGER: (watch, keep | own),
        Role.RETAILER_ADMIN: (shop | {"retailers.people": _("People")}, {}),
        Role.RETAILER_CLERK: (shop, {}),
        None: ({}, {}),
    }[who.role]


def _complaints(who: Actor) -> str:
    """The register's name, with how many wait for the managers' answer."""
    waiting = open_complaints(reading()) if who.role is Role.MANAGER else 0
    return _("Complaints (%(number)s)", number=waiting) if waiting else _("Complaints")


# --- pages that belong to nobody else -----------------------------------------------------------------------------


@room.get("/speak/<code>")
@public
def speak(code: str) -> Any:
    """Choose a language and stay where one was."""
    if code in i18n.LANGUAGES:
        session["language"] = code
    return redirect(own_page(request.args.get("next")) or url_for("status.home"))


@room.get("/accent.css")
@public
def accent() -> Response:
    """The brand's one colour; a strict policy forbids it in the page."""
    response = Response(f":root{{--brand:{house().brand.accent}}}", mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@room.get("/healthz")
@public
def healthz() -> Any:
    """The process is alive."""
    return jsonify(ok=True)


@room.get("/readyz")
@public
def readyz() -> Any:
    """Fit for work: the database answers at the right schema, there is room on the disk, the outbox moves."""
    faults = _unready()
    return jsonify(ready=not faults, faults=faults), 503 if faults else 200


def _unready() -> list[str]:
    settings = current_app.extensions["settings"]
    faults = []
    try:
        connection = reading().connection()
        connection.execute(text("SELECT 1"))
        head = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
        if MigrationContext.configure(connection).get_current_revision() != head:
            faults.append("schema")
        age = oldest_waiting_age(reading(), now=house().now())
        if age is not None and age.total_seconds() > STUCK_SECONDS:
            faults.append("outbox")
    except DBAPIError:
        faults.append("database")
    if shutil.disk_usage(settings.instance if settings.instance.exists() else "/").free < FREE_BYTES:
        faults.append("disk")
    return faults


# --- error pages ----------------------------------------------------------------------------------------------------


def _words(status: int) -> tuple[str, str]:
    """What went wrong and what to do, in the reader's language."""
    return {
        400: (_("The page had been open too long"), _("Go back, reload the page and send it again. What you typed is still in the form.")),
        403: (_("This is not yours to see"), _("You are signed in, but this page belongs to somebody else's work.")),
        404: (_("There is nothing here"), _("The address may be mistyped, or what stood here is not yours to see.")),
        405: (_("This page cannot be asked like that"), _("Go back and use the page's own buttons.")),
        409: (_("Somebody was quicker"), _("The ticket changed while your page was open. Nothing of yours was saved: open it again, look, and repeat the step if it is still right.")),
        413: (_("That is too large"), _("One file may have 20 MB. A photograph in the phone's normal quality is enough.")),
        429: (_("Too many attempts"), _("Wait a quarter of an hour, then try again.")),
        503: (_("We cannot save at this moment"), _("Nothing was lost and nothing was saved. Try again in a minute.")),
    }.get(status, (_("Something broke on our side"), _("It has been noted. Nothing of yours was saved: try again, and call us if it goes on.")))  # fmt: skip


def _page(status: int, headline: str | None = None, words: str | None = None) -> tuple[str, int]:
    title, what_to_do = _words(status)
    told, reference = [words or what_to_do], g.get("request_id", "")[:8]
    return render_template("layout_error.html", headline=headline or title, words=told, reference=reference), status


def _http_page(fault: HTTPException) -> tuple[str, int]:
    return _page(fault.code or 500)


def _refused_page(fault: Refused) -> tuple[str, int]:
    return _page(409, refusal(fault), _("Nothing was changed. Go back and look at the ticket."))


def _collision_page(fault: IntegrityError) -> tuple[str, int]:
    """Two wrote the same row at once, and the database let one of them through."""
    log.error("collision", fault=type(fault.orig).__name__)
    return _page(409)


def _database_page(fault: OperationalError | TimeoutError) -> Response:
    """The database is away, or everybody wants it at once."""
    log.error("database", fault=str(getattr(fault, "orig", type(fault).__name__)))
    body, status = _page(503)
    return Response(body, status, headers={"Retry-After": "30"})
