"""A replacement for a shop's customer: the shop chooses for them, or says that none is right."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request

from service_center.accounts.access import actor, shops
from service_center.core.database import reading, transaction
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, language
from service_center.documents.printed import replacement_of
from service_center.offers.queries import replacements, standing_offer
from service_center.offers.services import replacements as services
from service_center.retailers.room import room
from service_center.retailers.ticket_views import back, found, found_in
from service_center.tickets import codes
from service_center.tickets.choosing import ChoiceForm
from service_center.tickets.models import Ticket
from service_center.tickets.wording import remedies, verdicts


@room.route("/tickets/<code>/replacement", methods=["GET", "POST"])
@shops
def replacement(code: str) -> Any:
    """Choose one of the items offered, or none of them."""
    here = found(code)
    form = _form(here)
    if request.method == "GET" or not form.validate():
        return _page(here, form, [])
    given = services.Answer(
        form.model_id, form.words.data or "", form.consent, form.signed.data or "", request.remote_addr or ""
    )
    try:
        with transaction() as write:
            services.answer(write, found_in(write, code), given, actor=actor(), now=house().now(), house=house())
    except Refused as no:
        return _page(found(code), form, form.refused(no))
    flash(
        _("Noted: a person at the lab looks for another way.")
        if given.model_id is None
        else _("The choice is confirmed."),
        "ok",
    )
    return back(code)


def _form(here: Ticket) -> ChoiceForm:
    made = replacements(reading(), here.id)
    if not made or made[-1].answer == "withdrawn":
        raise NotFound
    form = ChoiceForm(request.form).offer(made[-1].candidates, family_of_old=here.item.family)
    form.choice.label.text = _("What does the customer want in its place?")
    form.signed.label.text = _("The customer's full name, in place of a signature")
    return form


def _page(here: Ticket, form: ChoiceForm, more: list[tuple[str, str]]) -> Any:
    latest = replacements(reading(), here.id)[-1]
    taken = [each for each in latest.candidates if each["model_id"] == latest.chosen_model_id]
    page = render_template(
        "retailers/replacement.html", ticket=here, code=codes.grouped(here.code), offer=latest, form=form, more=more, open=latest.answer is None,
        item=remedies.identity(here.item), why=remedies.why(latest.why, reader="shop"), consents=bool(form.agreed.description),
        keeps=remedies.keeps(here.last_covered_day, reader="shop"), chosen=remedies.cards(taken, family_of_old=here.item.family),
        rights=verdicts.rights_notice(),
    )  # fmt: skip
    return page, 422 if more or form.errors else 200


@room.get("/tickets/<code>/replacement.pdf")
@shops
def replacement_pdf(code: str) -> Response:
    """The confirmation of what was chosen."""
    here = found(code)
    made = standing_offer(reading(), here.id)
    if made is None or made.answer != "chosen":
        raise NotFound
    content = replacement_of(reading(), here, made, house=house(), language=language())
    return pdf(content, codes.grouped(here.code))
