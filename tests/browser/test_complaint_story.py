"""A complaint answered in time: the customer's phone, the manager's screen, and the third working day between them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from tests.browser.conftest import PHONE, Live, link, words
from tests.browser.papers import photographed
from tests.browser.persons import Customer, Person
from tests.builders import COVERED, DENIED, make_ticket

pytestmark = pytest.mark.browser
WORDS = "Il vetro non ha preso colpi.\nSi è crepato mentre l'orologio era sul comodino."


def test_a_complaint_is_answered_in_time(live: Live) -> None:
    with live.look() as session:
        session.expire_on_commit = False
        ticket = make_ticket(session, live.house, live.people, status=Status.DIAGNOSING, findings=(COVERED, DENIED))
        code = codes.grouped(ticket.code)
    first = next(letter for letter in live.post_goes() if "adele@posta.example" in str(letter["To"]))

    adele = Customer(live.screen(PHONE))
    adele.opens(link(first, "/owner"))
    adele.presses("Non sono d’accordo")
    adele.reads("Scrivilo qui", "mer 25 nov 2026", "Coperto dalla garanzia", "Non coperto dalla garanzia")
    adele.page.locator("main [name=subject]").nth(1).check(force=True)
    adele.types(text=WORDS)
    adele.shows("photos", photographed(("VETRO",)))
    adele.presses("Invia il reclamo")
    adele.reads("Abbiamo ricevuto il tuo reclamo", "Rispondiamo entro mer 25 nov 2026", "sul comodino")
    receipt = live.post_goes()[-1]
    assert "abbiamo ricevuto il tuo reclamo" in str(receipt["Subject"])
    assert "mer 25 nov 2026" in words(receipt)

    carmela = Person(live.signed_in(live.people.manager))
    carmela.reads("Reclami (1)")
    carmela.opens("/manage/complaints")
    carmela.reads("mer 25 nov 2026", "Adele Fontanarosa", "sul comodino")

    live.clock.instant = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
    alarm = live.post_goes()[-1]
    assert str(alarm["To"]).endswith("carmela.improta@example.com") or "carmela.improta" in str(alarm["To"])
    carmela = Person(live.signed_in(live.people.manager))
    carmela.opens(link(alarm, "/manage/complaints/"))
    carmela.reads("sul comodino", "Non coperto dalla garanzia", "Vetro")
    carmela.picks("outcome", "explained")
    carmela.types(
        answer="Abbiamo guardato il vetro al microscopio: c'è il segno di un urto sul bordo.\nTi mandiamo la fotografia."
    )
    carmela.presses("Invia la risposta")
    carmela.reads("Chiarito", "al microscopio")

    answer = live.post_goes()[-1]
    assert "la risposta al tuo reclamo" in str(answer["Subject"])
    assert "al microscopio" in words(answer)
    assert "garanzia legale" in words(answer)
    adele.opens(link(answer, "/owner"))
    adele.reads("Ti spieghiamo che cosa è successo.", "al microscopio", "Risposta al reclamo")
    adele.opens(f"/status/{code}")
    adele.does_not_read("al microscopio", "sul comodino")

    live.clock.instant = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    assert str(live.post_goes()[-1]["Subject"]) == str(answer["Subject"]), "nobody is warned of what is answered"
