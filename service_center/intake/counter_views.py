"""The lab's own page for a new ticket, and what is printed right after it."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, lab
from service_center.core import limits
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.house import house
from service_center.documents.printed import slip_of
from service_center.intake.counter_forms import CounterForm
from service_center.intake.room import room
from service_center.labels import bag as bag_label
from service_center.labels import compose as labels
from service_center.tickets import codes, desk, queries
from service_center.tickets.asking import Moment
from service_center.tickets.held import Held
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import Asking
from service_center.tickets.wording import statuses, verdicts
from service_center.tickets.wording.terms import terms_of


@room.route("/lab/intake/new", methods=["GET", "POST"])
@lab
def counter() -> Any:
    """Take down what somebody asks."""
    return desk.take_down(*_desk())


@room.post("/lab/intake/new/verdict")
@lab
def counter_verdict() -> str:
    """The verdict so far."""
    return desk.answer_live(*_desk())


def _desk() -> tuple[CounterForm, desk.Desk]:
    form = CounterForm(request.form).at(families=house().rulebook.newest.families, today=house().today())

    def moment() -> Moment:
        return Moment(form.asked_at(house().now()), form.evidence(), form.carrier_day())

    def asking() -> Asking:
        asked = moment()
        return Asking(
            channel=form.way, evidence=asked.evidence, requested_at=asked.requested_at, customer=form.new_customer(),
            return_to=form.return_to(), action=form.opens_by(), carrier_accepted_on=asked.carrier_accepted_on,
        )  # fmt: skip

    def page(files: Held, live: desk.Live) -> str:
        shops = [f"{shop.name}, {shop.city}" for shop in accounts.shops(reading(), seen_by=actor())]
        return render_template(
            "intake/counter.html", form=form, live=live, max_bytes=limits.FILE_BYTES, shops=shops, kept=files.counted(),
            verdict_url=url_for("intake.counter_verdict"),
        )  # fmt: skip

    return form, desk.Desk(page, moment, asking, open_page="lab.ticket", opened_page="intake.counter_opened")


# --- what is printed ---------------------------------------------------------------------------------------------------


def _found(code: str) -> Ticket:
    return queries.get(reading(), codes.parse(code), seen_by=actor())


@room.get("/lab/intake/<code>")
@lab
def counter_opened(code: str) -> Any:
    """The code, the PIN for the slip, and where to go on."""
    ticket = _found(code)
    latest = queries.latest_verdict(reading(), ticket.id)
    terms = terms_of(reading(), ticket, latest, house=house())
    return render_template(
        "intake/counter_opened.html", ticket=ticket, code=codes.grouped(ticket.code), pin=desk.pin_of(ticket.code),
        badge_words=statuses.status(ticket.status, statuses.still_open(ticket.waits), reader="lab"), here=ticket.status is Status.RECEIVED,
        unsafe=ticket.safety, verdict=verdicts.verdict(latest.record, reader="lab", clocks=terms),
    )  # fmt: skip


@room.get("/lab/intake/<code>/slip.pdf")
@lab
def counter_slip(code: str) -> Response:
    """The dated slip in the customer's language."""
    ticket = _found(code)
    content = slip_of(reading(), ticket, desk.pin_of(ticket.code), house=house())
    return pdf(content, f"slip-{codes.grouped(ticket.code)}")


@room.get("/lab/intake/<code>/bag.pdf")
@lab
def counter_bag(code: str) -> Response:
    """The label of the bag."""
    ticket = _found(code)
    return pdf(bag_label.draw(labels.bag_label(ticket, house=house())), f"bag-{codes.grouped(ticket.code)}")
