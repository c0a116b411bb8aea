"""Shared benches: this browser becomes one, and one ends."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_login import current_user

from service_center.accounts import benches as services
from service_center.accounts import benches_here
from service_center.accounts.access import actor, managers
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.management.forms.benches import BenchForm
from service_center.management.views.room import room
from service_center.tickets.wording.refusals import refusal

MOST = 2**31 - 1


@room.route("/benches", methods=["GET", "POST"])
@managers
def benches() -> Any:
    """The benches, and making this browser one."""
    form, more = BenchForm(request.form), []
    if request.method == "POST" and form.validate():
        try:
            return _enrolled(form.name.data)
        except Refused as no:
            more = [(no.field or "", refusal(no))]
    now = house().now()
    rows = [
        (bench, by, bench.ended_at is None and bench.enrolled_at > now - services.LASTS)
        for bench, by in services.every(reading())
    ]
    page = render_template("management/benches.html", form=form, more=more, rows=rows, minutes=house().brand.setting("bench_idle_minutes"))  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _enrolled(name: str) -> Any:
    """This browser is a bench from now on; what it was before ends."""
    now, before = house().now(), benches_here.here()
    with transaction() as write:
        if before is not None:
            services.end(write, before.id, now=now)
        bench, secret = services.enrol(write, name, by_id=actor().user_id, now=now)
        services.stay(write, bench, current_user.sign_in_id)
    flash(_("This browser is the bench “%(name)s” now. Sign out: from then on it asks for badges.", name=name), "ok")
    return benches_here.keep(make_response(redirect(url_for("management.benches"))), secret)


@room.post(f"/benches/<int(max={MOST}):bench_id>/end")
@managers
def end_bench(bench_id: int) -> Any:
    """A browser is no bench any more."""
    with transaction() as write:
        bench = services.end(write, bench_id, now=house().now())
    flash(_("“%(name)s” is no bench any more, and whoever worked there is signed out.", name=bench.name), "ok")
    return redirect(url_for("management.benches"))
