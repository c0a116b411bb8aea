"""A parcel of three items by the scanner alone, from the courier's label to the shelves; and a phone as the bench's camera."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.database import db
from service_center.lab.views import camera
from service_center.parcels.models import Parcelled, Shipment
from service_center.parcels.services import announce
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Photo, Ticket
from service_center.tickets.queries import locked
from tests.browser.conftest import BENCH, PHONE, Live
from tests.browser.papers import receipt
from tests.browser.persons import picture
from tests.browser.test_scan_story import at_the_bench, says, scans
from tests.builders import actor, make_ticket

pytestmark = pytest.mark.browser
BRT = "084119355207"
FAST = 6


def announced(live: Live, number: int) -> list[Ticket]:
    """A shop's items under one courier's number."""
    with live.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        made = [make_ticket(session, live.house, live.people, status=Status.TO_SEND, shop=live.people.shop) for _each in range(number)]  # fmt: skip
        clerk = actor(live.people.clerk)
        for each in made:
            mine = locked(session, each.code, seen_by=clerk)
            announce(session, mine, "brt", BRT, actor=clerk, now=live.house.now(), house=live.house)
        session.commit()
        return made


def cards(page: Page, *texts: str) -> None:
    """Cards that the page itself understands: it stays."""
    for text in texts:
        page.keyboard.type(text, delay=FAST)
        page.keyboard.press("Enter")
        expect(page.locator("#scan")).to_have_value("")


def test_from_the_courier_s_label_to_the_shelf_by_scanner_alone(live: Live) -> None:
    first, second, third = announced(live, 3)
    page = at_the_bench(live, live.people.front_desk)
    page.context.add_init_script(
        "window.print = () => { document.body.dataset.printed = Number(document.body.dataset.printed ?? 0) + 1 }"
    )
    scans(page, BRT)
    says(page, "Ne mancano 3")

    scans(page, f"https://lab.example/t/{first.code}")
    assert page.url.endswith(f"/lab/reception/{grouped(first.code)}")
    cards(page, "*TAPE.BROKEN", "*GRADE.B", "(GRADE.GLASS.D", "*CAME.BOX", "*PLACE.A-01")
    scans(page, "*DONE")
    expect(page.locator("body")).to_have_attribute("data-printed", "1")
    scans(page, second.code)
    cards(page, "*PLACE.A-02")
    scans(page, "*DONE", "*DONE")
    assert page.url.split("/")[-2] == "parcels"
    says(page, "Ne manca 1")
    scans(page, "*DONE")
    says(page, "manca 1 oggetto")

    with live.look() as session:
        rows = {each.code: each for each in session.scalars(select(Ticket))}
        assert (rows[first.code].location, rows[second.code].location) == ("A-01", "A-02")
        assert rows[first.code].condition == {"glass": "D", "case": "B", "back": "B", "crown": "B", "strap": "B"}
        assert rows[first.code].accessories == ["box"]
        assert rows[third.code].status is Status.IN_TRANSIT_IN
        assert {each.seal for each in session.scalars(select(Shipment))} == {"broken"}
        assert [each.ticket_id for each in session.scalars(select(Parcelled)) if each.missing_at] == [third.id]


def test_a_phone_takes_the_pictures_and_the_bench_shows_them(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    [ticket] = announced(live, 1)
    shown: list[str] = []
    draw = camera.qr_path
    monkeypatch.setattr(camera, "qr_path", lambda url: shown.append(url) or draw(url))
    bench = live.signed_in(live.people.front_desk, BENCH)
    bench.goto(f"/lab/reception/{grouped(ticket.code)}")
    cards(bench, "*PLACE.A-07", "*PHOTO")
    expect(bench.locator("svg.qr")).to_be_visible()

    phone = live.screen(PHONE)
    phone.goto(shown[0])
    for _each in range(2):
        with phone.expect_navigation():
            phone.locator("#photos").set_input_files(picture("IMG_1.JPG", receipt("20 NOV 2026")))  # type: ignore[arg-type]
    expect(phone.locator("main")).to_contain_text("Pacco, Contenuto")

    expect(bench.locator("[data-shown] img")).to_have_count(2, timeout=15_000)
    expect(bench.locator("[name=place]")).to_have_value("A-07")
    with live.look() as session:
        assert [each.subject for each in session.scalars(select(Photo).order_by(Photo.id))] == ["parcel", "contents"]
