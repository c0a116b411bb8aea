"""Another house needs nothing but its files: every page and paper says its own name, families and words."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from service_center.accounts.models import Purpose
from service_center.accounts.services import make_link
from service_center.core.house import House
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Action
from service_center.tickets.models import Ticket
from service_center.tickets.services import advancing, assessing, bench
from service_center.warranty.assess import answer
from tests.builders import WHEN, People, actor, client_for, make_people
from tests.intake.walking import Browser, codes
from tests.paper.reading import assert_sound, squeezed, text

LANGUAGES = ("it", "en")
FOREIGN = ("OPS", "Marcianise", "Orologio", "Smartwatch", "Gioiello", "Watch", "Jewel", "movimento", "watch battery")
"""Words of the first house that no page of the second may say."""


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def browser(app: Flask, people: People) -> Browser:
    return Browser(app.test_client())


def page(client: FlaskClient, url: str, language: str) -> str:
    client.get("/", query_string={"lang": language})
    answered = client.get(url, follow_redirects=True)
    assert answered.status_code == 200, url
    words = html.unescape(answered.text)
    assert [word for word in FOREIGN if word in words] == [], url
    return words


def opened(browser: Browser, session: Session) -> str:
    """A pen that leaks, asked for on the website."""
    browser.item(what={"family": "fountain_pen"}, fault={"symptoms": ["P1", "P2"]}, where={"seller": "own_shop"}, when={"purchased_on": ["14", "9", "2025"]})  # fmt: skip
    browser.you()
    done = browser.send()
    assert done.status_code == 302
    [code] = codes(browser.get(done.location).text)
    return str(code).replace("-", "")


def diagnosed(session: Session, house: House, people: People, code: str) -> Ticket:
    """The same, with its nib found worn and adjusted."""
    tech = actor(people.technician)
    session.rollback()
    ticket = queries.get(session, code, seen_by=tech)
    for step in (Action.POST, Action.RECEIVE, Action.TAKE_IN_CHARGE, Action.START_DIAGNOSIS):
        advancing.advance(session, ticket, step, actor=tech, now=WHEN, house=house)
    assessing.add_finding(
        session, ticket, symptom="P1", component="nib", cause="material_defect", action="L1", actor=tech, now=WHEN, house=house
    )  # fmt: skip
    bench.measure(session, ticket, "ink_flow", "before", 4.5, actor=tech, now=WHEN, house=house)
    session.commit()
    return ticket


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_pages_are_its_own(browser: Browser, language: str) -> None:
    assert "Calamaio & Figli" in page(browser.client, "/", language)
    words = page(browser.client, "/repairs/new", language)
    for family in {"it": ("Penna stilografica", "Borsa"), "en": ("Fountain pen", "Handbag")}[language]:
        assert family in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_symptoms_and_first_aid_are_asked_and_given(browser: Browser, language: str) -> None:
    browser.get(f"/?lang={language}")
    browser.answer("what", {"family": "handbag"})
    asked = page(browser.client, "/repairs/new/1/fault", language)
    assert {"it": "La cerniera si inceppa", "en": "The zip jams"}[language] in asked
    assert {"it": "Perde inchiostro", "en": "Leaks ink"}[language] not in asked
    browser.answer("what", {"family": "fountain_pen"})
    led = browser.answer("fault", {"symptoms": ["P1"]})
    assert {"it": "acqua tiepida", "en": "lukewarm water"}[language] in page(browser.client, led.location, language)


def test_what_irritates_the_skin_is_not_sent(browser: Browser) -> None:
    browser.answer("what", {"family": "handbag"})
    assert browser.answer("fault", {"symptoms": ["B2"]}).location.endswith("/stop")


def test_a_symptom_of_the_first_house_is_none_here(browser: Browser) -> None:
    browser.answer("what", {"family": "fountain_pen"})
    assert browser.post("/repairs/new/1/fault", {"symptoms": ["S04"]}).status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_speaks_its_words_everywhere(
    app: Flask, browser: Browser, session: Session, house: House, people: People, language: str
) -> None:
    ticket = diagnosed(session, house, people, opened(browser, session))
    assert ticket.verdict == "COVERED"
    pen = {"it": "Penna stilografica", "en": "Fountain pen"}[language]
    assert pen in page(app.test_client(), f"/status/{grouped(ticket.code)}", language)
    owner = app.test_client()
    key = make_link(session, Purpose.OWNER, ticket.id, now=WHEN, lasts=timedelta(days=20))
    session.commit()
    owner.get(f"/status/{ticket.code}/owner?key={key}")
    assert pen in page(owner, f"/status/{grouped(ticket.code)}/owner", language)
    lab = page(client_for(app, people.technician), f"/lab/tickets/{grouped(ticket.code)}", language)
    for word in {"it": ("Pennino", "Flusso d’inchiostro"), "en": ("Nib", "Ink flow")}[language]:
        assert word in lab


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_report_is_its_own(
    app: Flask, browser: Browser, session: Session, house: House, people: People, language: str
) -> None:
    ticket = diagnosed(session, house, people, opened(browser, session))
    answered = client_for(app, people.technician).get(
        f"/lab/tickets/{ticket.code}/report.pdf?lang={language}&language={language}"
    )
    assert answered.status_code == 200
    words = text(answered.data)
    assert "Calamaio" in words
    assert not [word for word in ("OPS", "Marcianise") if word in words]
    assert any(squeezed(word) in squeezed(words) for word in ("Pennino regolato", "Nib adjusted"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_rules_are_its_own_by_version_on_page_and_paper(app: Flask, language: str) -> None:
    client = app.test_client()
    newest, older = (
        page(client, "/warranty/rules", language),
        page(client, "/warranty/rules?version=calamaio-1", language),
    )
    assert {"it": "dura 36 mesi", "en": "lasts 36 months"}[language] in newest
    assert {"it": "dura 30 mesi", "en": "lasts 30 months"}[language] in older
    assert client.get("/warranty/rules?version=opsobjects-1").status_code == 404
    paper = client.get(f"/warranty/rules.pdf?language={language}")
    assert paper.mimetype == "application/pdf"
    assert_sound(paper.data, (210, 297), 8)
    assert {"it": "pennino", "en": "nib"}[language] in text(paper.data)


def test_the_terms_of_the_day_of_purchase_apply(house: House) -> None:
    claim = {
        "family": "handbag", "seller": "own_shop", "proof": "receipt", "requested_at": "2026-11-20T10:00:00+01:00",
        "findings": [{"component": "zip", "cause": "material_defect"}],
    }  # fmt: skip
    before, after = (
        answer({**claim, "purchased_on": day}, house.rulebook).as_dict() for day in ("2025-06-30", "2025-07-01")
    )
    assert (before["terms"], before["last_covered_day"]) == ("calamaio-1", "2027-12-30")
    assert (after["terms"], after["last_covered_day"]) == ("calamaio-2", "2028-07-01")


def test_its_figures_couriers_and_address_are_its_own(house: House) -> None:
    assert house.brand.setting("promise_working_days") == 10
    assert [courier.code for courier in house.brand.couriers] == ["gls", "ups"]
    assert house.brand.lab.city == "Bologna"
