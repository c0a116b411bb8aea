"""What tests of the shops' desk type and send."""

from __future__ import annotations

import re
from io import BytesIO

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.builders import post

CODE = re.compile(r"/tickets/([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")


def picture(shade: str = "navy") -> tuple[BytesIO, str]:
    """A photograph as a phone sends it."""
    content = BytesIO()
    Image.new("RGB", (640, 480), shade).save(content, "JPEG")
    content.seek(0)
    return content, f"{shade}.jpg"


def repair(**more: object) -> dict[str, object]:
    """A page filled in as a clerk does it."""
    return {
        "family": "watch", "model": "OPSPW-482", "serial": "", "water_mark": "", "symptom": "S02", "symptom_too": "", "words": "Si ferma la notte",
        "tampering": "none", "purchased_on": ["14", "3", "2026"], "seller": "here", "proof": "receipt", "card": "complete",
        "name": "Adele Fontanarosa", "phone": "333 1234567", "email": "adele@posta.example", "language": "it",
        "reference": "CE-0432", "asked_on": ["20", "11", "2026"], "back": "shop", "country": "IT",
    } | more  # fmt: skip


def send(client: FlaskClient, **more: object) -> TestResponse:
    """Send a new repair from a shop's counter."""
    data = repair(**more)
    data.setdefault("shop", shop_on(client))
    return post(client, "/retailer/new", data, page="/retailer/new")


def shop_on(client: FlaskClient) -> str:
    """The shop that the page proposes; a clerk has one, and is not asked."""
    found = re.search(r'name="shop".*?<option[^>]*value="(\d+)"', client.get("/retailer/new").text, re.DOTALL)
    return found[1] if found else ""


def code_of(answered: TestResponse) -> str:
    """The ticket that an answer leads to."""
    assert answered.status_code == 302, answered.text
    found = CODE.search(answered.location)
    assert found
    return found[1]
