"""House rules of check lists, signatures and seals on the pages of the bench, by hand and by card."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.lab import commands
from service_center.lab.commands import Card, Deed, Hand, Order, Wrong
from service_center.tickets.bench_models import Check, Seal, Waiver
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Item, Measurement, PartUsed, Ticket
from tests.builders import People, client_for, post
from tests.lab.conftest import Make, Rows

PASSING: dict[str, object] = {"reading_dry_pressure": "11 µg/min", "end": "pass"}
NEEDED: dict[str, object] = {"check_fault_gone": "ok", "check_hands_date": "ok", "check_complete": "not_there"}


def url(ticket: Ticket, rest: str = "") -> str:
    return f"/lab/tickets/{grouped(ticket.code)}{rest}"


def scan(client: FlaskClient, ticket: Ticket, *texts: str) -> str:
    """Scans on the ticket's page, one after the other; what the page says then."""
    client.get("/lab/?lang=en")
    said = ""
    for text in texts:
        post(client, f"/lab/scan?at={grouped(ticket.code)}", {"scan": text})
        said = client.get(url(ticket, "?lang=en")).text
    return said


@pytest.fixture
def tester(app: Flask, people: People) -> FlaskClient:
    return client_for(app, people.second_technician)


def test_readings_and_answers_pass_in_one_form(tester: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TESTING)
    answered = post(tester, url(ticket, "/quality?lang=en"), PASSING)
    assert answered.location == url(ticket, "/quality"), "the readings are kept, so the form is done"
    assert "Not answered yet: The reported fault is gone" in tester.get(answered.location).text
    assert post(tester, url(ticket, "/quality"), PASSING | NEEDED).status_code == 302
    assert rows(select(Ticket.status).where(Ticket.id == ticket.id)) == [Status.READY]
    assert sorted(rows(select(Check.answer))) == ["not_there", "ok", "ok"]


def test_what_was_answered_stands_when_the_page_comes_again(tester: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.TESTING)
    post(tester, url(ticket, "/quality"), {"check_clean": "not_ok", "end": ""})
    page = tester.get(url(ticket, "/quality")).text
    assert re.search(r'name="check_clean"[^>]*value="not_ok" checked', page)


