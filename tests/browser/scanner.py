"""The scanner of the stories: keys as it types them, ended by Enter or Tab; no mouse, and no other key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

FAST, SLOW = 2, 90
"""Milliseconds between two keys: of a scanner, of a hand."""
_STAYS = """text => {
    if (document.querySelector('form[data-pin]')) return /^[*][0-9]$/.test(text);
    const meant = [...document.querySelectorAll(`[data-card~="${CSS.escape(text)}"]`)].filter(each => !each.disabled);
    const filled = [...document.querySelectorAll('[data-card-fill]')].filter(each => text.startsWith(each.dataset.cardFill));
    return meant.length + filled.length > 0 && !meant.some(each => each.matches('[type=submit], a[href]'));
}"""
"""Whether the page itself understands a card and does not leave for it."""


def scans(page: Page, *texts: str, end: str = "Enter") -> None:
    """A scanner types into whatever has the focus; each scan leads to a page."""
    for text in texts:
        with page.expect_navigation(wait_until="load"):
            _typed(page, text, end)
        page.evaluate("() => new Promise(done => requestIdleCallback(done, { timeout: 400 }))")


def _typed(page: Page, text: str, end: str) -> None:
    page.keyboard.type(text, delay=FAST)
    page.keyboard.press(end)


@dataclass
class Scanner:
    """One scanner at one screen; it counts what it scans. A card that a page understands itself leads to no other page."""

    page: Page
    scanned: int = 0
    seconds: dict[str, list[float]] = field(default_factory=dict)

    def scan(self, texts: Iterable[str], step: str = "") -> None:
        """One after the other, each when the page before stands."""
        for text in texts:
            began = time.perf_counter()
            if self.page.evaluate(_STAYS, text):
                _typed(self.page, text, "Enter")
            else:
                scans(self.page, text)
            self.scanned += 1
            self.seconds.setdefault(step, []).append(time.perf_counter() - began)


@dataclass
class Stopwatch:
    """How long the application worked for each request that was no file, by the step that the story was at."""

    app: Callable[..., Any]
    step: str = ""
    spent: dict[str, list[float]] = field(default_factory=dict)

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        began = time.perf_counter()
        answer = self.app(environ, start)
        if not environ["PATH_INFO"].startswith("/static/"):
            self.spent.setdefault(self.step, []).append(time.perf_counter() - began)
        return answer
