"""What the QR of a ticket opens, and its pictures; both only for those who may see the ticket."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from sqlalchemy import select

from service_center.accounts.access import actor, by_link, owner_of, public
from service_center.accounts.actor import Actor, customer
from service_center.core.database import reading
from service_center.core.errors import NotFound
from service_center.core.house import house
from service_center.core.uploads import INVOICES, PDF
from service_center.proofs.models import ProofFile
from service_center.tickets import codes
from service_center.tickets.models import Photo, Ticket
from service_center.tickets.queries import visible

room = Blueprint("tickets", __name__)


@room.get("/t/<text>")
@public
def scanned(text: str) -> Any:
    """What the QR holds: the bench for the lab, the shop's page for its shop, the status page for everybody else."""
    try:
        code = codes.parse(text)
    except ValueError:
        return redirect(url_for("status.find", code=text))
    who = actor()
    seen = reading().execute(select(Ticket.id).where(Ticket.code == code, visible(who))).first()
    if seen and who.in_lab:
        return redirect(url_for("lab.ticket", code=codes.grouped(code)))
    if seen and who.in_shop:
        return redirect(url_for("retailers.ticket", code=codes.grouped(code)))
    return redirect(url_for("status.ticket", code=codes.grouped(code)))


def _seer(ticket_id: int, code: str) -> Actor:
    """Who asks for a file: somebody signed in, or the owner of this one ticket."""
    who = actor()
    owned = owner_of(code)
    return customer(ticket_id) if who.role is None and owned == ticket_id else who


def _send(key: str, media_type: str) -> Response:
    """A stored file; it can run nothing, whatever it holds (S14)."""
    response = Response(house().storage.get(key), mimetype=media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # A PDF may hold scripts, and no browser shows one in a sandbox: it is taken away as a file, as an electronic invoice is.
    ending = {PDF: ".pdf", **INVOICES}.get(media_type)
    response.headers["Content-Disposition"] = f"attachment; filename=document{ending}" if ending else "inline"
    return response


@room.get("/photos/<int(max=2147483647):photo_id>/<any(full, thumb):size>")
@by_link
def photo(photo_id: int, size: str) -> Response:
    """A ticket's photograph."""
    asked = select(Photo, Ticket.code).join(Ticket, Ticket.id == Photo.ticket_id).where(Photo.id == photo_id)
    row = reading().execute(asked).one_or_none()
    if row is None:
        raise NotFound
    found, code = row
    if (
        reading()
        .execute(select(Ticket.id).where(Ticket.id == found.ticket_id, visible(_seer(found.ticket_id, code))))
        .first()
        is None
    ):
        raise NotFound
    return _send(found.thumb_key if size == "thumb" else found.storage_key, "image/jpeg")


@room.get("/proof-files/<int(max=2147483647):file_id>/<any(full, preview, thumb, original, scan):size>")
@by_link
def proof_file(file_id: int, size: str) -> Response:
    """A picture or scan of a proof of purchase; what was hidden on it is seen only where the lab confirms (original, scan)."""
    asked = (
        select(ProofFile, Ticket.id, Ticket.code)
        .join(Ticket, Ticket.proof_id == ProofFile.proof_id)
        .where(ProofFile.id == file_id)
    )
    for found, ticket_id, code in reading().execute(asked):
        if (
            reading().execute(select(Ticket.id).where(Ticket.id == ticket_id, visible(_seer(ticket_id, code)))).first()
            is not None
        ):
            return _proof_picture(found, size)
    raise NotFound


def _proof_picture(found: ProofFile, size: str) -> Response:
    unmasked = {"original": found.storage_key, "scan": found.preview_key}
    if size in unmasked and not actor().in_lab:
        raise NotFound
    if found.masked_key and size in ("full", "preview"):
        return _send(found.masked_key, "image/jpeg")
    keys = {"full": found.storage_key, "preview": found.preview_key, "thumb": found.thumb_key, **unmasked}
    return _send(keys[size], found.media_type if size in ("full", "original") else "image/jpeg")
