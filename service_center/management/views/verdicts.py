"""Honest figures: what the rules said, what people made of it, and the tickets behind every number."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request

from service_center.accounts.access import managers
from service_center.core.database import reading
from service_center.core.downloads import spreadsheet
from service_center.core.house import house
from service_center.core.spreadsheet import table
from service_center.core.webforms import tidy
from service_center.management.queries import bench_time
from service_center.management.queries import verdicts as queries
from service_center.management.views.room import room
from service_center.management.wording import bench_time as bench_words
from service_center.management.wording import verdicts as wording
from service_center.management.wording.seasons import chosen_season, season_words
from service_center.tickets.seasons import around, bounds, season_of
from service_center.tickets.wording import changes, vocabulary
from service_center.tickets.wording.verdicts import outcome, tone

SEASONS, LONGEST, SHOWN = 4, 40, 500


def months() -> int:
    """How long a season is."""
    return house().brand.setting("goodwill_season_months")


def _season() -> str:
    asked = str(tidy(request.args.get("season", "")))[:LONGEST]
    return chosen_season(asked, season_of(house().today(), months()), months())


def _found() -> list[queries.Judged]:
    return list(queries.judged(reading(), *bounds(_season(), months())))


def _chosen() -> list[queries.Judged]:
    names = ("month", "rules", "outcome", "reason", "kind")
    asked = {name: str(tidy(request.args.get(name, "")))[:LONGEST] for name in names}
    return queries.chosen(_found(), **asked)


@room.get("/verdicts")
@managers
def verdicts() -> Any:
    """A season in figures."""
    season, found = _season(), queries.figures(_found())
    now = season_of(house().today(), months())
    return render_template(
        "management/verdicts.html", season=season, word=season_words(season, months()), months=[wording.month(each) for each in found.months],
        seasons=[(season_words(each, months()), each, each == season) for each in around(now, months(), SEASONS)],
        spent=bench_words.rows(bench_time.bench_time(reading(), *bounds(season, months()), now=house().now())[: bench_time.SHOWN]),
        by_rules=wording.by_rules(found, season), by_kind=wording.by_kind(found, season), turned=wording.turned(found, season), reasons=wording.reasons(found, season),
    )  # fmt: skip


@room.get("/verdicts/list")
@managers
def verdict_list() -> Any:
    """The findings behind one figure."""
    found = _chosen()
    rows = [
        {
            "code": each.code, "item": vocabulary.family(each.family), "component": vocabulary.component(each.component), "cause": vocabulary.cause(each.cause), "at": each.found_at,
            "rules": (outcome(each.rules), tone(each.rules)), "now": (outcome(each.outcome), tone(each.outcome)), "reason": changes.reason(each.reason or None), "why": each.decided_reason,
        }
        for each in found[:SHOWN]
    ]  # fmt: skip
    return render_template("management/verdict_list.html", rows=rows, total=len(found), season=_season())


@room.get("/verdicts.csv")
@managers
def verdicts_csv() -> Response:
    """The findings as a spreadsheet, under the same filter."""
    return spreadsheet(table(wording.spreadsheet_head(), wording.spreadsheet_rows(_chosen())), f"verdicts-{_season()}")
