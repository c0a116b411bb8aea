"""Files beside the answers: what is taken, what is refused and why, what is left of them in the store."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.core import limits
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.proofs.models import ProofFile
from service_center.tickets.wording.refusals import refusal
from tests.intake.test_path import drafts, rows
from tests.intake.walking import FAULT, GPS, SECRET_PLACE, WHAT, WHERE, Browser, pdf, picture, upload


@pytest.fixture
def asked(browser: Browser) -> Browser:
    """A browser that stands before the question for the receipt."""
    browser.answer("what", WHAT)
    browser.answer("fault", FAULT)
    browser.answer("where", WHERE)
    return browser


def kept(session: Session) -> list[dict[str, Any]]:
    [row] = drafts(session)
    return list(row.data["items"][0]["files"])


def bomb() -> bytes:
    """A PNG of a few kilobytes that is 100 megapixels."""
    out = BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (picture(), "image/jpeg"),
        (picture("PNG"), "image/jpeg"),
        (picture("HEIF"), "image/jpeg"),
        (pdf(), "application/pdf"),
        (pdf(12), "application/pdf"),
    ],
)
def test_what_a_phone_makes_is_taken(asked: Browser, session: Session, content: bytes, media: str) -> None:
    assert asked.answer("papers", {"receipt": upload(content, "IMG_0001")}).location == "/repairs/new/1/when"
    [file] = kept(session)
    assert (file["media_type"], file["shows"]) == (media, "receipt")
    page = asked.get("/repairs/new/1/when").text
    for url in re.findall(r'/repairs/new/files/[^"]+', page):
        shown = asked.get(url)
        assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
        assert "sandbox" in shown.headers["Content-Security-Policy"]


def test_where_it_was_taken_is_gone_from_every_stored_copy(asked: Browser, session: Session, house: House) -> None:
    sent = picture()
    assert SECRET_PLACE.encode() in sent
    asked.answer("papers", {"receipt": upload(sent)})
    [file] = kept(session)
    for key in ("storage_key", "preview_key", "thumb_key"):
        stored = house.storage.get(file[key])
        exif = Image.open(BytesIO(stored)).getexif()
        assert (dict(exif), dict(exif.get_ifd(GPS))) == ({}, {})
        assert SECRET_PLACE.encode() not in stored


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "vuoto.jpg", "file_empty"),
        (b"MZ\x90\x00" + b"\x00" * 200, "virus.jpg", "file_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.svg", "file_kind"),
        (picture()[:80], "rotta.jpg", "file_broken"),
        (b"%PDF-1.7\nnothing", "x.pdf", "file_broken"),
        (pdf(13), "lungo.pdf", "pdf_pages"),
        (bomb(), "bomba.png", "photo_too_large"),
        (b"\xff\xd8\xff" + b"\x00" * limits.FILE_BYTES, "enorme.jpg", "file_too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_file_is_named_beside_its_field_and_the_good_one_stays(
    asked: Browser, session: Session, content: bytes, name: str, code: str, language: str
) -> None:
    asked.get(f"/speak/{language}")
    answered = asked.post("/repairs/new/1/papers", {"receipt": [upload(picture(), "buona.jpg"), upload(content, name)]})
    assert answered.status_code == 422
    with speaking(language):
        sentence = refusal(Refused(code, name=name, number=limits.PDF_PAGES, megabytes=20))
    assert sentence in unescape(answered.text)
    assert 'href="#receipt"' in answered.text
    assert [file["name"] for file in kept(session)] == ["buona.jpg"]


def test_a_hostile_name_is_only_ever_text(asked: Browser, session: Session) -> None:
    name = '../../etc/<img src=x onerror="alert(1)">\x00.jpg'
    asked.answer("papers", {"receipt": upload(picture(), name)})
    [file] = kept(session)
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{32}\.jpg", file["storage_key"])
    page = asked.get("/repairs/new/1/papers").text
    assert "<img src=x" not in page


def test_the_same_photo_sent_twice_is_there_once(asked: Browser, session: Session) -> None:
    for _time in range(2):
        asked.answer("papers", {"receipt": upload(picture())})
    assert len(kept(session)) == 1


def test_a_file_can_be_taken_away_and_the_words_stay(browser: Browser, session: Session, house: House) -> None:
    browser.answer("what", WHAT)
    browser.answer("fault", {**FAULT, "photos": upload(picture())})
    [file] = kept(session)
    away = browser.post("/repairs/new/1/fault", {"symptoms": ["S12"], "words": "Altro", "remove": file["id"]})
    assert away.location == "/repairs/new/1/fault"
    assert kept(session) == []
    assert "Altro" in browser.get("/repairs/new/1/fault").text
    assert not list(house.storage.root.rglob("*.jpg"))  # type: ignore[attr-defined]


def test_too_many_files_at_once_are_refused(asked: Browser, session: Session) -> None:
    many = [upload(picture(color=f"#0000{n:02x}"), f"{n}.jpg") for n in range(limits.FILES_A_QUESTION + 1)]
    assert asked.post("/repairs/new/1/papers", {"receipt": many}).status_code == 422
    assert kept(session) == []


def test_uploads_of_one_address_are_bounded(asked: Browser, monkeypatch: pytest.MonkeyPatch, session: Session) -> None:
    monkeypatch.setattr("service_center.intake.browser.FILES_AN_HOUR", 1)
    both = [upload(picture()), upload(picture("PNG"), "due.png")]
    assert asked.post("/repairs/new/1/papers", {"receipt": both}).status_code == 422
    assert len(kept(session)) == 1


def test_a_photo_of_the_fault_is_no_pdf(browser: Browser) -> None:
    browser.answer("what", WHAT)
    answered = browser.post("/repairs/new/1/fault", {**FAULT, "photos": upload(pdf(), "x.pdf")})
    assert answered.status_code == 422
    assert FAULT["words"] in answered.text


def test_receipt_and_card_hang_on_the_proof(asked: Browser, session: Session) -> None:
    asked.answer(
        "papers",
        {"receipt": [upload(picture()), upload(pdf(), "x.pdf")], "card_photo": upload(picture("PNG"), "card.png")},
    )
    asked.answer("when", {"purchased_on": ["14", "3", "2025"], "card": "complete"})
    asked.you()
    asked.send()
    assert [file.name for file in rows(session, select(ProofFile).order_by(ProofFile.id))] == [
        "scontrino.jpg",
        "x.pdf",
        "card.png",
    ]


def test_a_body_that_is_far_too_large_gets_a_page_in_words(asked: Browser) -> None:
    answered = asked.post("/repairs/new/1/papers", {"receipt": upload(b"\x00" * (limits.BODY_BYTES + 1))})
    assert answered.status_code == 413
    assert "20 MB" in answered.text
