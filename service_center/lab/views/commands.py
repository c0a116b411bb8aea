"""Command cards: a scan that acts on the open ticket, what is held for the next scan, and the cards on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, request, session, url_for
from sqlalchemy import select

from service_center.accounts.access import actor, lab
from service_center.catalogue.queries import parts_for, tests_of
from service_center.core.database import reading
from service_center.core.downloads import pdf
from service_center.core.errors import NotFound
from service_center.core.goods import Stage
from service_center.core.house import house
from service_center.core.i18n import _
from service_center.lab import commands, obeying
from service_center.lab.commands import STEPS, Card, Deed, Hand, Order, Wrong
from service_center.lab.queries.places import colleagues, parts, places
from service_center.lab.views.next import next_after
from service_center.lab.views.room import note_scan, read_code, room, show, tried
from service_center.lab.wording import cards as wording
from service_center.labels import cards as printed
from service_center.tickets import queries
from service_center.tickets.checking import stage_of
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status, Step
from service_center.tickets.models import Ticket
from service_center.tickets.reading_forms import other_unit, parsed, suits
from service_center.tickets.stepping import offered
from service_center.tickets.wording import vocabulary

D = Deed
DOORS = {"BOARD": "lab.board", "RECEPTION": "lab.reception", "DISPATCH": "lab.dispatch"}


@dataclass(frozen=True)
class Opened:
    """Which ticket the page shows, and where it stands."""

    code: str
    status: Status


def open_ticket(at: str) -> Ticket | None:
    """The ticket that the page shows on which somebody scanned."""
    try:
        return queries.get(reading(), read_code(at), seen_by=actor())
    except NotFound:
        return None


def _opened(at: str) -> Opened | None:
    """The same, as little of it as most cards need."""
    try:
        asked = select(Ticket.code, Ticket.status).where(Ticket.code == read_code(at), queries.visible(actor()))
    except NotFound:
        return None
    row = reading().execute(asked).first()
    return Opened(row.code, row.status) if row else None


def strip(ticket: Ticket) -> dict[str, str]:
    """The strip of a page that shows this ticket: cards act on it, and what is held stands in the scan field."""
    hand, _made = _kept(ticket.code)
    return {"scan_url": url_for("lab.scan", at=grouped(ticket.code)), "prompt": wording.held(hand)}


def part_card(text: str, at: str) -> str:
    """The card of a part whose own code was scanned on a ticket; empty where it is none."""
    ticket, plain = open_ticket(at), text.strip().upper()
    if ticket is None or not plain:
        return ""
    own = (part.code for part in parts_for(reading(), ticket.item.family) if part.code.upper() == plain)
    return next((Card(D.PART, code).text() for code in own), "")


def read_reading(text: str, at: str) -> bool:
    """A figure that an instrument types, or that was pasted, after the card of a test: it is entered at once. Whether it was one."""
    ticket, read = open_ticket(at), parsed(text)
    hand, made = _kept(ticket.code) if ticket else (Hand(), None)
    tests = (
        {
            commands.named(name): test
            for name, test in tests_of(house().brand, ticket.item.family, ticket.item.model).items()
        }
        if ticket
        else {}
    )
    test = tests.get(hand.of(D.TEST))
    if ticket is None or read is None or test is None or hand.figures():
        return False
    if suits(read[1], test.unit):
        _carry_out(ticket.code, Order(D.TEST, hand.of(D.TEST), read[0]), hand, made)
    else:
        note_scan(ticket.code, found=False)
        flash(other_unit(test.unit), "stop")
    return True


def scanned_card(text: str, at: str, back: str) -> Any:
    """One card: do it, hold it, or say why not; `back` is the page that was scanned on."""
    new, ticket = commands.card(text), _opened(at)
    if new is None or not wording.known(new):
        return _stopped("unknown", new, text, back)
    if new.deed is D.GO:
        return redirect(url_for(DOORS[new.value]))
    if new.deed is D.NEXT:
        return next_after(ticket.code if ticket else "")
    if ticket is None and new.deed is D.HELP:
        return redirect(url_for("lab.cards"))
    if ticket is None:
        return _stopped("no_ticket", new, text, back)
    return _on(ticket.code, ticket.status, new)


def _on(code: str, status: Status, new: Card) -> Any:
    here = url_for("lab.ticket", code=grouped(code))
    if new.deed is D.HELP:
        menu = _menu(code)
        flash(wording.helped(commands.here(menu), [step.action for step in menu]), "wait")
        return redirect(here)
    if new.deed is D.PRINT:
        return redirect(url_for("lab.bag_label", code=grouped(code)))
    if new.deed is D.PHOTO:
        return redirect(f"{here}#photos")
    if new.deed in commands.ARRIVAL:
        return _stopped("not_here", new, new.text(), here, commands.here(_menu(code)))
    hand, made = _kept(code)
    menu = _menu(code) if new.deed in STEPS else ()
    try:
        held, order = _taken(hand, new, menu, after=made.deed if made else None, at=status)
        if order is None:
            _keep(code, held, made)
            note_scan(code, found=True)
            flash(wording.held(held) or _("Taken back."), "wait")
        else:
            _carry_out(code, order, hand, made)
    except Wrong as no:
        return _stopped(no.code, new, new.text(), here, commands.here(menu or _menu(code)))
    return redirect(here)


def _menu(code: str) -> Sequence[Step]:
    """The steps that the table offers here."""
    ticket = queries.get(reading(), code, seen_by=actor())
    return offered(ticket.status, actor().kind, queries.facts_of(reading(), ticket, actor=actor(), house=house()))


def _taken(hand: Hand, new: Card, menu: Sequence[Step], *, after: Deed | None, at: Status) -> tuple[Hand, Order | None]:
    """On the bench the card of failed checks is no step: it is held for the check that it is about."""
    for_a_check = new.deed is D.FAIL and stage_of(at) is Stage.FIRST
    needs_why = for_a_check or (new.deed in STEPS and commands.step(new.deed, menu).note)
    return commands.take(hand, new, needs_why=needs_why, after=after)


def _carry_out(code: str, order: Order, hand: Hand, made: obeying.Done | None) -> None:
    """In one transaction; what is refused leaves the ticket and the held cards as they were."""
    by = obeying.By(actor(), house().now(), house())
    done: list[tuple[obeying.Done, Any]] = []

    def work(write: Any, found: Ticket) -> None:
        if order.deed is not D.UNDO:
            words = wording.label(Card(D.WHY, order.why)) if order.why else ""
            done.append((obeying.obey(write, found, order, words, by), found))
        elif made is None:
            raise Wrong("nothing_to_undo")
        else:
            done.append((obeying.take_back(write, found, made, str(wording.WHYS["MISTAKE"]), by), found))

    trouble = tried(code, work)
    note_scan(code, found=trouble is None)
    if trouble is not None:
        flash(trouble.sentence, "stop")
        return
    [(did, ticket)] = done
    _keep(code, Hand(), None if did.deed is D.UNDO else did)
    flash(wording.said(did, ticket.status), "ok")


def _stopped(code: str, card: Card | None, text: str, back: str, here: Sequence[Deed] = ()) -> Any:
    note_scan("", found=False)
    flash(wording.wrong(code, card, text[:60], here), "stop")
    return redirect(back)


def _kept(code: str) -> tuple[Hand, obeying.Done | None]:
    """What is held for this ticket, and what a card did to it last; another ticket begins anew."""
    kept = session.get("cards") or {}
    if kept.get("at") != code:
        return Hand(), None
    held = (commands.card(text) for text in kept["held"])
    deed, *facts = kept["made"] or [""]
    made = obeying.Done(Deed(deed), *facts) if deed else None
    return Hand(tuple(card for card in held if card is not None)), made


def _keep(code: str, hand: Hand, made: obeying.Done | None) -> None:
    last = [made.deed.value, made.row, made.what, made.before] if made else None
    session["cards"] = {"at": code, "held": [card.text() for card in hand.cards], "made": last}


@room.get("/cards")
@lab
def cards() -> Any:
    """The cards that can be printed."""
    families = [(name, vocabulary.family(name)) for name in house().rulebook.newest.families]
    named = [
        ("bench", _("Command cards of the bench")),
        ("reception", _("Reception")),
        *families,
        ("parts", _("Spare parts")),
        ("places", _("Places")),
        ("people", _("Hand to")),
    ]
    lists = [(words, url_for("lab.cards_pdf", of=name)) for name, words in named]
    return show("lab/cards.html", lists=[*lists, (_("Numbered seals"), url_for("lab.seals_pdf"))])


@room.get("/cards.pdf")
@lab
def cards_pdf() -> Response:
    """One list of cards, or all of them."""
    name, families = request.args.get("of", ""), tuple(house().rulebook.newest.families)
    pages: dict[str, Callable[[], printed.Page]] = {
        "bench": wording.bench_page,
        "reception": wording.reception_page,
        "parts": lambda: wording.parts_page(parts(reading())),
        "places": lambda: wording.places_page(places(reading())),
        "people": lambda: wording.people_page(colleagues(reading())),
    }
    if name in families:
        return pdf(printed.draw([wording.family_page(name)]), f"cards-{name}")
    if name in pages:
        return pdf(printed.draw([pages[name]()]), f"cards-{name}")
    every = [
        pages["bench"](),
        pages["reception"](),
        *map(wording.family_page, families),
        *(pages[each]() for each in ("parts", "places", "people")),
    ]
    return pdf(printed.draw(every), "cards")
