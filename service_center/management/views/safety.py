"""The safety register: what is flagged, where it lies, what became of it; for the house and for an authority."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from service_center.accounts.access import actor, managers
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import NotFound, Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.spreadsheet import table
from service_center.management.forms.safety import EndForm, FilterForm
from service_center.management.queries import safety as queries
from service_center.management.queries.safety import Entry, Wanted
from service_center.management.views.room import room
from service_center.management.wording import safety as wording
from service_center.tickets import queries as tickets
from service_center.tickets.models import SafetyReport, Ticket
from service_center.tickets.safety_forms import KeptForm
from service_center.tickets.services import safety as services
from service_center.tickets.wording import hazards
from service_center.tickets.wording.actions import timeline
from service_center.tickets.wording.refusals import refusal

ROW_ID = "int(max=2147483647)"


@room.get("/safety")
@managers
def safety() -> Any:
    """The register, open entries first, and the models that show up too often."""
    form = FilterForm(request.args).offer()
    valid = form.validate()
    found = queries.entries(reading(), _wanted(form) if valid else Wanted())
    alarms = [wording.alarm(each) for each in queries.alarms(reading(), today=house().today())]
    page = render_template(
        "management/safety.html", form=form, rows=[wording.row(each) for each in found], alarms=alarms, models=queries.by_model(found),
        open_count=sum(each.report.ended_at is None for each in found), csv_url=url_for("management.safety_csv", **_asked()),
        most=queries.SHOWN, cut=len(found) >= queries.SHOWN,
    )  # fmt: skip
    return page, 200 if valid else 422


def _asked() -> dict[str, Any]:
    """The filter as it stands in the address."""
    return {name: request.args.getlist(name) for name in ("hazard", "model", "first", "last") if request.args.get(name)}


def _wanted(form: FilterForm) -> Wanted:
    return Wanted(form.hazard.data or "", form.model.data or "", form.first.data, form.last.data)


@room.get("/safety.csv")
@managers
def safety_csv() -> Response:
    """The same entries as a spreadsheet, without anything about customers."""
    form = FilterForm(request.args).offer()
    wanted = _wanted(form) if form.validate() else Wanted()
    found = queries.entries(reading(), wanted, limit=None)
    return spreadsheet(table(wording.columns(), wording.cells(found)), f"safety-{house().today()}")


@room.get(f"/safety/<{ROW_ID}:report_id>")
@managers
def safety_report(report_id: int) -> Any:
    """One report, to read and to print; where it lies; the end of the flag."""
    return _page(report_id)


def _page(report_id: int, more: list[tuple[str, str]] | None = None, status: int = 200, **forms: Any) -> Any:
    found = _entry(report_id)
    report = found.report
    kept = {"place": report.place, "lot": report.lot, "injury": report.injury}
    shown = {"kept": KeptForm(data=kept), "end": EndForm().offer(), **forms}
    ticket = tickets.get(reading(), found.code, seen_by=actor())
    page = render_template(
        "management/safety_report.html", report=report, code=found.code, version=ticket.version, facts=wording.facts(found), state=wording.state(found),
        advice=hazards.advice(report.hazard), tell=hazards.tell_us(report.hazard), open=report.ended_at is None, forms=shown, more=more or [],
        history=timeline(tickets.timeline(reading(), ticket.id), reader="lab"), failed=status != 200,
    )  # fmt: skip
    return page, status


def _entry(report_id: int) -> Entry:
    found = queries.entry(reading(), report_id)
    if found is None:
        raise NotFound
    return found


def _version() -> int | None:
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else (-1 if typed else None)


def _try(report_id: int, form: Any, name: str, work: Any, said: str) -> Any:
    """Do one thing to a report in one transaction, and come back; a refusal or somebody quicker is said on the page."""
    code = _entry(report_id).code
    errors = [(field.id, str(error)) for field in form for error in field.errors] if not form.validate() else []
    if errors:
        return _page(report_id, errors, 422, **{name: form})
    try:
        with transaction() as write:
            ticket = tickets.locked(write, code, seen_by=actor())
            work(write, ticket, services.report_of(write, ticket, report_id))
    except Refused as no:
        return _page(report_id, [(no.field or "", refusal(no))], 422, **{name: form})
    except (Stale, StaleDataError):
        reading().rollback()
        reading().expunge_all()
        return _page(report_id, [("", _("Somebody changed this ticket in the meantime. Look at what is new, then send it again."))], 409, **{name: form})  # fmt: skip
    flash(said, "ok")
    return redirect(url_for("management.safety_report", report_id=report_id))


@room.post(f"/safety/<{ROW_ID}:report_id>/place")
@managers
def safety_place(report_id: int) -> Any:
    """Where it lies apart, and what is known by now."""
    form = KeptForm(request.form)

    def work(write: Any, ticket: Ticket, report: SafetyReport) -> None:
        services.isolate(
            write, ticket, report, form.place.data, actor=actor(), now=house().now(), injury=bool(form.injury.data),
            lot=form.lot.data or "", version=_version(),
        )  # fmt: skip

    return _try(report_id, form, "kept", work, _("It is noted."))


@room.post(f"/safety/<{ROW_ID}:report_id>/end")
@managers
def safety_end(report_id: int) -> Any:
    """The flag ends: what became of it, and why."""
    form = EndForm(request.form).offer()

    def work(write: Any, ticket: Ticket, report: SafetyReport) -> None:
        services.end(
            write, ticket, report, form.ending.data, form.reason.data, actor=actor(), now=house().now(), house=house(), version=_version()
        )  # fmt: skip

    return _try(report_id, form, "end", work, _("The flag has ended."))
