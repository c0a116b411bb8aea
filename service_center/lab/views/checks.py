"""Check lists on the bench, what a manager signs for, and numbered seals."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from service_center.accounts.access import actor, lab, managers
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.core.webforms import Form
from service_center.lab.forms.checks import SealForm, SealFoundForm, SignForm, answered, checks_form
from service_center.lab.queries.checks import desk
from service_center.lab.views import quality, ticket
from service_center.lab.views.room import ROW_ID, Trouble, Work, attempt, read_code, room
from service_center.lab.wording import checks as wording
from service_center.labels import seals as printed
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import checking, sealing

MOST_SEALS = 10**9


def _seen(code: str) -> Ticket:
    return queries.get(reading(), read_code(code), seen_by=actor())


def _again(code: str, name: str, form: Form, trouble: Trouble | None = None) -> Any:
    """The page that the form stands on, with what was typed."""
    shown = ticket.beside(trouble, form) if trouble else None
    if _seen(code).status is Status.TESTING:
        return quality.page(code, None, shown, **{name: form})
    return ticket.screen(code, shown, **{name: form})


def _take(code: str, name: str, form: Form, work: Work, said: str) -> Any:
    """In the final checks one goes on there, else on the ticket's page."""
    testing = _seen(code).status is Status.TESTING
    to = url_for("lab.quality", code=grouped(read_code(code))) if testing else ""
    if not form.validate():
        return _again(code, name, form)
    return attempt(code, work, said, again=lambda trouble: _again(code, name, form, trouble), to=to)


@room.post("/tickets/<code>/checks")
@lab
def checks(code: str) -> Any:
    """The answers to the list that is open now."""
    form = checks_form(desk(reading(), _seen(code), house=house()).lines, request.form)
    return ticket.take(
        code, "checks", form,
        lambda write, found: checking.answer(write, found, answered(form), actor=actor(), now=house().now(), house=house()),
        _("The answers are kept."),
    )  # fmt: skip


@room.post("/tickets/<code>/signatures")
@managers
def sign(code: str) -> Any:
    """A manager answers for what is missing or failed."""
    now = desk(reading(), _seen(code), house=house())
    form = SignForm(request.form).offer(wording.unsigned(now))
    words = next((wording.subject(hold) for hold in now.holds if hold.subject == form.subject.data), "")

    def work(write: Any, found: Ticket) -> None:
        checking.sign(
            write, found, form.subject.data, form.reason.data, words=words, consent=form.consent.data or "",
            actor=actor(), now=house().now(), house=house(),
        )  # fmt: skip

    return _take(code, "sign", form, work, _("Signed: it no longer keeps the item here."))


@room.post(f"/tickets/<code>/signatures/<{ROW_ID}:waiver_id>/remove")
@managers
def unsign(code: str, waiver_id: int) -> Any:
    """The signature is taken back."""
    return _take(
        code, "sign", Form(request.form),
        lambda write, found: checking.unsign(write, found, waiver_id, actor=actor(), now=house().now(), house=house()),
        _("The signature is taken back."),
    )  # fmt: skip


@room.post("/tickets/<code>/seal")
@lab
def seal(code: str) -> Any:
    """A numbered seal closes the item."""
    form = SealForm(request.form)
    return _take(
        code, "seal", form,
        lambda write, found: sealing.put(write, found, form.number.data, actor=actor(), now=house().now(), house=house()),
        _("The seal is noted."),
    )  # fmt: skip


@room.post(f"/tickets/<code>/seal/<{ROW_ID}:seal_id>/remove")
@lab
def take_seal_off(code: str, seal_id: int) -> Any:
    """A seal was scanned by mistake."""
    return _take(
        code, "seal", Form(request.form), lambda write, found: sealing.take_off(write, found, seal_id), _("The seal is taken back.")
    )  # fmt: skip


@room.post("/tickets/<code>/seal/found")
@lab
def seal_found(code: str) -> Any:
    """How the seal of the last visit looks."""
    form = SealFoundForm(request.form).offer()
    return _take(
        code, "seal_found", form,
        lambda write, found: sealing.note_found(write, found, form.found.data, actor=actor(), now=house().now()),
        _("The seal is noted."),
    )  # fmt: skip


@room.get("/seals.pdf")
@lab
def seals_pdf() -> Response:
    """A sheet of numbered seals, from the number asked for or from the first that is free."""
    asked = request.args.get("first", "")
    first = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else sealing.next_number(reading())
    return pdf(printed.draw(house().brand.name, min(first, MOST_SEALS)), f"seals-{first:06d}")
