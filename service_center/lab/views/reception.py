"""Reception: what is expected, and one item after the other out of its parcel."""

from __future__ import annotations

from typing import Any

from flask import request, session, url_for

from service_center.accounts.access import actor, lab
from service_center.core import uploads
from service_center.core.database import reading
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab import services
from service_center.lab.forms.boxes import PHOTOS_AT_ARRIVAL, UnpackForm, unpack_form
from service_center.lab.queries import boxes
from service_center.lab.queries.sheet import Sheet, sheet
from service_center.lab.views.boxes import LABEL, scanned_at
from service_center.lab.views.room import Trouble, attempt, read_code, room, show
from service_center.lab.views.ticket import beside
from service_center.lab.wording import boxes as wording
from service_center.lab.wording import sheet as sheets
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import COMING, Status
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording.refusals import refusal

OPEN = COMING | {Status.RECEIVED}


@room.get("/reception")
@lab
def reception() -> Any:
    """What is on its way, posted parcels first."""
    rows, total = boxes.expected(reading())
    return show(
        "lab/reception.html", lines=[wording.coming(row) for row in rows], total=total, scan_url=url_for("lab.scan", at="reception"),
        prompt=_("Scan the parcel or a slip in it"),
    )  # fmt: skip


@room.route("/reception/<code>", methods=["GET", "POST"])
@lab
def unpack(code: str) -> Any:
    """One item on the table: contents, condition, pictures, place."""
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    form = unpack_form(seen.ticket.item.family, request.form or None, data=_known(seen))

    def page(trouble: Trouble | None = None) -> Any:
        return _page(seen, form, trouble and beside(trouble, form))

    valid = request.method == "POST" and form.validate()
    taken = _pictures(form) if valid else {}
    if not valid or form.errors:
        return page()
    if seen.ticket.status in COMING:
        session[LABEL] = seen.ticket.code
    inspection = _inspection(form, [NewPhoto.of(each, subject) for subject, files in taken.items() for each in files])
    return attempt(
        code,
        lambda write, found: services.unpack(write, found, inspection, actor=actor(), now=house().now(), house=house()),
        _("Received. Now the label of its bag."),
        again=page,
        to=url_for("lab.unpack", code=grouped(seen.ticket.code)),
        files=[each for files in taken.values() for each in files],
    )


def _known(seen: Sheet) -> dict[str, Any]:
    """What the request said already, for the hand that only corrects."""
    ticket = seen.ticket
    mark = {True: "yes", False: "no", None: "unknown"}[ticket.item.water_mark]
    grades = {f"grade_{zone}": grade for zone, grade in ticket.condition.items()}
    return {
        "accessories": ticket.accessories,
        "tampering": ticket.tampering,
        "water_mark": mark,
        "tape": boxes.manifest(reading(), ticket).seal or "intact",
        "place": ticket.location,
        "serial": ticket.item.serial,
        **grades,
    }


def _inspection(form: UnpackForm, photos: list[NewPhoto]) -> services.Inspection:
    return services.Inspection(
        tuple(form.accessories.data or ()), form.condition(), form.tampering.data, form.mark(), form.place.data or "", tuple(photos),
        form.remark.data or "", form.note.data or "", form.serial.data or "", form.tape.data or "", form.seal_found.data or "",
    )  # fmt: skip


def _pictures(form: UnpackForm) -> dict[str, list[uploads.Kept]]:
    """The pictures that were taken, by their subjects; what will not do is said beside its field, and then none is kept."""
    kept: dict[str, list[uploads.Kept]] = {}
    for subject in PHOTOS_AT_ARRIVAL:
        name = f"photo_{subject.value}"
        try:
            kept[subject.value] = uploads.receive_all(request.files.getlist(name), house().storage, field=name)
        except Refused as no:
            form[name].errors = [*form[name].errors, refusal(no)]
    if form.errors:
        uploads.discard([each for files in kept.values() for each in files], house().storage)
    return kept


def _page(seen: Sheet, form: UnpackForm, trouble: Trouble | None) -> Any:
    ticket = seen.ticket
    parcel = wording.manifest(boxes.manifest(reading(), ticket), ticket.code)
    following = next((line.code for line in parcel.lines if not line.arrived and line.code != ticket.code), "")
    return show(
        "lab/unpack.html", trouble.status if trouble else (422 if form.errors else 200), ticket=ticket, sheet=seen, form=form, parcel=parcel,
        head=sheets.head(seen, house=house()), code=grouped(ticket.code), following=following, sender=wording.from_where(ticket.return_name or ticket.customer.name, ticket.return_city), photo_words=sheets.photo_words,
        print_now=session.pop(LABEL, "") == ticket.code and ticket.status not in COMING, to_do=ticket.status in OPEN, arriving=ticket.status in COMING, facts=sheets.facts(seen),
        more=[(trouble.field, trouble.sentence)] if trouble else [], failed=trouble is not None,
        waits=[wait.kind.value for wait in ticket.waits if wait.closed_at is None], needs=seen.verdict.record["needs"],
        scan_url=scanned_at(parcel.id), prompt=_("Next: scan the next item"), contents_until=ticket.contents_until,
    )  # fmt: skip
