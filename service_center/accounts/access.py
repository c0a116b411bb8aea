"""Access marks: every view wears exactly one, or the application does not start (S36)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort, current_app, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user

from service_center.accounts import queries, services
from service_center.accounts.actor import PUBLIC, Actor
from service_center.accounts.models import LAB, SHOPS, Role, SignIn, User
from service_center.core.database import reading, transaction
from service_center.core.house import house

View = TypeVar("View", bound=Callable[..., Any])
manager = LoginManager()


class Person(UserMixin):  # type: ignore[misc]
    """The signed-in person as flask-login wants it: its id is the session's secret, so the server can end it."""

    def __init__(self, token: str, signed: SignIn, user: User) -> None:
        self.token = token
        self.sign_in_id = signed.id
        self.user_id = user.id
        self.email = user.email
        self.name = user.name
        self.role = user.role
        self.language = user.language
        self.actor = Actor(user.role.value, user.id, user.name, user.retailer_id, user.shop_id)

    def get_id(self) -> str:
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> Person | None:
    now = house().clock()
    found = queries.signed_in(reading(), token, now=now, idle=house().session_idle)
    if found is None:
        return None
    signed, user = found
    if now - signed.seen_at > services.SEEN_EVERY:
        with transaction() as write:
            services.seen(write, signed.id, now=now)
    return Person(token, signed, user)


def actor() -> Actor:
    """Who acts in this request."""
    return current_user.actor if current_user.is_authenticated else PUBLIC


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
                return redirect(url_for("accounts.login", next=request.full_path if request.method == "GET" else None))
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return _marked(cast(View, guarded), "signed_in:" + ",".join(sorted(role.value for role in roles)))

    return mark


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
