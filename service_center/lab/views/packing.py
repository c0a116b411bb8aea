"""The parcel on the table: items and the courier's label by scan, cards, and a loud stop for what does not belong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service_center.accounts import badges
from service_center.accounts.access import actor, lab
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import LINE, tidy
from service_center.lab import commands, packing
from service_center.lab.commands import Card, Deed
from service_center.lab.queries import boxes
from service_center.lab.scanning import Kind, read
from service_center.lab.views.board import handed_over
from service_center.lab.views.commands import DOORS
from service_center.lab.views.dispatch import item_named, opened
from service_center.lab.views.next import next_after
from service_center.lab.views.packed import page, stopped
from service_center.lab.views.room import ROW_ID, note_scan, room, too_late
from service_center.lab.views.table import MOST_FIGURES, Table, table
from service_center.lab.wording import cards as card_words
from service_center.lab.wording import packing as wording
from service_center.parcels.models import Shipment
from service_center.parcels.queries import codes_in
from service_center.tickets.models import Ticket
from service_center.tickets.queries import locked
from service_center.tickets.wording.refusals import refusal

D = Deed
ACKNOWLEDGES = (D.ENTER, D.UNDO)
LOUD = ("label_of_another", "tracking_wrong", "item_of_another")
Work = Callable[[Session, Shipment, Mapping[str, Ticket]], object]


@room.get(f"/dispatch/<{ROW_ID}:shipment_id>")
@lab
def pack(shipment_id: int) -> Any:
    """The parcel on the table; once it has left, that everything matched."""
    return _shown(boxes.outbound(reading(), shipment_id))


def _shown(shipment: Shipment, status: int = 200, trouble: str = "") -> Any:
    kept = table(shipment.id)
    return stopped(shipment, kept, status) if kept.stop else page(shipment, kept, status, trouble=trouble)


@room.post(f"/dispatch/<{ROW_ID}:shipment_id>")
@lab
def pack_scan(shipment_id: int) -> Any:
    """One scan: an item of this parcel, a card, or the courier's label that lets it leave. What does not belong stops loudly."""
    shipment = boxes.outbound(reading(), shipment_id)
    kept, text = table(shipment_id), str(tidy(request.form.get("scan", "")))[:LINE]
    meant = read(request.form.get("scan", "")[:LINE])
    card = commands.card(meant.value) if meant.kind is Kind.CARD else None
    if badge := badges.read(meant.value):
        return handed_over(badge)
    if kept.stop:
        return _acknowledged(shipment, kept, card)
    if not text:
        return _shown(shipment, 422, _("Nothing was scanned: hold the code under the scanner, or type it."))
    if meant.kind is Kind.CARD:
        return _carded(shipment, kept, card, text)
    code = item_named(text)
    if shipment.left_at is not None:
        return opened(code, text)
    return _label(shipment, kept, text) if code is None else _item(shipment, kept, code)


def _acknowledged(shipment: Shipment, kept: Table, card: Card | None) -> Any:
    """A stop stays until somebody has seen it."""
    if card is None or card.deed not in ACKNOWLEDGES:
        return stopped(shipment, kept, 422)
    kept.stop = kept.why = ""
    kept.keep()
    return _back(shipment.id)


def _back(shipment_id: int) -> Any:
    return redirect(url_for("lab.pack", shipment_id=shipment_id))


def _tried(shipment_id: int, work: Work, codes: Sequence[str] = ()) -> Refused | str | None:
    """In one transaction, with these tickets held; why not, when it could not be done."""
    try:
        with transaction() as write:
            tickets = {code: locked(write, code, seen_by=actor()) for code in sorted(codes)}
            work(write, boxes.outbound(write, shipment_id, held=True), tickets)
    except Refused as no:
        return no
    except (Stale, StaleDataError):
        return too_late()
    return None


def _said(trouble: Refused | str) -> str:
    return trouble if isinstance(trouble, str) else refusal(trouble)


