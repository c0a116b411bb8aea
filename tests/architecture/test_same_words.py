"""One function words a reason: the page, the paper and the letter say the very same sentence, in either language."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service_center.core.house import House
from service_center.core.i18n import speaking
from service_center.documents import compose, report
from service_center.messages.handlers import HANDLERS
from service_center.offers.services.quotes import Line, send_quote
from service_center.outbox.models import SentLetter
from service_center.outbox.worker import run_once
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Customer, Ticket
from service_center.tickets.wording import verdicts
from tests.builders import WHEN, actor, client_for, make_people, make_ticket
from tests.conftest import Clock

OLD = date(2024, 5, 11)
CASES: dict[str, tuple[tuple[str, str, str, str], dict[str, object]]] = {
    "out of time": (("S02", "movement", "material_defect", "A02"), {"purchased_on": OLD}),
    "excluded cause": (("S10", "glass", "impact", "A06"), {}),
    "excluded cause, liquid": (("S11", "movement", "liquid_beyond_limits", "A02"), {}),
    "sold by somebody else": (("S02", "movement", "material_defect", "A02"), {"seller": "unlisted_retailer"}),
    "wear of a part": (("S12", "strap", "wear", "A09"), {}),
}


def flat(text: str) -> str:
    """Words without tags, breaks and soft hyphens."""
    plain = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00ad", "").replace("\ufffe", "-")
    return re.sub(r"\s+", " ", plain)


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    try:
        return flat(" ".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("case", CASES)
def test_page_paper_and_letter_give_the_same_reason(
    app: Flask, session: Session, house: House, clock: Clock, tmp_path: Path, case: str, language: str
) -> None:
    people = make_people(session)
    found, proof = CASES[case]
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING, findings=(found,), **proof)
    session.execute(update(Ticket).values(language=language))
    session.execute(update(Customer).values(language=language))
    ticket.language = language
    send_quote(
        session, ticket, [Line("Lavoro", 2400)], days_needed=5, actor=actor(people.technician), now=WHEN, house=house
    )
    session.commit()
    with app.app_context(), speaking(language):
        record = queries.latest_verdict(session, ticket.id).record
        [denied] = verdicts.denied(ticket.findings, record, reader="customer")
        reasons = [flat(reason) for reason in denied.reasons]
        paper = text_of(report.draw(compose.report(session, ticket, house=house)))
    session.rollback()
    assert reasons

    page = flat(client_for(app).get(f"/status/{ticket.code}?lang={language}").text)
    with app.app_context():
        while run_once(HANDLERS, clock=clock):
            pass
    session.rollback()
    letter = session.scalars(select(SentLetter).order_by(SentLetter.id.desc())).first()
    assert letter
    for where, text in (
        ("page", page),
        ("paper", paper),
        ("letter", flat(letter.text)),
        ("letter in colours", flat(letter.html)),
    ):
        assert [reason for reason in reasons if reason not in text] == [], f"{where}: {text[:2000]}"
