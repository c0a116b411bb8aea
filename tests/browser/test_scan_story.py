"""A day at the bench by the scanner alone: keys as it types them, no mouse and no other key."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import User
from service_center.core.database import db
from service_center.tickets.bench_models import Seal
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Finding, Note, PartUsed, Ticket
from tests.browser.conftest import Live
from tests.browser.scanner import FAST, SLOW, scans
from tests.builders import make_ticket

pytestmark = pytest.mark.browser


def at_the_bench(live: Live, person: User) -> Page:
    """Signed in, with the board before them."""
    page = live.signed_in(person)
    expect(page.locator("#scan")).to_be_focused()
    return page


def says(page: Page, words: str) -> None:
    expect(page.locator("body")).to_contain_text(words)


def ticket_at(live: Live, status: Status) -> Ticket:
    """One ticket without findings."""
    with live.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        return make_ticket(session, live.house, live.people, status=status, findings=())


def now(session: Session) -> Ticket:
    return session.scalars(select(Ticket)).one()


def test_a_watch_goes_through_the_bench_by_scanner(live: Live) -> None:
    ticket = ticket_at(live, Status.TAKEN_IN_CHARGE)
    page = at_the_bench(live, live.people.technician)
    scans(page, f"https://lab.example/t/{ticket.code}")
    assert page.url.endswith(f"/lab/tickets/{grouped(ticket.code)}")
    scans(page, "*START")
    says(page, "Diagnosi iniziata")

    # two findings; a wrong card is refused and changes nothing
    scans(page, "*COMP.BATTERY")
    expect(page.locator("#scan")).to_have_attribute("placeholder", "Pila: ora la causa")
    scans(page, "*CAUSE.C03", "*WORK.A01")
    scans(page, "(COMP.GASKETS", "(CAUSE.C02", end="Tab")
    scans(page, "*DONE")
    says(page, "Qui «Fatto» non fa nulla")
    with live.look() as session:
        assert now(session).status is Status.DIAGNOSING
        assert [each.component for each in session.scalars(select(Finding).order_by(Finding.id))] == [
            "battery",
            "gaskets",
        ]

    # a scan lands on a focused button or list and is a scan all the same
    page.locator("main select").first.evaluate(
        "each => { each.closest('details')?.setAttribute('open', ''); each.focus() }"
    )
    scans(page, "*START")
    page.locator("main summary").first.focus()
    scans(page, "*PART.P-377", "*2", "*PART.P-GUARN", "*UNDO")
    with live.look() as session:
        assert now(session).status is Status.REPAIRING
        assert [each.code for each in session.scalars(select(PartUsed))] == ["P-377"]
    scans(page, "*DONE")

    # whoever repaired it does not test it; a colleague does
    scans(page, "*OK")
    with live.look() as session:
        assert now(session).status is Status.TESTING
    serena = at_the_bench(live, live.people.second_technician)
    scans(serena, ticket.code, "*TEST.DRY.PRESSURE", "*1", "*1", "*ENTER", "*OK")
    says(serena, "Ancora senza risposta: Il difetto segnalato non c’è più")
    scans(serena, "*CHECK.FAULT.GONE", "*GONE", "*CHECK.HANDS.DATE", "*CHECK.COMPLETE", "*SEAL.004512", "*OK")
    with live.look() as session:
        assert now(session).status is Status.READY
        assert session.scalars(select(Seal.number)).all() == ["004512"]


def test_typing_in_a_note_is_no_scan_and_slow_typing_is_left_alone(live: Live) -> None:
    ticket = ticket_at(live, Status.DIAGNOSING)
    page = at_the_bench(live, live.people.technician)
    page.goto(f"/lab/tickets/{grouped(ticket.code)}")
    note = page.locator("textarea[name=note]#new-note")
    note.evaluate("each => { each.closest('details')?.setAttribute('open', ''); each.focus() }")
    page.keyboard.type("*START", delay=FAST)
    page.keyboard.press("Enter")
    page.keyboard.type("quadrante graffiato", delay=FAST)
    expect(note).to_have_value("*START\nquadrante graffiato")
    with live.look() as session:
        assert now(session).status is Status.DIAGNOSING
        assert not session.scalars(select(Note)).all()
    page.locator("main summary").first.focus()
    page.keyboard.type("slow", delay=SLOW)
    expect(page.locator("#scan")).to_have_value("slow")


def test_scans_while_the_page_loads_wait_in_line(live: Live) -> None:
    ticket = ticket_at(live, Status.TAKEN_IN_CHARGE)
    page = at_the_bench(live, live.people.technician)
    page.goto(f"/lab/tickets/{grouped(ticket.code)}")
    page.evaluate(
        """texts => texts.forEach(text => [...text, 'Enter'].forEach(key =>
            document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))))""",
        ["*START", "*COMP.BATTERY", "*CAUSE.C03"],
    )
    says(page, "Riscontro annotato")
    with live.look() as session:
        assert [each.component for each in session.scalars(select(Finding))] == ["battery"]


def test_a_finding_takes_two_keys(live: Live) -> None:
    ticket = ticket_at(live, Status.DIAGNOSING)
    page = at_the_bench(live, live.people.technician)
    page.goto(f"/lab/tickets/{grouped(ticket.code)}")
    page.keyboard.press("f")
    for asked, what in (("Componente", "Pila"), ("Causa", "Difetto di fabbricazione")):
        choice = page.get_by_role("group", name=asked).get_by_role("button", name=what)
        page.keyboard.press((choice.get_attribute("data-key") or "").lower())
    expect(page.locator("[data-live-here]")).to_contain_text("Coperto")
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    with live.look() as session:
        assert [(each.component, each.cause) for each in session.scalars(select(Finding))] == [
            ("battery", "manufacturing_defect")
        ]
