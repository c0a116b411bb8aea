"""Two stories of papers: a missing stamp that the shop adds, and a receipt that somebody else has used already."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.proofs.models import ProofFile, ProofOfPurchase
from service_center.tickets import codes
from service_center.tickets.lifecycle import WaitKind
from service_center.tickets.models import Ticket, Wait
from tests.browser.conftest import PHONE, Live
from tests.browser.papers import card, photographed, receipt
from tests.browser.persons import Bench, Clerk, Customer, picture
from tests.browser.test_stories import a_jeweller_in_bari

pytestmark = pytest.mark.browser
BOUGHT = date(2025, 9, 20)
UNSTAMPED = (
    "OPS!OBJECTS",
    "CERTIFICATO DI GARANZIA",
    "",
    "Modello  OPSPW-482",
    "Data  20-09-2025",
    "Timbro e firma del rivenditore:",
)


def ticket_of(session: Session, code: str) -> Ticket:
    return session.scalars(select(Ticket).where(Ticket.code == codes.parse(code))).one()


def the_machine_reads(live: Live, code: str, day: date) -> None:
    """What the worker's engine writes down; the story does not wait for a real one."""
    with live.look() as session:
        proof_id = ticket_of(session, code).proof_id
        for file in session.scalars(select(ProofFile).where(ProofFile.proof_id == proof_id)):
            file.reading, file.read_at = reading(day), live.clock()
        session.commit()


def reading(day: date) -> dict[str, Any]:
    exchange = day + timedelta(days=30)

    def found(each: date, time: str | None) -> dict[str, Any]:
        return {
            "value": each.isoformat(), "time": time, "box": [300, 500, 300, 30], "text": f"{each:%d-%m-%Y}", "score": 0.9, "why": "with_time",
        }  # fmt: skip

    return {
        "engine": "rapidocr", "document": "receipt", "is_proof": True, "why_not": None, "dates": [found(day, "17:42"), found(exchange, None)],
        "seller": {"value": "Gioielleria Esempio", "box": None}, "vat_number": None, "number": {"value": "0412-0037", "box": None},
        "total_cents": {"value": 8900, "box": None}, "lines": [], "masks": [],
    }  # fmt: skip


def compressed(content: bytes) -> bytes:
    """As a messenger sends a photograph on: smaller, and made anew."""
    out = BytesIO()
    with Image.open(BytesIO(content)) as opened:
        small = opened.convert("RGB")
        small.thumbnail((1000, 1000))
        small.save(out, "JPEG", quality=45)
    return out.getvalue()


def waits(session: Session, code: str) -> list[tuple[dict[str, Any], datetime | None]]:
    papers = select(Wait).where(Wait.ticket_id == ticket_of(session, code).id, Wait.kind == WaitKind.PAPERS)
    return [(wait.detail, wait.closed_at) for wait in session.scalars(papers)]


