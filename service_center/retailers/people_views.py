"""The retailer's own people: an administrator invites clerks and switches off who left."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, signed_in
from service_center.accounts.models import Role, User
from service_center.accounts.wording import role_word
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.retailers import services
from service_center.retailers.forms import ClerkForm
from service_center.retailers.room import room
from service_center.tickets.wording.refusals import refusal


@room.route("/people", methods=["GET", "POST"])
@signed_in(Role.RETAILER_ADMIN)
def people() -> Any:
    """Who may sign in for these shops; inviting a clerk."""
    places = accounts.shops(reading(), seen_by=actor())
    form = ClerkForm(request.form).offer(places)
    if request.method == "POST" and form.validate():
        try:
            with transaction() as session:
                services.invite_clerk(
                    session,
                    name=form.name.data,
                    email=form.email.data,
                    shop_id=int(form.shop.data),
                    actor=actor(),
                    now=house().now(),
                )
            flash(_("%(name)s is invited: the link is on its way.", name=form.name.data), "ok")
            return redirect(url_for("retailers.people"))
        except Refused as no:
            field = form[no.field] if no.field and no.field in form else form["email"]
            field.errors = [*field.errors, refusal(no)]
    everybody = [(user, role_word(user.role), _may_go(user)) for user in accounts.people(reading(), seen_by=actor())]
    page = render_template("retailers/people.html", form=form, everybody=everybody, places=len(places))
    return page, 422 if request.method == "POST" else 200


def _may_go(user: User) -> bool:
    """Clerks are the administrator's to switch off; administrators the lab's."""
    return user.active and user.role is Role.RETAILER_CLERK


@room.route("/people/<int(max=2147483647):user_id>/off", methods=["GET", "POST"])
@signed_in(Role.RETAILER_ADMIN)
def switch_off(user_id: int) -> Any:
    """Somebody left: asked first, then every session of theirs ends."""
    if request.method == "GET":
        own = next(
            (user for user in accounts.people(reading(), seen_by=actor()) if user.id == user_id and _may_go(user)), None
        )
        if own is None:
            raise NotFound
        return render_template("accounts/switch_off.html", user=own, back=url_for("retailers.people"))
    with transaction() as session:
        user = services.switch_off(session, user_id, actor=actor(), now=house().now())
    flash(_("%(name)s can no longer sign in.", name=user.name), "ok")
    return redirect(url_for("retailers.people"))
