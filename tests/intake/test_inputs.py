"""Whatever is typed into whichever field: never a fault of ours, a sentence in the reader's language, the words kept."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from flask import Flask

from service_center.core.i18n import _, speaking
from tests.builders import People
from tests.intake.walking import ANSWERS, YOU, Browser, picture, upload

HOSTILE = [
    "", " ", "\x00", "a\x00b", "'; DROP TABLE tickets; --", "<script>alert(1)</script>", "{{ 7*7 }}", "%s %(x)s", "../../etc/passwd",
    "x" * 201, "x" * 5000, "🕰️ naïve ‮gnirts", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"), "-1", "99999999999999999999",
    "\r\nSet-Cookie: a=b", "NaN", "null", "[]", "０１２",
]  # fmt: skip
PAGES = {**ANSWERS, "which": {"shop": "none"}, "you": YOU}
FIELDS = [(page, field) for page, answers in PAGES.items() for field in ([*answers, "model", "card_dated_on", "delivered_on", "no_date", "without", "remove"])]  # fmt: skip
ANSWERED = {200, 302, 422}


def url_of(page: str) -> str:
    return "/repairs/new/you" if page == "you" else f"/repairs/new/1/{page}"


@pytest.fixture
def everywhere(browser: Browser) -> Browser:
    """A browser with every page before it open: the shop's name is one of several."""
    browser.item(where={"seller": "shop", "shop_name": "Gioielleria Esempio"}, which={"shop": "none"})
    browser.you()
    return browser


