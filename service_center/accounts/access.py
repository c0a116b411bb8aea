"""Access marks: every view wears exactly one, or the application does not start (S36)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, current_app, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user

from service_center.accounts import badges, benches_here, queries, services
from service_center.accounts.actor import PUBLIC, Actor
from service_center.accounts.models import LAB, SHOPS, Role, SignIn, User
from service_center.core import once
from service_center.core.database import reading, transaction
from service_center.core.house import house

View = TypeVar("View", bound=Callable[..., Any])
manager = LoginManager()


class Person(UserMixin):  # type: ignore[misc]
    """The signed-in person as flask-login wants it: its id is the session's secret, so the server can end it.

    By badge a manager acts as a technician: a badge and four digits are less than a password, and the bench is shared.
    """

    def __init__(self, token: str, signed: SignIn, user: User) -> None:
        self.token = token
        self.sign_in_id = signed.id
        self.user_id = user.id
        self.email = user.email
        self.name = user.name
        at_the_bench = signed.badge_id is not None and user.role is Role.MANAGER
        self.role = Role.TECHNICIAN if at_the_bench else user.role
        self.language = user.language
        self.actor = Actor(self.role.value, user.id, user.name, user.retailer_id, user.shop_id)

    def get_id(self) -> str:
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> Person | None:
    now, bench = house().clock(), benches_here.here()
    idle = benches_here.idle() if bench else house().session_idle
    found = queries.signed_in(reading(), token, now=now, idle=idle)
    if found is None or not benches_here.at_its_bench(found[0]):
        return None
    signed, user = found
    every = services.SEEN_AT_BENCH if bench else services.SEEN_EVERY
    if now - signed.seen_at > every and benches_here.HEARTBEAT not in request.headers:
        with transaction(once=False) as write:
            services.seen(write, signed.id, now=now)
    return Person(token, signed, user)


def actor() -> Actor:
    """Who acts in this request."""
    return current_user.actor if current_user.is_authenticated else PUBLIC


def sender() -> str:
    """Who sends a form: the person, else the browser by what its session alone knows; empty for a browser without one."""
    if current_user.is_authenticated:
        return f"u{current_user.user_id}"
    own = session.get("csrf_token")
    return f"b{hashlib.sha256(own.encode()).hexdigest()[:40]}" if own else ""


def _marked(view: View, mark: str) -> View:
    view.access = mark  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody."""
    return _marked(view, "public")


def signed_in(*roles: Role) -> Callable[[View], View]:
    """People with one of these roles; others get a 403, strangers the sign-in page."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return _door()
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return _marked(cast(View, guarded), "signed_in:" + ",".join(sorted(role.value for role in roles)))

    return mark


def _door() -> Any:
    """Where to sign in: at a bench by badge, and the one that was scanned on a page that is over counts already."""
    if benches_here.here():
        if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" and once.STAYS not in request.headers:
            return "", 401  # a script of a page that is over: it must not take the badge away that was just scanned
        scanned = badges.read(request.form.get("scan", ""))
        return benches_here.hand_over(scanned) if scanned else redirect(url_for("benches.door"))
    return redirect(url_for("accounts.login", next=request.full_path if request.method == "GET" else None))


def by_link(view: View) -> View:
    """Whoever came by a link that we sent, or by code and PIN; the view asks `owner_of` for the ticket."""
    return _marked(view, "by_link")


lab = signed_in(*LAB)
shops = signed_in(*SHOPS)
managers = signed_in(Role.MANAGER)


def remember_owner(code: str, ticket_id: int) -> None:
    """This browser showed that it is the owner of a ticket; it stays so for a day (the session's own end)."""
    owned = session.get("owned", {})
    owned[code] = [ticket_id, house().clock().timestamp()]
    session["owned"] = dict(list(owned.items())[-10:])


def owner_of(code: str) -> int | None:
    """The ticket's id, if this browser showed lately that it is the owner."""
    ticket_id, since = session.get("owned", {}).get(code, (None, 0))
    fresh = house().clock().timestamp() - since < house().brand.setting("owner_link_minutes") * 60
    return ticket_id if fresh else None


def check_marks() -> None:
    """Refuse to start while a route has no access mark."""
    bare = [rule.endpoint for rule in current_app.url_map.iter_rules()
            if rule.endpoint != "static" and not hasattr(current_app.view_functions[rule.endpoint], "access")]  # fmt: skip
    if bare:
        raise RuntimeError(f"routes without an access mark: {', '.join(sorted(bare))}")