def test_an_answer_that_nobody_offered_is_refused(tester: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    assert post(tester, url(ticket, "/checks"), {"check_runs": "perhaps"}).status_code == 422
    assert post(tester, url(ticket, "/checks"), {"check_runs": "not_ok"}).status_code == 302
    assert rows(select(Check.answer)) == ["not_ok"]


def test_a_reading_of_another_unit_is_refused_beside_its_field(tester: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.TESTING)
    answered = post(tester, url(ticket, "/quality?lang=en"), {"reading_battery_voltage": "1520 mV", "end": ""})
    assert (answered.status_code, "read in V" in answered.text) == (422, True)
    answered = post(tester, url(ticket, "/measures?lang=en"), {"test": "rate", "phase": "after", "value": "0,3 µA"})
    assert (answered.status_code, "read in s/d" in answered.text) == (422, True)


def test_a_technician_is_told_to_ask_and_a_manager_signs(
    tester: FlaskClient, boss: FlaskClient, make: Make, rows: Rows
) -> None:
    ticket = make(status=Status.TESTING)
    assert "ask a manager" in tester.get(url(ticket, "/quality?lang=en")).text
    typed: dict[str, object] = {
        "subject": "test:dry_pressure",
        "reason": "Solo per casa",
        "consent": "D’accordo il 20.11. al telefono",
    }
    assert post(tester, url(ticket, "/signatures"), typed).status_code in (302, 403, 404)
    assert rows(select(Waiver)) == []
    empty = post(boss, url(ticket, "/signatures"), typed | {"reason": ""})
    assert (empty.status_code, "D’accordo il 20.11." in empty.text) == (422, True)
    assert post(boss, url(ticket, "/signatures"), typed).location == url(ticket, "/quality")
    [waiver] = rows(select(Waiver))
    assert waiver.signed_by == "Carmela Improta"
    assert "Solo per casa" in tester.get(url(ticket, "/quality")).text
    assert post(boss, url(ticket, f"/signatures/{waiver.id}/remove")).status_code == 302
    assert rows(select(Waiver.taken_back_at)) != [None]


def test_a_manager_gives_a_model_its_limits(boss: FlaskClient, people: People, rows: Rows) -> None:
    [model] = rows(select(Model))
    page = f"/manage/models/{model.id}/limits"
    assert post(boss, page, {"low_rate": "5", "high_rate": "-5"}).status_code == 422
    assert post(boss, page, {"low_rate": "-15 s/g", "high_rate": "15", "low_amplitude": "250°"}).status_code == 302
    assert rows(select(Model.limits)) == [{"rate": [-15.0, 15.0], "amplitude": [250.0, None]}]
    assert 'value="-15"' in boss.get(f"/manage/models/{model.id}").text


# --- by card -----------------------------------------------------------------------------------------------------------


def test_a_check_by_card_is_in_order_unless_a_card_before_it_says_otherwise(
    tester: FlaskClient, make: Make, rows: Rows
) -> None:
    ticket = make(status=Status.TESTING)
    assert "Not answered yet: The reported fault is gone" in scan(
        tester, ticket, "*TEST.DRY.PRESSURE", "*1", "*1", "*ENTER", "*OK"
    )
    scan(tester, ticket, "*CHECK.FAULT.GONE", "*GONE", "*CHECK.HANDS.DATE", "*NOK", "*CHECK.COMPLETE")
    given = {check.name: check.answer for check in rows(select(Check))}
    assert given == {"fault_gone": "ok", "hands_date": "not_there", "complete": "not_ok"}
    assert "Not in order: Everything that came is there" in scan(tester, ticket, "*OK")
    assert "Final checks passed" in scan(tester, ticket, "*CHECK.COMPLETE", "*OK")
    assert rows(select(Ticket.status).where(Ticket.id == ticket.id)) == [Status.READY]


def test_undo_takes_back_an_answer_a_reading_and_an_old_parts_fate(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    scan(tech, ticket, "*NOK", "*CHECK.RUNS")
    assert rows(select(Check.answer)) == ["not_ok"]
    scan(tech, ticket, "*UNDO")
    assert rows(select(Check)) == []
    scan(tech, ticket, "*TEST.RATE", "*3", "*ENTER", "*UNDO")
    assert rows(select(Measurement)) == []
    scan(tech, ticket, "*PART.P-377", "*OLD.RETURNED")
    assert rows(select(PartUsed.old_part)) == ["returned"]
    scan(tech, ticket, "*UNDO")
    assert rows(select(PartUsed.old_part)) == ["recycled"]
    scan(tech, ticket, "*OLD.ANALYSED", "*PART.P-377")
    assert sorted(rows(select(PartUsed.old_part))) == ["analysed", "recycled"]


def test_after_a_tests_card_a_figure_is_entered_as_the_instrument_types_it(
    tech: FlaskClient, make: Make, rows: Rows
) -> None:
    ticket = make(status=Status.DIAGNOSING)
    assert "is read in" in scan(tech, ticket, "*TEST.BATTERY.VOLTAGE", "1,31 µA")
    scan(tech, ticket, "1,31 V", "*TEST.RATE", "-3 s/d")
    assert [(row.test, row.value) for row in rows(select(Measurement))] == [("battery_voltage", 1.31), ("rate", -3.0)]


def test_a_check_of_the_other_list_is_told_apart(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    assert "is not on the check list that is open now" in scan(tech, ticket, "*CHECK.FAULT.GONE")
    assert "is no card of ours" in scan(tech, ticket, "*CHECK.NOTHING")
    assert rows(select(Check)) == []


def test_a_seals_card_closes_the_item_and_undo_takes_it_off(tester: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TESTING)
    assert "Sealed: 004512." in scan(tester, ticket, "*SEAL.004512")
    assert "004512" in tester.get(url(ticket, "/quality")).text
    scan(tester, ticket, "*UNDO")
    assert rows(select(Seal)) == []


def test_at_the_next_visit_the_seals_own_card_says_that_it_is_whole(
    tech: FlaskClient, session: Session, make: Make, people: People, rows: Rows
) -> None:
    first, again = make(status=Status.READY), make(status=Status.RECEIVED, email="b@posta.example")
    scan(tech, first, "*SEAL.004512")
    item = rows(select(Item).where(Item.id == first.item_id))[0]
    session.get_one(Ticket, again.id).item_id = item.id
    session.commit()
    assert "004512" in tech.get(url(again)).text
    assert "noted as intact" in scan(tech, again, "*SEAL.004512")
    assert post(tech, url(again, "/seal/found"), {"found": "broken"}).status_code == 302
    assert rows(select(Seal.found)) == ["broken"]
    assert post(tech, url(again, "/seal/found"), {"found": "eaten"}).status_code == 422


def test_cards_of_checks_seals_and_old_parts_make_sense_in_order_only() -> None:
    def after(*texts: str) -> tuple[Hand, Order | None]:
        hand, order = Hand(), None
        for text in texts:
            card = commands.card(text)
            assert card is not None
            hand, order = commands.take(hand, card, needs_why=card.deed is Deed.FAIL)
        return hand, order

    assert after("*CHECK.CROWN")[1] == Order(Deed.CHECK, "CROWN", answer="ok")
    assert after("*NOK", "*CHECK.CROWN")[1] == Order(Deed.CHECK, "CROWN", answer="not_ok")
    assert after("*OLD.RETURNED", "*2", "*PART.P-377")[1] == Order(Deed.PART, "P-377", 2, old="RETURNED")
    assert after("*SEAL.004512")[1] == Order(Deed.SEAL, "004512")
    assert after("*GONE")[0] == Hand((Card(Deed.GONE),))
    for texts in (("*GONE", "*START"), ("*COMP.GLASS", "*CHECK.CROWN"), ("*NOK", "*SEAL.004512"), ("*GONE", "*7")):
        with pytest.raises(Wrong, match="unfinished"):
            after(*texts)


def test_seals_are_printed_from_the_next_free_number(tech: FlaskClient, house: House) -> None:
    for query in ("", "?first=4512", "?first=x", "?first=99999999999"):
        answered = tech.get(f"/lab/seals.pdf{query}")
        assert (answered.status_code, answered.data[:4]) == (200, b"%PDF")
