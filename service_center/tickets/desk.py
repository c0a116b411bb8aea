"""What both one-page desks do with a request: read the page, say what the rules say so far, and hand out the PIN once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser
from sqlalchemy.orm import Session
from wtforms import MultipleFileField

from service_center.accounts.access import actor
from service_center.accounts.models import Shop
from service_center.accounts.queries import shops_matching
from service_center.accounts.sellers import house_seller
from service_center.accounts.tokens import new_secret
from service_center.core.database import reading, transaction
from service_center.core.errors import Refused
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.tickets import asking, codes, held, registered
from service_center.tickets.asking import Moment, SaidPurchase
from service_center.tickets.forms import OTHER_SHOP, DeskForm
from service_center.tickets.goods import dangers
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.papers_seen import words_if_seen
from service_center.tickets.queries import lookalikes
from service_center.tickets.registered import Offer
from service_center.tickets.services.opening import Asking, Opened
from service_center.tickets.services.taking import Told, take
from service_center.tickets.wording import verdicts
from service_center.tickets.wording.refusals import refusal
from service_center.tickets.wording.verdicts import VerdictWords
from service_center.warranty.vocabulary import Proof

REMEMBERED = 5
FIELDS = {"requested_on": "asked_on"}
"""What opening calls a field, and what these pages call it."""


@dataclass(frozen=True)
class Live:
    """What the page says while it is filled in: the verdict so far, a danger, look-alikes [(code, address)], a missing contact,
    and a registered guarantee that may be the item's."""

    verdict: VerdictWords | None
    unsafe: bool
    twins: tuple[tuple[str, str], ...]
    unreachable: bool
    registered: Offer | None = None


@dataclass(frozen=True)
class Desk:
    """What differs between the shop's page and the counter's: how it looks, when somebody asked, how it is opened."""

    page: Callable[[held.Held, Live], str]
    moment: Callable[[], Moment]
    asking: Callable[[], Asking]
    open_page: str
    """The endpoint of a ticket that looks alike."""
    opened_page: str
    """The endpoint to which a saved page leads."""


def take_down(form: DeskForm, desk: Desk) -> Any:
    """A page is asked for, or sent: sent twice it is one ticket, and what is refused comes back as it was typed."""
    if request.method == "GET":
        return _shown(form, desk, held.Held())
    before = sent_before(form)
    if before:
        return redirect(url_for(desk.opened_page, code=codes.grouped(before)))
    files, good = read(form)
    if good and not form.another.data and find_twins(reading(), form, files.fingerprints()):
        ask_about_twins(form)
        good = False
    opened = _opened(form, files, desk) if good else None
    if opened is None:
        return _shown(form, desk, files), 422
    if opened.ticket.status is not Status.REQUESTED:
        flash(_("Saved. This date counts for the guarantee."), "ok")
    if words := words_if_seen(reading(), files.papers(), besides=opened.ticket.proof_id):
        flash(words, "wait")
    return redirect(url_for(desk.opened_page, code=codes.grouped(opened.ticket.code)))


def answer_live(form: DeskForm, desk: Desk) -> str:
    """The panel beside the form; without a script it comes with the whole page, files and all."""
    if is_live():
        form.validate()
        return render_template(
            "tickets/live.html", form=form, live=live(form, desk, held.Held()), verdict_url=request.path
        )
    files, _good = read(form)
    registered.fill(reading(), form, request.form.get("use_registration", "")[:12], in_lab=actor().in_lab)
    now = live(form, desk, files)
    forgive(form)
    fresh(form)
    return desk.page(files, now)


def _shown(form: DeskForm, desk: Desk, files: held.Held) -> str:
    return desk.page(files, live(fresh(form), desk, files))


def _opened(form: DeskForm, files: held.Held, desk: Desk) -> Opened | None:
    """The new ticket; None when it was refused, and the form says why."""
    try:
        with transaction() as session:
            opened = take(
                session, told(session, form, files), desk.asking(), actor=actor(), now=house().now(), house=house()
            )
    except Refused as no:
        blame(form, no, FIELDS)
        return None
    remember(form, opened)
    return opened


def fresh(form: DeskForm) -> DeskForm:
    """A page that was not sent yet gets its own mark: sent twice, it opens one ticket."""
    if not form.once.data:
        form.once.data = new_secret()
    return form


def read(form: DeskForm) -> tuple[held.Held, bool]:
    """The files and whether everything is in order; what was refused stands beside its field from now on."""
    good = form.validate()
    files, refused = held.receive(form.held.data or "")
    form.held.data = held.sign(files)
    for no in refused:
        blame(form, no)
    return files, good and not refused


def blame(form: DeskForm, no: Refused, fields: dict[str, str] | None = None) -> None:
    """Put a refusal beside the field that it is about; one without a field stands at the first question."""
    name = (fields or {}).get(no.field or "", no.field or "")
    field = form[name] if name in form else form["family"]
    field.errors = [*field.errors, refusal(no)]


