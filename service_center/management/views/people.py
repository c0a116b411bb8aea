"""The people who may sign in."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts import services as account_services
from service_center.accounts.access import actor, managers
from service_center.accounts.models import LAB, SHOPS, Retailer, Role, Shop, User
from service_center.accounts.wording import role_word
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.management.forms.people import InviteForm, SkillsForm
from service_center.management.services import people as services
from service_center.management.views.room import room
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import family


@room.route("/people", methods=["GET", "POST"])
@managers
def people() -> Any:
    """Who may sign in; inviting somebody."""
    session = reading()
    shops = accounts.shops(session, seen_by=actor())
    form = InviteForm(request.form).offer(list(Role), [(shop.id, shop.name) for shop in shops])
    more: list[tuple[str, str]] = []
    if request.method == "POST" and form.validate():
        try:
            _invite(form)
            flash(_("%(name)s is invited: the link is on its way.", name=form.name.data), "ok")
            return redirect(url_for("management.people"))
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    everybody = [
        (user, role_word(user.role), [family(each) for each in user.skills] if user.role in LAB else [])
        for user in accounts.people(session, seen_by=actor())
    ]
    badged = {user.id for user, _role, _skills in everybody if user.role in LAB and user.active}
    page = render_template(
        "management/people.html", form=form, more=more, everybody=everybody, own=actor().user_id, badged=badged
    )
    return page, 422 if request.method == "POST" else 200


def _invite(form: InviteForm) -> None:
    role = Role(form.role.data)
    with transaction() as session:
        shop = session.get(Shop, int(form.shop.data)) if form.shop.data else None
        if role in SHOPS and shop is None:
            raise Refused("role_needs_retailer", field="shop")
        retailer = session.get_one(Retailer, shop.retailer_id) if shop and role in SHOPS else None
        at = shop if role is Role.RETAILER_CLERK else None
        services.invite(
            session,
            email=form.email.data,
            name=form.name.data,
            role=role,
            now=house().now(),
            retailer=retailer,
            shop=at,
        )


@room.route("/people/<int(max=2147483647):user_id>/skills", methods=["GET", "POST"])
@managers
def skills(user_id: int) -> Any:
    """Which families somebody of the lab works on; none named means all."""
    asked = reading().get(User, user_id)
    if asked is None or asked.role not in LAB:
        raise NotFound
    form = SkillsForm(request.form or None, data={"families": asked.skills}).offer(
        list(house().rulebook.newest.families)
    )
    if request.method == "POST" and form.validate():
        with transaction() as session:
            services.name_skills(session, user_id, form.families.data or [])
        flash(_("The skills of %(name)s are noted.", name=asked.name), "ok")
        return redirect(url_for("management.people"))
    page = render_template("management/skills.html", form=form, person_named=asked.name)
    return page, 422 if request.method == "POST" else 200


@room.route("/people/<int(max=2147483647):user_id>/off", methods=["GET", "POST"])
@managers
def switch_off(user_id: int) -> Any:
    """Somebody left: asked first, then every session of theirs ends."""
    if request.method == "GET":
        asked = reading().get(User, user_id)
        if asked is None or asked.id == actor().user_id:
            raise NotFound
        return render_template("accounts/switch_off.html", user=asked, back=url_for("management.people"))
    with transaction() as session:
        user = session.get(User, user_id)
        if user is None or user.id == actor().user_id:
            raise NotFound
        account_services.switch_off(session, user, now=house().now())
    flash(_("%(name)s can no longer sign in.", name=user.name), "ok")
    return redirect(url_for("management.people"))
