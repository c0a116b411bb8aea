"""House rules of the phone as camera: one ticket, for a while, pictures in and nothing out."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from service_center.accounts.models import Link
from service_center.core.house import House
from service_center.lab.views import camera
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Photo, Ticket
from tests.builders import post
from tests.conftest import Clock
from tests.lab.conftest import Make, Rows


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    return out


def handed(monkeypatch: object, tech: FlaskClient, ticket: Ticket) -> str:
    """What the code on the screen holds."""
    seen: list[str] = []
    draw = camera.qr_path
    monkeypatch.setattr(camera, "qr_path", lambda url: seen.append(url) or draw(url))  # type: ignore[attr-defined]
    answered = post(tech, f"/lab/tickets/{grouped(ticket.code)}/camera", {}, headers={"X-Part": "phone"})
    assert "<svg" in answered.text
    return "/camera/" + seen[0].rpartition("/")[2]


def test_a_phone_sends_pictures_of_one_ticket(
    app: Flask, tech: FlaskClient, make: Make, rows: Rows, monkeypatch: object
) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN)
    address, phone = handed(monkeypatch, tech, ticket), app.test_client()
    page = phone.get(address).text
    assert 'capture="environment"' in page
    assert ticket.code[4:8] not in page
    sent = post(
        phone, address, {"subject": "contents", "photos": (picture(), "a.jpg")}, content_type="multipart/form-data"
    )
    assert sent.status_code == 302
    [photo] = rows(select(Photo))
    assert (photo.stage, photo.subject, photo.ticket_id) == ("reception", "contents", ticket.id)
    part = tech.get(f"/lab/tickets/{grouped(ticket.code)}/camera/pictures?after=0").text
    assert f"/photos/{photo.id}/thumb" in part
    assert phone.get(f"/photos/{photo.id}/thumb").status_code == 404
    assert not re.search(r"/photos/\d+", phone.get(address).text)


def test_what_is_no_picture_is_refused_in_words(
    app: Flask, tech: FlaskClient, make: Make, rows: Rows, monkeypatch: object
) -> None:
    address, phone = handed(monkeypatch, tech, make(status=Status.IN_TRANSIT_IN)), app.test_client()
    assert post(phone, address, {"subject": "front"}).status_code == 422
    bad = {"subject": "front", "photos": (BytesIO(b"no picture"), "a.jpg")}
    assert post(phone, address, bad, content_type="multipart/form-data").status_code == 422
    assert rows(select(Photo)) == []


def test_after_a_quarter_of_an_hour_the_code_is_over(
    app: Flask, tech: FlaskClient, make: Make, clock: Clock, monkeypatch: object
) -> None:
    address, phone = handed(monkeypatch, tech, make(status=Status.IN_TRANSIT_IN)), app.test_client()
    clock.instant += timedelta(minutes=16)
    assert phone.get(address).status_code == 404
    assert phone.get("/camera/guess").status_code == 404


def test_only_its_digest_is_kept(tech: FlaskClient, make: Make, rows: Rows, house: House, monkeypatch: object) -> None:
    address = handed(monkeypatch, tech, make(status=Status.IN_TRANSIT_IN))
    [link] = rows(select(Link))
    assert link.token_hash not in address
    assert link.expires_at == house.now() + timedelta(minutes=15)
