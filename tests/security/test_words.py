"""Words that want to be more than words: in every free text, on every page, in letters and on paper."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from flask import Flask
from sqlalchemy import String
from sqlalchemy.orm import Session

from service_center.accounts.models import Retailer, Shop, User
from service_center.catalogue.models import Model, Part
from service_center.core.house import House
from service_center.core.tables import Base
from service_center.messages.services import say
from service_center.offers.services.quotes import Line, send_quote
from service_center.outbox import worker
from service_center.parcels.models import Shipment
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Customer, Finding, Item, Ticket
from service_center.tickets.services import bench
from tests.builders import DENIED, WHEN, People, actor, client_for, make_people, make_ticket

EVIL = '<b>x</b><script>alert(1)</script>"\'><img src="file:///etc/hostname">{{7*7}}${7*7}%(name)s%s</para>&lt;'
NAMES = ("name", "words", "text", "note", "decision_reason", "seller_name", "number", "model_text", "serial", "shop_reference", "location",
         "return_name", "return_street", "return_city", "street", "city", "old_part", "remark")  # fmt: skip


def spoil(session: Session) -> None:
    """Write it wherever somebody may type words, as if no form had stood before."""
    for kind in (Customer, Ticket, Item, ProofOfPurchase, Shop, Retailer, User, Finding, Shipment, Model, Part):
        columns = {column.name: column.type for column in Base.metadata.tables[kind.__tablename__].columns}
        for row in session.query(kind):
            for name in NAMES:
                if isinstance(columns.get(name), String):
                    setattr(row, name, EVIL[: getattr(columns[name], "length", None) or 500])
    session.commit()


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


@pytest.fixture
def ticket(session: Session, house: House, people: People) -> Ticket:
    """A ticket on which everybody has written, with a quote that waits."""
    tech = actor(people.technician)
    made = make_ticket(session, house, people, shop=people.shop, status=Status.DIAGNOSING, findings=[DENIED])
    found = queries.get(session, made.code, seen_by=tech)
    bench.write_note(session, found, EVIL, actor=tech, now=WHEN)
    say(session, found, EVIL, actor=actor(people.clerk), now=WHEN)
    say(session, found, EVIL, actor=tech, now=WHEN)
    send_quote(session, found, [Line(EVIL[:120], 2400)], days_needed=5, actor=tech, now=WHEN, house=house)
    session.commit()
    spoil(session)
    return found


def pages(code: str) -> list[str]:
    own = grouped(code)
    return [
        "/lab/", "/lab/tickets", "/lab/tickets?q=%3Cscript%3Ealert(1)", "/lab/reception", "/lab/dispatch", f"/lab/tickets/{own}", f"/lab/tickets/{own}/quote",
        f"/lab/tickets/{own}/proof", f"/lab/tickets/{own}/papers", "/manage/", "/manage/people", "/manage/retailers", "/lab/intake/new", "/retailer/",
        "/retailer/?q=%3Cscript%3Ealert(1)", f"/retailer/tickets/{own}", f"/retailer/tickets/{own}/quote", f"/retailer/tickets/{own}/address", f"/retailer/tickets/{own}/opened",
        f"/retailer/tickets/{own}/cancel", "/retailer/new", "/retailer/people", f"/status/{own}", f"/status/{own}/owner", f"/status/{own}/quote",
        f"/status/{own}/address", "/status?code=%3Cscript%3Ealert(1)%3C/script%3E", "/repairs/new/1/where",
    ]  # fmt: skip


def test_no_page_takes_words_for_markup(
    app: Flask, session: Session, house: House, people: People, ticket: Ticket
) -> None:
    owner = app.test_client()
    with owner.session_transaction() as held:
        held["owned"] = {ticket.code: [ticket.id, house.clock().timestamp()]}
    shown = 0
    for client in (
        client_for(app, people.manager),
        client_for(app, people.admin),
        client_for(app, people.clerk),
        owner,
    ):
        for page in pages(ticket.code):
            answered = client.get(page)
            assert answered.status_code < 500, page
            assert "<script>alert" not in answered.text, page
            assert '<img src="file' not in answered.text, page
            shown += "&lt;script&gt;alert" in answered.text and "{{7*7}}" in answered.text
    assert shown >= 12


def test_papers_print_words_as_words_and_read_no_file(
    app: Flask, session: Session, house: House, people: People, ticket: Ticket
) -> None:
    boss, clerk, own = client_for(app, people.manager), client_for(app, people.clerk), grouped(ticket.code)
    finished = make_ticket(session, house, people, shop=people.shop, status=Status.SHIPPED_OUT)
    spoil(session)
    read = []
    for client, page in (
        (boss, f"/lab/tickets/{own}/bag.pdf"), (boss, f"/lab/tickets/{own}/quote.pdf"), (boss, f"/lab/tickets/{grouped(finished.code)}/report.pdf"),
        (clerk, f"/retailer/tickets/{own}/slip.pdf"), (clerk, f"/retailer/tickets/{own}/label.pdf"), (clerk, f"/retailer/tickets/{own}/bag.pdf"),
        (clerk, f"/retailer/tickets/{grouped(finished.code)}/report.pdf"),
    ):  # fmt: skip
        answered = client.get(page)
        assert answered.status_code in (200, 404), page
        if answered.status_code == 200:
            document = pdfium.PdfDocument(BytesIO(answered.data))
            read.append("".join(sheet.get_textpage().get_text_range() for sheet in document))
    assert len(read) >= 5
    assert sum("script" in words for words in read) >= 3, "the words are there, as words"


def test_a_letter_has_one_recipient_and_no_header_of_somebody_else(
    app: Flask, session: Session, house: House, people: People, ticket: Ticket
) -> None:
    customer = session.get_one(Customer, ticket.customer_id)
    customer.name = "Adele\r\nBcc: vittima@posta.example\r\n\r\n<b>ciao</b>"
    session.commit()
    with app.app_context():
        while worker.run_once(app.extensions["handlers"], clock=house.clock):
            pass
    folder = Path(app.extensions["sender"].folder)
    letters: list[EmailMessage] = [
        email.message_from_bytes(path.read_bytes(), policy=default) for path in folder.glob("*.eml")
    ]
    assert letters
    for letter in letters:
        assert letter["Bcc"] is None
        assert len(letter["To"].addresses) == 1
        html = letter.get_body(("html",))
        assert html is not None
        assert "<script>" not in html.get_content()
        assert '<img src="file' not in html.get_content()
