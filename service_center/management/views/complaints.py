"""The register of complaints: what waits and until when, taking one in by hand, and answering (R32)."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for

from service_center.accounts.access import actor, lab, managers
from service_center.core.database import reading, transaction
from service_center.core.downloads import spreadsheet
from service_center.core.errors import NotFound, Refused, Stale
from service_center.core.house import house
from service_center.core.i18n import ROME, _, weekday
from service_center.core.spreadsheet import table
from service_center.core.uploads import chosen, for_good, receive_all
from service_center.core.webforms import tidy
from service_center.management.forms.complaints import SHOP, AnswerForm, TakeInForm
from service_center.management.queries import complaints as queries
from service_center.management.queries.complaints import PAGE, Asked, Tab
from service_center.management.views.complaint_page import answer_page
from service_center.management.views.room import room
from service_center.management.wording import complaints as wording
from service_center.messages import services
from service_center.messages.complaints import Channel, Subject
from service_center.messages.models import Complaint
from service_center.messages.wording import subject as subject_of
from service_center.tickets import codes
from service_center.tickets import queries as tickets
from service_center.tickets.models import Ticket
from service_center.tickets.services.opening import NewPhoto
from service_center.tickets.wording.refusals import refusal

LONGEST, LAST_PAGE = 200, 100_000
NOON = time(12)


@room.get("/complaints")
@managers
def complaints() -> Any:
    """The open ones by the day of their answer, and the answered ones."""
    session, asked, today = reading(), _asked(), house().today()
    tab = Tab.ANSWERED if request.args.get("tab") == Tab.ANSWERED.value else Tab.OPEN
    page, found = _page(), queries.counted(session, asked)
    lines = queries.lines(session, tab, asked, page=page)
    figures = queries.figures(session, since=date(today.year, 1, 1), today=today)
    return render_template(
        "management/complaints.html", rows=[wording.row(line, today=today) for line in lines], asked=asked, kept=_kept(asked, tab),
        tabs=[(wording.tab(each), found[each], _url(each, asked), each is tab, each is Tab.OPEN and found[each] > 0) for each in Tab],
        chips=_chips(tab, asked), pages=_pages(found[tab], page, len(lines), tab, asked), answered=tab is Tab.ANSWERED,
        empty=wording.empty(tab, asked != Asked()), lists=wording.lists(figures), year=today.year,
        export_url=url_for("management.complaints_csv", **_filters(asked)),
    )  # fmt: skip


@room.get("/complaints.csv")
@managers
def complaints_csv() -> Response:
    """The register as a spreadsheet, under the same filter."""
    lines = queries.exported(reading(), _asked())
    return spreadsheet(table(wording.spreadsheet_head(), wording.spreadsheet_rows(lines)), f"complaints-{house().today()}")  # fmt: skip


def _asked() -> Asked:
    words, shop, subject = (str(tidy(request.args.get(name, "")))[:LONGEST] for name in ("q", "shop", "subject"))
    number = int(shop) if shop.isascii() and shop.isdigit() and len(shop) < 10 else None
    return Asked(words, subject if subject in set(Subject) else "", number)


def _page() -> int:
    typed = request.args.get("page", "1")
    return min(max(int(typed), 1), LAST_PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def _filters(asked: Asked) -> dict[str, Any]:
    known = {"q": asked.words, "subject": asked.subject, "shop": asked.shop_id}
    return {name: value for name, value in known.items() if value}


def _kept(asked: Asked, tab: Tab) -> dict[str, Any]:
    """What a search keeps: the filters and the part of the register."""
    return {name: value for name, value in {**_filters(asked), "tab": tab.value}.items() if name != "q"}


def _url(tab: Tab, asked: Asked, **more: Any) -> str:
    return url_for("management.complaints", **{"tab": tab.value, **_filters(asked), **more})


def _chips(tab: Tab, asked: Asked) -> list[tuple[str, str, bool]]:
    subjects = [(subject_of(each), _url(tab, asked, subject=None if asked.subject == each.value else each.value), asked.subject == each.value) for each in Subject]  # fmt: skip
    chosen = [(name, _url(tab, asked, shop=None), True) for number, name in queries.shops(reading()) if number == asked.shop_id]  # fmt: skip
    return [*subjects, *chosen]


def _pages(total: int, page: int, shown: int, tab: Tab, asked: Asked) -> dict[str, Any]:
    first = (page - 1) * PAGE + 1
    return {
        "first": first, "last": first + shown - 1, "total": total,
        "before": _url(tab, asked, page=page - 1) if page > 1 else "", "after": _url(tab, asked, page=page + 1) if shown and first + shown <= total else "",
    }  # fmt: skip


@room.route("/complaints/new", methods=["GET", "POST"])
@lab
def new_complaint() -> Any:
    """A complaint that came by telephone, e-mail, letter or in person: whoever hears it types it."""
    form = TakeInForm(request.form, data={"ticket": request.args.get("ticket", ""), "received_on": house().today()}).offer()  # fmt: skip
    if request.method == "GET":
        return render_template("management/complaint_new.html", form=form)
    if not form.validate():
        return render_template("management/complaint_new.html", form=form), 422
    try:
        made = _take_in(form)
    except Refused as no:
        name = no.field if no.field in form else "text"
        field = form[name]
        field.errors = [*field.errors, refusal(no)]
        return render_template("management/complaint_new.html", form=form), 422
    flash(_("The complaint is in the register: the answer is due by %(day)s.", day=weekday(made.due_on)), "ok")
    return redirect(_after(made, form))


def _after(made: Complaint, form: TakeInForm) -> str:
    """Managers go on to the complaint, others to the ticket, or to the next one."""
    if actor().kind == "manager":
        return url_for("management.complaint", complaint_id=made.id)
    return url_for("lab.ticket", code=codes.grouped(codes.parse(form.ticket.data))) if made.ticket_id else url_for("management.new_complaint")  # fmt: skip


def _take_in(form: TakeInForm) -> Complaint:
    files = chosen(request.files.getlist("photos"))
    if files and not form.ticket.data:
        raise Refused("photos_need_ticket", field="photos")
    kept = receive_all(files, house().storage, field="photos")
    said = services.Grievance(
        Subject(form.subject.data), form.text.data, Channel(form.channel.data), received_at=_received(form.received_on.data),
        photos=[NewPhoto.of(each, "detail") for each in kept],
    )  # fmt: skip
    with for_good(kept, house().storage), transaction() as session:
        ticket = _ticket(session, form.ticket.data or "")
        who = _complainant(session, ticket, form)
        return services.complain(session, ticket, who, said, actor=actor(), now=house().now(), house=house())


def _received(day: date | None) -> datetime | None:
    """Today is now; of another day only the day is known."""
    return None if day is None or day == house().today() else datetime.combine(day, NOON, ROME)


def _ticket(session: Any, typed: str) -> Ticket | None:
    if not typed:
        return None
    try:
        return tickets.locked(session, codes.parse(typed), seen_by=actor())
    except (ValueError, NotFound) as fault:
        raise Refused("no_such_ticket", field="ticket") from fault


def _complainant(session: Any, ticket: Ticket | None, form: TakeInForm) -> services.Complainant:
    """Who is written there, else the ticket's own customer or shop."""
    shop = form.who.data == SHOP
    known = services.Complainant("")
    if ticket is not None:
        known = services.the_shop(session, ticket) if shop else services.the_customer(ticket)
    name = form.name.data or known.name
    if not name:
        raise Refused("name_needed", field="name")
    return services.Complainant(name, form.email.data or known.email, form.phone.data or known.phone, form.language.data, from_shop=shop)  # fmt: skip


@room.route("/complaints/<int(max=2147483647):complaint_id>", methods=["GET", "POST"])
@managers
def complaint(complaint_id: int) -> Any:
    """The complaint beside the decision that it is about; the answer ends it."""
    form = AnswerForm(request.form).offer()
    if request.method == "GET":
        return answer_page(complaint_id, form)
    if not form.validate():
        return answer_page(complaint_id, form), 422
    try:
        _answer(complaint_id, form)
    except (Refused, Stale) as no:
        told = no if isinstance(no, Refused) else Refused("changed_meanwhile")
        reading().rollback()
        return answer_page(complaint_id, form, [(told.field or "", refusal(told))]), 422
    flash(_("The answer is on its way and stands on the page of the repair."), "ok")
    return redirect(url_for("management.complaint", complaint_id=complaint_id))


def _answer(complaint_id: int, form: AnswerForm) -> None:
    typed = request.form.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
    with transaction() as session:
        made, ticket = services.held(session, complaint_id, actor=actor())
        services.answer_complaint(
            session, made, ticket, form.outcome.data, form.answer.data, actor=actor(), now=house().now(), house=house(), version=version
        )  # fmt: skip
