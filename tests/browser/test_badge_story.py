"""A shared bench by the scanner: enrolled, taken over by badge and PIN, locked when nobody is there; drafts stay their owner's."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from service_center.accounts import badges
from service_center.accounts.models import User
from service_center.core.database import db
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from tests.browser.conftest import Live
from tests.browser.scanner import FAST, scans
from tests.browser.test_scan_story import ticket_at
from tests.builders import WHEN

pytestmark = pytest.mark.browser
PIN = "4711"


def badge_of(live: Live, user: User) -> str:
    """A badge with its PIN; the text of its QR."""
    with live.app.app_context(), Session(db.engine) as session:
        _badge, text = badges.issue(session, user.id, by_id=None, now=WHEN)
        badges.choose_pin(session, user.id, PIN)
        session.commit()
    return text


def a_bench(live: Live) -> Page:
    """A manager enrols a browser and leaves it."""
    page = live.signed_in(live.people.manager)
    page.goto("/manage/benches")
    page.fill("main [name=name]", "Banco 2")
    page.click("main button[type=submit]")
    expect(page.locator("body")).to_contain_text("Questo browser ora è il banco")
    page.locator("form[action='/logout'] button").first.click()
    page.wait_for_url("**/bench")
    return page


def types_the_pin(page: Page) -> float:
    """The seconds until the board was there."""
    page.wait_for_url("**/bench/pin")
    began = time.perf_counter()
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/lab/")
    return time.perf_counter() - began


def sends_the_note(page: Page) -> None:
    with page.expect_navigation(wait_until="load"):
        page.locator("textarea#new-note").evaluate(
            "each => { each.closest('details')?.setAttribute('open', ''); each.form.requestSubmit() }"
        )


def test_colleagues_share_a_bench_and_each_finds_the_own_draft(live: Live) -> None:
    tommaso, serena = live.people.technician, live.people.second_technician
    first, second = badge_of(live, tommaso), badge_of(live, serena)
    address = f"/lab/tickets/{grouped(ticket_at(live, Status.DIAGNOSING).code)}"
    page = a_bench(live)
    scans(page, first)
    took = [types_the_pin(page)]
    expect(page.locator(".who summary")).to_contain_text(tommaso.name)
    expect(page.locator(".who summary")).to_contain_text("Banco 2")

    # half a note; a colleague takes over, by the cards of the digits, and sees nothing of it
    page.goto(address)
    note = page.locator("textarea#new-note")
    note.evaluate("each => { each.closest('details')?.setAttribute('open', ''); each.focus() }")
    page.keyboard.type("lancetta ballerina", delay=FAST)
    page.locator("main summary").first.focus()
    scans(page, second)
    page.wait_for_url("**/bench/pin")
    assert tommaso.name not in page.content()
    for card in ("*4", "*7", "*9", "*UNDO", "*1", "(1", "*ENTER"):
        page.keyboard.type(card, delay=FAST)
        page.keyboard.press("Enter")
    page.wait_for_url("**/lab/")
    expect(page.locator(".who summary")).to_contain_text(serena.name)
    page.goto(address)
    expect(note).to_have_value("")
    assert "ballerina" not in page.content()

    # the first comes back: so do the words
    scans(page, first)
    took.append(types_the_pin(page))
    assert min(took) < 2
    page.goto(address)
    expect(note).to_have_value("lancetta ballerina")
    expect(page.locator("body")).to_contain_text("è di nuovo qui")

    # sent, they are forgotten; sent to a bench that had locked meanwhile, they are not
    sends_the_note(page)
    expect(page.locator("body")).not_to_contain_text("è di nuovo qui")
    page.goto(address)
    expect(note).to_have_value("")
    note.evaluate("each => each.closest('details')?.setAttribute('open', '')")
    note.fill("vetro lasco")
    live.clock.instant += timedelta(minutes=6)
    sends_the_note(page)
    page.wait_for_url("**/bench")
    scans(page, first)
    types_the_pin(page)
    page.goto(address)
    expect(note).to_have_value("vetro lasco")


def test_a_bench_without_a_hand_on_it_locks_and_the_way_back_shows_the_door(live: Live) -> None:
    first = badge_of(live, live.people.technician)
    address = f"/lab/tickets/{grouped(ticket_at(live, Status.DIAGNOSING).code)}"
    page = a_bench(live)
    scans(page, first)
    types_the_pin(page)
    page.clock.install()
    page.goto(address)
    page.clock.fast_forward("04:30")
    page.locator("h1").first.hover()
    page.clock.fast_forward("04:30")
    assert page.url.endswith(address)
    page.context.set_offline(True)
    page.clock.fast_forward("05:10")
    expect(page.locator("body")).to_have_text("Bloccato. Scansiona il badge.")
    page.context.set_offline(False)
    page.clock.fast_forward("00:06")
    page.wait_for_url("**/bench")
    assert live.people.technician.name not in page.content()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Scansiona il badge")

    # the server keeps the time as well, whatever the page does
    page.clock.resume()
    scans(page, first)
    types_the_pin(page)
    live.clock.instant += timedelta(minutes=6)
    page.goto(address)
    expect(page.locator("h1")).to_contain_text("Scansiona il badge")
