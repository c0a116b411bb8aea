"""The desk of decisions: all that waits for a person, and one case with everything that it is decided on."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, managers
from service_center.accounts.models import Shop
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.documents.readings import paired
from service_center.management.forms.decisions import DecisionForm
from service_center.management.queries import decisions as queries
from service_center.management.services import decisions as services
from service_center.management.services.goodwill import Courtesy, grant
from service_center.management.views.room import room
from service_center.management.wording import decisions as wording
from service_center.proofs.queries import files
from service_center.tickets import codes, lineage, outcomes
from service_center.tickets import queries as tickets
from service_center.tickets.checking import seal_before
from service_center.tickets.models import Ticket
from service_center.tickets.wording import vocabulary
from service_center.tickets.wording.chain import chain
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.seals import seal_fact
from service_center.tickets.wording.statuses import status, still_open
from service_center.tickets.wording.terms import terms_of
from service_center.tickets.wording.verdicts import VerdictWords, spoken


@room.get("/decisions")
@managers
def decisions() -> Any:
    """All that waits for a person, the oldest first."""
    rows = [wording.row(case, now=house().now()) for case in queries.desk(reading())]
    return render_template("management/decisions.html", rows=rows)


@room.route("/decisions/<code>", methods=["GET", "POST"])
@managers
def decision(code: str) -> Any:
    """One case: facts, both readings, what the customer will read; and the decision."""
    found = tickets.get(reading(), codes.parse(code), seen_by=actor())
    form = _form(reading(), found)
    if request.method == "GET" or not form.validate() or "preview" in request.form:
        tried = "preview" in request.form and not form.errors
        return _page(found, form, [], 422 if form.errors else 200, tried=tried)
    try:
        _decide(code, form)
    except (Refused, Stale) as no:
        return _page(found, form, _beside(form, no), 422 if isinstance(no, Refused) else 409)
    flash(_("It is decided, and told."), "ok")
    return redirect(url_for("management.decision", code=code))


def _form(session: Session, found: Ticket) -> DecisionForm:
    latest = tickets.latest_verdict(session, found.id)
    points = [(point.about, point.title) for point in wording.points(found, latest)]
    shops = [(str(shop.id), shop.name) for shop in accounts.shops(session, seen_by=actor())]
    first = {"about": points[0][0]} if points else {}
    return DecisionForm(request.form if request.method == "POST" else None, data=first).offer(points, shops)


def _decide(code: str, form: DecisionForm) -> None:
    about = None if form.about.data == wording.WHOLE else int(form.about.data)
    now, who, version = house().now(), actor(), _version()
    with transaction() as write:
        found = tickets.locked(write, codes.parse(code), seen_by=who)
        if form.decision.data != outcomes.GOODWILL:
            services.decide(
                write,
                found,
                about,
                form.decision.data,
                form.reason.data,
                actor=who,
                now=now,
                house=house(),
                version=version,
            )
            return
        courtesy = Courtesy(
            about, form.reason.data, form.cost.cents, form.minutes.data or 0, form.shop_id, form.over_budget.data or ""
        )
        grant(write, found, courtesy, actor=who, now=now, house=house(), version=version)


def _version() -> int | None:
    seen = request.form.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else None


def _beside(form: DecisionForm, no: Refused | Stale) -> list[tuple[str, str]]:
    """The sentence beside the field that it is about, else on top."""
    if isinstance(no, Stale):
        return [
            (
                "",
                _(
                    "Somebody changed this ticket in the meantime. What you typed is still here: look at what is new, then send it again."
                ),
            )
        ]
    if no.field and no.field in form:
        form[no.field].errors = [*form[no.field].errors, refusal(no)]
        return []
    return [("", refusal(no))]


def _page(found: Ticket, form: DecisionForm, more: list[tuple[str, str]], code: int, *, tried: bool = False) -> Any:
    session = reading()
    latest = tickets.latest_verdict(session, found.id)
    shop = session.get(Shop, found.shop_id) if found.shop_id is not None else None
    page = render_template(
        "management/decision.html", ticket=found, code=codes.grouped(found.code), form=form, more=more,
        item=f"{vocabulary.family(found.item.family)} {found.item.model.name if found.item.model else found.item.model_text}",
        status=status(found.status, still_open(found.waits), reader="lab"), points=wording.points(found, latest, lineage.own_work(session, found, house=house())),
        facts=wording.facts(found, shop.name if shop else "", seal_fact(seal_before(reading(), found))), readings=paired(tickets.readings(session, found), found.item.family, house().brand),
        photos=[(each.id, vocabulary.photo_subject(each.subject), vocabulary.photo_stage(each.stage)) for each in tickets.photos(session, found.id)],
        papers=files(session, found.proof_id), chain=chain(tickets.verdicts(session, found.id)), has_shop=shop is not None,
        preview=_preview(form) if tried else None, legal=latest.record["legal_review"],
        terms=terms_of(session, found, latest, house=house()),
    )  # fmt: skip
    return page, code


def _preview(form: DecisionForm) -> VerdictWords:
    """What the customer will read of it, with the reason as it is typed."""
    by = {
        "outcome": form.decision.data,
        "reason": form.reason.data,
        "by": actor().name,
        "at": house().now().isoformat(),
    }
    return spoken(form.decision.data, by, reader="customer")
