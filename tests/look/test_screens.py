"""Every real screen of the demo, measured in Chromium: text that can be read, targets that can be hit, nothing sideways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from service_center.core.database import db
from tests.chromium import launched
from tests.pictures import Screen, demo_served, enter, screens

pytestmark = pytest.mark.browser
MEASURE = (Path(__file__).parent / "measure.js").read_text()
MOODS = (("it", "light"), ("en", "dark"))
GLOVES, FINGER = 56, 44


@dataclass
class Demo:
    """The demo behind an address, with all its screens."""

    base: str
    screens: list[Screen]
    browser: Browser


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo_served(tmp_path_factory.mktemp("screens")) as (base, app):
        with app.app_context(), Session(db.engine) as session:
            wanted = list(screens(session))
        with launched() as browser:
            yield Demo(base, wanted, browser)


@pytest.mark.parametrize(("language", "scheme"), MOODS)
@pytest.mark.parametrize("who", ["public", "owner", "shop", "lab", "manager"])
def test_every_text_can_be_read_and_every_target_hit(demo: Demo, who: str, language: str, scheme: str) -> None:
    faults: list[str] = []
    mine = [screen for screen in demo.screens if kind(screen) == who]
    assert mine
    for signed in sorted({screen.who for screen in mine}):
        context = demo.browser.new_context(locale=language, color_scheme=scheme, base_url=demo.base)  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda said: faults.append(f"console: {said.text}") if "404" not in said.text else None)
        page.on("pageerror", lambda fault: faults.append(f"script: {fault}"))
        enter(page, signed)
        page.goto(f"/speak/{language}?next=/home")
        for screen in (each for each in mine if each.who == signed):
            for width, height in screen.widths:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(screen.address)
                figures = page.evaluate(MEASURE, GLOVES if page.locator("body.lab").count() else FINGER)
                if figures != {"faint": [], "small": [], "wide": 0}:
                    faults.append(f"{screen.name} at {width}: {figures}")
        context.close()
    assert not faults, "\n".join(faults)


def kind(screen: Screen) -> str:
    """Who looks at a screen."""
    if "@" not in screen.who:
        return "owner" if screen.who else "public"
    return {"tecnico": "lab", "responsabile": "manager"}.get(screen.who.split("@", maxsplit=1)[0], "shop")
