"""Courtesies: the budgets of a season, what is left, what was granted."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, managers
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.spreadsheet import table
from service_center.core.webforms import tidy
from service_center.management.forms.decisions import BudgetForm
from service_center.management.queries import goodwill as queries
from service_center.management.services import goodwill as services
from service_center.management.views.room import room
from service_center.management.wording import goodwill as wording
from service_center.management.wording.seasons import chosen_season, season_words
from service_center.tickets.seasons import around, bounds, season_of
from service_center.tickets.wording.refusals import refusal

SEASONS, LONGEST, SHOWN = 4, 40, 300


def _months() -> int:
    return house().brand.setting("goodwill_season_months")


def _season() -> str:
    asked = str(tidy(request.args.get("season", "")))[:LONGEST]
    return chosen_season(asked, season_of(house().today(), _months()), _months())


def _seasons() -> list[str]:
    """The coming season, the running one, and those before."""
    _first, after = bounds(season_of(house().today(), _months()), _months())
    return around(season_of(after, _months()), _months(), SEASONS)


@room.route("/goodwill", methods=["GET", "POST"])
@managers
def goodwill() -> Any:
    """Budgets and courtesies of a season; setting a budget."""
    session, season, words = reading(), _season(), [(each, season_words(each, _months())) for each in _seasons()]
    shops = [(str(shop.id), shop.name) for shop in accounts.shops(session, seen_by=actor())]
    form = BudgetForm(request.form if request.method == "POST" else None, data={"season": season}).offer(words, shops)
    if request.method == "POST" and form.validate() and _saved(form):
        return redirect(url_for("management.goodwill", season=form.season.data))
    page = render_template(
        "management/goodwill.html", form=form, season=season, word=season_words(season, _months()),
        budgets=[wording.budget(each) for each in queries.budgets(session, season)], rows=[wording.row(each) for each in queries.granted(session, season, most=SHOWN)],
        seasons=[(word, each, each == season) for each, word in words],
    )  # fmt: skip
    return page, 422 if request.method == "POST" else 200


def _saved(form: BudgetForm) -> bool:
    try:
        with transaction() as write:
            services.set_budget(write, form.season.data, form.shop_id, form.limit.cents or 0, house=house())
    except Refused as no:
        field = form[no.field or "limit"]
        field.errors = [*field.errors, refusal(no)]
        return False
    flash(_("The budget is set."), "ok")
    return True


@room.get("/goodwill.csv")
@managers
def goodwill_csv() -> Response:
    """The courtesies of a season as a spreadsheet."""
    found = queries.granted(reading(), _season())
    return spreadsheet(table(wording.spreadsheet_head(), wording.spreadsheet_rows(found)), f"goodwill-{_season()}")
