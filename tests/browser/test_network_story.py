"""The network goes away at the bench: nothing that was typed or scanned is lost, and everything is saved once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.database import db
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Finding, Measurement, Note
from tests.browser.conftest import Live
from tests.builders import make_ticket

pytestmark = pytest.mark.browser
FAST = 6


def at_the_ticket(live: Live) -> Page:
    """A watch in diagnosis, open on the bench."""
    with live.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        ticket = make_ticket(session, live.house, live.people, status=Status.DIAGNOSING, findings=())
    page = live.signed_in(live.people.technician)
    page.goto(f"/lab/tickets/{grouped(ticket.code)}")
    return page


def scan(page: Page, text: str) -> None:
    page.keyboard.type(text, delay=FAST)
    page.keyboard.press("Enter")


def not_saved(page: Page) -> None:
    expect(page.locator("[data-net]")).to_contain_text("Non salvato: manca la connessione")


def write_note(page: Page, words: str) -> None:
    note = page.locator("textarea#new-note")
    note.evaluate("each => { each.closest('details')?.setAttribute('open', ''); each.focus() }")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def lose_the_first_answer(page: Page) -> None:
    """The server works, and the network goes before its answer arrives."""
    lost: list[int] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    page.route("**/notes", lose)


def notes(live: Live) -> list[str]:
    with live.look() as session:
        return [each.text for each in session.scalars(select(Note))]


def test_cards_wait_in_line_until_the_network_is_back(live: Live) -> None:
    page = at_the_ticket(live)
    page.context.set_offline(True)
    for card in ("*COMP.BATTERY", "*CAUSE.C03", "*TEST.DRY.PRESSURE", "*1", "*1", "*ENTER"):
        scan(page, card)
    not_saved(page)
    expect(page.locator("[data-net]")).to_contain_text("Scansioni in attesa: 5")
    with live.look() as session:
        assert not session.scalars(select(Finding)).all()
    with page.expect_navigation():
        page.context.set_offline(False)
    expect(page.locator(".toast").first).to_contain_text("Misura salvata")
    with live.look() as session:
        assert [each.component for each in session.scalars(select(Finding))] == ["battery"]
        assert [each.value for each in session.scalars(select(Measurement))] == [11]


def test_a_note_is_kept_and_saved_once_when_the_network_is_back(live: Live) -> None:
    page = at_the_ticket(live)
    page.context.set_offline(True)
    write_note(page, "Corona dura")
    not_saved(page)
    expect(page.locator("textarea#new-note")).to_have_value("Corona dura")
    assert page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    with page.expect_navigation():
        page.context.set_offline(False)
    expect(page.locator("main")).to_contain_text("Corona dura")
    assert notes(live) == ["Corona dura"]


def test_a_lost_answer_saves_once(live: Live) -> None:
    page = at_the_ticket(live)
    lose_the_first_answer(page)
    with page.expect_navigation():
        write_note(page, "Corona dura")
        not_saved(page)
        assert notes(live) == ["Corona dura"]
    expect(page.locator("body")).to_contain_text("Era già salvato")
    assert notes(live) == ["Corona dura"]


def test_words_changed_after_a_lost_answer_are_not_lost_silently(live: Live) -> None:
    page = at_the_ticket(live)
    lose_the_first_answer(page)
    write_note(page, "Corona dura")
    not_saved(page)
    page.keyboard.type(" e lenta")
    page.locator("[data-net] button").click()
    expect(page.locator("[data-net]")).to_contain_text("Il primo invio è già salvato")
    expect(page.locator("textarea#new-note")).to_have_value("Corona dura e lenta")
    assert notes(live) == ["Corona dura"]


def test_a_server_that_is_away_counts_as_not_saved(live: Live) -> None:
    page = at_the_ticket(live)
    page.route("**/notes", lambda route: route.fulfill(status=503, body="away"))
    write_note(page, "Corona dura")
    not_saved(page)
    page.unroute("**/notes")
    with page.expect_navigation():
        page.locator("[data-net] button").click()
    assert notes(live) == ["Corona dura"]


def test_a_refused_form_comes_back_as_ever(live: Live) -> None:
    page = at_the_ticket(live)
    with page.expect_navigation():
        write_note(page, " ")
    expect(page.locator(".error-summary")).to_be_focused()
    assert notes(live) == []
