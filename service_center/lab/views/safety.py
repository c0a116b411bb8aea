"""Raising the safety flag at the bench or the reception, and noting where the item lies apart."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from service_center.accounts.access import actor, lab
from service_center.core.database import reading
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab.queries.sheet import sheet
from service_center.lab.views.room import ROW_ID, Trouble, attempt, read_code, room, show
from service_center.lab.views.ticket import beside, receive_pictures
from service_center.lab.wording import safety as wording
from service_center.lab.wording import sheet as words
from service_center.tickets.codes import grouped
from service_center.tickets.safety_forms import FlagForm, KeptForm
from service_center.tickets.services import bench
from service_center.tickets.services import safety as services
from service_center.tickets.services.opening import NewPhoto


@room.get("/tickets/<code>/safety")
@lab
def safety(code: str) -> Any:
    """What is flagged, what to do at once, and the form for a new flag."""
    return _page(code)


def _page(
    code: str, trouble: Trouble | None = None, *, flag: FlagForm | None = None, kept: KeptForm | None = None
) -> Any:
    seen = sheet(reading(), read_code(code), reader=actor(), house=house())
    form = flag or FlagForm().offer()
    errors = [(trouble.field, trouble.sentence)] if trouble else []
    errors += [(field.id, str(error)) for field in kept or () for error in field.errors]
    status = trouble.status if trouble else (422 if errors or form.errors else 200)
    return show(
        "lab/safety.html", status, ticket=seen.ticket, code=grouped(seen.ticket.code), form=form, more=errors, failed=status != 200,
        head=words.head(seen, house=house()), reports=[wording.report(each, kept) for each in services.reports(reading(), seen.ticket.id)],
        to_flag=not seen.ticket.safety or flag is not None,
    )  # fmt: skip


@room.post("/tickets/<code>/safety")
@lab
def flag(code: str) -> Any:
    """The flag goes up: no courier, and a named person is alerted."""
    form = FlagForm(request.form).offer()
    valid = form.validate()
    pictures = receive_pictures(form, "photos", pdf=False) if valid else []
    if not valid or form.photos.errors:
        return _page(code, flag=form)
    shots = [NewPhoto.of(each, "detail") for each in pictures]

    def work(write: Any, found: Any) -> None:
        services.flag(write, found, form.seen(), actor=actor(), now=house().now(), house=house())
        bench.add_photos(write, found, "bench", shots, actor=actor(), now=house().now())

    return attempt(
        code, work, _("Flagged: the person in charge is alerted. Now put it apart."), to=url_for("lab.safety", code=code),
        again=lambda trouble: _page(code, beside(trouble, form), flag=form), files=pictures,
    )  # fmt: skip


@room.post(f"/tickets/<code>/safety/<{ROW_ID}:report_id>/place")
@lab
def set_apart(code: str, report_id: int) -> Any:
    """Where it lies apart from now on."""
    form = KeptForm(request.form)
    if not form.validate():
        return _page(code, kept=form)

    def work(write: Any, found: Any) -> None:
        report = services.report_of(write, found, report_id)
        services.isolate(
            write, found, report, form.place.data, actor=actor(), now=house().now(), injury=bool(form.injury.data), lot=form.lot.data or ""
        )  # fmt: skip

    return attempt(
        code, work, _("Noted where it lies."), to=url_for("lab.safety", code=code),
        again=lambda trouble: _page(code, beside(trouble, form), kept=form),
    )  # fmt: skip
