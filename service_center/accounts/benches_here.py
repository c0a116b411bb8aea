"""The shared bench of this request: its cookie, how long it stays open, and handing it over without leaving anything behind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import Response, current_app, g, redirect, request, session, url_for
from flask_login import current_user, logout_user

from service_center.accounts import benches, services
from service_center.accounts.models import SignIn
from service_center.core.database import reading, transaction
from service_center.core.house import house

SCANNED = "badge"
"""The key of the session under which the badge waits whose PIN is asked for: what is kept of it, never its text, and since when."""
STAYS = frozenset({"csrf_token", "language", SCANNED, "_permanent"})
HEARTBEAT = "X-Here"
"""Scripts that ask by themselves send this header: what they ask does not keep a bench open."""


@dataclass(frozen=True)
class Here:
    """The bench that this browser is; `idle_seconds` without a hand on it lock it."""

    id: int
    name: str
    idle_seconds: int
    person: int | None = None


def here() -> Here | None:
    """The bench that this browser is, if a manager enrolled it."""
    if "bench" not in g:
        bench = benches.found(reading(), request.cookies.get(_cookie(), ""), now=house().now())
        g.bench = Here(bench.id, bench.name, int(idle().total_seconds())) if bench else None
    found: Here | None = g.bench
    return found


def shown() -> Here | None:
    """The bench with whoever is signed in, as pages need it: scripts lock it and keep drafts apart by this."""
    bench = here()
    return replace(bench, person=current_user.user_id if current_user.is_authenticated else None) if bench else None


def idle() -> timedelta:
    """How long a bench stays open without a hand on it."""
    return timedelta(minutes=house().brand.setting("bench_idle_minutes"))


def at_its_bench(signed: SignIn) -> bool:
    """Whether a session is used where it was begun: one of a bench is good at that bench alone."""
    bench = here()
    return signed.bench_id is None or (bench is not None and bench.id == signed.bench_id)


def keep(answer: Response, secret: str) -> Response:
    """Make this browser a bench. Lax, since a link in a letter must not find a bench that is none."""
    answer.set_cookie(
        _cookie(), secret, max_age=benches.LASTS, httponly=True, samesite="Lax", path="/", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )  # fmt: skip
    return answer


def _cookie() -> str:
    return "__Host-bench" if current_app.config["SESSION_COOKIE_SECURE"] else "bench"


def hand_over(scanned: str = "") -> Any:
    """End what is open here, forget what the page held, and ask for a badge, or for the PIN of the one that was scanned."""
    forget()
    session.clear()
    if scanned:
        session[SCANNED] = [scanned, house().clock().timestamp()]
    answer = redirect(url_for("benches.pin" if scanned else "benches.door"))
    answer.headers["Clear-Site-Data"] = '"cache"'  # not the storage: there lie the drafts of everybody who works here
    return answer


def scanned_here() -> str:
    """The badge that was scanned a moment ago; who walked away without a PIN scans it again."""
    scanned, at = session.get(SCANNED) or ("", 0)
    return str(scanned) if house().clock().timestamp() - at < idle().total_seconds() else ""


def forget() -> None:
    """Nothing of whoever was here before stays in the browser's session, once it is over, and nothing brings it back."""
    if secret := session.get("_user_id"):
        with transaction(once=False) as write:
            services.sign_out(write, secret, now=house().now())
        logout_user()
    for key in session.keys() - STAYS:
        session.pop(key)
