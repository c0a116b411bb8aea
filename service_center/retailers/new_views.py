"""A new repair on one page, what the rules say while it is filled in, and the page with code, slip and PIN."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, shops
from service_center.core import limits
from service_center.core.database import reading
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.retailers.forms import RepairForm
from service_center.retailers.room import room
from service_center.tickets import codes, desk, queries
from service_center.tickets.asking import Moment
from service_center.tickets.held import Held
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Channel
from service_center.tickets.services.opening import Asking
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.needs import need
from service_center.tickets.wording.terms import terms_of
from service_center.warranty.vocabulary import Evidence


@room.route("/new", methods=["GET", "POST"])
@shops
def new() -> Any:
    """Take in a repair."""
    return desk.take_down(*_desk())


@room.post("/new/verdict")
@shops
def new_verdict() -> str:
    """The verdict so far."""
    return desk.answer_live(*_desk())


def _desk() -> tuple[RepairForm, desk.Desk]:
    places = accounts.shops(reading(), seen_by=actor())
    if not places:
        raise NotFound
    form = RepairForm(request.form).at(places, families=house().rulebook.newest.families, today=house().today())

    def moment() -> Moment:
        """Today's hand-over is on the dated slip; an earlier one is the shop's word (R08, R14)."""
        evidence = Evidence.RETAILER_ENTRY if form.asked_earlier() else Evidence.RETAILER_SLIP
        return Moment(form.asked_at(house().now()), evidence.value)

    def asking() -> Asking:
        shop, asked = form.standing_in(places), moment()
        if shop is None:
            raise Refused("shop_of_another_retailer", field="shop")
        return Asking(
            channel=Channel.RETAILER, evidence=asked.evidence, requested_at=asked.requested_at, customer=form.new_customer(),
            return_to=form.return_to(shop), shop=shop, shop_reference=form.reference.data or "",
        )  # fmt: skip

    def page(files: Held, live: desk.Live) -> str:
        return render_template(
            "retailers/new.html", form=form, live=live, several=len(places) > 1, now=house().now(), max_bytes=limits.FILE_BYTES,
            kept=files.counted(), verdict_url=url_for("retailers.new_verdict"),
        )  # fmt: skip

    return form, desk.Desk(page, moment, asking, open_page="retailers.ticket", opened_page="retailers.opened")


@room.get("/tickets/<code>/opened")
@shops
def opened(code: str) -> Any:
    """What the customer takes along, and what goes into the bag."""
    ticket = queries.get(reading(), codes.parse(code), seen_by=actor())
    latest = queries.latest_verdict(reading(), ticket.id)
    terms = terms_of(reading(), ticket, latest, house=house())
    waits = [wait for wait in ticket.waits if wait.closed_at is None]
    needs = [need(each, reader="shop") for wait in waits for each in wait.detail.get("needs", ())]
    return render_template(
        "retailers/opened.html", ticket=ticket, code=codes.grouped(ticket.code), pin=desk.pin_of(ticket.code), needs=needs,
        unsafe=ticket.status is Status.REQUESTED, verdict=verdicts.verdict(latest.record, reader="shop", clocks=terms),
    )  # fmt: skip
