"""A new repair on one page, what the rules say while it is filled in, and the page with code, slip and PIN."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, shops
from service_center.accounts.models import Shop
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.retailers.forms import RepairForm
from service_center.retailers.room import room
from service_center.tickets import codes, desk, queries
from service_center.tickets.asking import Moment
from service_center.tickets.held import Held
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Channel
from service_center.tickets.services.opening import Asking, Opened
from service_center.tickets.services.taking import take
from service_center.tickets.wording import statuses, verdicts
from service_center.warranty.vocabulary import Evidence

FIELDS = {"requested_on": "asked_on"}
"""What opening calls a field, and what this page calls it."""


@room.route("/new", methods=["GET", "POST"])
@shops
def new() -> Any:
    """Take in a repair."""
    form = _form()
    if request.method == "GET":
        return _page(desk.fresh(form), Held())
    before = desk.sent_before(form)
    if before:
        return redirect(url_for("retailers.opened", code=codes.grouped(before)))
    files, good = desk.read(form)
    if good and not form.another.data and desk.find_twins(reading(), form, files.fingerprints()):
        desk.ask_about_twins(form)
        good = False
    code = _open(form, files) if good else None
    return redirect(url_for("retailers.opened", code=code)) if code else (_page(desk.fresh(form), files), 422)


@room.post("/new/verdict")
@shops
def new_verdict() -> Any:
    """The panel beside the form; without a script it comes with the whole page, files and all."""
    form = _form()
    if not desk.is_live():
        files, _good = desk.read(form)
        live = _live(form, files)
        desk.forgive(form)
        return _page(desk.fresh(form), files, live)
    form.validate()
    return render_template("tickets/live.html", form=form, live=_live(form, Held()))


def _form() -> RepairForm:
    places = accounts.shops(reading(), seen_by=actor())
    if not places:
        raise NotFound
    families = house().rulebook.newest.families
    return RepairForm(request.form).at(places, families=families, today=house().today())


def _moment(form: RepairForm) -> Moment:
    """Today's hand-over is on the dated slip; an earlier one is the shop's word (R08, R14)."""
    evidence = Evidence.RETAILER_ENTRY if form.asked_earlier() else Evidence.RETAILER_SLIP
    return Moment(form.asked_at(house().now()), evidence.value)


def _live(form: RepairForm, files: Held) -> desk.Live:
    return desk.live(reading(), form, _moment(form), files.fingerprints(), open_page="retailers.ticket")


def _open(form: RepairForm, files: Held) -> str | None:
    """The new ticket's code; None when it was refused, and the form says why."""
    shop = form.standing_in(accounts.shops(reading(), seen_by=actor()))
    try:
        with transaction() as session:
            opened = take(
                session,
                desk.told(session, form, files),
                _asking(form, shop),
                actor=actor(),
                now=house().now(),
                house=house(),
            )
    except Refused as no:
        desk.blame(form, no, FIELDS)
        return None
    desk.remember(form, opened)
    return _said(opened)


def _asking(form: RepairForm, shop: Shop | None) -> Asking:
    if shop is None:
        raise Refused("shop_of_another_retailer", field="shop")
    moment = _moment(form)
    return Asking(
        channel=Channel.RETAILER, evidence=moment.evidence, requested_at=moment.requested_at, customer=form.new_customer(),
        return_to=form.return_to(shop), shop=shop, shop_reference=form.reference.data or "",
    )  # fmt: skip


def _said(opened: Opened) -> str:
    if opened.ticket.status is not Status.REQUESTED:
        flash(_("Saved. This date counts for the guarantee."), "ok")
    return codes.grouped(opened.ticket.code)


def _page(form: RepairForm, files: Held, live: desk.Live | None = None) -> str:
    places = accounts.shops(reading(), seen_by=actor())
    return render_template(
        "retailers/new.html", form=form, live=live or _live(form, files), several=len(places) > 1, now=house().now(), max_bytes=limits.FILE_BYTES,
        kept={name: len(getattr(files, name)) for name in ("receipt", "card_photo", "photos")}, verdict_url=url_for("retailers.new_verdict"),
    )  # fmt: skip


@room.get("/tickets/<code>/opened")
@shops
def opened(code: str) -> Any:
    """What the customer takes along, and what goes into the bag."""
    ticket = queries.get(reading(), codes.parse(code), seen_by=actor())
    record = queries.latest_verdict(reading(), ticket.id).record
    waits = [wait for wait in ticket.waits if wait.closed_at is None]
    needs = [statuses.need(need, reader="shop") for wait in waits for need in wait.detail.get("needs", ())]
    return render_template(
        "retailers/opened.html", ticket=ticket, code=codes.grouped(ticket.code), pin=desk.pin_of(ticket.code), needs=needs,
        unsafe=ticket.status is Status.REQUESTED, verdict=verdicts.verdict(record, reader="shop"),
    )  # fmt: skip