def _item(shipment: Shipment, kept: Table, code: str) -> Any:
    if kept.minus:
        return _taken_out(shipment, kept, code)
    now = house().now()
    trouble = _tried(
        shipment.id, lambda write, own, tickets: packing.pack(write, own, tickets[code], now=now), [code]
    )  # fmt: skip
    note_scan(code, found=trouble is None)
    if isinstance(trouble, Refused) and trouble.code in LOUD:
        return _stop(shipment, kept, code, trouble.code)
    if trouble is not None:
        return _shown(shipment, 422, _said(trouble))
    kept.last = [D.START.value, code]
    kept.keep()
    return _back(shipment.id)


def _stop(shipment: Shipment, kept: Table, text: str, why: str) -> Any:
    kept.drop_half()
    kept.stop, kept.why = text[:60], why
    kept.keep()
    return stopped(shipment, kept, 422)


def _label(shipment: Shipment, kept: Table, text: str) -> Any:
    """The courier's label: the parcel leaves, or it stays open and nothing has changed."""
    inside, now = codes_in(reading(), shipment), house().now()
    if kept.drop_half():
        kept.keep()
    trouble = _tried(
        shipment.id,
        lambda write, own, tickets: packing.close(write, own, list(tickets.values()), text, actor=actor(), now=now, house=house()),
        inside,
    )  # fmt: skip
    note_scan(inside[0] if len(inside) == 1 and trouble is None else "", found=trouble is None)
    if isinstance(trouble, Refused) and trouble.code in LOUD:
        return _stop(shipment, kept, text, trouble.code)
    if trouble is not None:
        return _shown(shipment, 409 if isinstance(trouble, str) else 422, _said(trouble))
    return _back(shipment.id)


def _taken_out(shipment: Shipment, kept: Table, code: str) -> Any:
    now, still = house().now(), []
    trouble = _tried(
        shipment.id, lambda write, own, tickets: still.append(packing.take_out(write, own, tickets[code], now=now)), [code]
    )  # fmt: skip
    note_scan(code, found=trouble is None)
    if isinstance(trouble, Refused) and trouble.code in LOUD:
        return _stop(shipment, kept, code, trouble.code)
    if trouble is not None:
        return _shown(shipment, 422, _said(trouble))
    kept.drop_half()
    kept.last = [D.MINUS.value, code]
    kept.keep()
    flash(wording.took_out(code, open_still=still[0]), "ok")
    return _back(shipment.id) if still[0] else redirect(url_for("lab.dispatch"))


# --- cards -------------------------------------------------------------------------------------------------------


def _carded(shipment: Shipment, kept: Table, card: Card | None, text: str) -> Any:
    note_scan("", found=card is not None and card_words.known(card))
    if card is None or not card_words.known(card):
        flash(card_words.wrong("unknown", card, text[:60]), "stop")
    elif card.deed is D.GO:
        return redirect(url_for(DOORS[card.value]))
    elif card.deed is D.NEXT:
        return next_after("")
    elif card.deed is D.HELP:
        flash(wording.helped(left=shipment.left_at is not None), "wait")
    elif card.deed is D.PRINT:
        kept.printed += 1
        kept.keep()
        what = "label" if kept.printed % 2 else "papers"
        return redirect(url_for("lab.parcel_print", shipment_id=shipment.id, what=what))
    elif card.deed is D.UNDO:
        _flashed(_undone(shipment, kept), _("Taken back."))
    elif shipment.left_at is not None or (not _held(kept, card) and not _entered(shipment, kept, card)):
        here = wording.GONE if shipment.left_at else wording.HERE
        note_scan("", found=False)
        flash(card_words.wrong("not_here", card, text[:60], here), "stop")
    return _back(shipment.id)


