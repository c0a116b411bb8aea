"""A real Chromium for the tests, and a quiet server for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


class Quiet(WSGIRequestHandler):
    """Says nothing about every file that it serves."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


def _waits(press: Callable[..., Any]) -> Callable[..., Any]:
    """A form goes out while its page stays (js/net.js): whoever pressed waits for what comes, as a person does."""

    @wraps(press)
    def pressed(on: Page | Locator, *args: Any, **more: Any) -> Any:
        done = press(on, *args, **more)
        page = on if isinstance(on, Page) else on.page
        if not page.is_closed():
            page.wait_for_selector("html:not([data-going])", state="attached")
        return done

    return pressed


for _kind in (Page, Locator):
    for _way in ("click", "press", "tap"):
        setattr(_kind, _way, _waits(getattr(_kind, _way)))


@contextmanager
def launched() -> Iterator[Browser]:
    """The machine's Chromium, headless."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
