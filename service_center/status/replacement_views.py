"""What may take the place of an item: the customer reads it on the phone and chooses."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, render_template, request

from service_center.accounts.access import by_link
from service_center.core.database import reading, transaction
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _, language
from service_center.documents.printed import replacement_of
from service_center.offers.queries import replacements, standing_offer
from service_center.offers.services import replacements as services
from service_center.status.pages import back, owned
from service_center.status.views import room
from service_center.tickets import codes, queries
from service_center.tickets.choosing import ChoiceForm
from service_center.tickets.wording import remedies, verdicts


@room.route("/status/<code>/replacement", methods=["GET", "POST"])
@by_link
def replacement(code: str) -> Any:
    """Choose one of the items offered, or none of them."""
    ticket, who = owned(code)
    form = _form(code)
    if request.method == "GET" or not form.validate():
        return _page(code, form, [])
    given = services.Answer(
        form.model_id, form.words.data or "", form.consent, form.signed.data or "", request.remote_addr or ""
    )
    try:
        with transaction() as write:
            services.answer(
                write,
                queries.locked(write, ticket.code, seen_by=who),
                given,
                actor=who,
                now=house().now(),
                house=house(),
            )
    except Refused as no:
        return _page(code, form, form.refused(no))
    flash(
        _("Thank you: it is noted, a person looks for another way.")
        if given.model_id is None
        else _("Thank you: your choice is confirmed."),
        "ok",
    )
    return back(code)


def _form(code: str) -> ChoiceForm:
    ticket, _who = owned(code)
    made = replacements(reading(), ticket.id)
    if not made or made[-1].answer == "withdrawn":
        raise NotFound
    return ChoiceForm(request.form).offer(made[-1].candidates, family_of_old=ticket.item.family)


def _page(code: str, form: ChoiceForm, more: list[tuple[str, str]]) -> Any:
    ticket, _who = owned(code)
    latest = replacements(reading(), ticket.id)[-1]
    taken = [each for each in latest.candidates if each["model_id"] == latest.chosen_model_id]
    page = render_template(
        "status/replacement.html", code=code, offer=latest, form=form, more=more, open=latest.answer is None,
        item=remedies.identity(ticket.item), why=remedies.why(latest.why, reader="customer"), consents=bool(form.agreed.description),
        keeps=remedies.keeps(ticket.last_covered_day, reader="customer"), chosen=remedies.cards(taken, family_of_old=ticket.item.family),
        rights=verdicts.rights_notice(),
    )  # fmt: skip
    return page, 422 if more or form.errors else 200


@room.get("/status/<code>/replacement.pdf")
@by_link
def replacement_pdf(code: str) -> Response:
    """The confirmation of what was chosen."""
    here, _who = owned(code)
    made = standing_offer(reading(), here.id)
    if made is None or made.answer != "chosen":
        raise NotFound
    content = replacement_of(reading(), here, made, house=house(), language=language())
    return pdf(content, codes.grouped(here.code))
