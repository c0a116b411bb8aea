"""A parcel on the table: its manifest, checked off by scan; its end; and what nobody announced."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, session, url_for

from service_center.accounts.access import actor, lab
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _, ngettext
from service_center.lab.forms.boxes import UnannouncedForm, tapes
from service_center.lab.queries import boxes
from service_center.lab.scanning import Kind, Scan
from service_center.lab.unannounced import take_unannounced
from service_center.lab.views.room import ROW_ID, note_scan, room, show
from service_center.lab.wording import boxes as wording
from service_center.parcels import arriving
from service_center.parcels.couriers.register import COURIERS
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import COMING
from service_center.tickets.queries import locked
from service_center.tickets.wording.refusals import refusal

AT = "parcel-"
HERE = "reception"
LABEL = "label"
"""The ticket whose bag label the next page prints by itself."""


def scanned_at(parcel: int | None) -> str:
    """Where the strip of a page of reception sends its scans."""
    return url_for("lab.scan", at=f"{AT}{parcel}" if parcel else HERE)


def arrival(meant: Scan, codes: list[str], at: str) -> Any:
    """What a scan means at reception, or of a parcel on its way in; None where it means neither."""
    here = _parcel_at(at)
    number = meant.value if meant.kind in (Kind.TRACKING, Kind.MISTYPED, Kind.NUMBER) else ""
    box = arriving.parcel_with(reading(), number)
    if box is not None and (at == HERE or here is not None or _is_coming(box)):
        note_scan("", found=True)
        return redirect(url_for("lab.parcel_in", parcel=box))
    if at != HERE and here is None:
        return None
    if not codes and _bears_number(meant):
        note_scan("", found=True)
        flash(_("Nobody announced this parcel. Scan a slip that lies in it, or take its items in here."), "wait")
        return redirect(url_for("lab.unannounced", number=number))
    return _in_hand(codes[0], here) if codes else None


def _bears_number(meant: Scan) -> bool:
    """A courier's number may have the shape of a code that somebody mistyped."""
    return meant.kind is Kind.TRACKING or any(each.accepts(meant.value) for each in COURIERS.values())


def _is_coming(box: int) -> bool:
    found = boxes.parcel_manifest(reading(), box)
    return found.checked_at is None and bool(found.missing())


def _parcel_at(at: str) -> int | None:
    digits = at.removeprefix(AT)
    return int(digits) if at.startswith(AT) and digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _in_hand(code: str, here: int | None) -> Any:
    """An item is checked off in the parcel that lies open, and unpacked next."""
    note_scan(code, found=True)
    with transaction() as write:
        ticket = locked(write, code, seen_by=actor())
        own = arriving.parcel_of(write, ticket)
        box = here if own is None else own
        joins = False
        if ticket.status in COMING and box is not None:
            shipments = arriving.parcel(write, box)
            joins = arriving.find(write, ticket, shipments, now=house().now(), house=house(), surplus=own is None)
    if joins and own is None:
        flash(_("Not on this parcel's list: it joins it."), "wait")
    elif here is not None and own is not None and own not in {each.id for each in arriving.parcel(reading(), here)}:
        flash(_("This item was announced in another parcel: that one is open now."), "wait")
    return redirect(url_for("lab.unpack", code=grouped(code)))


@room.get(f"/reception/parcels/<{ROW_ID}:parcel>")
@lab
def parcel_in(parcel: int) -> Any:
    """The manifest: what is here, what is missing, what is surplus."""
    return _parcel(parcel)


def _parcel(parcel: int, sentence: str = "") -> Any:
    words = wording.manifest(boxes.parcel_manifest(reading(), parcel))
    return show(
        "lab/reception/parcel.html", 422 if sentence else 200, parcel=words, tapes=[(each.value, each.label, each.render_kw["card"], each.value == words.seal) for each in tapes()],
        following=next((line.code for line in words.lines if not line.arrived), ""), more=[("", sentence)] if sentence else [], failed=bool(sentence),
        scan_url=scanned_at(parcel), prompt=_("Scan an item of this parcel"),
    )  # fmt: skip


@room.post(f"/reception/parcels/<{ROW_ID}:parcel>/tape")
@lab
def tape(parcel: int) -> Any:
    """How the tape of the parcel was when it came."""
    try:
        with transaction() as write:
            arriving.note_seal(arriving.parcel(write, parcel), request.form.get("tape", ""))
    except Refused as no:
        return _parcel(parcel, refusal(no))
    return redirect(url_for("lab.parcel_in", parcel=parcel))


@room.post(f"/reception/parcels/<{ROW_ID}:parcel>/done")
@lab
def parcel_done(parcel: int) -> Any:
    """The box is empty: what is missing is noted, and its sender told."""
    try:
        with transaction() as write:
            missing = arriving.finish(write, parcel, actor=actor(), now=house().now(), house=house())
    except Refused as no:
        return _parcel(parcel, refusal(no))
    if missing:
        said = ngettext("Parcel done: %(num)s item is missing, and its sender is told.", "Parcel done: %(num)s items are missing, and their senders are told.", len(missing))  # fmt: skip
        flash(said, "wait")
    else:
        flash(_("Parcel done: everything is here."), "ok")
    return redirect(url_for("lab.reception"))


@room.route("/reception/unannounced", methods=["GET", "POST"])
@lab
def unannounced() -> Any:
    """Who, what, which shelf: a ticket with a label; the rest is asked later."""
    box = _parcel_at(AT + request.args.get("parcel", ""))
    form = UnannouncedForm(request.form, data={"number": request.args.get("number", "")[:40]})
    form.of(house().rulebook.newest.families)
    if request.method == "GET" or not form.validate():
        return _unannounced(form, box)
    try:
        with transaction() as write:
            made = take_unannounced(
                write, form.sender.data, form.family.data, form.shelf.data or "", parcel=box, number=form.number.data or "",
                actor=actor(), now=house().now(), house=house(),
            )  # fmt: skip
    except Refused as no:
        form.sender.errors = [*form.sender.errors, refusal(no)]
        return _unannounced(form, box)
    session[LABEL] = made.code
    flash(_("The ticket is open: print the label for its bag."), "ok")
    return redirect(url_for("lab.unpack", code=grouped(made.code)))


def _unannounced(form: UnannouncedForm, box: int | None) -> Any:
    return show(
        "lab/reception/unannounced.html", 422 if form.errors else 200, form=form, parcel=box,
        scan_url=scanned_at(box), prompt=_("Scan the cards: what it is, its place, done"),
    )  # fmt: skip
