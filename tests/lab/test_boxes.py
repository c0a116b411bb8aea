"""House rules of reception, papers, quotes, final checks and dispatch."""

from __future__ import annotations

from io import BytesIO

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from service_center.offers.models import Quote
from service_center.parcels.models import Shipment
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Event, Measurement, Photo, Ticket, Wait
from tests.builders import COVERED, DENIED, People, client_for, post
from tests.lab.conftest import Make, Rows

BRT = "084119355207"


def url(ticket: Ticket, rest: str = "") -> str:
    return f"/lab/tickets/{grouped(ticket.code)}{rest}"


def desk(ticket: Ticket) -> str:
    return f"/lab/reception/{grouped(ticket.code)}"


def now(rows: Rows, ticket: Ticket) -> Ticket:
    found: Ticket = rows(select(Ticket).where(Ticket.id == ticket.id))[0]
    return found


def picture() -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    out.seek(0)
    return out


# --- reception ---------------------------------------------------------------------------------------------------


def test_reception_takes_in_charge_when_the_papers_are_complete(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN)
    typed = {
        "accessories": ["box", "card"], "grade_glass": "C", "grade_case": "B", "tampering": "none", "water_mark": "yes", "place": "A-07",
        "note": "Fibbia lenta", "photo_front": (picture(), "front.png"), "version": ticket.version,
    }  # fmt: skip
    answered = post(tech, desk(ticket), typed, content_type="multipart/form-data")
    assert (answered.status_code, answered.location) == (302, desk(ticket))
    seen = now(rows, ticket)
    assert (seen.status, seen.location, seen.condition) == (Status.TAKEN_IN_CHARGE, "A-07", {"glass": "C", "case": "B"})
    assert seen.accessories == ["box", "card"]
    assert [photo.subject for photo in rows(select(Photo).where(Photo.stage == "reception"))] == ["front"]
    assert "bag.pdf" in tech.get(desk(ticket)).text


def test_reception_waits_while_papers_are_missing(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN, card="unstamped")
    assert post(tech, desk(ticket), {"tampering": "none", "version": ticket.version}).status_code == 302
    seen = now(rows, ticket)
    assert (seen.status, seen.day_zero) == (Status.RECEIVED, None)
    typed = {
        "document": "receipt", "seller": "authorised_retailer", "purchased_on": ["22", "9", "2025"], "card": "complete", "legible": "y", "version": seen.version,
    }  # fmt: skip
    assert post(tech, url(ticket, "/proof"), typed).status_code == 302
    assert post(tech, desk(ticket), {"tampering": "none"}).status_code == 302
    assert now(rows, ticket).status is Status.TAKEN_IN_CHARGE


def test_a_wrong_picture_keeps_what_was_typed(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN)
    typed = {"tampering": "none", "place": "C-03", "grade_glass": "D", "photo_front": (BytesIO(b"no picture"), "x.jpg")}
    answered = post(tech, desk(ticket), typed, content_type="multipart/form-data")
    assert answered.status_code == 422
    assert 'value="C-03"' in answered.text
    assert now(rows, ticket).status is Status.IN_TRANSIT_IN


# --- papers and quotes -------------------------------------------------------------------------------------------


