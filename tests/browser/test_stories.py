"""The three stories of the house, told in a browser."""

from __future__ import annotations

from datetime import date, timedelta

import pypdfium2 as pdfium
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts.models import Retailer, Shop
from service_center.proofs.models import ProofFile
from service_center.tickets import codes
from service_center.tickets.models import Ticket
from tests.browser.conftest import PHONE, Live, link, words
from tests.browser.papers import card, has_place, receipt
from tests.browser.persons import Bench, Customer

pytestmark = pytest.mark.browser
BOUGHT = date(2025, 9, 20)


def a_jeweller_in_bari(live: Live) -> Shop:
    with live.look() as session:
        retailer = Retailer(name="Gioielleria Esempio Bari", email="bari@shop.example", language="it", created_at=live.clock())
        session.add(retailer)
        session.flush()
        shop = Shop(retailer_id=retailer.id, name="Gioielleria Esempio Bari", street="Via Sparano 118", postal_code="70121", city="Bari", province="BA",
                    country="IT", email="bari@shop.example", authorised_from=date(2019, 3, 1))  # fmt: skip
        session.add(shop)
        session.commit()
        return shop


def text_of(pdf: bytes) -> str:
    """All words of a PDF, on one line."""
    document = pdfium.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def ticket_of(session: Session, code: str) -> Ticket:
    return session.scalars(select(Ticket).where(Ticket.code == codes.parse(code))).one()


def test_a_watch_of_fourteen_months_is_repaired_under_guarantee(live: Live) -> None:
    a_jeweller_in_bari(live)
    day = f"{BOUGHT:%d-%m-%Y}"

    # Adele asks on her phone
    adele = Customer(live.screen(PHONE))
    adele.asks_for_a_repair(
        family="watch", model="OPSPW-482", symptoms=("S02", "S04"), words="Si ferma la notte, poi riparte.", shop="Gioielleria Esempio, Bari"
    )
    adele.shows("receipt", receipt(day))
    adele.shows("card_photo", card(day))
    adele.goes_on()
    adele.types_the_day("purchased_on", BOUGHT)
    adele.picks("card", "complete")
    adele.reads("coperto dalla garanzia")
    adele.goes_on()
    adele.presses("No, continua") if "/another" in adele.page.url else None
    adele.says_who_they_are(
        name="Adele Fontanarosa", email="adele@posta.example", street="Vico Lungo Sant'Agostino degli Scalzi 118 bis", postal_code="80136", city="Napoli", province="NA"
    )
    adele.reads("Gioielleria Esempio", "20 set 2025")
    adele.goes_on()
    code = adele.code()
    adele.reads("20 nov 2026")

    with live.look() as session:
        files = session.scalars(select(ProofFile)).all()
        assert len(files) == 2
        assert not any(has_place(live.house.storage.get(kept.storage_key)) for kept in files), "the stored copy tells where it was taken"
    [asked] = live.post_goes()
    assert code in words(asked)
    adele.opens(f"/status/{code}")
    adele.reads("Pronto da spedire", "20 set 2027")
    adele.does_not_read("Adele", "Napoli")
    adele.opens(link(asked, "/owner"))
    adele.presses("Ho spedito il pacco")
    adele.picks("courier", "brt")
    adele.types(tracking="084119355101")
    adele.presses("È in viaggio")
    adele.reads("In viaggio verso di noi")

    # the parcel arrives
    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.opens("/lab/reception")
    rosa.scans(code)
    if "/reception/" not in rosa.page.url:
        rosa.opens(f"/lab/reception/{code}")
    rosa.picks("accessories", "box")
    rosa.picks("water_mark", "yes")
    rosa.picks("grade_glass", "B")
    rosa.types(place="B-14")
    rosa.does("Ricevuto")
    adele.opens(f"/status/{code}")
    adele.reads("Arrivato", "lun 14 dic 2026")

    # the bench finds, repairs and closes
    live.clock.instant += timedelta(days=3)
    tommaso = Bench(live.signed_in(live.people.technician))
    tommaso.scans(code)
    tommaso.does("Inizia la diagnosi")
    tommaso.notes_a_finding("S04", "battery", "battery_end_of_life", "A01")
    tommaso.notes_a_finding("S02", "gaskets", "material_defect", "A04")
    tommaso.reads("Coperto dalla garanzia", "R17")
    adele.opens(f"/status/{code}")
    adele.reads("In esame")
    tommaso.does("Inizia la riparazione")
    for part in ("P-377", "P-GUARN"):
        tommaso.uses_a_part(part)
    tommaso.does("Riparazione finita")

    # somebody else tests: 3 bar, dry
    serena = Bench(live.signed_in(live.people.second_technician))
    serena.scans(code)
    serena.tests(code, dry_pressure="11")
    serena.reads("Pronto")
    adele.opens(f"/status/{code}")
    adele.reads("Pronto")

    # it leaves by BRT, after two scans
    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.makes_the_parcel(code)
    address = rosa.page.locator("a[href*='label.pdf']").first.get_attribute("href")
    assert "Fontanarosa" in text_of(rosa.pdf(address or ""))
    rosa.scans(code)
    rosa.scans_label("084119355200")
    adele.opens(f"/status/{code}")
    adele.reads("Spedito")

    # what Adele has in the end
    letters = live.post_goes()
    assert [codes.grouped(codes.parse(code)) in words(letter) for letter in letters] == [True] * len(letters)
    shipped = words(letters[-1])
    assert "084119355200" in shipped
    adele.opens(link(letters[-1], "/owner")) if "/owner" in shipped else adele.opens(f"/status/{code}/owner")
    report = text_of(adele.page.request.get(f"/status/{code}/report.pdf").body())
    for said in (code, "Pila sostituita", "Guarnizioni sostituite", "Coperto dalla garanzia", "084119355200"):
        assert said in report, said
    adele.presses("È arrivato")
    adele.reads("Consegnato")


