"""Files beside the answers: taken in one by one, kept in the draft, shown to its own browser only."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from service_center.accounts.access import public
from service_center.core import limits, uploads
from service_center.core.errors import NotFound, Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.storage import new_key
from service_center.intake import browser
from service_center.intake.draft import MOST_FILES, DraftItem, KeptFile
from service_center.intake.room import room
from service_center.tickets.wording.refusals import refusal

SHOWS = {"photos": "item", "receipt": "receipt", "card_photo": "card"}
"""What the files of a field show; everything but photographs of the item may be a PDF."""


def take_in(item: DraftItem, form: Any) -> tuple[list[KeptFile], dict[str, list[str]]]:
    """Store what was chosen on a page: the good files, and for each field what is wrong with the others."""
    good: list[KeptFile] = []
    faults: dict[str, list[str]] = {}
    for name, shows in SHOWS.items():
        if name not in form:
            continue
        chosen = uploads.chosen(request.files.getlist(name))
        if len(chosen) > limits.FILES_A_QUESTION:
            faults[name] = [refusal(Refused("too_many_files", number=limits.FILES_A_QUESTION))]
            continue
        for each in chosen:
            try:
                good.append(_one(each, shows, item, good))
            except Refused as no:
                faults.setdefault(name, []).append(_sentence(no))
    return good, faults


def _one(upload: Any, shows: str, item: DraftItem, good: list[KeptFile]) -> KeptFile:
    if len(item.files) + len(good) >= MOST_FILES:
        raise Refused("draft_full")
    if not browser.may("files", browser.FILES_AN_HOUR):
        raise Refused("draft_throttled")
    kept = uploads.receive(upload, house().storage, field=shows, pdf=shows != "item")
    return KeptFile.of(new_key("").replace("/", ""), shows, kept)


def _sentence(no: Refused) -> str:
    own = {
        "draft_full": _("There are %(number)s files here already: remove one first.", number=MOST_FILES),
        "draft_throttled": _("That was very much in a short time. Wait a little, then add the rest."),
    }
    return own.get(no.code) or refusal(no)


def joined(item: DraftItem, fresh: list[KeptFile]) -> tuple[list[KeptFile], list[str]]:
    """An item's files with the fresh ones, and the storage keys of those that were there already (sent twice)."""
    files, spare = list(item.files), []
    for each in fresh:
        if any((old.sha256, old.shows) == (each.sha256, each.shows) for old in files) or len(files) >= MOST_FILES:
            spare += [each.storage_key, each.preview_key, each.thumb_key]
        else:
            files.append(each)
    return files, spare


@room.get("/repairs/new/files/<file_id>/<any(thumb, preview):size>")
@public
@browser.unsent
def draft_file(file_id: str, size: str) -> Response:
    """A picture of this browser's own draft; to everybody else it is not there."""
    kept = browser.draft().file(file_id)
    if kept is None:
        raise NotFound
    response = Response(
        house().storage.get(kept.thumb_key if size == "thumb" else kept.preview_key), mimetype="image/jpeg"
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline"
    return response
