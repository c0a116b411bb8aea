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
from tests.browser.persons import Bench, Clerk, Customer

pytestmark = pytest.mark.browser
BOUGHT = date(2025, 9, 20)


def a_jeweller_in_bari(live: Live) -> Shop:
    with live.look() as session:
        retailer = Retailer(
            name="Gioielleria Esempio Bari", email="bari@shop.example", language="it", created_at=live.clock()
        )
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
        family="watch",
        model="OPSPW-482",
        symptoms=("S02", "S04"),
        words="Si ferma la notte, poi riparte.",
        shop="Gioielleria Esempio, Bari",
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
        name="Adele Fontanarosa",
        email="adele@posta.example",
        street="Vico Lungo Sant'Agostino degli Scalzi 118 bis",
        postal_code="80136",
        city="Napoli",
        province="NA",
    )
    adele.reads("Gioielleria Esempio", "20 set 2025")
    adele.goes_on()
    code = adele.code()
    adele.reads("20 nov 2026")

    with live.look() as session:
        files = session.scalars(select(ProofFile)).all()
        assert len(files) == 2
        assert not any(has_place(live.house.storage.get(kept.storage_key)) for kept in files), (
            "the stored copy tells where it was taken"
        )
    [asked] = live.post_goes()
    assert code in words(asked)
    adele.opens(f"/status/{code}")
    adele.reads("Da spedire", "20 set 2027")
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
    adele.reads("In diagnosi")
    tommaso.does("Inizia la riparazione")
    for part in ("P-377", "P-GUARN"):
        tommaso.uses_a_part(part)
    tommaso.does("Riparazione finita")

    # somebody else tests: 3 bar, dry
    serena = Bench(live.signed_in(live.people.second_technician))
    serena.scans(code)
    serena.runs_the_final_checks(code, dry_pressure="11")
    serena.reads("Pronto")
    adele.opens(f"/status/{code}")
    adele.reads("Pronto")

    # it leaves by BRT, after two scans
    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.makes_the_parcel(code)
    address = rosa.page.locator("a[href*='label.pdf']").first.get_attribute("href")
    assert "Fontanarosa" in text_of(rosa.pdf(address or ""))
    rosa.scans(code)
    rosa.scans_label("AB123456789")
    rosa.reads("Non corrispondono")
    rosa.sees_whole_cards()
    rosa.scans_card("*ENTER")
    rosa.scans_label("084119355200")
    rosa.sees_whole_cards()
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


def test_a_smartwatch_comes_through_a_shop_its_display_covered_and_its_strap_not(live: Live) -> None:
    # Nunzia takes it in at the counter, with the customer in front of her
    nunzia = Clerk(live.signed_in(live.people.clerk))
    code = nunzia.takes_in(
        family="smartwatch", model="", symptom="S17", bought=date(2026, 2, 3), card="complete", receipt=receipt("03-02-2026"),
        name="Ciro Esposito", email="ciro@posta.example", reference="CE-0711",
    )  # fmt: skip
    nunzia.reads("CE-0711")
    slip = text_of(nunzia.pdf(f"/retailer/tickets/{code}/slip.pdf"))
    assert code in slip
    assert "Ciro Esposito" in slip
    nunzia.opens(f"/retailer/tickets/{code}")
    nunzia.sends_off("gls", "AB123456789")

    # the lab receives and finds two things, with two verdicts
    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.receives(code)
    tommaso = Bench(live.signed_in(live.people.technician))
    tommaso.scans(code)
    tommaso.does("Inizia la diagnosi")
    tommaso.notes_a_finding("S17", "display", "material_defect", "A14")
    tommaso.notes_a_finding("S12", "strap", "wear", "A09")
    tommaso.reads("Coperto in parte", "La garanzia non comprende questa parte: cinturino.", "R18")
    tommaso.quotes(code, ("Cinturino nuovo", "24,50"))
    tommaso.reads("24,50")

    # the shop answers for its customer; the covered part is repaired all the same
    letters = live.post_goes()
    assert "24,50" in words(letters[-1])
    nunzia.opens("/retailer/")
    nunzia.reads("1 riparazione aspetta una risposta")
    nunzia.presses("Rispondere ora")
    nunzia.reads("CE-0711")
    nunzia.opens(f"/retailer/tickets/{code}/quote")
    nunzia.reads("La garanzia non comprende questa parte: cinturino.", "24,50")
    nunzia.picks("answer", "refuse")
    nunzia.page.locator("main form button.primary[type=submit]").click()
    tommaso.opens(f"/lab/tickets/{code}")
    tommaso.does("Inizia la riparazione")
    tommaso.uses_a_part("P-DISP21")
    tommaso.does("Riparazione finita")
    serena = Bench(live.signed_in(live.people.second_technician))
    serena.runs_the_final_checks(code)
    serena.reads("Pronto")

    # it goes back to the shop, and the report says both things
    rosa.makes_the_parcel(code)
    rosa.scans(code)
    rosa.scans_label("084119355201")
    report = text_of(nunzia.pdf(f"/retailer/tickets/{code}/report.pdf"))
    for said in (
        "Coperto dalla garanzia",
        "Non coperto dalla garanzia",
        "La garanzia non comprende questa parte: cinturino.",
        "Gioielleria Esempio Caserta",
    ):
        assert said in report, said
    other = Clerk(live.signed_in(live.people.other_clerk))
    assert other.page.request.get(f"/retailer/tickets/{code}").status == 404


