"""What is read at two metres is big enough: code, status and age on the board and on a ticket's head, at 1920 pixels."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import flask_migrate
import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from service_center.app import create_app
from service_center.core.database import db
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from tests.builders import PASSWORD, make_people, make_ticket
from tests.chromium import Quiet, launched
from tests.conftest import Clock, settings_for

pytestmark = pytest.mark.browser
LEGIBLE = 28
SMALLEST = """places => Object.fromEntries(places.map(place => [place, Math.min(...[...document.querySelectorAll(place)].flatMap(
    each => [each, ...each.querySelectorAll('*')]).filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => parseFloat(getComputedStyle(each).fontSize)))]))"""


@dataclass(frozen=True)
class Shown:
    """A browser at the bench, and the address of a ticket."""

    page: Page
    ticket: str


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder = tmp_path_factory.mktemp("sizes")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    app = create_app(settings_for(f"sqlite:///{folder / 'db.sqlite'}", folder, base_url=base), clock=Clock())
    with app.app_context():
        flask_migrate.upgrade()
        with Session(db.engine, expire_on_commit=False) as session:
            people = make_people(session)
            ticket = make_ticket(session, app.extensions["house"], people, status=Status.DIAGNOSING)
            make_ticket(session, app.extensions["house"], people, status=Status.TAKEN_IN_CHARGE)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, base_url=base)
        page.goto("/login")
        page.fill("[name=email]", people.technician.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url("**/lab/")
        yield Shown(page, f"/lab/tickets/{grouped(ticket.code)}")
    server.shutdown()


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_board_can_be_read_at_two_metres(shown: Shown, language: str) -> None:
    shown.page.goto(f"/lab/?lang={language}")
    sizes = shown.page.evaluate(SMALLEST, [".bench .code", ".bench .d", ".bench .u", ".board .col h2"])
    assert all(size >= LEGIBLE for size in sizes.values()), sizes


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_head_of_a_ticket_can_be_read_at_two_metres(shown: Shown, language: str) -> None:
    shown.page.goto(f"{shown.ticket}?lang={language}")
    sizes = shown.page.evaluate(SMALLEST, [".head .code", ".head .badge.xl", ".head .clock > b"])
    assert all(size >= LEGIBLE for size in sizes.values()), sizes