def test_a_missing_stamp_is_added_by_the_shop_and_the_days_go_on(live: Live) -> None:
    # the clerk takes in a watch whose card bears no stamp
    nunzia = Clerk(live.signed_in(live.people.clerk))
    nunzia.opens("/retailer/new")
    nunzia.picks("family", "watch")
    nunzia.types(model="OPSPW-482")
    nunzia.picks("symptom", "S02")
    nunzia.types_the_day("purchased_on", BOUGHT)
    nunzia.picks("proof", "receipt")
    nunzia.picks("card", "unstamped")
    nunzia.shows("receipt", receipt("20-09-2025"))
    nunzia.shows("card_photo", photographed(UNSTAMPED, seed=3))
    nunzia.types(name="Adele Fontanarosa", email="adele@posta.example", reference="CE-0432")
    nunzia.page.locator("main form button.primary[type=submit]").last.click()
    nunzia.page.wait_for_load_state()
    code = Customer(nunzia.page).code()
    with live.look() as session:
        assert ticket_of(session, code).verdict == "PENDING_DOCS"
        [(detail, closed)] = waits(session, code)
        assert (detail["needs"], closed) == (["stamp"], None)

    # the shop stamps the card and sends its photograph
    live.clock.instant += timedelta(days=2)
    nunzia = Clerk(live.signed_in(live.people.clerk))
    nunzia.opens(f"/retailer/tickets/{code}")
    nunzia.reads("timbro")
    form = nunzia.page.locator("form[action$='/papers']")
    nunzia.unfolds(form)
    form.locator("[name=papers]").set_input_files(picture("certificato.jpg", card("20-09-2025")))  # type: ignore[arg-type]
    form.locator("button[type=submit]").click()
    nunzia.page.wait_for_load_state()

    # the lab takes the suggested day with one tap and confirms
    the_machine_reads(live, code, BOUGHT)
    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.opens(f"/lab/tickets/{code}/proof")
    rosa.page.locator("main [name=purchased_on]").first.fill("")
    rosa.page.locator("button.take").filter(has_text="17:42").first.click()
    assert [box.input_value() for box in rosa.page.locator("main [name=purchased_on]").all()] == ["20", "9", "2025"]
    rosa.picks("card", "complete")
    rosa.page.locator("main [name=legible]").check()
    rosa.page.locator("#proof button.primary").click()
    rosa.page.wait_for_load_state()
    with live.look() as session:
        assert ticket_of(session, code).verdict == "COVERED"
        [(_detail, closed)] = waits(session, code)
        assert closed == live.clock()

    # the customer reads that nothing is missing any more
    adele = Customer(live.screen(PHONE))
    adele.opens(f"/status/{code}")
    adele.reads("Da spedire")
    adele.does_not_read("timbro", "Manca un documento")


def test_a_receipt_that_somebody_else_used_is_caught(live: Live) -> None:
    a_jeweller_in_bari(live)
    shot = receipt("20-09-2025")

    def asks(name: str, email: str, content: bytes) -> str:
        person = Customer(live.screen(PHONE))
        person.asks_for_a_repair(
            family="watch", model="OPSPW-482", symptoms=("S02",), words="Si ferma.", shop="Gioielleria Esempio, Bari"
        )
        person.shows("receipt", content)
        person.goes_on()
        person.types_the_day("purchased_on", BOUGHT)
        person.picks("card", "complete")
        person.goes_on()
        person.presses("No, continua") if "/another" in person.page.url else None
        person.says_who_they_are(
            name=name, email=email, street="Via Prova 1", postal_code="80136", city="Napoli", province="NA"
        )
        people.append(person)
        return sends(person)

    def sends(person: Customer) -> str:
        said.append(person.page.locator("main").inner_text())
        person.goes_on()
        return person.code()

    people: list[Customer] = []
    said: list[str] = []
    first = asks("Adele Fontanarosa", "adele@posta.example", shot)
    live.clock.instant += timedelta(days=20)
    second = asks("Bruno Prisco", "bruno@posta.example", compressed(shot))
    seen = "Abbiamo già visto questo documento"
    assert [seen in each for each in said] == [False, True]
    assert "Adele" not in said[1]
    assert codes.grouped(first) not in said[1]

    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.opens(f"/lab/tickets/{second}")
    rosa.reads("già visto")
    rosa.opens(f"/lab/tickets/{second}/proof")
    rosa.reads("Adele Fontanarosa", "una foto che sembra la stessa".capitalize())
    assert rosa.page.locator(".side-by-side img").count() == 2
    rosa.types(reuse_note="Stessa foto: chiesto l'originale a Bruno")
    rosa.page.locator("main [name=legible]").check()
    rosa.page.locator("#proof button.primary").click()
    rosa.page.wait_for_load_state()
    rosa.reads("Stessa foto")
    with live.look() as session:
        proof = session.get_one(ProofOfPurchase, ticket_of(session, second).proof_id)
        assert proof.reuse == "looked"
