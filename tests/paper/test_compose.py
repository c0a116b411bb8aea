"""From real tickets to papers, on both engines and in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from service_center.accounts.actor import customer
from service_center.core.house import House
from service_center.core.i18n import LANGUAGES, _, civil_day, day, money, speaking
from service_center.core.paper import A4, A5, A6
from service_center.documents import compose as documents
from service_center.documents import quote, report, slip
from service_center.labels import bag, inbound, shipping
from service_center.labels import compose as labels
from service_center.management.services.goodwill import Courtesy, grant
from service_center.offers.queries import quotes
from service_center.offers.services.quotes import Line, answer, send_quote
from service_center.parcels.queries import booked, codes_in
from service_center.tickets import queries
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket
from service_center.tickets.services import bench, deciding
from service_center.tickets.wording import verdicts, vocabulary
from tests.builders import COVERED, DENIED, People, actor, make_people, make_ticket
from tests.paper.reading import Code, assert_sound, scanned, squeezed, text


@dataclass
class Place:
    """A house with its people."""

    session: Session
    house: House
    people: People

    def ticket(self, status: Status, **more: object) -> Ticket:
        return make_ticket(self.session, self.house, self.people, status=status, **more)  # type: ignore[arg-type]

    def again(self, ticket: Ticket) -> Ticket:
        self.session.commit()
        self.session.expunge_all()
        return queries.get(self.session, ticket.code, seen_by=actor(self.people.manager))


@pytest.fixture
def place(app: Flask, session: Session, house: House) -> Iterator[Place]:
    with app.app_context():
        yield Place(session, house, make_people(session))


@pytest.fixture(params=LANGUAGES, autouse=True)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def test_a_bag_label_names_the_ticket(place: Place) -> None:
    ticket = place.ticket(Status.RECEIVED)
    facts = labels.bag_label(ticket, house=place.house)
    assert facts.letter == "W"
    assert facts.model == "OPSPW-482"
    assert scanned(bag.draw(facts), 203) == {Code("qr", place.house.scan_url(ticket.code))}


def test_a_parcel_label_shows_a_neutral_sender_and_the_address_as_booked(place: Place) -> None:
    ticket = place.ticket(Status.SHIPPED_OUT)
    shipment = booked(place.session, ticket.id)
    facts = labels.shipping_label(shipment, codes_in(place.session, shipment), house=place.house)
    assert "orafo" not in f"{facts.sender}".lower()
    pdf = shipping.draw(facts)
    assert scanned(pdf, 203) == {Code("qr", place.house.scan_url(ticket.code)), Code("128", "084119355200")}
    for part in (
        ticket.return_street,
        "80136 NAPOLI (NA)",
        "BRT 084119355200",
        "R.A. Assistenza",
        grouped(ticket.code),
    ):
        assert squeezed(part) in text(pdf)


def test_an_inbound_label_comes_from_the_customer_to_the_lab(place: Place) -> None:
    ticket = place.ticket(Status.TO_SEND)
    pdf = inbound.draw(labels.inbound_label(ticket, house=place.house))
    assert Code("128", str(ticket.number)) in scanned(pdf, 203)
    for part in (ticket.customer.name, ticket.return_street, "modulo 178", "81025 MARCIANISE (CE)"):
        assert squeezed(part) in text(pdf)
    assert_sound(inbound.draw(labels.inbound_label(ticket, house=place.house), size=A6), A6, 4)


def test_a_report_says_what_the_page_says(place: Place) -> None:
    ticket = place.ticket(Status.SHIPPED_OUT, shop=place.people.shop)
    found = text(report.draw(documents.report(place.session, ticket, house=place.house)))
    latest = queries.latest_verdict(place.session, ticket.id)
    page = verdicts.verdict(latest.record, reader="paper")
    told = [verdicts.finding(each, latest.record, reader="paper") for each in ticket.findings]
    sentences = [
        page.headline,
        page.sub,
        *(reason for each in told for reason in each.reasons),
        *(rule.ref for each in told for rule in each.rules),
    ]
    for part in (
        *sentences, "CE-0432", "Gioielleria Esempio Caserta", "084119355200", "BRT", "T. S.", "S. M.", verdicts.rights_notice(), grouped(ticket.code),
        vocabulary.work("A01"), vocabulary.bench_test("dry_pressure"), day(civil_day(ticket.requested_at)), vocabulary.evidence("retailer_slip"),
    ):  # fmt: skip
        assert squeezed(part) in found, part
    assert "Serena" not in found


def test_a_report_holds_quote_decision_parts_and_readings(place: Place) -> None:
    ticket = place.ticket(Status.DIAGNOSING, findings=(COVERED, DENIED))
    session, house, now, tech = place.session, place.house, place.house.now(), actor(place.people.technician)
    bench.measure(session, ticket, "rate", "before", -2.4, actor=tech, now=now, house=house)
    bench.measure(session, ticket, "rate", "after", 0.18, actor=tech, now=now, house=house)
    bench.inspect(ticket, accessories=["box"], condition={"glass": "C"}, tampering="none", water_mark=True)
    sent = send_quote(
        session, ticket, [Line("Sostituzione vetro", 2400)], days_needed=5, actor=tech, now=now, house=house
    )
    ticket = place.again(ticket)
    answer(session, ticket, True, actor=customer(ticket.id), now=now, house=house)
    ticket = place.again(ticket)
    pdf = report.draw(documents.report(session, ticket, house=house))
    for part in ("Sostituzione vetro", money(sent.total_cents), vocabulary.bench_test("rate"), vocabulary.accessory("box"), vocabulary.grade("C"),
                 verdicts.outcome("NOT_COVERED"), verdicts.outcome("COVERED")):  # fmt: skip
        assert squeezed(part) in text(pdf), part
    assert_sound(pdf, A4, 8)


def test_a_person_who_decided_is_named_with_the_reason(place: Place) -> None:
    ticket = place.ticket(Status.DIAGNOSING, findings=(("S11", "movement", "liquid_within_limits", "A03"),))
    [finding] = ticket.findings
    assert finding.outcome == "AMBIGUOUS"
    deciding.decide(
        place.session, ticket, finding.id, "COVERED", "La guarnizione era secca.", actor=actor(place.people.manager), now=place.house.now(), house=place.house
    )  # fmt: skip
    ticket = place.again(ticket)
    found = text(report.draw(documents.report(place.session, ticket, house=place.house)))
    assert squeezed("La guarnizione era secca.") in found
    assert squeezed("Carmela Improta") in found


def test_a_report_of_a_ticket_that_only_began_is_a_report_too(place: Place) -> None:
    assert_sound(report.draw(documents.report(place.session, place.ticket(Status.TO_SEND), house=place.house)), A4, 8)


def test_a_slip_proves_day_and_shop(place: Place) -> None:
    ticket = place.ticket(Status.TO_SEND, shop=place.people.shop)
    pdf = slip.draw(documents.slip(place.session, ticket, "048213", house=place.house))
    for part in (
        "048 213",
        "Gioielleria Esempio Caserta",
        "Corso Prova 12",
        "Nunzia Esempio",
        "CE-0432",
        "10:41",
        place.house.scan_url(ticket.code),
    ):
        assert squeezed(part) in text(pdf)
    assert_sound(pdf, A5, 6)
    assert scanned(pdf, 203) == {Code("qr", place.house.scan_url(ticket.code))}


def test_a_quote_gives_price_and_reason(place: Place) -> None:
    ticket = place.ticket(Status.RETURNING, findings=(DENIED,))
    [offered] = quotes(place.session, ticket.id)
    pdf = quote.draw(documents.quote(place.session, ticket, offered, house=place.house))
    latest = queries.latest_verdict(place.session, ticket.id)
    reasons = verdicts.finding(ticket.findings[0], latest.record, reader="paper").reasons
    for part in (money(2400), "Sostituzione vetro", day(offered.valid_until), *reasons, documents.answered(offered)):
        assert squeezed(part) in text(pdf), part
    assert_sound(pdf, A4, 8)


def test_a_quote_that_was_withdrawn_waits_for_nobody(place: Place) -> None:
    ticket = place.ticket(Status.DIAGNOSING, findings=(DENIED,))
    session, house, now = place.session, place.house, place.house.now()
    sent = send_quote(session, ticket, [Line("Sostituzione vetro", 2400)], days_needed=5, actor=actor(place.people.technician), now=now, house=house)  # fmt: skip
    ticket = place.again(ticket)
    courtesy = Courtesy(
        ticket.findings[0].id, "Per cortesia, dopo l'attesa di maggio.", 1200, 0, None, "Nessun budget ancora."
    )
    grant(session, ticket, courtesy, actor=actor(place.people.manager), now=now, house=house)
    pdf = report.draw(documents.report(session, place.again(ticket), house=house))
    withdrawn = {"money": money(2400), "day": day(civil_day(now))}
    assert squeezed(_("The quote of %(money)s was withdrawn on %(day)s: it no longer holds.", **withdrawn)) in text(pdf)
    assert squeezed(day(sent.valid_until)) not in text(pdf)
