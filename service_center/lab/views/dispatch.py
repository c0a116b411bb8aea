"""Dispatch: what is ready by address, a parcel, and two scans that must belong together before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, session, url_for
from sqlalchemy.orm.exc import StaleDataError

from service_center.accounts.access import actor, lab
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import _, clock_time
from service_center.core.webforms import LINE, tidy
from service_center.lab import services
from service_center.lab.forms.boxes import BookForm
from service_center.lab.queries import boxes
from service_center.lab.views.room import ROW_ID, note_scan, room, show, too_late
from service_center.lab.wording import boxes as wording
from service_center.parcels import services as parcels
from service_center.parcels.couriers.courier import compact
from service_center.parcels.models import Shipment
from service_center.parcels.queries import codes_in, tickets_in
from service_center.parcels.wording import told
from service_center.tickets import codes
from service_center.tickets.goods import rechargeable
from service_center.tickets.queries import locked
from service_center.tickets.services.safety import on_the_ground
from service_center.tickets.wording.refusals import refusal


@room.get("/dispatch")
@lab
def dispatch() -> Any:
    """Everything that is ready, grouped by address."""
    return _list()


def _list(status: int = 200, *, form: BookForm | None = None, sentence: str = "") -> Any:
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
        "lab/dispatch.html", status, groups=groups, total=len(rows), errors=errors, failed=bool(errors), form=form, couriers=BookForm().offer(()).courier.choices,
        wanted=wanted, chosen=set(form.codes.data or ()) if form else set(), scan_url=url_for("lab.scan", at="dispatch"), prompt=_("Scan an item that is ready"),
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


@room.get(f"/dispatch/<{ROW_ID}:shipment_id>")
@lab
def pack(shipment_id: int) -> Any:
    """The parcel on the table; once it has left, that everything matched."""
    return _parcel(boxes.outbound(reading(), shipment_id))


def _scanned(shipment_id: int) -> list[str]:
    """The items of this parcel that were in hand already; another parcel begins anew."""
    number, held = session.get("packing", [0, []])
    return list(held) if number == shipment_id else []


def _parcel(
    shipment: Shipment,
    status: int = 200,
    *,
    trouble: str = "",
    sides: tuple[Any, Any] | None = None,
    headline: str = "",
) -> Any:
    inside = codes_in(reading(), shipment)
    held = _scanned(shipment.id)
    items = boxes.in_parcel(reading(), inside)
    photos = {item.code: _photo(item.id) for item in items[:4]}
    left = shipment.left_at
    missing = [code for code in inside if code not in held]
    prompt = _("Scan the item's bag") if missing and not left else _("Now scan the courier's label")
    return show(
        "lab/parcel.html", status, shipment=shipment, left_words=clock_time(left) if left else "", trouble=trouble, headline=headline, failed=bool(trouble),
        sides=sides, items=[(wording.item_side(item, _("Bag"), photos.get(item.code)), item.code in held or bool(left)) for item in items],
        label=wording.label_side(shipment, inside, _("Courier's label")), missing=missing, code=inside[0] if inside else "",
        ready_left=len(boxes.ready(reading())), scan_url=url_for("lab.scan", at="dispatch") if left else url_for("lab.pack_scan", shipment_id=shipment.id),
        prompt=_("Next: scan the next bag") if left else prompt, lithium=_lithium(shipment, items),
    )  # fmt: skip


def _lithium(shipment: Shipment, items: Sequence[boxes.Contained]) -> Sequence[str]:
    """What to do about rechargeable batteries in the parcel."""
    ids = [ticket.item_id for ticket in tickets_in(reading(), shipment)]
    return told(sum(rechargeable(each.family) for each in items), on_the_ground=on_the_ground(reading(), ids))


def _photo(ticket_id: int) -> int | None:
    found = boxes.last_reception_photo(reading(), ticket_id)
    return found.id if found else None


@room.post(f"/dispatch/<{ROW_ID}:shipment_id>")
@lab
def pack_scan(shipment_id: int) -> Any:
    """One scan: an item of this parcel, or the courier's label that lets it leave. Anything else stops loudly."""
    shipment = boxes.outbound(reading(), shipment_id)
    text = str(tidy(request.form.get("scan", "")))[:LINE]
    if not text:
        return _parcel(shipment, 422, trouble=_("Nothing was scanned: hold the code under the scanner, or type it."))
    code = _item(text)
    if code is None:
        return _label(shipment, text)
    inside = codes_in(reading(), shipment)
    note_scan(code, found=code in inside)
    if code not in inside:
        return _wrong_item(shipment, code, inside)
    session["packing"] = [shipment_id, sorted({*_scanned(shipment_id), code})]
    return redirect(url_for("lab.pack", shipment_id=shipment_id))


def _item(text: str) -> str | None:
    """The ticket that a scan names; a courier's number may look like a code, but no ticket has it."""
    try:
        code = codes.parse(text)
    except ValueError:
        return None
    return code if boxes.in_parcel(reading(), [code]) else None


def _wrong_item(shipment: Shipment, code: str, inside: Any) -> Any:
    [held] = boxes.in_parcel(reading(), [code])
    sides = (
        wording.item_side(held, _("Bag in hand"), _photo(held.id)),
        wording.label_side(shipment, inside, _("Parcel on the table")),
    )
    return _parcel(
        shipment, 422, trouble=refusal(Refused("item_of_another")), sides=sides, headline=_("They do not match")
    )


def _label(shipment: Shipment, text: str) -> Any:
    """The courier's label: the parcel leaves, or it stays open and nothing has changed."""
    inside = codes_in(reading(), shipment)
    try:
        with transaction() as write:
            tickets = [locked(write, code, seen_by=actor()) for code in inside]
            own = boxes.outbound(write, shipment.id)
            services.close_parcel(
                write, own, tickets, _scanned(shipment.id), text, actor=actor(), now=house().now(), house=house()
            )  # fmt: skip
    except (Refused, Stale, StaleDataError) as no:
        note_scan("", found=False)
        return _stopped(shipment, inside, text, no)
    session.pop("packing", None)
    note_scan(inside[0] if len(inside) == 1 else "", found=True)
    return redirect(url_for("lab.pack", shipment_id=shipment.id))


def _stopped(shipment: Shipment, inside: Any, text: str, no: Exception) -> Any:
    """Why the label does not let the parcel go; another parcel's label shows whose it is."""
    sentence = refusal(no) if isinstance(no, Refused) else too_late()
    owner = boxes.label_owner(reading(), compact(text), besides=shipment.id)
    loud = isinstance(no, Refused) and no.code in {"label_of_another", "tracking_wrong"}
    if not loud:
        return _parcel(shipment, 422 if isinstance(no, Refused) else 409, trouble=sentence)
    own = wording.label_side(shipment, inside, _("Parcel on the table"))
    if owner is not None:
        other = wording.label_side(owner, codes_in(reading(), owner), _("Label that was scanned"))
    else:
        other = wording.Side(_("Label that was scanned"), "truck", "", [(_("Number"), text[:40])])
    return _parcel(shipment, 422, trouble=sentence, sides=(own, other), headline=_("They do not match"))
