"""The whole product on a loopback port, a clock that the story moves, and people at their screens."""

from __future__ import annotations

import email
import email.policy
import re
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from service_center.accounts.models import User
from service_center.app import create_app
from service_center.core.database import db
from service_center.core.house import House
from service_center.outbox.worker import run_once
from tests.builders import PASSWORD, People, make_people
from tests.chromium import Quiet, launched
from tests.conftest import Clock, settings_for

PHONE = {"width": 390, "height": 844}
BENCH = {"width": 1280, "height": 800}


@dataclass
class Live:
    """The running house, seen from behind the scenes."""

    base: str
    app: Flask
    clock: Clock
    mail: Path
    people: People
    browser: Browser
    contexts: list[BrowserContext]

    @property
    def house(self) -> House:
        found: House = self.app.extensions["house"]
        return found

    def look(self) -> Session:
        """A fresh look into the database."""
        with self.app.app_context():
            return Session(db.engine)

    def post_goes(self) -> list[EmailMessage]:
        """The worker sends what waits; all letters so far, the oldest first."""
        with self.app.app_context():
            while run_once(self.app.extensions["handlers"], clock=self.clock):
                pass
        read = (path.read_bytes() for path in sorted(self.mail.glob("*.eml")))
        return [email.message_from_bytes(content, policy=email.policy.default) for content in read]  # type: ignore[misc]

    def screen(self, size: dict[str, int], language: str = "it") -> Page:
        """Somebody's own browser."""
        context = self.browser.new_context(viewport=size, locale=language, base_url=self.base)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: pytest.fail(f"a script broke: {fault}"))
        return page

    def signed_in(self, user: User, size: dict[str, int] = BENCH) -> Page:
        """Somebody of the house or of a shop at their screen."""
        page = self.screen(size)
        page.goto("/login")
        page.fill("[name=email]", user.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        return page


def words(letter: EmailMessage) -> str:
    """A letter's plain text."""
    body = letter.get_body(preferencelist=("plain",))
    assert body
    return str(body.get_content())


def link(letter: EmailMessage, pattern: str) -> str:
    """The first link of a letter that has this in it."""
    found = re.search(rf"https?://\S*{pattern}\S*", words(letter))
    assert found, words(letter)
    return found[0].rstrip(".,)")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def live(database_url: str, tmp_path: Path, clock: Clock, chromium: Browser) -> Iterator[Live]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    folder = tmp_path / "instance"
    app = create_app(
        settings_for(
            database_url, folder, base_url=base, storage_url=str(folder / "files"), mail_url=str(folder / "mail")
        ),
        clock=clock,
    )
    with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        people = make_people(session)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    house = Live(base, app, clock, folder / "mail", people, chromium, [])
    yield house
    for context in house.contexts:
        context.close()
    server.shutdown()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _last_pictures(request: pytest.FixtureRequest, live: Live) -> Iterator[None]:
    """What every screen showed when a story failed; its place is printed."""
    yield
    if getattr(request.node, "failed", False):
        for number, context in enumerate(live.contexts):
            for page in context.pages:
                path = live.mail.parent / f"screen-{number}.png"
                page.screenshot(path=path, full_page=True)
                sys.stdout.write(f"screen {number}: {page.url} → {path}\n")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]
