"""A real Chromium for the tests, and a quiet server for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


class Quiet(WSGIRequestHandler):
    """Says nothing about every file that it serves."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def launched() -> Iterator[Browser]:
    """The machine's Chromium, headless."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
