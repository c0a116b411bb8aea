"""One repair as its shop sees it, and the small things that are done on its page."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, shops
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.uploads import for_good, receive_all
from service_center.core.webforms import Form
from service_center.messages.services import mark_read, say
from service_center.parcels import services as parcels
from service_center.parcels.forms import ArrivedForm
from service_center.retailers import services
from service_center.retailers.forms import MessageForm, PapersForm, PostForm
from service_center.retailers.page import shown, unread
from service_center.retailers.room import room
from service_center.tickets import codes, queries
from service_center.tickets.models import Ticket
from service_center.tickets.papers_seen import words_if_seen
from service_center.tickets.wording.refusals import refusal


def found(code: str) -> Ticket:
    """The ticket behind an address; NotFound also when it is another shop's."""
    return queries.get(reading(), codes.parse(code), seen_by=actor())


def back(code: str, anchor: str | None = None) -> Any:
    """To the repair's page."""
    return redirect(url_for("retailers.ticket", code=code, _anchor=anchor))


@room.get("/tickets/<code>")
@shops
def ticket(code: str) -> Any:
    """Where it is, what is needed, whose days they were."""
    here = found(code)
    page = _page(here)
    if unread(reading(), here.id):
        with transaction() as session:
            mark_read(session, here, actor=actor(), now=house().now())
    return page


def _page(here: Ticket, form: Form | None = None, no: Refused | None = None) -> str:
    """The page; a form that was refused keeps what was typed, and says why."""
    forms = {"post": PostForm(), "papers": PapersForm(), "message": MessageForm(), "arrived": ArrivedForm()}
    if form is not None:
        forms.update({name: form for name, fresh in forms.items() if type(fresh) is type(form)})
    more: list[tuple[str, str]] = []
    if form is not None and no is not None:
        if no.field and no.field in form:
            form[no.field].errors = [*form[no.field].errors, refusal(no)]
        else:
            more = [("", refusal(no))]
    return render_template(
        "retailers/ticket.html", **shown(reading(), here, who=actor(), house=house()), form=form, forms=forms, more=more, max_bytes=limits.FILE_BYTES
    )  # fmt: skip


@room.post("/tickets/<code>/messages")
@shops
def message(code: str) -> Any:
    """Write to the lab."""
    here, form = found(code), MessageForm(request.form)
    if not form.validate():
        return _page(here, form), 422
    with transaction() as session:
        say(session, found_in(session, code), form.text.data, actor=actor(), now=house().now())
    flash(_("Your message is at the lab."), "ok")
    return back(code, "thread")


def found_in(session: Any, code: str) -> Ticket:
    """The ticket in a transaction's own session."""
    return queries.locked(session, codes.parse(code), seen_by=actor())


@room.post("/tickets/<code>/post")
@shops
def post(code: str) -> Any:
    """The parcel left for the lab."""
    here, form = found(code), PostForm(request.form)
    if not form.validate():
        return _page(here, form), 422
    try:
        with transaction() as session:
            services.post(
                session,
                found_in(session, code),
                form.courier.data or "",
                form.tracking.data or "",
                actor=actor(),
                now=house().now(),
                house=house(),
            )
    except Refused as no:
        return _page(found(code), form, no), 422
    flash(_("Noted: the parcel is on its way."), "ok")
    return back(code)


@room.post("/tickets/<code>/papers")
@shops
def papers(code: str) -> Any:
    """Documents that were asked for; the lab looks at them."""
    here, form = found(code), PapersForm(request.form)
    if not form.validate():
        return _page(here, form), 422
    try:
        kept = receive_all(request.files.getlist("papers"), house().storage, field="papers", pdf=True)
        names = _("Documents sent: %(names)s", names=", ".join(each.name or _("document") for each in kept))
        words = "\n".join(each for each in (names, form.note.data) if each)
        with for_good(kept, house().storage), transaction() as session:
            services.send_papers(session, found_in(session, code), kept, words, actor=actor(), now=house().now())
    except Refused as no:
        return _page(here, form, no), 422
    flash(_("The documents are at the lab, which looks at them."), "ok")
    if seen := words_if_seen(reading(), kept, besides=here.proof_id):
        flash(seen, "wait")
    return back(code)


@room.post("/tickets/<code>/delivered")
@shops
def delivered(code: str) -> Any:
    """It has arrived at the shop."""
    here, form = found(code), ArrivedForm(request.form)
    if not form.validate():
        return _page(here, form), 422
    with transaction() as session:
        parcels.deliver(session, found_in(session, code), form.signed_by.data or "", actor=actor(), now=house().now(), house=house())  # fmt: skip
    flash(_("Noted: it has arrived."), "ok")
    return back(code)
