"""The owner's page: what the e-mailed link, or the code with the slip's PIN, opens."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts.access import by_link, owner_of, public, remember_owner
from service_center.accounts.models import Purpose
from service_center.accounts.services import follow_link
from service_center.accounts.tokens import digest
from service_center.core.budgets import spend
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.uploads import Kept, chosen, for_good, receive_all
from service_center.messages import queries as messages
from service_center.messages import services as talking
from service_center.messages import wording as talked
from service_center.messages.complaints import DENIALS
from service_center.offers.queries import quotes, replacements
from service_center.offers.wording import replaced
from service_center.parcels import services as parcels
from service_center.parcels.forms import AddressForm, ArrivedForm, address_of
from service_center.parcels.queries import shipments
from service_center.proofs.queries import files as proof_files
from service_center.status.forms import MessageForm, PinForm, PostedForm
from service_center.status.pages import FINISHED, back, owned, shown, unknown_code
from service_center.status.queries import standing
from service_center.status.remedy import choice_of
from service_center.status.views import room
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import BEFORE_POSTING, Action, Facts, Status
from service_center.tickets.models import Ticket
from service_center.tickets.papers_seen import words_if_seen
from service_center.tickets.services.advancing import advance
from service_center.tickets.services.custody import chain_of
from service_center.tickets.services.papers import add_papers
from service_center.tickets.stepping import step_for
from service_center.tickets.wording.contents import contents
from service_center.tickets.wording.custody import custody
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.vocabulary import accessory, photo_stage, photo_subject, symptom

PINS_AN_HOUR = 5


@room.get("/status/<code>/owner")
@by_link
def owner(code: str) -> Any:
    """Open with the link's key, once for a day; without one, ask for the slip's PIN or send a link."""
    known = codes.parse(code)
    key = request.args.get("key", "")
    if key:
        link = follow_link(reading(), Purpose.OWNER, key, now=house().now())
        here = standing(reading(), known, house=house())
        if here is None or here.id != link.subject_id:
            raise NotFound
        remember_owner(known, here.id)
        return redirect(url_for("status.owner", code=codes.grouped(known)))
    if owner_of(known) is None:
        if standing(reading(), known, house=house()) is None:
            unknown_code()
            raise NotFound
        return render_template("status/enter.html", code=codes.grouped(known), form=PinForm(), more=[])
    return _page(code)


def _page(code: str, more: list[tuple[str, str]] | None = None, **forms: Any) -> Any:
    """The owner's page, with what was refused and typed where something was."""
    ticket, who = owned(code)
    here = standing(reading(), ticket.code, house=house())
    if here is None:
        raise NotFound
    page = render_template(
        "status/owner.html", ticket=ticket, more=more or [], forms={"message": MessageForm(), "posted": PostedForm(), "arrived": ArrivedForm(), **forms},
        photos=[(p.id, photo_subject(p.subject), photo_stage(p.stage)) for p in queries.photos(reading(), ticket.id)],
        papers=proof_files(reading(), ticket.proof_id), thread=messages.thread(reading(), ticket.id),
        parcels=shipments(reading(), ticket.id), quotes=quotes(reading(), ticket.id), offered=bool(replacements(reading(), ticket.id)), replaced=replaced(reading(), ticket),
        symptoms=[symptom(each) for each in ticket.symptoms], accessories=[accessory(each) for each in ticket.accessories],
        before_posting=ticket.status in BEFORE_POSTING and not ticket.safety, may_cancel=ticket.status in BEFORE_POSTING,
        may_move=step_for(ticket.status, Action.CHANGE_ADDRESS, Facts()) is not None, arrived=ticket.status is Status.SHIPPED_OUT,
        contents=contents(ticket, today=house().today()),
        complaints=[talked.complaint(each, today=house().today()) for each in messages.complaints_on(reading(), ticket.id, seen_by=who)],
        hands=custody(chain_of(reading(), ticket), reader="customer"),
        remedy=choice_of(reading(), ticket, house=house()), finished=ticket.status in FINISHED, may_object=ticket.verdict in DENIALS, failed=bool(more), **shown(here, own=True),
    )  # fmt: skip
    return (page, 422) if more else page


@room.post("/status/<code>/owner")
@public
def enter(code: str) -> Any:
    """Code and PIN of the slip together open the owner's page; few tries an hour."""
    known, form, now = codes.parse(code), PinForm(request.form), house().now()
    sentence = _("Code and PIN do not belong together.")
    if form.validate():
        with transaction(once=False) as write:
            allowed = spend(write, f"pin:{known}", limit=PINS_AN_HOUR, per=timedelta(hours=1), now=now)
        if not allowed:
            sentence = _("Too many attempts. Wait an hour, or ask for the link by e-mail.")
        elif (ticket_id := _with_pin(known, form.pin.data)) is not None:
            remember_owner(known, ticket_id)
            return back(codes.grouped(known))
    more = [] if form.errors else [("pin", sentence)]
    return render_template("status/enter.html", code=codes.grouped(known), form=form, more=more), 422