def test_no_input_breaks_any_field_of_any_page(everywhere: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service_center.intake.browser.KEPT_AN_HOUR", 10_000)
    token = everywhere.token()
    for page, field in FIELDS:
        for value in HOSTILE:
            data = {"csrf_token": token, **PAGES[page], field: value}
            answered = everywhere.client.post(url_of(page), data=data)
            assert answered.status_code in ANSWERED, (page, field, value, answered.status_code)
            assert "<script>alert" not in answered.text
        shown = everywhere.get(url_of(page), follow_redirects=True)
        assert shown.status_code == 200, (page, field, shown.status_code)
    for data in ({}, {"purchased_on": "x"}, {"purchased_on": ["1"] * 300}):
        live = everywhere.post("/repairs/new/1/verdict", data, headers={"X-Live": "1"})
        assert live.status_code in {*ANSWERED, 413}


def test_an_empty_form_says_on_every_page_what_is_missing(everywhere: Browser) -> None:
    for language, title, summary in (("it", "Errore:", "Controlla"), ("en", "Error:", "Check")):
        everywhere.get(f"/speak/{language}")
        for page in ("what", "fault", "where", "which", "when", "you"):
            if page == "which":
                everywhere.post(url_of("where"), {"seller": "shop", "shop_name": "Gioielleria Esempio"})
            answered = everywhere.post(url_of(page), {})
            assert answered.status_code == 422, page
            assert title in answered.text, page
            assert summary in answered.text, page
            assert 'class="error-summary"' in answered.text
            everywhere.post(url_of(page), PAGES[page])


NO_CHOICE = {"fridge", "S17"}
WRONG: list[tuple[str, dict[str, Any], dict[str, str] | str]] = [
    (
        "what",
        {"family": "jewel", "model": "OPSPW-482"},
        {"it": "Posh Paris", "en": "The model Posh Paris is another kind"},
    ),
    ("what", {"family": "fridge"}, {"it": "valid", "en": "valid"}),
    ("what", {"family": "watch", "model": "x" * 121}, {"it": "120", "en": "at most 120"}),
    ("fault", {"symptoms": ["S99"]}, {"it": "parole", "en": "a few words"}),
    ("fault", {"symptoms": ["S17"]}, {"it": "valid", "en": "valid"}),
    ("where", {"seller": "shop", "shop_name": ""}, {"it": "nome del negozio", "en": "name of the shop"}),
    ("papers", {}, {"it": "Fotografa lo scontrino", "en": "Photograph the receipt"}),
    ("when", {"purchased_on": ["31", "2", "2025"], "card": "complete"}, {"it": "non esiste", "en": "does not exist"}),
    ("when", {"purchased_on": ["14", "marzo", "2025"], "card": "complete"}, {"it": "cifre", "en": "figures"}),
    ("when", {"purchased_on": ["21", "11", "2026"], "card": "complete"}, {"it": "deve ancora", "en": "still to come"}),
    ("when", {"purchased_on": ["1", "1", "1200"], "card": "complete"}, {"it": "anno", "en": "too long ago"}),
    ("when", {"purchased_on": ["", "", ""], "card": "complete"}, {"it": "spunta", "en": "tick that you do not know"}),
    ("when", {"purchased_on": ["1", "1", "2026"]}, {"it": "certificato", "en": "Say how the guarantee card is"}),
    ("you", {**YOU, "email": "adele@"}, {"it": "nome@example.com", "en": "name@example.com"}),
    ("you", {**YOU, "phone": "12"}, "This telephone number has too few or too many digits"),
    ("you", {**YOU, "postal_code": "8013"}, {"it": "cinque cifre", "en": "five digits"}),
    ("you", {**YOU, "province": "Napoli"}, {"it": "due lettere", "en": "its two letters"}),
    ("you", {**YOU, "country": "RU"}, {"it": "Russia", "en": "Russia"}),
    ("you", {**YOU, "name": ""}, {"it": "nome e cognome", "en": "Write your name"}),
    ("you", {**YOU, "street": " "}, {"it": "Scrivi la via", "en": "Write the street"}),
]


@pytest.mark.parametrize("language", ["it", "en"])
def test_a_wrong_answer_is_told_beside_its_field_and_everything_typed_stays(
    app: Flask, people: People, language: str
) -> None:
    for page, data, said in WRONG:
        browser = Browser(app.test_client())
        browser.get(f"/speak/{language}")
        for step, answers in ANSWERS.items():
            if step == page:
                break
            browser.post(url_of(step), {"without": "1"} if step == "papers" else answers)
        answered = browser.post(url_of(page), data)
        assert answered.status_code == 422, (page, data)
        with speaking(language):
            sentence = _(said) if isinstance(said, str) else said[language]
        assert escape(sentence) in answered.text, (page, data, sentence)
        for value in (each for given in data.values() for each in ([given] if isinstance(given, str) else given)):
            # What is no answer of a choice was never typed by hand, and cannot be shown.
            assert escape(value.strip()) in answered.text or value in NO_CHOICE, (page, value)


def test_saving_while_typing_answers_in_words(browser: Browser) -> None:
    browser.get("/speak/it")
    said = browser.post("/repairs/new/1/what", {"family": "watch", "model": "OPSPW"}, headers={"X-Live": "1"})
    assert (said.mimetype, said.text.split(".")[0]) == ("text/plain", "Salvato alle 10:41")
    assert 'value="OPSPW"' in browser.get("/repairs/new/1/what").text


def test_too_many_answers_of_one_address_wait_and_lose_nothing(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service_center.intake.browser.KEPT_AN_HOUR", 1)
    browser.answer("what", {"family": "watch"})
    for url, data in (
        ("/repairs/new/1/what", {"family": "jewel", "model": "ABC-9"}),
        ("/repairs/new/you", {"name": "Adele"}),
    ):
        busy = browser.post(url, data)
        assert busy.status_code == 429
        assert list(data.values())[-1] in busy.text


def test_without_the_page_s_token_nothing_is_kept(browser: Browser) -> None:
    assert browser.client.post("/repairs/new/1/what", data={"family": "watch"}).status_code == 400
    assert browser.client.post("/repairs/new/check").status_code == 400


def test_a_post_to_a_page_that_is_not_there_is_not_found(browser: Browser) -> None:
    for url in ("/repairs/new/0/what", "/repairs/new/3/what", "/repairs/new/99999999999/what", "/repairs/new/1/nothing", "/repairs/new/7/remove", "/repairs/new/5/stop", "/repairs/new/9/verdict"):  # fmt: skip
        assert browser.post(url, {"family": "watch"}).status_code == 404, url


def test_a_cookie_of_nonsense_begins_anew(browser: Browser) -> None:
    with browser.client.session_transaction() as cookie:
        cookie["intake"] = ["not", "a", "secret"]
    assert browser.get("/repairs/new").status_code == 302
    browser.answer("what", {"family": "watch"})


def test_at_most_ten_items(browser: Browser) -> None:
    for number in range(1, 11):
        browser.item(number, fault={"symptoms": ["S10"]}, receipt=None)
    assert browser.get("/repairs/new/11/what").status_code == 404
    assert "/repairs/new/11/" not in browser.get("/repairs/new/another").text
    browser.post("/repairs/new/1/papers", {"receipt": upload(picture())})
    browser.you()
    assert browser.send().status_code == 302
