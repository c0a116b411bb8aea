"""Whatever is typed into whatever form: no page breaks, a sentence says what to do, and what was typed is still there."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.accounts.models import Shop
from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.messages import services as complaints
from service_center.messages.complaints import Channel, Subject
from service_center.messages.models import Complaint
from service_center.offers.services import replacements
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import DENIED, WHEN, People, actor, client_for, make_people, make_ticket, token

HOSTILE = "<script>alert('Nunzià & Co')</script>\"'%_\\ \u202e\u0000🙂"
NASTY: dict[str, list[str]] = {
    "nothing": [""],
    "blanks": ["   \t "],
    "hostile": [HOSTILE],
    "huge": ["lungo " * 3000],
    "impossible dates and figures": ["31", "2", "2026"],
    "below everything": ["-1"],
    "no number": ["NaN"],
    "beyond every integer": ["9" * 30],
    "many": ["1"] * 40,
    "foreign letters": ["第一章", "‮١٢٣"],
}


@dataclass
class Form:
    """A form of a page: where it posts to, and its fields by kind."""

    action: str
    files: bool
    hidden: dict[str, str] = field(default_factory=dict)
    open: list[tuple[str, str]] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)


class Forms(HTMLParser):
    """Collects a page's posting forms."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.found, self.inside = url, list[Form](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = have.get("method", "").lower() == "post"
            if self.inside:
                self.found.append(Form(have.get("action") or self.url, "enctype" in have))
        if not self.inside or "name" not in have:
            return
        form, name, kind = self.found[-1], have["name"], have.get("type", "text")
        if kind == "hidden":
            form.hidden[name] = have.get("value", "")
        elif kind == "file":
            form.uploads.append(name)
        elif tag in ("input", "select", "textarea"):
            form.open.append((name, tag if tag != "input" else kind))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "form"


def forms(client: FlaskClient, url: str) -> list[Form]:
    answer = client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    parser = Forms(url)
    parser.feed(answer.text)
    return [form for form in parser.found if form.action != "/logout"]


def send(client: FlaskClient, form: Form, values: list[str], csrf: str) -> TestResponse:
    data: dict[str, object] = {**form.hidden, "csrf_token": csrf}
    for name, _kind in form.open:
        data[name] = values
    for name in form.uploads:
        data[name] = [(BytesIO(b"MZ no picture at all"), "../../è<b>.jpg")]
    return client.post(form.action, data=data, content_type="multipart/form-data" if form.uploads else None)


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


def offered(session: Session, house: House, people: People, shop: Shop | None) -> Ticket:
    """A ticket whose replacement is to be chosen."""
    made = make_ticket(session, house, people, status=Status.DIAGNOSING, shop=shop)
    model = session.scalars(select(Model)).first()
    assert model is not None
    replacements.offer(session, made, [model.id], why="no_part", actor=actor(people.technician), now=WHEN, house=house)
    session.commit()
    return made


def complained(session: Session, house: House, people: People) -> Complaint:
    """A complaint that waits for its answer."""
    who, said = (
        complaints.Complainant("Ciro Rea"),
        complaints.Grievance(Subject.OTHER, "Non risponde nessuno.", Channel.PHONE),
    )
    made = complaints.complain(session, None, who, said, actor=actor(people.front_desk), now=WHEN, house=house)
    session.commit()
    return made