def _with_pin(code: str, typed: str) -> int | None:
    row = reading().query(Ticket.id, Ticket.pin_hash).filter(Ticket.code == code).one_or_none()
    pin = "".join(each for each in typed if each.isdigit())
    good = hmac.compare_digest(digest(pin), (row.pin_hash if row else None) or "")
    return int(row.id) if row and good else None


@room.post("/status/<code>/posted")
@by_link
def posted(code: str) -> Any:
    """The customer has sent the parcel; courier and number are welcome."""
    ticket, who = owned(code)
    form = PostedForm(request.form)
    if not form.validate():
        return _page(code, [("", _("Check what you typed."))], posted=form)
    return _done(code, _("Thank you: we look out for it."), lambda write: parcels.announce(
        write, queries.locked(write, ticket.code, seen_by=who), form.courier.data or "", form.tracking.data or "", actor=who, now=house().now(), house=house()
    ))  # fmt: skip


@room.post("/status/<code>/arrived")
@by_link
def arrived(code: str) -> Any:
    """The customer has the item back."""
    ticket, who = owned(code)
    form = ArrivedForm(request.form)
    if not form.validate():
        return _page(code, [("signed_by", str(error)) for error in form.signed_by.errors], arrived=form)
    return _done(code, _("Thank you. If something is not right, write to us here."), lambda write: parcels.deliver(
        write, queries.locked(write, ticket.code, seen_by=who), form.signed_by.data or "", actor=who, now=house().now(), house=house()
    ))  # fmt: skip


@room.route("/status/<code>/cancel", methods=["GET", "POST"])
@by_link
def cancel(code: str) -> Any:
    """Cancel before posting; the page says first what happens."""
    ticket, _who = owned(code)
    if ticket.status not in BEFORE_POSTING:
        return _page(
            code, [("", refusal(Refused("not_from_here", action=Action.CANCEL.value, status=ticket.status.value)))]
        )
    if request.method == "GET":
        return render_template("status/cancel.html", code=code)
    return _step(code, Action.CANCEL, _("The request is cancelled."))


def _step(code: str, action: Action, words: str) -> Any:
    ticket, who = owned(code)
    return _done(code, words, lambda write: advance(
        write, queries.locked(write, ticket.code, seen_by=who), action, actor=who, now=house().now(), house=house()
    ))  # fmt: skip


def _done(code: str, words: str, change: Any, files: Sequence[Kept] = ()) -> Any:
    """Make one change and come back to the page; a refusal is said on it."""
    try:
        with for_good(files, house().storage), transaction() as write:
            change(write)
    except Refused as no:
        return _page(code, [("", refusal(no))])
    flash(words, "ok")
    return back(code)


@room.post("/status/<code>/messages")
@by_link
def say(code: str) -> Any:
    """A message to the lab."""
    ticket, who = owned(code)
    form = MessageForm(request.form)
    if not form.validate():
        return _page(code, [("text", " ".join(map(str, form.text.errors)))], message=form)
    return _done(code, _("Your message is with us."), lambda write: talking.say(
        write, queries.locked(write, ticket.code, seen_by=who), form.text.data, actor=who, now=house().now()
    ))  # fmt: skip


@room.post("/status/<code>/papers")
@by_link
def add(code: str) -> Any:
    """Papers that were asked for; they are stored first, then hung on the proof, and the lab looks at them."""
    ticket, who = owned(code)
    files = chosen(request.files.getlist("files"))
    if not files:
        return _page(code, [("files", _("Choose a photograph or a PDF first."))])
    try:
        kept = receive_all(files, house().storage, field="files", pdf=True)
    except Refused as no:
        return _page(code, [("files", refusal(no))])
    said = words_if_seen(reading(), kept, besides=ticket.proof_id)
    return _done(code, said or _("Thank you: we have your papers and look at them."), lambda write: add_papers(
        write, queries.locked(write, ticket.code, seen_by=who), kept, actor=who, now=house().now()
    ), kept)  # fmt: skip


@room.route("/status/<code>/address", methods=["GET", "POST"])
@by_link
def address(code: str) -> Any:
    """Another way back, until a parcel is booked."""
    ticket, who = owned(code)
    if step_for(ticket.status, Action.CHANGE_ADDRESS, Facts()) is None:
        return _page(code, [("", refusal(Refused("not_from_here", action=Action.CHANGE_ADDRESS.value, status=ticket.status.value)))])  # fmt: skip
    form = AddressForm(request.form, data=address_of(ticket))
    if request.method == "GET" or not form.validate():
        return render_template(
            "status/address.html", form=form, code=code, more=[]
        ), 200 if request.method == "GET" else 422
    try:
        with transaction() as write:
            mine = queries.locked(write, ticket.code, seen_by=who)
            parcels.change_address(write, mine, form.address(), actor=who, now=house().now(), house=house())
    except Refused as no:
        return render_template("status/address.html", form=form, code=code, more=[(no.field or "", refusal(no))]), 422
    flash(_("The new address is saved."), "ok")
    return back(code)
