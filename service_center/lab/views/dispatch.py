"""Dispatch: what is ready by address, and an item under the scanner that opens its parcel or the way to one."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from service_center.accounts import badges
from service_center.accounts.access import actor, lab
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import LINE, tidy
from service_center.lab import commands
from service_center.lab.commands import Deed
from service_center.lab.forms.boxes import BookForm
from service_center.lab.packing import pack
from service_center.lab.queries import boxes, lists
from service_center.lab.queries.packing import waiting_parcel
from service_center.lab.scanning import Kind, read
from service_center.lab.views.board import handed_over
from service_center.lab.views.commands import scanned_card
from service_center.lab.views.room import note_scan, room, show, too_late
from service_center.lab.views.table import table
from service_center.lab.wording import boxes as wording
from service_center.lab.wording import cards as card_words
from service_center.lab.wording import packing as packing_words
from service_center.parcels import services as parcels
from service_center.parcels.models import Shipment
from service_center.tickets import codes, queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.queries import locked
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.statuses import status


@room.get("/dispatch")
@lab
def dispatch() -> Any:
    """Everything that is ready, grouped by address."""
    return _list()


def _list(code: int = 200, *, form: BookForm | None = None, sentence: str = "") -> Any:
    rows = boxes.ready(reading())
    booked = boxes.booked_in(reading(), [row.id for row in rows])
    groups = wording.addresses(rows, booked, house=house())
    wanted = str(tidy(request.args.get("code", "")))[:20].replace("-", "").upper()
    own = {row.code for row in boxes.together(rows, wanted)}
    groups.sort(key=lambda group: not own.intersection(group.codes))
    errors = [(field.id, str(error)) for field in form or () for error in field.errors] + (
        [("", sentence)] if sentence else []
    )
    return show(
        "lab/dispatch.html", code, groups=groups, total=len(rows), errors=errors, failed=bool(errors), form=form, couriers=BookForm().offer(()).courier.choices,
        wanted=wanted, chosen=set(form.codes.data or ()) if form else set(), scan_url=url_for("lab.dispatch_scan", code=wanted or None), prompt=_("Start makes the parcel") if own else _("Scan an item that is ready"),
    )  # fmt: skip


@room.post("/dispatch")
@lab
def book() -> Any:
    """A parcel for tickets that go to one address."""
    form = BookForm(request.form).offer(row.code for row in boxes.ready(reading()))
    if not form.validate():
        return _list(422, form=form)
    try:
        with transaction() as write:
            tickets = [locked(write, code, seen_by=actor()) for code in sorted(form.codes.data)]
            made = parcels.book(
                write, tickets, form.courier.data, actor=actor(), now=house().now(), house=house(), weight_grams=form.weight.data
            )  # fmt: skip
    except Refused as no:
        return _list(422, form=form, sentence=refusal(no))
    except (Stale, StaleDataError):
        return _list(409, form=form, sentence=too_late())
    flash(_("The parcel is booked: print its label."), "ok")
    return redirect(url_for("lab.pack", shipment_id=made.id))


@room.post("/dispatch/scan")
@lab
def dispatch_scan() -> Any:
    """An item opens its parcel, or its address; the card Start makes the parcel of the address that is open."""
    text, meant = str(tidy(request.form.get("scan", "")))[:LINE], read(request.form.get("scan", "")[:LINE])
    if badge := badges.read(meant.value):
        return handed_over(badge)
    if meant.kind is Kind.CARD:
        return _carded(commands.card(meant.value), text, str(tidy(request.args.get("code", "")))[:20])
    found = lists.scanned(reading(), meant, seen_by=actor())
    return opened(found[0] if found else None, text)


def item_named(text: str) -> str | None:
    """The ticket that a scan names; a courier's number may look like a code, but no ticket has it."""
    meant = read(text)
    if meant.kind is Kind.CODE:
        return meant.value if boxes.in_parcel(reading(), [meant.value]) else None
    found = lists.scanned(reading(), meant, seen_by=actor()) if meant.kind is Kind.NUMBER else []
    return found[0] if len(found) == 1 else None


def opened(code: str | None, text: str) -> Any:
    """The parcel that waits for this item, with the item in it; else its address; else why neither."""
    found = None if code is None else queries.get(reading(), code, seen_by=actor())
    note_scan(code or "", found=found is not None)
    if found is None:
        flash(_("“%(text)s” is not known: neither a ticket nor a parcel on its way.", text=text[:60]), "stop")
        return redirect(url_for("lab.dispatch"))
    waiting = waiting_parcel(reading(), found.code)
    if waiting is not None:
        return _begun(waiting, found.code)
    if found.status is not Status.READY:
        word = status(found.status, frozenset(), reader="lab").word
        flash(_("%(code)s is not ready to leave: %(status)s.", code=codes.grouped(found.code), status=word), "stop")
        return redirect(url_for("lab.dispatch"))
    return redirect(url_for("lab.dispatch", code=codes.grouped(found.code)))


def _begun(parcel: Shipment, code: str) -> Any:
    """The parcel lies on the table, and the item that was scanned lies in it."""
    with transaction() as write:
        pack(write, boxes.outbound(write, parcel.id), locked(write, code, seen_by=actor()), now=house().now())
    kept = table(parcel.id)
    kept.last = [Deed.START.value, code]
    kept.keep()
    return redirect(url_for("lab.pack", shipment_id=parcel.id))


def _carded(card: commands.Card | None, text: str, wanted: str) -> Any:
    if card is not None and card.deed is Deed.START and wanted:
        return _address_packed(wanted.replace("-", "").upper())
    if card is not None and card.deed is Deed.HELP:
        flash(packing_words.at_the_list(), "wait")
        return redirect(url_for("lab.dispatch", code=wanted or None))
    if card is not None and card.deed is Deed.START:
        flash(card_words.wrong("no_ticket", card, text), "stop")
        return redirect(url_for("lab.dispatch"))
    return scanned_card(card.text() if card else text, "", url_for("lab.dispatch", code=wanted or None))


def _address_packed(code: str) -> Any:
    """A parcel for all that is ready for this item's address, by the courier that usually goes there."""
    rows = boxes.ready(reading())
    booked = boxes.booked_in(reading(), [row.id for row in rows])
    together = [row for row in boxes.together(rows, code) if row.id not in booked]
    try:
        with transaction() as write:
            tickets = [locked(write, row.code, seen_by=actor()) for row in sorted(together, key=lambda row: row.code)]
            courier = parcels.usual_courier(tickets[0].return_country, house=house()) if tickets else ""
            made = parcels.book(write, tickets, courier, actor=actor(), now=house().now(), house=house())
    except (Refused, Stale, StaleDataError) as no:
        flash(refusal(no) if isinstance(no, Refused) else too_late(), "stop")
        return redirect(url_for("lab.dispatch", code=code))
    flash(_("The parcel is booked: print its label."), "ok")
    return _begun(made, code)