def forgive(form: DeskForm) -> None:
    """Only the verdict was asked for: nothing is reproached but files that cannot be kept."""
    for field in form:
        if not isinstance(field, MultipleFileField):
            field.errors = []


def told(session: Session, form: DeskForm, files: held.Held) -> Told:
    """The page as services take it."""
    receipt = registered.receipt_at_desk(session, form, in_lab=actor().in_lab)
    return Told(
        form.said_item(), said_purchase(session, form), files.pictures(), files.papers(), form.once.data or "", receipt
    )


def said_purchase(session: Session, form: DeskForm) -> SaidPurchase:
    """The purchase; a shop of ours counts as what it was on that day (R12), a name that we do not know as unknown."""
    day = form.purchased_on.data if not form.purchased_on.errors else None
    used = registered.used_at_desk(session, form, in_lab=actor().in_lab)
    plain = SaidPurchase(
        day, form.plain_seller(), form.seller_name.data or "", proof=_proof_said(session, form), card=form.card_said(),
        registered_on=used.registered_on if used else None,
    )  # fmt: skip
    shop = _shop(session, form)
    own = house_seller(house().brand, name=plain.seller_name) if form.seller.data == OTHER_SHOP else None
    if own is not None:
        return replace(plain, seller=own.kind, seller_name=own.name)
    if shop is None:
        return plain
    return replace(plain, seller=asking.seller_of(shop, day), seller_name=shop.name, shop_id=shop.id)


def _proof_said(session: Session, form: DeskForm) -> str:
    """What was said; nothing said, and a receipt came with the registration: that one, until a person has looked."""
    said = form.proof_said()
    came = said == Proof.NONE and registered.receipt_at_desk(session, form, in_lab=actor().in_lab) is not None
    return Proof.RECEIPT.value if came else said


def _shop(session: Session, form: DeskForm) -> Shop | None:
    number = form.chosen_shop()
    if number is not None:
        return session.get(Shop, number)
    typed = _plain(form.seller_name.data or "")
    if form.seller.data != OTHER_SHOP or len(typed) < 3:
        return None
    found = [
        shop for shop in shops_matching(session, (form.seller_name.data or "").split(",")[0].strip())
        if typed in (_plain(shop.name), _plain(f"{shop.name} {shop.city}"))
    ]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _plain(words: str) -> str:
    return " ".join(words.replace(",", " ").casefold().split())


def live(form: DeskForm, desk: Desk, files: held.Held) -> Live:
    """What is known by now; a half-filled page is answered, too."""
    session, item = reading(), form.said_item()
    known = item.family in house().rulebook.newest.families
    words = None
    if known:
        record = asking.preliminary(
            asking.recognised(session, item), said_purchase(session, form), desk.moment(), house().rulebook
        )
        words = verdicts.verdict(record, reader="lab" if actor().in_lab else "shop")
    twins = find_twins(session, form, files.fingerprints())
    return Live(
        words, bool(dangers(item.symptoms)),
        tuple((ticket.code, url_for(desk.open_page, code=codes.grouped(ticket.code))) for ticket in twins),
        bool(form.name.data) and not (form.email.data or form.phone.data),
        registered.at_desk(session, form, in_lab=actor().in_lab),
    )  # fmt: skip


def find_twins(session: Session, form: DeskForm, sha256: list[str]) -> list[Ticket]:
    """Open tickets that may be the same request, as far as this person may see them."""
    customer, item = form.new_customer(), form.said_item()
    found = lookalikes(session, email=customer.email, serial=item.serial, sha256=sha256, seen_by=actor())
    return list(found)


def ask_about_twins(form: DeskForm) -> None:
    """Somebody says first whether it is another repair."""
    form.another.errors = [
        *form.another.errors,
        _("This looks like a repair that is open already: look at it, or say that it is another one."),
    ]


def is_live() -> bool:
    """Whether a script asks for the panel alone."""
    return request.headers.get("X-Live") == "1"


# --- after it was sent: the browser remembers the code and the PIN of the last few ------------------------------------


def remember(form: DeskForm, opened: Opened) -> None:
    """The PIN is known only now: this browser keeps it for the slip."""
    kept = [each for each in browser.get("handed", []) if each[0] != form.once.data]
    browser["handed"] = [*kept, [form.once.data, opened.ticket.code, opened.pin]][-REMEMBERED:]


def sent_before(form: DeskForm) -> str | None:
    """The code of the ticket that this very page opened already."""
    return next((code for once, code, _pin in browser.get("handed", []) if once and once == form.once.data), None)


def pin_of(code: str) -> str:
    """The PIN for the slip, while this browser still knows it; else empty."""
    return next((pin for _once, known, pin in browser.get("handed", []) if known == code), "")
