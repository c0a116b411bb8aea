"""The lab's own page for a new ticket, and what is printed right after it."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts import queries as accounts
from service_center.accounts.access import actor, lab
from service_center.core import limits
from service_center.core.database import reading, transaction
from service_center.core.downloads import pdf
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
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
from service_center.tickets.services.taking import take
from service_center.tickets.wording import statuses, verdicts

FIELDS = {"requested_on": "asked_on"}
"""What opening calls a field, and what this page calls it."""


@room.route("/lab/intake/new", methods=["GET", "POST"])
@lab
def counter() -> Any:
    """Take down what somebody asks."""
    form = _form()
    if request.method == "GET":
        return _page(desk.fresh(form), Held())
    before = desk.sent_before(form)
    if before:
        return redirect(url_for("intake.counter_opened", code=codes.grouped(before)))
    files, good = desk.read(form)
    if good and not form.another.data and desk.find_twins(reading(), form, files.fingerprints()):
        desk.ask_about_twins(form)
        good = False
    code = _open(form, files) if good else None
    return redirect(url_for("intake.counter_opened", code=code)) if code else (_page(desk.fresh(form), files), 422)


@room.post("/lab/intake/new/verdict")
@lab
def counter_verdict() -> Any:
    """The panel beside the form; without a script it comes with the whole page, files and all."""
    form = _form()
    if not desk.is_live():
        files, _good = desk.read(form)
        live = _live(form, files)
        desk.forgive(form)
        return _page(desk.fresh(form), files, live)
    form.validate()
    return render_template("tickets/live.html", form=form, live=_live(form, Held()))


def _form() -> CounterForm:
    return CounterForm(request.form).at(families=house().rulebook.newest.families, today=house().today())


def _moment(form: CounterForm) -> Moment:
    return Moment(form.asked_at(house().now()), form.evidence(), form.carrier_day())


def _live(form: CounterForm, files: Held) -> desk.Live:
    return desk.live(reading(), form, _moment(form), files.fingerprints(), open_page="lab.ticket")


def _open(form: CounterForm, files: Held) -> str | None:
    """The new ticket's code; None when it was refused, and the form says why."""
    moment = _moment(form)
    asking = Asking(
        channel=form.way, evidence=moment.evidence, requested_at=moment.requested_at, customer=form.new_customer(),
        return_to=form.return_to(), action=form.opens_by(), carrier_accepted_on=moment.carrier_accepted_on,
    )  # fmt: skip
    try:
        with transaction() as session:
            opened = take(
                session, desk.told(session, form, files), asking, actor=actor(), now=house().now(), house=house()
            )
    except Refused as no:
        desk.blame(form, no, FIELDS)
        return None
    desk.remember(form, opened)
    flash(_("Saved."), "ok")
    return codes.grouped(opened.ticket.code)


def _page(form: CounterForm, files: Held, live: desk.Live | None = None) -> str:
    shops = [f"{shop.name}, {shop.city}" for shop in accounts.shops(reading(), seen_by=actor())]
    return render_template(
        "intake/counter.html", form=form, live=live or _live(form, files), max_bytes=limits.FILE_BYTES, shops=shops,
        kept={name: len(getattr(files, name)) for name in ("receipt", "card_photo", "photos")}, verdict_url=url_for("intake.counter_verdict"),
    )  # fmt: skip


# --- what is printed ---------------------------------------------------------------------------------------------------


def _found(code: str) -> Ticket:
    return queries.get(reading(), codes.parse(code), seen_by=actor())


@room.get("/lab/intake/<code>")
@lab
def counter_opened(code: str) -> Any:
    """The code, the PIN for the slip, and where to go on."""
    ticket = _found(code)
    record = queries.latest_verdict(reading(), ticket.id).record
    return render_template(
        "intake/counter_opened.html", ticket=ticket, code=codes.grouped(ticket.code), pin=desk.pin_of(ticket.code),
        badge_words=statuses.status(ticket.status, statuses.still_open(ticket.waits), reader="lab"), here=ticket.status is Status.RECEIVED,
        unsafe=ticket.safety, verdict=verdicts.verdict(record, reader="lab"),
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
