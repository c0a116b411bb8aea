"""Two stories of the manager's desk: dates that disagree, and water inside a marked watch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from service_center.core.database import db
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from tests.browser.conftest import PHONE, Live, link, words
from tests.browser.persons import Bench, Customer, Person
from tests.browser.test_stories import text_of
from tests.builders import WHEN, make_ticket

pytestmark = pytest.mark.browser
BOTH = "Il negozio conferma la data del certificato: lo scontrino era dell'acconto."
DRY = "La prova a secco perde dal fondello e la guarnizione era piegata dal montaggio: non c'è segno di urto."


def a_ticket(live: Live, **facts: object) -> str:
    with live.app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        return make_ticket(session, live.house, live.people, **facts).code  # type: ignore[arg-type]


def decides(live: Live, code: str, decision: str, reason: str) -> Person:
    """Carmela at her desk: the case is on her list, she reads both sides, and decides. What was told before has left."""
    live.post_goes()
    carmela = Person(live.signed_in(live.people.manager))
    carmela.opens("/manage/decisions")
    carmela.page.locator(f"main a[href$='/manage/decisions/{code}']").click()
    carmela.reads("Coperto, perché…", "Non coperto, perché…")
    carmela.picks("decision", decision)
    carmela.types(reason=reason)
    carmela.presses("Che cosa leggerà il cliente?")
    carmela.reads("Che cosa leggerà il cliente", reason, "Deciso da Carmela Improta")
    assert carmela.page.locator("[name=reason]").input_value() == reason
    carmela.presses("Decidi e comunica")
    carmela.reads("Deciso e comunicato")
    return carmela


def test_two_dates_that_disagree_are_decided_and_everybody_reads_the_same(live: Live) -> None:
    code = a_ticket(
        live,
        status=Status.DIAGNOSING,
        findings=(("S02", "movement", "manufacturing_defect", "A02"),),
        purchased_on=(WHEN - timedelta(days=751)).date(),
        card_dated_on=(WHEN - timedelta(days=700)).date(),
    )
    carmela = decides(live, code, "COVERED", BOTH)
    carmela.reads("Coperto dalla garanzia", BOTH)

    told = [letter for letter in live.post_goes() if BOTH in " ".join(words(letter).split())]
    assert len(told) == 1
    adele = Customer(live.screen(PHONE))
    adele.opens(f"/status/{codes.grouped(code)}")
    adele.reads("Coperto dalla garanzia")
    adele.does_not_read(BOTH)
    adele.opens(link(told[0], "/owner"))
    adele.reads("Coperto dalla garanzia", BOTH, "Deciso da Carmela Improta")
    report = text_of(carmela.pdf(f"/lab/tickets/{code}/report.pdf"))
    assert BOTH.split(":")[0] in report
    assert "Carmela Improta" in report


@pytest.mark.parametrize(("decision", "headline"), [("COVERED", "Coperto dalla garanzia"), ("NOT_COVERED", "Non coperto dalla garanzia")])  # fmt: skip
def test_water_inside_a_marked_watch_is_decided_on_the_readings_and_explained(
    live: Live, decision: str, headline: str
) -> None:
    code = a_ticket(live, status=Status.DIAGNOSING, findings=())
    tommaso = Bench(live.signed_in(live.people.technician))
    tommaso.scans(code)
    form = tommaso.page.locator("form[action$='/measures']")
    tommaso.unfolds(form)
    form.locator("[name=test]").select_option("dry_pressure")
    form.locator("[name=phase][value=before]").check(force=True)
    form.locator("[name=value]").fill("80")
    form.locator("button[type=submit]").click()
    tommaso.notes_a_finding("S11", "movement", "liquid_within_limits", "A03")
    tommaso.reads("Decide una persona")
    assert tommaso.page.locator("a[href*='/manage/decisions/']").count() == 0

    carmela = decides(live, code, decision, DRY)
    carmela.reads("80", "non superata", headline)

    told = [letter for letter in live.post_goes() if DRY in " ".join(words(letter).split())]
    assert len(told) == 1
    adele = Customer(live.screen(PHONE))
    adele.opens(link(told[0], "/owner"))
    adele.reads(headline, DRY)
    tommaso.opens(f"/lab/tickets/{code}")
    tommaso.reads(headline, DRY)
    report = text_of(carmela.pdf(f"/lab/tickets/{code}/report.pdf"))
    assert "guarnizione era piegata" in report