def test_out_of_guarantee_the_quote_is_refused_and_the_item_comes_back_unrepaired(live: Live) -> None:
    # two years and a half after the purchase
    a_jeweller_in_bari(live)
    bought = date(2024, 5, 11)
    elena = Customer(live.screen(PHONE))
    elena.asks_for_a_repair(
        family="jewel", model="", symptoms=("S16",), words="Si è aperta la catena.", shop="Gioielleria Esempio Bari"
    )
    elena.shows("receipt", receipt("11-05-2024"))
    elena.goes_on()
    elena.types_the_day("purchased_on", bought)
    elena.picks("card", "complete")
    elena.reads("non coperto dalla garanzia", "La garanzia è durata fino all’11 mag 2026")
    elena.goes_on()
    elena.presses("No, continua") if "/another" in elena.page.url else None
    elena.says_who_they_are(
        name="Elena Russo",
        email="elena@posta.example",
        street="Via Toledo 256",
        postal_code="80132",
        city="Napoli",
        province="NA",
    )
    elena.goes_on()
    code = elena.code()

    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.receives(code)
    tommaso = Bench(live.signed_in(live.people.technician))
    tommaso.scans(code)
    tommaso.does("Inizia la diagnosi")
    tommaso.notes_a_finding("S16", "chain", "material_defect", "A12")
    tommaso.reads("Non coperto dalla garanzia")
    tommaso.quotes(code, ("Saldatura della catena", "18"))

    # Elena reads the reason in the letter and on her page, in the same words, and refuses
    reason = "La garanzia è durata fino all’11 mag 2026; la riparazione è stata chiesta dopo quel giorno."
    letter = live.post_goes()[-1]
    assert reason in " ".join(words(letter).split())
    elena.opens(link(letter, "/owner"))
    elena.reads("Preventivo in attesa della tua risposta")
    elena.opens(f"/status/{code}/quote")
    elena.reads(reason, "18,00")
    elena.picks("answer", "refuse")
    elena.presses("Invia la risposta")
    elena.reads("Reso non riparato")

    tommaso.opens(f"/lab/tickets/{code}")
    tommaso.does("Richiuso")
    tommaso.reads("Pronto")
    rosa.makes_the_parcel(code)
    rosa.scans(code)
    rosa.scans_label("084119355202")
    elena.opens(f"/status/{code}")
    elena.reads("Spedito")
    report = text_of(elena.page.request.get(f"/status/{code}/report.pdf").body())
    assert reason in report
    assert "18,00" in report