def _held(kept: Table, card: Card) -> bool:
    """Half a command; says whether this card is one."""
    if card.deed is D.MINUS and not kept.figures:
        kept.minus = True
    elif card.deed is D.DIGIT and not kept.minus and len(kept.figures) < MOST_FIGURES:
        kept.figures += card.value
    else:
        return False
    kept.keep()
    return True


def _entered(shipment: Shipment, kept: Table, card: Card) -> bool:
    if card.deed is not D.ENTER or not kept.figures:
        return False
    grams = int(kept.figures)
    kept.drop_half()
    kept.keep()
    _flashed(_weighed(shipment.id, kept, grams), wording.weighed(grams))
    return True


def _flashed(trouble: Refused | str | None, words: str) -> None:
    flash(words if trouble is None else _said(trouble), "ok" if trouble is None else "stop")


def _weighed(shipment_id: int, kept: Table, grams: int) -> Refused | str | None:
    before: list[int | None] = []
    trouble = _tried(shipment_id, lambda _write, own, _tickets: before.append(packing.weigh(own, grams)))
    if trouble is None:
        kept.last = [D.ENTER.value, before[0]]
        kept.keep()
    return trouble


def _undone(shipment: Shipment, kept: Table) -> Refused | str | None:
    """The last card or scan of this parcel is taken back; of one that has left, its leaving."""
    if shipment.left_at is None and kept.drop_half():
        kept.keep()
        return None
    what, codes = _way_back(shipment, kept)
    trouble = _tried(shipment.id, what, codes) if what else card_words.wrong("nothing_to_undo", None, "")
    if trouble is None:
        kept.last = []
        kept.keep()
    return trouble


def _way_back(shipment: Shipment, kept: Table) -> tuple[Work | None, Sequence[str]]:
    if shipment.left_at is not None:
        words, now = str(card_words.WHYS["MISTAKE"]), house().now()
        return lambda write, own, tickets: packing.reopen(
            write, own, list(tickets.values()), words, actor=actor(), now=now, house=house()
        ), codes_in(reading(), shipment)  # fmt: skip
    if not kept.last:
        return None, ()
    did, fact = kept.last
    if did == D.ENTER:
        return lambda _write, own, _tickets: packing.unweigh(own, fact), ()
    back = packing.unpack if did == D.START else packing.put_back
    return lambda write, own, tickets: back(write, own, tickets[fact]), [fact]


# --- by hand -----------------------------------------------------------------------------------------------------


@room.post(f"/dispatch/<{ROW_ID}:shipment_id>/out")
@lab
def take_out(shipment_id: int) -> Any:
    """One item comes out of the parcel."""
    shipment = boxes.outbound(reading(), shipment_id)
    code = item_named(str(tidy(request.form.get("code", "")))[:LINE])
    if code is None:
        return _shown(shipment, 422, _("Nothing was scanned: hold the code under the scanner, or type it."))
    return _taken_out(shipment, table(shipment_id), code)


@room.post(f"/dispatch/<{ROW_ID}:shipment_id>/weight")
@lab
def weigh(shipment_id: int) -> Any:
    """What the parcel weighs, typed."""
    shipment = boxes.outbound(reading(), shipment_id)
    typed = str(tidy(request.form.get("weight", "")))[:LINE]
    figure = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_FIGURES else 0
    trouble = _weighed(shipment_id, table(shipment_id), figure)
    if trouble is not None:
        return _shown(shipment, 422, _said(trouble))
    flash(wording.weighed(figure), "ok")
    return _back(shipment_id)


@room.post(f"/dispatch/<{ROW_ID}:shipment_id>/back")
@lab
def bring_back(shipment_id: int) -> Any:
    """The last deed at this parcel is taken back; of one that has left, its leaving."""
    shipment = boxes.outbound(reading(), shipment_id)
    trouble = _undone(shipment, table(shipment_id))
    if trouble is not None:
        return _shown(shipment, 422, _said(trouble))
    flash(_("Taken back."), "ok")
    return _back(shipment_id)
