"""House rules of dispatch: many items in one parcel, by scanner alone, loud stops, and the way back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from service_center.outbox.models import OutboxRow, State
from service_center.parcels.models import Shipment
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from tests.builders import People, client_for, post
from tests.lab.conftest import Make, Rows

BRT = "084119355207"
AT_THE_LIST = "/lab/dispatch/scan"


@pytest.fixture
def many(make: Make) -> list[Ticket]:
    """Three items of one address."""
    return [make(status=Status.READY) for _ in range(3)]


def now(rows: Rows, *tickets: Ticket) -> set[Status]:
    found: list[Ticket] = rows(select(Ticket).where(Ticket.id.in_([ticket.id for ticket in tickets])))
    return {each.status for each in found}


def begun(client: FlaskClient, ticket: Ticket) -> str:
    """The item's label, then the card Start: its parcel lies on the table, with the item in it."""
    address = post(client, AT_THE_LIST, {"scan": ticket.code}).location
    assert address.endswith(f"/lab/dispatch?code={grouped(ticket.code)}")
    parcel = post(client, f"{AT_THE_LIST}?code={grouped(ticket.code)}", {"scan": "*START"})
    assert parcel.status_code == 302
    return str(parcel.location)


def scan(client: FlaskClient, parcel: str, *texts: str) -> list[int]:
    return [post(client, parcel, {"scan": text}).status_code for text in texts]


def test_one_card_packs_all_that_goes_to_an_address(
    tech: FlaskClient, many: list[Ticket], make: Make, rows: Rows
) -> None:
    stranger = make(status=Status.READY, email="altra@posta.example")
    with_card = begun(tech, many[0])
    assert "1 of 4 items" in tech.get(f"{with_card}?lang=en").text, "the stranger goes to the same door"
    assert scan(tech, with_card, *(each.code for each in [*many[1:], stranger]), BRT) == [302] * 4
    assert now(rows, *many, stranger) == {Status.SHIPPED_OUT}


def test_a_missing_item_keeps_the_parcel_open_and_is_named(tech: FlaskClient, many: list[Ticket], rows: Rows) -> None:
    parcel = begun(tech, many[0])
    scan(tech, parcel, many[1].code)
    early = post(tech, parcel, {"scan": BRT})
    assert early.status_code == 422
    assert grouped(many[2].code) in early.text.partition("error-summary")[2].partition("</div>")[0]
    assert now(rows, *many) == {Status.READY}


def test_any_of_its_items_opens_the_parcel_again(
    tech: FlaskClient, app: Flask, people: People, many: list[Ticket], rows: Rows
) -> None:
    parcel = begun(tech, many[0])
    colleague = client_for(app, people.second_technician)
    assert post(colleague, AT_THE_LIST, {"scan": many[1].code}).location.endswith(parcel)
    assert scan(colleague, parcel, many[2].code, BRT) == [302, 302], "what was in hand at another bench counts"
    assert now(rows, *many) == {Status.SHIPPED_OUT}


def test_what_does_not_belong_stops_until_somebody_has_seen_it(
    tech: FlaskClient, make: Make, many: list[Ticket], rows: Rows
) -> None:
    parcel = begun(tech, many[0])
    stranger = make(status=Status.TESTING)
    scan(tech, parcel, many[2].code)
    for wrong, right in ((stranger.code, many[1].code), ("12AB", BRT)):
        stopped = post(tech, parcel, {"scan": wrong})
        assert stopped.status_code == 422
        assert "data-loud" in stopped.text
        assert scan(tech, parcel, right) == [422], "nothing else is taken"
        assert "data-loud" in tech.get(parcel).text, "nor does going away help"
        assert scan(tech, parcel, "*ENTER", right) == [302, 302]
    assert now(rows, *many) == {Status.SHIPPED_OUT}
    assert now(rows, stranger) == {Status.TESTING}


def test_an_item_comes_out_and_goes_back(tech: FlaskClient, many: list[Ticket], rows: Rows) -> None:
    parcel = begun(tech, many[0])
    assert scan(tech, parcel, "*MINUS", many[2].code, "*UNDO", "*MINUS", many[2].code) == [302] * 5
    assert scan(tech, parcel, many[1].code, BRT) == [302, 302]
    assert now(rows, *many[:2]) == {Status.SHIPPED_OUT}
    assert now(rows, many[2]) == {Status.READY}
    other = begun(tech, many[2])
    assert post(tech, f"{other}/out", {"code": many[2].code}).location == "/lab/dispatch"
    assert [each.cancelled_at is not None for each in rows(select(Shipment).order_by(Shipment.id))] == [False, True]


