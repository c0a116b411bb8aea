"""The door of a shared bench: badge and PIN, the lock, and a person's own PIN."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from service_center.accounts import badges, benches_here, services
from service_center.accounts.access import actor, lab, public
from service_center.accounts.badge_forms import BadgeForm, OwnPinForm, PinForm
from service_center.accounts.benches_here import SCANNED
from service_center.accounts.models import User
from service_center.accounts.views import begin, home_of
from service_center.accounts.wording import weak_password
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _

room = Blueprint("benches", __name__)


@room.route("/bench", methods=["GET", "POST"])
@public
def door() -> Any:
    """Scan a badge. A browser that is no bench is sent to the password."""
    bench = benches_here.here()
    if bench is None:
        return redirect(url_for("accounts.login"))
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(home_of(current_user.role))
    form = BadgeForm(request.form)
    if request.method == "POST" and form.validate():
        return benches_here.hand_over(badges.read(form.scan.data) or "")
    benches_here.forget()
    session.pop(SCANNED, None)
    return render_template("accounts/bench.html", form=form), 422 if request.method == "POST" else 200


@room.route("/bench/pin", methods=["GET", "POST"])
@public
def pin() -> Any:
    """The PIN of the badge that was scanned; an unknown badge and a wrong PIN look the same and take the same time."""
    bench, scanned = benches_here.here(), benches_here.scanned_here()
    if bench is None or not scanned or current_user.is_authenticated:
        return redirect(url_for("benches.door"))
    benches_here.forget()
    form = PinForm(request.form)
    if another := badges.read(form.pin.data or ""):
        return benches_here.hand_over(another)
    if request.method == "GET" or not form.validate():
        return _asked(form, 200 if request.method == "GET" else 422)
    with transaction(once=False) as write:
        attempt = badges.reserve(write, bench.id, scanned, now=house().now())
    if not attempt.allowed:
        return _asked(form, 429, _("Too many attempts. Wait a quarter of an hour, then try again."))
    user = badges.who(reading(), attempt.badge_id, form.pin.data)
    good = user is not None and not (user.demo and current_app.extensions["settings"].production)
    with transaction(once=False) as write:
        badges.settle(write, attempt.badge_id, good=good, now=house().now())
    if user is None or not good:
        return _asked(form, 422, _("Badge or PIN is wrong. After five wrong PINs a badge ends; a manager renews it."))
    begin(user, badge_id=attempt.badge_id)
    return redirect(home_of(current_user.role))


def _asked(form: PinForm, status: int, why: str = "") -> Any:
    more = [("pin", why)] if why else []
    return render_template("accounts/bench_pin.html", form=form, more=more, keys="123456789"), status


@room.post("/bench/lock")
@public
def lock() -> Any:
    """Nobody is at the bench: end the session here and forget the pages. Elsewhere it does nothing."""
    return benches_here.hand_over() if benches_here.here() else redirect(url_for("accounts.login"))


@room.get("/bench/here")
@public
def still_here() -> Any:
    """A hand is on the bench though no page was asked for: being asked at all keeps the session open."""
    return "", 204 if current_user.is_authenticated else 401


@room.route("/badge/pin", methods=["GET", "POST"])
@lab
def own_pin() -> Any:
    """A person of the lab chooses the PIN of their badge; the password is asked for again (S35)."""
    badge = badges.of(reading(), actor().user_id or 0)
    form = OwnPinForm(request.form)
    more: list[tuple[str, str]] = []
    if request.method == "POST" and badge is not None and form.validate():
        more = _chosen(form)
        if not more:
            flash(_("Your PIN is set: at a bench, scan your badge and type it."), "ok")
            return redirect(home_of(current_user.role))
    status = 422 if request.method == "POST" else 200
    return render_template("accounts/bench_own_pin.html", form=form, more=more, badge=badge), status


def _chosen(form: OwnPinForm) -> list[tuple[str, str]]:
    """Keep the PIN; what stands against it otherwise."""
    now = house().now()
    with transaction(once=False) as write:
        allowed = services.reserve_attempt(write, current_user.email, request.remote_addr or "", now=now)
    if not allowed:
        return [("", _("Too many attempts. Wait a quarter of an hour, then try again."))]
    user: User | None = services.who(reading(), current_user.email, form.password.data)
    if user is None:
        return [("password", _("This is not your password."))]
    try:
        with transaction() as write:
            badges.choose_pin(write, user.id, form.pin.data)
    except Refused as no:
        return [(no.field or "", weak_password(no.code))]
    return []
