"""A replacement from the offer to the new item in the bag: one page that shows what is to be done next."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from service_center.accounts.access import actor, lab
from service_center.accounts.models import Role
from service_center.catalogue.queries import model_by
from service_center.core.database import reading
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab.forms.replacement import BookForm, OfferForm, WithdrawForm
from service_center.lab.queries.sheet import Sheet, sheet
from service_center.lab.views.room import Trouble, Work, attempt, read_code, room, show
from service_center.lab.views.ticket import beside
from service_center.lab.wording import replacement as wording
from service_center.lab.wording import sheet as sheets
from service_center.offers.queries import replacements
from service_center.offers.services import replacements as services
from service_center.offers.substitutes import original, proposed, worth
from service_center.tickets.codes import grouped
from service_center.tickets.lineage import replaced_by


def _seen(code: str) -> Sheet:
    return sheet(reading(), read_code(code), reader=actor(), house=house())


def _page(code: str, trouble: Trouble | None = None, **forms: Any) -> Any:
    seen, session = _seen(code), reading()
    form = next(iter(forms.values()), None)
    trouble = beside(trouble, form) if trouble and form is not None else trouble
    value, past = worth(session, seen.ticket, house=house()), replacements(session, seen.ticket.id)
    shown = {"offer": _offer_form(seen), "book": BookForm(), "withdraw": WithdrawForm(), **forms}
    status = trouble.status if trouble else (422 if form is not None and form.errors else 200)
    return show(
        "lab/replacement.html", status, sheet=seen, ticket=seen.ticket, code=grouped(seen.ticket.code), forms=shown, form=form, failed=status != 200,
        head=sheets.head(seen, house=house()), more=[(trouble.field, trouble.sentence)] if trouble else [],
        value=wording.value(value, original(session, seen.ticket)), stage=wording.stage(seen.ticket, past, replaced_by(session, seen.ticket.item_id)),
        past=[wording.past(each, seen.ticket) for each in past], decides=actor().role is Role.MANAGER, proposes=bool(shown["offer"].models.choices),
    )  # fmt: skip


def _offer_form(seen: Sheet, typed: Any = None) -> OfferForm:
    value = worth(reading(), seen.ticket, house=house())
    known = original(reading(), seen.ticket)
    return OfferForm(typed).offer([wording.candidate(each, known) for each in proposed(reading(), seen.ticket, value)])


def _try(code: str, form: Any, work: Work, said: str, **forms: Any) -> Any:
    here = url_for("lab.replacement", code=grouped(read_code(code)))
    if not form.validate():
        return _page(code, **forms)
    return attempt(code, work, said, again=lambda trouble: _page(code, trouble, **forms), to=here)


@room.route("/tickets/<code>/replacement", methods=["GET", "POST"])
@lab
def replacement(code: str) -> Any:
    """Offer what may take the item's place, in the guarantee's own order."""
    if request.method == "GET":
        return _page(code)
    form = _offer_form(_seen(code), request.form)

    def work(write: Any, found: Any) -> None:
        other = model_by(write, form.other.data or "") if form.other.data else None
        if form.other.data and other is None:
            raise Refused("replacement_not_current", field="other")
        services.offer(
            write, found, [int(each) for each in form.models.data or []], why=form.why.data, note=form.note.data or "",
            by_consent=other.id if other else None, reason=form.reason.data or "", actor=actor(), now=house().now(), house=house(),
        )  # fmt: skip

    return _try(code, form, work, _("The offer is on its way: the customer chooses."), offer=form)


@room.post("/tickets/<code>/replacement/withdraw")
@lab
def withdraw_replacement(code: str) -> Any:
    """The offer is taken back before the new item is booked."""
    form = WithdrawForm(request.form)

    def work(write: Any, found: Any) -> None:
        services.withdraw(write, found, form.reason.data, actor=actor(), now=house().now(), house=house())

    return _try(code, form, work, _("The offer is taken back."), withdraw=form)


@room.post("/tickets/<code>/replacement/book")
@lab
def book_replacement(code: str) -> Any:
    """The new item is in hand."""
    form = BookForm(request.form)

    def work(write: Any, found: Any) -> None:
        services.book(write, found, form.model.data, form.serial.data or "", actor=actor(), now=house().now())

    return _try(code, form, work, _("The new item is booked: it keeps the guarantee of the first one."), book=form)