def pages(app: Flask, session: Session, house: House, people: People) -> Iterator[tuple[FlaskClient, str]]:
    """Every page with a form that somebody meets, in the browser of who meets it."""
    made = {
        status: codes.grouped(make_ticket(session, house, people, status=status, shop=people.shop, findings=findings).code)
        for status, findings in ((Status.TO_SEND, ()), (Status.RECEIVED, ()), (Status.DIAGNOSING, (DENIED,)), (Status.TESTING, ()), (Status.READY, ()))
        if status not in (Status.TESTING, Status.READY)
    }  # fmt: skip
    made[Status.TESTING] = codes.grouped(make_ticket(session, house, people, status=Status.TESTING).code)
    ready = make_ticket(session, house, people, status=Status.READY)
    unclear = codes.grouped(
        make_ticket(
            session, house, people, status=Status.DIAGNOSING, findings=(("S02", "movement", "undetermined", "A02"),)
        ).code
    )
    own = make_ticket(session, house, people)
    chooses, shop_chooses = (offered(session, house, people, shop) for shop in (None, people.shop))
    stranger, clerk, technician, manager = (
        client_for(app, user) for user in (None, people.clerk, people.technician, people.manager)
    )
    owner, admin = client_for(app), client_for(app, people.admin)
    with owner.session_transaction() as kept:
        kept["owned"] = {each.code: [each.id, house.clock().timestamp()] for each in (own, chooses)}
    code = codes.grouped(own.code)
    yield from (
        (stranger, url)
        for url in (
            "/login",
            "/password/lost",
            "/status/lost",
            f"/status/{code}",
            f"/status/{code}/owner",
            "/repairs/new/1/what",
            "/warranty/register",
        )
    )
    yield from ((owner, f"/status/{code}{page}") for page in ("/owner", "/address", "/complaint"))
    yield owner, f"/status/{codes.grouped(chooses.code)}/replacement"
    yield clerk, f"/retailer/tickets/{codes.grouped(shop_chooses.code)}/replacement"
    yield technician, f"/lab/tickets/{codes.grouped(chooses.code)}/replacement"
    yield from (
        (clerk, url)
        for url in (
            "/retailer/new",
            f"/retailer/tickets/{made[Status.TO_SEND]}",
            f"/retailer/tickets/{made[Status.TO_SEND]}/address",
            f"/retailer/tickets/{made[Status.TO_SEND]}/complaint",
        )
    )
    yield admin, "/retailer/people"
    yield from ((technician, f"/lab/tickets/{made[status]}") for status in made)
    yield from (
        (technician, f"/lab/tickets/{made[Status.DIAGNOSING]}/{page}")
        for page in ("quote", "proof", "papers", "replacement")
    )
    yield technician, f"/lab/tickets/{made[Status.TESTING]}/quality"
    yield from (
        (technician, url)
        for url in (
            f"/lab/reception/{made[Status.TO_SEND]}",
            "/lab/dispatch",
            "/lab/intake/new",
            "/lab/",
            f"/lab/tickets/{codes.grouped(ready.code)}",
        )
    )
    yield from (
        (manager, url)
        for url in (
            f"/lab/tickets/{unclear}",
            "/manage/complaints/new",
            f"/manage/complaints/{complained(session, house, people).id}",
            "/manage/people",
            "/manage/benches",
            f"/manage/people/{people.technician.id}/badge",
            "/manage/models",
            "/manage/models/new",
            "/manage/registrations/new",
            "/manage/retailers",
            f"/manage/retailers/shops/{people.shop.id}",
        )
    )


@pytest.mark.parametrize("name", NASTY)
def test_no_form_breaks_and_what_was_typed_stays(
    app: Flask, session: Session, house: House, people: People, name: str
) -> None:
    values, faults, tried = NASTY[name], [], 0
    for client, url in pages(app, session, house, people):
        csrf = ""
        for form in forms(client, url):
            csrf = csrf or form.hidden.get("csrf_token") or token(client)
            answer = send(client, form, values, csrf)
            tried += 1
            where = f"{url} → {form.action}: {answer.status_code}"
            if answer.status_code >= 500:
                faults.append(f"broken: {where}")
            if answer.status_code == 422:
                faults += [f"{what}: {where}" for what in objections(answer.text, form, values)]
    assert tried > 40
    assert faults == []


def objections(page: str, form: Form, values: list[str]) -> list[str]:
    """What a refused page owes its reader."""
    found = []
    if "error" not in page:
        found.append("no sentence says what is wrong")
    if "Errore:" not in page and "Error:" not in page:
        found.append("the title does not say that something is wrong")
    kept = [name for name, kind in form.open if kind in ("text", "textarea") and f'name="{name}"' in page]
    if values == [HOSTILE]:
        typed = html.escape("<script>alert('Nunzià & Co')</script>")
        if kept and typed.replace("&#x27;", "&#39;") not in page and typed not in page:
            found.append("what was typed is gone")
        if "<script>alert(" in page:
            found.append("what was typed runs")
    return found
