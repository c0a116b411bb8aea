"""Signing in and out, passwords by link, and the first run of a new house."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select

from service_center.accounts import benches_here, passwords, queries, services
from service_center.accounts.access import Person, public
from service_center.accounts.forms import FirstRunForm, LostPasswordForm, PasswordForm, SignInForm
from service_center.accounts.models import LAB, Purpose, Role, User
from service_center.accounts.tokens import digest, setup_key
from service_center.accounts.wording import weak_password
from service_center.core.budgets import spend
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.redirects import own_page
from service_center.outbox.services import enqueue

room = Blueprint("accounts", __name__)

RESET_LASTS = timedelta(minutes=60)
LETTERS_AN_HOUR, PLACE_AN_HOUR = 3, 20
"""What one recipient gets, and what one connection may ask for."""
HOMES = {
    Role.MANAGER: "management.overview",
    Role.RETAILER_ADMIN: "retailers.tickets",
    Role.RETAILER_CLERK: "retailers.tickets",
}


def home_of(role: Role | None) -> str:
    """The first page of a role."""
    if role is None:
        return url_for("status.home")
    return url_for("lab.board" if role in LAB and role not in HOMES else HOMES[role])


@room.get("/home")
@public
def home() -> Any:
    """Everybody's own first page."""
    return redirect(home_of(current_user.role if current_user.is_authenticated else None))


@room.route("/login", methods=["GET", "POST"])
@public
def login() -> Any:
    """Sign in; wrong e-mail and wrong password look the same and take the same time."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("accounts.home"))
    if not queries.anybody(reading()):
        return redirect(url_for("accounts.first_run"))
    form = SignInForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/login.html", form=form, more=[]), 200 if request.method == "GET" else 422
    now = house().now()
    with transaction(once=False) as write:
        allowed = services.reserve_attempt(write, form.email.data, request.remote_addr or "", now=now)
    if not allowed:
        return render_template(
            "accounts/login.html",
            form=form,
            more=[("", _("Too many attempts. Wait a quarter of an hour, then try again."))],
        ), 429
    user = services.who(reading(), form.email.data, form.password.data)
    if user is None or (user.demo and current_app.extensions["settings"].production):
        return render_template(
            "accounts/login.html", form=form, more=[("email", _("E-mail address or password is wrong."))]
        ), 422
    begin(user)
    return redirect(own_page(request.args.get("next")) or home_of(user.role))


def begin(user: User, *, badge_id: int | None = None) -> None:
    """A new session for this person; whatever the browser held before is gone (session fixation, shared bench)."""
    now, bench = house().now(), benches_here.here()
    language = None if bench else session.get("language")
    with transaction() as write:
        token = services.sign_in(write, user, now=now, bench_id=bench.id if bench else None, badge_id=badge_id)
    session.clear()
    if language:
        session["language"] = language
    session.permanent = True
    found = queries.signed_in(reading(), token, now=now, idle=house().session_idle)
    if found is not None:
        login_user(Person(token, *found))


@room.post("/logout")
@public
def logout() -> Any:
    """End the session on the server, and tell the browser to forget the pages it kept."""
    if benches_here.here():
        return benches_here.hand_over()
    if current_user.is_authenticated:
        with transaction() as write:
            services.sign_out(write, current_user.token, now=house().now())
        logout_user()
    session.clear()
    answer = redirect(url_for("accounts.login"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@room.route("/password/lost", methods=["GET", "POST"])
@public
def lost_password() -> Any:
    """Ask for a link; the answer is the same whether the address is known or not."""
    form = LostPasswordForm(request.form)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/lost_password.html", form=form), 200 if request.method == "GET" else 422
    now, address = house().now(), form.email.data.casefold()
    with transaction() as write:
        user = write.scalars(select(User).where(User.email == address, User.active)).one_or_none()
        place = spend(write, f"reset-from:{request.remote_addr}", limit=PLACE_AN_HOUR, per=timedelta(hours=1), now=now)
        person = spend(write, f"reset:{digest(address)}", limit=LETTERS_AN_HOUR, per=timedelta(hours=1), now=now)
        if place and person and user is not None:
            enqueue(write, "password_link", {"user_id": user.id, "purpose": Purpose.RESET.value}, now=now)
    flash(_("If this address is known here, a link is on its way. It is good for an hour."), "ok")
    return redirect(url_for("accounts.login"))


def _worn_out() -> Any:
    """A link that was used, replaced or is too old: here is where a new one comes from."""
    worn = [("email", _("This link no longer works. Ask for a new one here."))]
    return render_template("accounts/lost_password.html", form=LostPasswordForm(), more=worn, failed=True), 404


@room.route("/invite/<token>", methods=["GET", "POST"], defaults={"purpose": Purpose.INVITE})
@room.route("/password/new/<token>", methods=["GET", "POST"], defaults={"purpose": Purpose.RESET})
@public
def set_password(token: str, purpose: Purpose) -> Any:
    """Set a password by the link that was sent; the link serves once."""
    now, form = house().now(), PasswordForm(request.form)
    try:
        link = services.follow_link(reading(), purpose, token, now=now)
    except NotFound:
        return _worn_out()
    user = reading().get_one(User, link.subject_id)
    if request.method == "GET" or not form.validate():
        return render_template(
            "accounts/set_password.html", form=form, user=user, more=[]
        ), 200 if request.method == "GET" else 422
    try:
        with transaction() as write:
            services.follow_link(write, purpose, token, now=now)
            user = write.get_one(User, link.subject_id)
            services.set_password(write, user, form.password.data, now=now)
    except Refused as no:
        user = reading().get_one(User, link.subject_id)
        return render_template(
            "accounts/set_password.html", form=form, user=user, more=[("password", weak_password(no.code))]
        ), 422
    begin(user)
    flash(_("Your password is set."), "ok")
    return redirect(home_of(user.role))


def _holds_key(typed: str) -> bool:
    """Whether somebody knows the key of the console; few tries an hour."""
    with transaction(once=False) as write:
        allowed = spend(write, "first-run", limit=10, per=timedelta(hours=1), now=house().now())
    right = setup_key(current_app.config["SECRET_KEY"])
    return allowed and hmac.compare_digest(typed.strip().encode(), right.encode())


@room.route("/first-run", methods=["GET", "POST"])
@public
def first_run() -> Any:
    """The first manager of a house where nobody is yet; afterwards this page does not exist."""
    if queries.anybody(reading()):
        raise NotFound
    form, keyed = FirstRunForm(request.form), current_app.extensions["settings"].production
    if not keyed:
        del form.key
    if request.method == "GET" or not form.validate():
        return render_template("accounts/first_run.html", form=form, more=[]), 200 if request.method == "GET" else 422
    weak = passwords.weakness(form.password.data, form.name.data, form.email.data)
    more = [("password", weak_password(weak))] if weak else []
    if keyed and not _holds_key(form.key.data):
        more = [("key", _("This is not the key: it stands on the console where the service was started."))]
    if more:
        return render_template("accounts/first_run.html", form=form, more=more), 422
    with transaction() as write:
        if queries.anybody(write):
            raise NotFound
        user = services.add_user(
            write, email=form.email.data, name=form.name.data, role=Role.MANAGER, now=house().now(), password=form.password.data
        )  # fmt: skip
    begin(user)
    flash(_("Welcome. Invite your colleagues and your first retailer here."), "ok")
    return redirect(url_for("management.people"))
