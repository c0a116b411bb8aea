"""Every letter in both languages, from real facts; and names that somebody typed do no harm in any of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from babel.messages.pofile import read_po
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import HOME
from service_center.core.brand import Brand, load
from service_center.core.house import House
from service_center.core.i18n import CATALOGUES, LANGUAGES
from service_center.core.outside import Letter
from service_center.outbox import worker
from service_center.outbox.letters import TEMPLATES, compose, one_line
from service_center.outbox.models import OutboxRow, SentLetter, State
from service_center.outbox.services import enqueue
from service_center.tickets.lifecycle import STEPS
from service_center.tickets.services.advancing import tell
from tests.builders import COVERED, DENIED, WHEN, Status, make_people, make_ticket

NAMES = sorted(path.name for path in (TEMPLATES / "emails").iterdir() if path.is_dir())
TOLD = sorted({step.tells for step in STEPS if step.tells} | {"message", "verdict_changed"})
KEY = "s3cr3t-key"
CANDIDATES = [
    {"code": "OPSSW-34", "name": "Active Amoled", "list_price_cents": 12900, "functions": ["chiamate", "battito"], "refund_cents": 0},
    {"code": "OPSSW-40", "name": "Call Smartwatch 2", "list_price_cents": 10900, "functions": [], "refund_cents": 0},
]  # fmt: skip
FROZEN: dict[str, dict[str, Any]] = {
    "quote": {"lines": [{"text": "Sostituzione vetro", "cents": 2400}], "total_cents": 2400, "currency": "EUR", "valid_until": "2026-12-20", "days_needed": 5},
    "quote_accepted": {"total_cents": 2400, "currency": "EUR"},
    "quote_refused": {"total_cents": 2400, "currency": "EUR"},
    "shipped": {"courier": "BRT", "tracking": "084119355200", "follow": "https://vas.brt.it/?n=084119355200"},
    "decision": {"decision": "COVERED", "reason": "Il vetro era montato storto."},
    "goodwill": {"decision": "GOODWILL", "reason": "Cliente in ritardo di due giorni."},
    "verdict_changed": {"was": {"outcome": "COVERED", "reason": None, "to_pay": []}, "occasions": ["finding"]},
    "message": {"text": "Buongiorno,\nabbiamo trovato una guarnizione rotta."},
    "replacement": {"why": "discontinued", "candidates": CANDIDATES, "text": "Questo modello non si produce più."},
    "replacement_chosen": {"why": "discontinued", "candidates": CANDIDATES[:1]},
    "papers_needed": {"needs": ["proof", "stamp"]},
    "papers_expired": {"needs": ["proof"], "here": True},
}  # fmt: skip
FACTS: dict[str, Any] = {
    "code": "K7QM-2F9D-XH3W", "link": f"https://sc.example/status/K7QM-2F9D-XH3W/owner?key={KEY}", "item": "Orologio Posh Paris",
    "requested_at": WHEN, "received_at": WHEN, "due_on": date(2026, 12, 14), "next": "Poi il banco.", "promise_days": 15, "close_days": 14,
    "verdict": SimpleNamespace(headline="Coperto dalla garanzia", sub="Niente da pagare.", reasons=("La garanzia dura fino al 5 giu 2027.",)),
    "decisions": [SimpleNamespace(what="Movimento (liquidi)", headline="Coperto", reason="La prova a secco perde.", by="Deciso da Carmela.")],
    "was": "Coperto dalla garanzia", "whys": ["è cambiato ciò che è stato riscontrato"], "rights": "Resta la garanzia legale.", "terms": ["Garanzia legale fino al 5 giu 2027 (in corso): risponde il venditore."], "hazard": "Si gonfia", "words": "La cassa si apre.",
    "injury": False, "flagged_at": WHEN, "flagged_by": "Rosa Vitale", "needs": ["Manca la prova d’acquisto."], "only_words": False, "note": "Anche il retro.", "awaited_until": date(2026, 12, 4), "registered_on": date(2026, 11, 20), "purchased_on": date(2026, 11, 14), "number": "R-2345-6789", "battery": True, "skin": True,
    "repaired": True, "works": ["Vetro"], "city": "Napoli", "until": WHEN + timedelta(days=1), "address": "adele@posta.example", "days": 7,
    "about": "Il tempo", "who": "Adele Fontanarosa", "outcome": "Avevi ragione.", "answer": "Lo abbiamo riguardato.", "out_of_court": "", "today": True,
    "over": False, "place": "In laboratorio, al banco di Tommaso Sorrentino, dal 20 nov 2026", "worker": "Tommaso Sorrentino",
    "minutes": 60, "repairs": [{"code": "K7QM-2F9D-XH3W", "item": "Orologio", "url": "https://sc.example/status/K7QM-2F9D-XH3W"}],
    "together": [("K7QM-2F9D-XH3W", "Orologio Posh Paris"), ("4T8B-9ZXE-1M5R", "Gioiello")],
    "missing": [("K7QM-2F9D-XH3W", "Orologio Posh Paris"), ("4T8B-9ZXE-1M5R", "Gioiello")], "came_with": ["caricatore"], "contents_until": date(2026, 11, 24),
    "remedy": "Non si può riparare.", "keeps": "Vale la garanzia del primo.",
    **{name: value for facts in FROZEN.values() for name, value in facts.items() if name not in ("needs", "was", "occasions")}, "valid_until": date(2026, 12, 20),
}  # fmt: skip
HOSTILE = 'Adele\r\nBcc: all@evil.example\u2028<img src=x onerror=alert(1)> "%(code)s" {{ 7*7 }}'


class Shape(HTMLParser):
    """The tags of a letter that are left open, its links, and what it would fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag not in {"meta", "br"}:
            self.open.append(tag)
        if tag == "a":
            self.links.append(known.get("href") or "")
        self.fetched += [value or "" for name, value in attrs if name in {"src", "background", "srcset"}]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def brand() -> Brand:
    return load(HOME / "service_center/core/brands/opsobjects.toml")


