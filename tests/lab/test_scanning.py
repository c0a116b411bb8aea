"""A scan opens what it means, and says so when it means nothing."""

from __future__ import annotations

from flask.testing import FlaskClient

from service_center.core.house import House
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from tests.builders import post
from tests.lab.conftest import Make


def where(client: FlaskClient, text: str, **more: object) -> str:
    answered = post(client, "/lab/scan", {"scan": text}, **more)
    assert answered.status_code == 302
    return answered.location


def test_a_scan_opens_the_ticket(tech: FlaskClient, make: Make, house: House) -> None:
    ticket = make(status=Status.DIAGNOSING)
    own = f"/lab/tickets/{grouped(ticket.code)}"
    for text in (ticket.code, grouped(ticket.code).lower(), house.scan_url(ticket.code), str(ticket.number)):
        assert where(tech, text) == own


def test_a_courier_number_of_one_parcel_opens_its_ticket(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.SHIPPED_OUT)
    assert where(tech, "084 1193 55200") == f"/lab/tickets/{grouped(ticket.code)}"


def test_at_reception_a_scan_unpacks(tech: FlaskClient, make: Make) -> None:
    ticket = make(status=Status.IN_TRANSIT_IN)
    answered = post(tech, "/lab/scan?at=reception", {"scan": ticket.code})
    assert answered.location == f"/lab/reception/{grouped(ticket.code)}"


def test_a_mistyped_code_is_told_apart_from_an_unknown_one(tech: FlaskClient, make: Make) -> None:
    ticket = make()
    wrong = ticket.code[:-1] + ("A" if ticket.code[-1] != "A" else "B")
    tech.get("/lab/?lang=en")
    back = {"headers": {"Referer": "http://localhost/lab/reception?lang=en"}}
    assert where(tech, wrong, **back) == "/lab/reception?lang=en"
    page = tech.get("/lab/reception?lang=en").text
    assert "has a wrong letter or digit" in page
    assert wrong in page
    assert where(tech, "xyz", **back) == "/lab/reception?lang=en"
    assert "is not known" in tech.get("/lab/reception?lang=en").text


def test_after_a_refused_form_an_unknown_scan_leads_to_the_page_of_the_form(tech: FlaskClient, make: Make) -> None:
    own = f"/lab/tickets/{grouped(make().code)}"
    assert where(tech, "xyz", headers={"Referer": f"http://localhost{own}/act"}) == own
    assert where(tech, "xyz", headers={"Referer": "http://elsewhere.example/lab/tickets"}) == "/lab/"
