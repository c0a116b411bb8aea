"""The proof page: suggestions fill the form, goods are claimed line by line, papers seen before wait for a word, places are hidden."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.uploads import Kept, receive
from service_center.outbox.models import OutboxRow
from service_center.proofs.models import ProofFile, ProofLine, ProofOfPurchase, Reuse
from service_center.proofs.services import attach
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status, WaitKind
from service_center.tickets.models import Note, Ticket, Wait
from tests.browser.papers import receipt
from tests.builders import People, client_for, post
from tests.lab.conftest import Make, Rows

READ = {
    "engine": "rapidocr", "document": "receipt", "is_proof": True, "why_not": None,
    "dates": [
        {"value": "2025-03-14", "time": "18:22", "box": [500, 700, 200, 20], "text": "14-03-2025 18:22", "score": 0.9, "why": "x"},
        {"value": "2025-04-13", "time": None, "box": None, "text": "13/04/2025", "score": 0.1, "why": "y"},
    ],
    "seller": {"value": "Gioielleria Esempio", "box": [100, 50, 300, 20]}, "vat_number": {"value": "12345678903", "box": None},
    "number": {"value": "0412-0037", "box": None}, "total_cents": {"value": 12800, "box": None},
    "lines": [{"text": "Orologio", "quantity": 1, "total_cents": 8900, "ean": "8032288000016"}, {"text": "Anello", "quantity": 2, "total_cents": 3900, "ean": ""}],
    "masks": [[100, 400, 200, 30]],
}  # fmt: skip
GOOD = {
    "document": "receipt", "seller": "authorised_retailer", "purchased_on": ["22", "9", "2025"], "card": "complete", "legible": "y", "number": "0412-0037",
}  # fmt: skip


@dataclass
class Shot:
    filename: str | None
    content: bytes

    def read(self, size: int = -1) -> bytes:
        return self.content


Shown = Callable[..., Ticket]


@pytest.fixture
def shot(house: House) -> Kept:
    return receive(Shot("scontrino.jpg", receipt("22-09-2025")), house.storage, field="files", pdf=True)


@pytest.fixture
def shown(session: Session, make: Make, shot: Kept, now: datetime) -> Shown:
    """A ticket with a paper; `reading` is what the machine found, None: it has not looked yet."""

    def ticket(reading: dict[str, Any] | None = READ, **wanted: Any) -> Ticket:
        made = make(status=Status.DIAGNOSING, **wanted)
        assert made.proof
        [file] = attach(session, made.proof, [shot], now=now)
        if reading is not None:
            file.reading, file.read_at = reading, now
        session.commit()
        return made

    return ticket


def url(ticket: Ticket, more: str = "") -> str:
    return f"/lab/tickets/{grouped(ticket.code)}/proof{more}"


def file_of(rows: Rows, ticket: Ticket) -> ProofFile:
    [file] = rows(select(ProofFile).where(ProofFile.proof_id == ticket.proof_id))
    return file  # type: ignore[no-any-return]


# --- suggestions -----------------------------------------------------------------------------------------------------


def test_each_date_is_a_button_and_none_is_confirmed_by_itself(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    page = tech.get(url(ticket) + "?lang=en").text
    assert "14 Mar 2025, 18:22" in page
    assert "13 Apr 2025" in page
    assert page.count("<g data-place") == 2
    assert rows(select(ProofOfPurchase.checked_at).where(ProofOfPurchase.id == ticket.proof_id)) == [None]


def test_a_suggestion_fills_its_fields_and_saves_nothing(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    page = tech.get(url(ticket)).text
    take = re.search(r'name="take" value="(purchased_on=14[^"]+)"', page)
    assert take
    answered = post(tech, url(ticket), {**GOOD, "seller_name": "Mia", "take": take[1].replace("&amp;", "&")})
    assert answered.status_code == 200
    assert re.findall(r'name="purchased_on"[^>]* value="(\d+)"', answered.text) == ["14", "3", "2025"]
    assert 'value="Mia"' in answered.text
    assert rows(select(ProofOfPurchase.checked_at).where(ProofOfPurchase.id == ticket.proof_id)) == [None]


def test_the_goods_are_taken_at_once_and_more_rows_appear(tech: FlaskClient, shown: Shown) -> None:
    lines = [(f"line_text_{n}", f"Cosa {n}") for n in range(10)]
    answered = post(tech, url(shown()), {**GOOD, "take": urlencode(lines)})
    assert [f"Cosa {n}" in answered.text for n in (0, 9)] == [True, True]
    assert answered.text.count('name="mine"') == 12


@pytest.mark.parametrize(
    "take",
    ["", "x", "purchased_on=1", "document=nothing", "mine=99&line_quantity_0=-4", "version=1&take=2", "=&=&%00=%ff"],
)
def test_any_suggestion_is_answered(tech: FlaskClient, shown: Shown, take: str) -> None:
    assert post(tech, url(shown()), {**GOOD, "take": take}).status_code in (200, 422)


@pytest.mark.parametrize(("why", "words"), [("copy", "copy or duplicate"), ("return", "given back"), ("credit_note", "TD04"), ("card_slip", "slip of the card")])  # fmt: skip
def test_what_is_no_proof_says_so_and_offers_that_kind(tech: FlaskClient, shown: Shown, why: str, words: str) -> None:
    page = tech.get(url(shown({**READ, "is_proof": False, "why_not": why})) + "?lang=en").text
    assert words in page
    assert 'value="document=no_proof"' in page
    assert '<option selected value="no_proof">' in page


@pytest.mark.parametrize(("reading", "words"), [(None, "being read"), ({"engine": "none"}, "No machine reads here"), ({"engine": "tesseract", "dates": []}, "could not read")])  # fmt: skip
def test_the_page_works_without_a_reading(
    tech: FlaskClient, shown: Shown, reading: dict[str, Any] | None, words: str
) -> None:
    ticket = shown(reading)
    assert words in tech.get(url(ticket) + "?lang=en").text
    assert post(tech, url(ticket), GOOD).status_code == 302


# --- what a person confirms ------------------------------------------------------------------------------------------


def test_everything_that_was_read_is_kept(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    goods = {
        "line_text_0": "Orologio",
        "line_amount_0": "89,00",
        "line_ean_0": "8032288000016",
        "line_text_1": "Anello",
        "line_quantity_1": "2",
        "mine": "1",
    }
    typed = {**GOOD, "vat_number": "IT 12345678903", "total": "128", "seller_name": "Gioielleria Esempio", **goods}
    assert post(tech, url(ticket), typed).status_code == 302
    [proof] = rows(select(ProofOfPurchase).where(ProofOfPurchase.id == ticket.proof_id))
    assert (proof.kind, proof.document, proof.vat_number, proof.total_cents) == (
        "receipt",
        "receipt",
        "12345678903",
        12800,
    )
    assert (proof.legible, proof.checked_at is not None) == (True, True)
    lines = rows(select(ProofLine).where(ProofLine.proof_id == ticket.proof_id).order_by(ProofLine.place))
    assert [(line.text, line.quantity, line.total_cents) for line in lines] == [
        ("Orologio", 1, 8900),
        ("Anello", 2, None),
    ]
    assert rows(select(Ticket.proof_line_id).where(Ticket.id == ticket.id)) == [lines[1].id]
    again = tech.get(url(ticket)).text
    assert re.search(r'value="1" id="[^"]+" checked', again)


@pytest.mark.parametrize(("document", "kind"), [("fattura_pa", "invoice"), ("order_confirmation", "invoice"), ("gift_receipt", "gift_receipt"),
                                               ("statement_and_confirmation", "statement_and_confirmation"), ("statement", "none"), ("no_proof", "none")])  # fmt: skip
def test_a_paper_counts_as_what_the_rules_know(
    tech: FlaskClient, shown: Shown, rows: Rows, document: str, kind: str
) -> None:
    ticket = shown()
    post(tech, url(ticket), {**GOOD, "document": document, "total": "89"})
    [proof] = rows(select(ProofOfPurchase).where(ProofOfPurchase.id == ticket.proof_id))
    assert proof.kind == kind
    assert (proof.total_cents is None) == (document in ("gift_receipt", "no_proof"))


def test_a_faded_paper_asks_for_another_one_at_once(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    typed = {name: value for name, value in GOOD.items() if name != "legible"}
    assert post(tech, url(ticket), typed).status_code == 302
    [wait] = rows(select(Wait).where(Wait.ticket_id == ticket.id, Wait.kind == WaitKind.PAPERS))
    assert (wait.closed_at, wait.detail["needs"]) == (None, ["proof"])
    assert rows(select(Ticket.verdict).where(Ticket.id == ticket.id)) == ["PENDING_DOCS"]
    letters = rows(select(OutboxRow).where(OutboxRow.kind == "letter", OutboxRow.ticket_id == ticket.id))
    assert any(row.facts["template"] == "papers_needed" for row in letters)


def test_a_statement_with_the_shops_word_goes_to_the_manager(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    post(tech, url(ticket), {**GOOD, "document": "statement_and_confirmation"})
    assert rows(select(Ticket.verdict).where(Ticket.id == ticket.id)) == ["AMBIGUOUS"]


def test_two_dates_show_both_last_days(tech: FlaskClient, shown: Shown) -> None:
    ticket = shown()
    post(tech, url(ticket), {**GOOD, "card_dated_on": ["20", "10", "2025"]})
    page = tech.get(url(ticket) + "?lang=en").text
    assert "22 Sep 2025: covered until 22 Sep 2027" in page
    assert "20 Oct 2025: covered until 20 Oct 2027" in page


# --- seen before -----------------------------------------------------------------------------------------------------


def test_the_lab_reads_who_used_the_paper_and_says_why_it_stands(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    first, second = shown(), shown(email="bruno@posta.example")
    page = tech.get(url(second) + "?lang=en").text
    assert "used before, by 1 other ticket" in page
    assert grouped(first.code) in re.sub(r"<[^>]+>", "", page)
    assert "The same file" in page
    assert "seen before" in tech.get("/lab/?lang=en").text
    assert "seen before" in tech.get(f"/lab/tickets/{grouped(second.code)}?lang=en").text
    post(tech, url(second), GOOD)
    assert rows(select(ProofOfPurchase.reuse).where(ProofOfPurchase.id == second.proof_id)) == [Reuse.SEEN]
    post(tech, url(second), {**GOOD, "reuse_note": "Sono marito e moglie, due oggetti"})
    assert rows(select(ProofOfPurchase.reuse).where(ProofOfPurchase.id == second.proof_id)) == [Reuse.LOOKED]
    assert "Sono marito e moglie, due oggetti" in rows(select(Note.text).where(Note.ticket_id == second.id))


# --- what is hidden --------------------------------------------------------------------------------------------------


def black(content: bytes, x: float, y: float) -> bool:
    with Image.open(BytesIO(content)) as picture:
        pixel = picture.convert("RGB").getpixel((int(x * picture.width), int(y * picture.height)))
    return max(pixel) < 40  # type: ignore[arg-type, type-var]


def test_everybody_else_sees_black_boxes_and_the_lab_the_original(
    app: Flask, tech: FlaskClient, people: People, shown: Shown, rows: Rows, session: Session, make: Make
) -> None:
    ticket = shown(shop=people.shop)
    file = file_of(rows, ticket)
    assert post(tech, url(ticket, f"/{file.id}/masks"), {"box": "100,400,200,100"}).status_code == 302
    clerk = client_for(app, people.clerk)
    for size in ("full", "preview", "thumb"):
        assert black(clerk.get(f"/proof-files/{file.id}/{size}").data, 0.2, 0.45), size
    assert not black(tech.get(f"/proof-files/{file.id}/original").data, 0.2, 0.45)
    assert [clerk.get(f"/proof-files/{file.id}/{size}").status_code for size in ("original", "scan")] == [404, 404]
    assert rows(select(Note.author).where(Note.ticket_id == ticket.id)) == [people.technician.name]
    assert file_of(rows, ticket).masks == [[100, 400, 200, 100]]


def test_boxes_are_typed_too_and_taken_away_again(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    number = file_of(rows, ticket).id
    masks = url(ticket, f"/{number}/masks")
    figures = {"left": "10", "top": "20", "width": "30", "height": "5"}
    post(tech, masks, {f"paper{number}-{name}": figure for name, figure in figures.items()})
    assert file_of(rows, ticket).masks == [[100, 200, 300, 50]]
    post(tech, masks, {})
    file = file_of(rows, ticket)
    assert (file.masks, file.masked_key) == ([], "")
    assert tech.get(f"/proof-files/{file.id}/thumb").status_code == 200


@pytest.mark.parametrize(
    "box", ["", "x", "1,2,3", "-1,0,5,5", "0,0,0,0", "99999999,0,5,5", "1000,1000,1000,1000", "٣,0,5,5"]
)
def test_a_box_that_is_none_hides_nothing(tech: FlaskClient, shown: Shown, rows: Rows, box: str) -> None:
    ticket = shown()
    assert post(tech, url(ticket, f"/{file_of(rows, ticket).id}/masks"), {"box": box}).status_code == 302
    assert file_of(rows, ticket).masks == []


def test_figures_that_cannot_be_are_said_beside_them(tech: FlaskClient, shown: Shown, rows: Rows) -> None:
    ticket = shown()
    number = file_of(rows, ticket).id
    answered = post(tech, url(ticket, f"/{number}/masks"), {f"paper{number}-left": "400", f"paper{number}-top": "x"})
    assert answered.status_code == 422
    assert post(tech, url(ticket, "/99999/masks"), {"box": "1,1,5,5"}).status_code == 404
    assert re.search(r'<details class="hide" open', answered.text)
