"""The person, the last look at every answer, sending, and what comes after it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for

from service_center.accounts.access import owner_of, public, remember_owner
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.intake import browser, places, queries, services, summary
from service_center.intake.answers import Reader
from service_center.intake.draft import MOST_ITEMS, Draft, from_json, typed_of
from service_center.intake.forms import fields_of
from service_center.intake.room import room
from service_center.intake.wording import parcel
from service_center.labels import compose as labels
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.wording import vocabulary as words
from service_center.tickets.wording.refusals import refusal

JUST_SENT = timedelta(minutes=15)


@room.get("/repairs/new/another")
@public
@browser.unsent
def another() -> Any:
    """Whether more than one item goes into the parcel."""
    kept, reader = browser.draft(), browser.reader()
    elsewhere = places.open_place(reader, kept)
    if elsewhere is not None:
        return redirect(elsewhere)
    return render_template(
        "intake/another.html", items=summary.names(reader, kept), may_add=len(kept.items) < MOST_ITEMS, number=len(kept.items),
        onward=places.last_place(reader, kept), back=places.item_end(reader, kept), question=places.NUMBERS["when"], questions=places.QUESTIONS,
    )  # fmt: skip


@room.route("/repairs/new/you", methods=["GET", "POST"])
@public
@browser.unsent
def you() -> Any:
    """Who asks, and where the item goes back to."""
    kept, reader, more = browser.draft(), browser.reader(), list[tuple[str, str]]()
    status = 200
    if request.method == "POST":
        typed = typed_of(request.form.to_dict(flat=False), fields_of(reader.you(kept)))
        kept = replace(kept, you=typed)
        if browser.may("kept", browser.KEPT_AN_HOUR):
            kept, status = browser.change(lambda draft: replace(draft, you=typed)), 422
        else:
            more, status = [("", _("That was very much in a short time. Wait a little, then go on."))], 429
        if request.headers.get("X-Live"):
            return Response(browser.saved_words(), mimetype="text/plain")
    elif not kept.begun or places.open_place(reader, kept) is not None:
        return redirect(places.open_place(reader, kept) or url_for("intake.new"))
    form = reader.you(kept)
    if request.method == "POST" and form.validate() and not more:
        return redirect(places.open_place(reader, kept) or url_for("intake.check"))
    back = places.item_end(reader, kept) if form.only_safety else url_for("intake.another")
    if places.back_to_check():
        back = url_for("intake.check")
    return render_template(
        "intake/you.html", form=form, more=more, back=back, question=places.NUMBERS["you"], questions=places.QUESTIONS,
        only_safety=form.only_safety, saved=bool(kept.you), legal_name=house().brand.legal_name,
    ), status  # fmt: skip


@room.get("/repairs/new/check")
@public
@browser.unsent
def check() -> Any:
    """Every answer on one page, each with a way to change it."""
    kept, reader = browser.draft(), browser.reader()
    elsewhere = _unfinished(reader, kept)
    if elsewhere is not None:
        return redirect(elsewhere)
    return _check_page(kept)


@room.post("/repairs/new/check")
@public
@browser.unsent
def send() -> Any:
    """Send it, exactly once: pressing twice or coming back shows the same codes."""
    kept, reader = browser.draft(), browser.reader()
    elsewhere = _unfinished(reader, kept)
    if elsewhere is not None:
        return redirect(elsewhere)
    email = reader.you(kept).email.data or ""
    if not (browser.may("sent", browser.SENT_AN_HOUR) and browser.may_name(email)):
        return _check_page(kept, [("", _("Many requests came from this connection. Wait an hour, or call us."))]), 429
    try:
        _send()
    except Refused as no:
        return _check_page(kept, [("", refusal(no))]), 422
    return redirect(url_for("intake.done"))


def _send() -> None:
    now = house().now()
    with transaction() as write:
        row = queries.find_draft(write, browser.secret(), now=now, lock=True)
        if row is None or row.request_id is not None:
            raise browser.Sent
        # Read again under the lock: another window of the same browser may have changed it meanwhile.
        kept, reader = from_json(row.data), Reader(write, house())
        items = [reader.sending(item, now=now) for item in kept.items]
        tickets = services.send(
            write, row, reader.request(kept, now=now), items, secret=browser.secret(), now=now, house=house()
        )  # fmt: skip
    for ticket in tickets:
        remember_owner(ticket.code, ticket.id)


def _unfinished(reader: Reader, kept: Draft) -> str | None:
    """The page that is still missing before anything can be sent."""
    if not kept.begun:
        return url_for("intake.new")
    wanted = places.open_place(reader, kept)
    if wanted is not None:
        return wanted
    return None if kept.you and reader.you(kept).validate() else url_for("intake.you")


def _check_page(kept: Draft, more: list[tuple[str, str]] | None = None) -> str:
    reader = browser.reader()
    you = reader.you(kept)
    serials = [said.serial for said in map(reader.said, kept.items) if said.serial]
    email, may_compare = (you.email.data or "").lower(), browser.may("compared", browser.COMPARED_AN_HOUR)
    # Whether somebody's repair is open here is told to who compares their own, not to who tries a list of addresses.
    twins = queries.alike(
        reading(), email=email, serials=serials, sha256=[each.sha256 for each in kept.files()]
    ) if may_compare else []  # fmt: skip
    offers = {number: reader.offer(item, email) for number, item in enumerate(kept.items, 1) if may_compare}
    own = [(code, url_for("status.ticket", code=grouped(code))) for code in twins if owner_of(code) is not None]
    return render_template(
        "intake/check.html", form=None, more=more or [], items=summary.items(reader, kept, now=house().now()), you=summary.person(you), offers=offers,
        you_url=url_for("intake.you", back="check"), alike=bool(twins), own=own, another=len(kept.items) < MOST_ITEMS,
        number=len(kept.items), several=len(kept.items) > 1, no_email=not you.email.data, legal_name=house().brand.legal_name,
    )  # fmt: skip


@room.get("/repairs/new/done")
@public
def done() -> Any:
    """The codes, the PIN, what goes into the parcel."""
    row = browser.row()
    if row is None or row.request_id is None:
        return redirect(url_for("intake.new"))
    tickets = queries.tickets_of(reading(), row.request_id)
    if house().now() - row.updated_at < JUST_SENT:
        # Of two answers to a double press the browser keeps one, and it may be the one that opened nothing.
        for ticket in tickets:
            remember_owner(ticket.code, ticket.id)
    to_send = [ticket for ticket in tickets if ticket.status is Status.TO_SEND]
    return render_template(
        "intake/done.html", tickets=[_shown(ticket) for ticket in tickets], several=len(tickets) > 1, at=tickets[0].requested_at,
        to_send=bool(to_send), some_dangerous=any(ticket.safety for ticket in tickets), lab=labels.us(house()),
        steps=parcel([ticket.item.family for ticket in to_send]), label=to_send[0].code if to_send and owner_of(to_send[0].code) else "",
    )  # fmt: skip


def _shown(ticket: Ticket) -> dict[str, Any]:
    """A ticket as the last page shows it; PIN and papers only while this browser counts as its owner's."""
    own = owner_of(ticket.code) is not None
    pin = services.pin_of(browser.secret(), ticket.code) if own else ""
    return {
        "code": ticket.code, "family": words.family(ticket.item.family), "icon": ticket.item.family, "safety": ticket.safety,
        "model": ticket.item.model.name if ticket.item.model else ticket.item.model_text, "pin": pin, "own": own,
        "url": url_for("status.ticket", code=grouped(ticket.code)),
    }  # fmt: skip
