"""What the scripts make quicker, on pages that hold every component; test_screens measures the real ones."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from werkzeug.serving import make_server

from tests.chromium import Quiet, launched
from tests.look.specimen_app import make_look

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, make_look(), threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield context.new_page()
    context.close()


def test_nothing_needs_a_script(chromium: Browser, base: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{base}/specimen?language=it")
    assert bare.get_by_role("button", name="Controlla la garanzia").is_visible()
    assert bare.locator("input[type=file]").is_visible()
    assert not bare.get_by_role("button", name="Copia il codice").first.is_visible()
    context.close()


def test_errors_take_the_focus_and_lead_to_the_field(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen_customer?language=it&wrong=1")
    assert page.title().startswith("Errore: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="Scrivi il modello").click()
    field = page.get_by_label("Modello o codice EAN")
    page.keyboard.type("482")
    assert field.input_value() == "482"
    assert field.get_attribute("aria-describedby") == "model-hint model-error"


def test_a_code_is_copied_with_one_tap(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen_customer?language=it")
    page.get_by_role("button", name="Copia il codice").click()
    page.get_by_text("Copiato").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == "K7QM-2F9D-XH3W"


def test_a_photo_is_seen_and_weighed_before_it_is_sent(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen_customer?language=it")
    picture = page.locator(".mast").screenshot()
    page.set_input_files("input[type=file]", [{"name": "scontrino.png", "mimeType": "image/png", "buffer": picture}])
    page.locator(".previews canvas").wait_for()
    page.set_input_files(
        "input[type=file]", [{"name": "film.png", "mimeType": "image/png", "buffer": b"0" * 10_000_001}]
    )
    page.get_by_text("Questo file è troppo grande: 10 MB > 10 MB").wait_for()


def test_the_verdict_follows_the_form(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen?language=it")
    page.get_by_label("Con parole tue").fill("caduto")
    page.locator("[data-live-here]").get_by_text("Non coperto").wait_for()


def test_a_lone_digit_is_a_key_and_a_scan_is_not(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen_lab?language=it")
    page.keyboard.type("3JB9T85Q09TD", delay=8)
    page.wait_for_timeout(600)
    assert page.locator("#scan").input_value() == "3JB9T85Q09TD"
    assert not page.get_by_label("Perché?").is_visible()
    page.locator("#scan").fill("")
    page.keyboard.press("3")
    page.get_by_label("Perché?").wait_for(state="visible")
    page.keyboard.type("12 graffi")
    assert page.get_by_label("Perché?").input_value() == "12 graffi"


def test_who_taps_into_the_scan_field_types_a_code_by_hand(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen_lab?language=it")
    page.locator("#scan").click()
    page.keyboard.press("3")
    page.wait_for_timeout(700)
    assert page.locator("#scan").input_value() == "3"


def test_the_keyboard_comes_back_to_the_scan_field(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen_lab?language=it")
    page.get_by_role("link", name="Prossimo").focus()
    page.keyboard.type("K7QM", delay=5)
    assert page.locator("#scan").input_value() == "K7QM"


def test_a_form_goes_out_once(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen?language=it")
    sent: list[str] = []

    def waits(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)  # and no answer yet
        else:
            route.continue_()

    page.route("**/*", waits)
    page.get_by_label("Con parole tue").focus()
    with page.expect_request(lambda asked: asked.method == "POST"):
        page.keyboard.press("Control+Enter")
        page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.evaluate("0")
    assert len(sent) == 1


def test_choosing_rows_opens_the_bar_and_counts(page: Page, base: str) -> None:
    page.goto(f"{base}/specimen?language=it")
    assert page.locator("[data-count]").text_content() == "1"
    page.locator("tbody .check input").nth(1).check()
    assert page.locator("[data-count]").text_content() == "2"
    for box in page.locator("tbody .check input").all():
        box.uncheck()
    assert not page.locator(".bulk").is_visible()