def test_the_last_scan_is_taken_back(tech: FlaskClient, many: list[Ticket]) -> None:
    parcel = begun(tech, many[0])
    assert scan(tech, parcel, many[1].code, "*UNDO", many[2].code, BRT) == [302, 302, 302, 422]
    assert scan(tech, parcel, many[1].code, BRT) == [302, 302]


def test_a_parcel_that_left_comes_back_whole(tech: FlaskClient, many: list[Ticket], rows: Rows) -> None:
    parcel = begun(tech, many[0])
    scan(tech, parcel, many[1].code, many[2].code, BRT)
    waiting = select(OutboxRow).where(OutboxRow.facts["template"].as_string() == "shipped")
    assert [row.state for row in rows(waiting)] == [State.WAITING], "one letter tells of all three"
    assert len(rows(waiting)[0].facts["parcel"]) == 3
    assert scan(tech, parcel, "*UNDO") == [302]
    assert now(rows, *many) == {Status.READY}
    assert [row.state for row in rows(waiting)] == [State.WITHDRAWN]
    assert scan(tech, parcel, BRT) == [422], "all of it is scanned anew"
    assert scan(tech, parcel, *(each.code for each in many), BRT) == [302] * 4


def test_the_menu_of_one_item_brings_its_parcel_back(tech: FlaskClient, many: list[Ticket], rows: Rows) -> None:
    parcel = begun(tech, many[0])
    scan(tech, parcel, many[1].code, many[2].code, BRT)
    ticket: Ticket = rows(select(Ticket).where(Ticket.id == many[1].id))[0]
    typed = {"action": "undo", "note": "Numero sbagliato", "version": ticket.version}
    assert post(tech, f"/lab/tickets/{grouped(ticket.code)}/act", typed).status_code == 302
    assert now(rows, *many) == {Status.READY}


def test_a_courier_that_flies_wants_the_weight(tech: FlaskClient, many: list[Ticket], rows: Rows) -> None:
    parcel = post(tech, "/lab/dispatch", {"codes": [many[0].code], "courier": "dhl"}).location
    label = "1234567891"
    label = label[:9] + str(int(label[:9]) % 7)
    assert scan(tech, parcel, many[0].code, label) == [302, 422]
    assert scan(tech, parcel, "*4", "*2", "*0", "*UNDO", "*4", "*2", "*0", "*ENTER", label) == [302] * 9
    [shipment] = rows(select(Shipment))
    assert shipment.weight_grams == 420
    assert now(rows, many[0]) == {Status.SHIPPED_OUT}


@pytest.mark.parametrize("typed", ["", "0", "-3", "abc", "99999", "70001", "٣٤"])
def test_an_impossible_weight_is_refused(tech: FlaskClient, make: Make, rows: Rows, typed: str) -> None:
    parcel = begun(tech, make(status=Status.READY))
    assert post(tech, f"{parcel}/weight", {"weight": typed}).status_code == 422
    assert rows(select(Shipment))[0].weight_grams is None
    assert post(tech, f"{parcel}/weight", {"weight": "70000"}).status_code == 302


def test_cards_of_the_packing_table(tech: FlaskClient, many: list[Ticket]) -> None:
    parcel = begun(tech, many[0])
    assert post(tech, parcel, {"scan": "*GO.BOARD"}).location == "/lab/"
    for paper in ("label", "papers"):
        assert post(tech, parcel, {"scan": "*PRINT"}).location == f"{parcel}/print/{paper}"
        assert "data:image/png;base64," in tech.get(f"{parcel}/print/{paper}").text
    for card in ("*HELP", "*DONE", "*NIENTE", "*START", "*ENTER", "*1", "*MINUS"):
        assert post(tech, parcel, {"scan": card}).location == parcel, card
    papers = tech.get(f"/lab/shipments/{parcel.rpartition('/')[2]}/papers.pdf")
    assert papers.data.startswith(b"%PDF")


def test_what_is_not_ready_opens_no_parcel(tech: FlaskClient, make: Make) -> None:
    early = make(status=Status.TESTING)
    assert post(tech, f"{AT_THE_LIST}?lang=en", {"scan": early.code}).location == "/lab/dispatch"
    assert "is not ready to leave" in tech.get("/lab/dispatch").text
    assert post(tech, AT_THE_LIST, {"scan": "*START"}).location == "/lab/dispatch"
    assert post(tech, AT_THE_LIST, {"scan": "XXXX"}).status_code == 302
    assert post(tech, f"{AT_THE_LIST}?code=nonsense", {"scan": "*START"}).status_code == 302