def written(brand: Brand, name: str, language: str = "it", who: str = "Adele Fontanarosa", **more: object) -> Letter:
    return compose(
        name, recipient="adele@posta.example", recipient_name=who, language=language, facts=FACTS | more, brand=brand, reference="letter-1"
    )  # fmt: skip


def english() -> list[str]:
    """Sentences that must not be found in an Italian letter."""
    with (CATALOGUES / "it/messages.po").open("rb") as source:
        catalogue = read_po(source)
    ids = [m.id[0] if isinstance(m.id, tuple) else m.id for m in catalogue if m.id and m.id != m.string]
    return [piece for each in ids for piece in re.split(r"%\(\w+\)s", each) if len(piece) > 12]


def test_every_letter_that_a_step_names_is_there() -> None:
    assert set(TOLD) <= set(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_whole(brand: Brand, name: str, language: str) -> None:
    letter = written(brand, name, language)
    shape = Shape(letter.html)
    assert shape.open == []
    assert shape.fetched == []
    assert "url(" not in letter.html
    assert f'lang="{language}"' in letter.html
    assert len(letter.html) < 40_000
    assert letter.subject
    assert letter.subject == one_line(letter.subject)
    for text in (letter.subject, letter.text, letter.html):
        assert not re.search(r"%\(|\{[{%]|None|Undefined|SimpleNamespace", text)
    assert "Adele Fontanarosa" in letter.text
    assert "  \n" not in letter.text
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("name", NAMES)
def test_an_italian_letter_holds_no_english_sentence(brand: Brand, name: str) -> None:
    letter = written(brand, name)
    assert [piece for piece in english() if piece in letter.text + letter.subject] == []
    assert written(brand, name, "en").text != letter.text


@pytest.mark.parametrize("name", NAMES)
def test_both_parts_lead_to_the_same_places(brand: Brand, name: str) -> None:
    letter = written(brand, name)
    named = {link for link in Shape(letter.html).links if link.startswith("https://") and "wa.me" not in link}
    assert named <= set(re.findall(r"https://\S+", letter.text))


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_does_no_harm(brand: Brand, name: str) -> None:
    more = {
        "item": HOSTILE,
        "text": HOSTILE,
        "reason": HOSTILE,
        "city": HOSTILE,
        "note": HOSTILE,
        "lines": [{"text": HOSTILE, "cents": 1}],
    }
    letter = written(brand, name, who=HOSTILE, **more)
    for header in (letter.subject, letter.recipient, letter.recipient_name, letter.sender_name):
        assert header == one_line(header)
    assert "<img" not in letter.html
    assert "49" not in letter.text.replace("0490", "")
    assert Shape(letter.html).open == []


@pytest.mark.parametrize(
    "who", ["Vinci su www.premi.example", "premi.example", "https://premi.example", "a@premi.example"]
)
def test_nobody_advertises_through_a_greeting(brand: Brand, who: str) -> None:
    letter = written(brand, "message", who=who)
    assert "premi.example" not in letter.text + letter.html
    assert "Ciao,\n" in letter.text


@pytest.mark.parametrize("who", ["Gioielleria Rossi S.r.l.", "D'Angelo", "José-María O’Neill", "李雷"])
def test_honest_names_are_greeted(brand: Brand, who: str) -> None:
    assert f"Ciao {who}," in written(brand, "message", who=who).text


def test_a_missing_fact_is_a_fault_and_no_hole(brand: Brand) -> None:
    with pytest.raises(jinja2.UndefinedError):
        compose(
            "message", recipient="a@b.example", recipient_name="A", language="it", facts={}, brand=brand, reference="1"
        )


def test_an_unknown_language_is_italian(brand: Brand) -> None:
    assert written(brand, "ready", "xx").language == "it"


def test_light_and_dark_both_have_their_colours(brand: Brand) -> None:
    html = written(brand, "quote").html
    assert "prefers-color-scheme: dark" in html
    assert 'name="color-scheme"' in html
    assert re.search(r'class="button"[^>]*style="[^"]*background: ?#23458a', html)


# --- with the facts of real tickets -----------------------------------------------------------------------------------


def sent(app: Flask, session: Session) -> Mapping[str, SentLetter]:
    """What left, by the name of its letter."""
    session.rollback()
    with app.app_context():
        while worker.run_once(app.extensions["handlers"], clock=app.extensions["house"].clock):
            pass
    letters = select(OutboxRow).where(OutboxRow.kind == "letter", OutboxRow.state != State.WITHDRAWN)
    rows = session.scalars(letters).all()
    assert {row.state for row in rows} == {State.DONE}, [row.last_error for row in rows if row.last_error]
    kept = {letter.outbox_id: letter for letter in session.scalars(select(SentLetter))}
    return {row.facts["template"]: kept[row.id] for row in rows}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_finds_its_facts_on_a_ticket(app: Flask, house: House, session: Session, language: str) -> None:
    ticket = make_ticket(session, house, make_people(session), status=Status.READY, findings=(COVERED, DENIED))
    ticket.language = language
    left: dict[str, SentLetter] = {}
    for name in TOLD:
        tell(session, ticket, name, now=WHEN, facts=FROZEN.get(name))
        session.commit()
        left |= sent(app, session)
    assert set(left) == set(TOLD)
    assert {left[name].language for name in TOLD} == {language}


def test_what_is_missing_is_asked_for_in_words(app: Flask, house: House, session: Session) -> None:
    ticket = make_ticket(session, house, make_people(session), card="unstamped")
    ticket.language = "en"
    tell(session, ticket, "papers_needed", now=WHEN)
    session.commit()
    assert "The guarantee card bears no stamp" in sent(app, session)["papers_needed"].text


@pytest.mark.parametrize(
    ("language", "word", "paper"), [("en", "Write the name", "photograph"), ("it", "Scrivi il nome", "fotografia")]
)
def test_a_name_is_asked_for_in_words_and_no_photograph_is(
    app: Flask, house: House, session: Session, language: str, word: str, paper: str
) -> None:
    ticket = make_ticket(session, house, make_people(session), seller="unknown")
    ticket.language = language
    tell(session, ticket, "papers_needed", now=WHEN)
    session.commit()
    letter = sent(app, session)["papers_needed"]
    assert word in letter.text
    assert paper not in letter.text


def test_a_link_in_a_letter_lasts_as_long_as_a_quote(house: House) -> None:
    assert house.brand.setting("owner_link_days") >= house.brand.setting("quote_valid_days")


def test_the_stamp_is_the_moment_of_the_request_in_rome(app: Flask, house: House, session: Session) -> None:
    make_ticket(session, house, make_people(session), at=datetime(2026, 11, 19, 23, 30, tzinfo=UTC))
    enqueue(session, "lost_code", {"email": "nobody@example.com"}, now=WHEN)
    session.commit()
    assert "20 nov 2026, 00:30" in sent(app, session)["request_received"].text
