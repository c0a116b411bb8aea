"""A story in a browser: a discontinued smartwatch gives way to one of greater value, which keeps the first one's guarantee."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from service_center.catalogue.models import Model
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.lineage import plain_serial
from service_center.tickets.models import Item
from tests.browser.conftest import PHONE, Live, link, words
from tests.browser.persons import Bench, Customer
from tests.browser.test_stories import text_of
from tests.builders import actor, make_ticket

pytestmark = pytest.mark.browser
BOUGHT = date(2025, 9, 20)
CALLS = ["chiamate", "battito", "contapassi", "sonno"]


def a_range(live: Live) -> str:
    """A smartwatch that is no longer made, two that may replace it, one that is worth less; and a ticket of the first one."""
    with live.look() as session:
        session.expire_on_commit = False
        old = Model(code="OPSSW-21", name="Call Smartwatch", family="smartwatch", list_price_cents=9900, current=False, functions=CALLS)  # fmt: skip
        session.add_all([
            old,
            Model(code="OPSSW-34", name="Active Amoled", family="smartwatch", list_price_cents=12900, current=True, functions=[*CALLS, "gps"]),
            Model(code="OPSSW-40", name="Call Smartwatch 2", family="smartwatch", list_price_cents=10900, current=True, functions=CALLS),
            Model(code="OPSSW-52", name="Touch Slim", family="smartwatch", list_price_cents=5900, current=True, functions=CALLS),
        ])  # fmt: skip
        session.commit()
        made = make_ticket(
            session, live.house, live.people, status=Status.IN_TRANSIT_IN, family="smartwatch", purchased_on=BOUGHT
        )
        made.item.model_id, made.item.serial = old.id, "SW21-0001"
        session.commit()
        return made.code


def test_a_discontinued_smartwatch_is_replaced_by_one_of_greater_value(live: Live) -> None:
    code = a_range(live)
    ends = "20 set 2027"

    # it arrives and is found faulty, covered, and out of production
    tommaso = Bench(live.signed_in(live.people.technician))
    tommaso.receives(code, water_mark="yes")
    tommaso.opens(f"/lab/tickets/{code}")
    tommaso.does("Inizia la diagnosi")
    tommaso.notes_a_finding("S17", "display", "material_defect", "A14")
    tommaso.reads("Coperto")
    tommaso.does("Proponi una sostituzione")
    tommaso.reads("OPSSW-40", "OPSSW-34", "99,00")
    tommaso.does_not_read("OPSSW-52")
    tommaso.picks("why", "discontinued")
    for name in ("OPSSW-40", "OPSSW-34"):
        tommaso.page.locator("label.choice").filter(has_text=name).locator("input").check(force=True)
    tommaso.types(note="Il tuo modello non si produce più: scegli quello che preferisci.")
    tommaso.presses("Invia la proposta")
    tommaso.reads("Il cliente sceglie")

    # Adele chooses on her phone
    letters = live.post_goes()
    asked = letters[-1]
    assert "Active Amoled" in words(asked)
    assert ends in words(asked)
    adele = Customer(live.screen(PHONE))
    adele.opens(link(asked, "/owner"))
    adele.goes_on()
    adele.reads("Active Amoled", "Call Smartwatch 2", ends, "non si producono più")
    with live.look() as session:
        new = session.scalars(select(Model).where(Model.code == "OPSSW-34")).one()
    adele.picks("choice", str(new.id))
    adele.presses("Invia la mia scelta")
    adele.reads("la tua scelta è confermata")
    assert "Active Amoled" in words(live.post_goes()[-1])
    assert "OPSSW-34" in text_of(adele.pdf(f"/status/{code}/replacement.pdf"))

    # the new one is booked; without its number it does not leave
    live.clock.instant += timedelta(hours=2)
    tommaso.opens(f"/lab/tickets/{code}")
    tommaso.does("Riparazione finita")
    tommaso.reads("non è ancora registrato")
    tommaso.does("Sostituzione")
    tommaso.types(model="OPSSW-40", serial="SW34-7788")
    tommaso.presses("Registralo")
    tommaso.reads("Non è quello scelto")
    tommaso.types(model="OPSSW-34", serial="SW34-7788")
    tommaso.presses("Registralo")
    tommaso.reads("SW34-7788", ends)
    tommaso.opens(f"/lab/tickets/{code}")
    tommaso.reads("SW21-0001", "SW34-7788")
    tommaso.does("Riparazione finita")

    # tested by a colleague, shipped; report and page name both and the same end
    serena = Bench(live.signed_in(live.people.second_technician))
    serena.runs_the_final_checks(code)
    paper = text_of(serena.pdf(f"/lab/tickets/{code}/report.pdf"))
    assert all(each in paper for each in ("SW21-0001", "SW34-7788", ends))
    adele.opens(f"/status/{code}/owner")
    adele.reads("SW34-7788", ends)

    # a year later the new one comes by its own number: it is known, and its end is still the first one's
    with live.look() as session:
        session.expire_on_commit = False
        second = make_ticket(
            session,
            live.house,
            live.people,
            at=live.clock() + timedelta(days=280),
            family="smartwatch",
            purchased_on=None,
            kind="none",
        )
        second.item.serial = "sw347788"
        session.commit()
        later = second.code
    live.clock.instant += timedelta(days=281)
    rosa = Bench(live.signed_in(live.people.front_desk))
    rosa.receives(later, water_mark="yes")
    with live.look() as session:
        known = queries.get(session, later, seen_by=actor(live.people.technician))
        assert known.item.replaces_id is not None
        assert plain_serial(known.item.serial) == "SW347788"
        assert session.get_one(Item, known.item.replaces_id).serial == "SW21-0001"
        assert known.last_covered_day == date(2027, 9, 20)
    rosa.opens(f"/lab/tickets/{later}")
    rosa.reads("SW21-0001", ends)