def test_impossible_dates_of_a_proof_are_refused(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    typed = {
        "document": "receipt",
        "seller": "own_shop",
        "purchased_on": ["1", "1", "2031"],
        "card": "absent",
        "legible": "y",
    }
    answered = post(tech, url(ticket, "/proof?lang=en"), typed)
    assert answered.status_code == 422
    assert "These dates cannot be right" in answered.text
    assert now(rows, ticket).verdict == "COVERED"


def test_a_proof_that_cannot_be_read_makes_the_guarantee_wait(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    typed = {
        "document": "receipt",
        "seller": "authorised_retailer",
        "purchased_on": ["22", "9", "2025"],
        "card": "complete",
    }
    assert post(tech, url(ticket, "/proof"), typed).status_code == 302
    assert now(rows, ticket).verdict == "PENDING_DOCS"


def test_a_quote_is_proposed_only_for_what_is_not_covered(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING, findings=(COVERED, DENIED))
    page = tech.get(url(ticket, "/quote?lang=en")).text
    assert page.count('value="Vetro') + page.count('value="Glass') == 1
    assert 'value="Pila' not in page
    typed = {"text_0": "Vetro", "amount_0": "24,00", "days_needed": "5", "version": ticket.version}
    assert post(tech, url(ticket, "/quote"), typed | {"amount_0": ""}).status_code == 422
    assert post(tech, url(ticket, "/quote"), typed).status_code == 302
    [quote] = rows(select(Quote))
    assert (quote.total_cents, quote.lines[0]["finding_id"]) == (2400, ticket.findings[1].id)


def test_what_is_covered_is_never_quoted(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.DIAGNOSING)
    answered = post(tech, url(ticket, "/quote?lang=en"), {"text_0": "Pila", "amount_0": "9", "days_needed": "5"})
    assert answered.status_code == 422
    assert "there is nothing to quote" in answered.text
    assert "/quote" not in tech.get(url(ticket)).text
    assert rows(select(Quote)) == []


# --- final checks ------------------------------------------------------------------------------------------------


def test_without_the_needed_readings_nothing_passes(app: Flask, people: People, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TESTING)
    other = client_for(app, people.second_technician)
    answered = post(
        other,
        url(ticket, "/quality?lang=en"),
        {"end": "pass", "reading_battery_voltage": "1,56", "version": ticket.version},
    )
    assert answered.location == url(ticket, "/quality"), "the reading is kept, so the form is done"
    assert "1 check is missing" in other.get(answered.location).text
    assert [row.value for row in rows(select(Measurement))] == [1.56], "what was read stays"
    checked = {"end": "pass", "check_fault_gone": "ok", "check_hands_date": "ok", "check_complete": "ok"}
    for dry_pressure, leads in (("80", "/quality"), ("11", "")):
        answered = post(other, url(ticket, "/quality"), checked | {"reading_dry_pressure": dry_pressure})
        assert answered.location == url(ticket, leads)
    assert now(rows, ticket).status is Status.READY


def test_whoever_repaired_it_does_not_pass_it(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TESTING)
    answered = post(tech, url(ticket, "/quality?lang=en"), {"end": "pass", "reading_dry_pressure": "11"})
    assert "ask a colleague" in tech.get(answered.location).text
    assert now(rows, ticket).status is Status.TESTING


def test_a_failure_needs_its_words_and_keeps_the_readings_typed(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.TESTING)
    typed = {"end": "fail", "reading_dry_pressure": "90"}
    answered = post(tech, url(ticket, "/quality"), typed)
    assert answered.status_code == 422
    assert 'value="90"' in answered.text
    assert post(tech, url(ticket, "/quality"), typed | {"note": "perde"}).status_code == 302
    assert now(rows, ticket).status is Status.REPAIRING


# --- dispatch ----------------------------------------------------------------------------------------------------


def booked(client: FlaskClient, *tickets: Ticket, courier: str = "brt") -> str:
    typed = {"codes": [ticket.code for ticket in tickets], "courier": courier, "weight": "380"}
    answered = post(client, "/lab/dispatch", typed)
    assert answered.status_code == 302, answered.text
    return str(answered.location)


def test_item_and_label_together_let_the_parcel_leave(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.READY)
    parcel = booked(tech, ticket)
    early = post(tech, parcel, {"scan": BRT})
    assert early.status_code == 422, "the item comes first"
    assert post(tech, parcel, {"scan": ticket.code}).status_code == 302
    assert post(tech, parcel, {"scan": BRT}).status_code == 302
    assert now(rows, ticket).status is Status.SHIPPED_OUT
    [shipment] = rows(select(Shipment))
    assert (shipment.tracking, shipment.weight_grams) == (BRT, 380)
    assert 'class="match go"' in tech.get(parcel).text


def test_an_item_of_another_parcel_stops_loudly(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket, stranger = make(status=Status.READY), make(status=Status.READY, email="other@posta.example")
    parcel = booked(tech, ticket)
    answered = post(tech, parcel, {"scan": stranger.code})
    assert answered.status_code == 422
    assert 'class="match no"' in answered.text
    assert [now(rows, each).status for each in (ticket, stranger)] == [Status.READY, Status.READY]


def test_a_label_of_another_parcel_or_courier_stops_loudly(tech: FlaskClient, make: Make, rows: Rows) -> None:
    first, second = make(status=Status.READY), make(status=Status.READY)
    gone = booked(tech, first)
    post(tech, gone, {"scan": first.code})
    assert post(tech, gone, {"scan": BRT}).status_code == 302
    parcel = booked(tech, second)
    post(tech, parcel, {"scan": second.code})
    for label in (BRT, "12AB"):
        answered = post(tech, parcel, {"scan": label})
        assert answered.status_code == 422
        assert 'class="match no"' in answered.text
    assert now(rows, second).status is Status.READY


def test_every_item_of_a_parcel_is_scanned(tech: FlaskClient, make: Make, rows: Rows) -> None:
    one, two = make(status=Status.READY), make(status=Status.READY)
    parcel = booked(tech, one, two)
    post(tech, parcel, {"scan": one.code})
    assert post(tech, parcel, {"scan": BRT}).status_code == 422
    post(tech, parcel, {"scan": two.code})
    assert post(tech, parcel, {"scan": BRT}).status_code == 302
    assert {now(rows, each).status for each in (one, two)} == {Status.SHIPPED_OUT}


def test_only_one_address_and_only_what_is_ready_makes_a_parcel(
    tech: FlaskClient, people: People, make: Make, rows: Rows
) -> None:
    ready, early = make(status=Status.READY), make(status=Status.TESTING)
    for codes in ([], [ready.code, early.code], ["nonsense"]):
        assert post(tech, "/lab/dispatch", {"codes": codes, "courier": "brt"}).status_code == 422
    assert post(tech, "/lab/dispatch", {"codes": [ready.code], "courier": "pony"}).status_code == 422
    assert rows(select(Shipment)) == []


def test_it_is_handed_over_at_the_counter(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.READY)
    assert post(tech, url(ticket, "/act"), {"action": "hand_over", "version": ticket.version}).status_code == 302
    assert now(rows, ticket).status is Status.DELIVERED


def test_papers_of_the_lab_are_printed(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.READY)
    parcel = booked(tech, ticket).rpartition("/")[2]
    for page in (
        url(ticket, "/bag.pdf"),
        url(ticket, "/report.pdf?lang=en"),
        f"/lab/shipments/{parcel}/label.pdf?size=100x150",
        f"/lab/shipments/{parcel}/label.pdf",
    ):
        answered = tech.get(page)
        assert answered.status_code == 200, page
        assert answered.data.startswith(b"%PDF")
    assert tech.get(url(ticket, "/quote.pdf")).status_code == 404
    assert tech.get("/lab/shipments/99/label.pdf").status_code == 404


def test_what_the_menu_did_stands_in_the_history(tech: FlaskClient, make: Make, rows: Rows) -> None:
    ticket = make(status=Status.REPAIRING)
    post(tech, url(ticket, "/act"), {"action": "wait_part", "note": "Vetro 28,5"})
    assert [wait.kind.value for wait in rows(select(Wait).where(Wait.closed_at.is_(None)))] == ["part"]
    assert rows(select(Event).order_by(Event.id.desc()))[0].action.value == "wait_part"
    assert "Vetro 28,5" in tech.get(url(ticket)).text
