"""People with fixed rights, and tickets in any state, made by the real services."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from service_center.accounts import services as accounts
from service_center.accounts.actor import Actor, customer
from service_center.accounts.models import Retailer, Role, Shop, User
from service_center.catalogue.models import Model, Part
from service_center.core.goods import Stage
from service_center.core.house import House
from service_center.offers.services.quotes import Line, answer, send_quote
from service_center.parcels import services as parcels
from service_center.proofs.models import ProofOfPurchase
from service_center.tickets import queries
from service_center.tickets.lifecycle import Action, Status
from service_center.tickets.models import Channel, Ticket
from service_center.tickets.services import advancing, assessing, bench, checking, opening

PASSWORD = "quadrante bianco sette"
WHEN = datetime(2026, 11, 20, 9, 41, tzinfo=UTC)


@dataclass(frozen=True)
class People:
    """One person for each right, and a second shop's people to be kept out."""

    technician: User
    second_technician: User
    front_desk: User
    manager: User
    admin: User
    clerk: User
    other_admin: User
    other_clerk: User
    shop: Shop
    sister_shop: Shop
    other_shop: Shop

    def everybody(self) -> dict[str, User]:
        """Name → person."""
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def actor(user: User) -> Actor:
    return Actor(user.role.value, user.id, user.name, user.retailer_id, user.shop_id)


def make_shop(session: Session, retailer: Retailer, name: str, city: str, province: str) -> Shop:
    shop = Shop(
        retailer_id=retailer.id, name=name, street="Corso Prova 12", postal_code="81100", city=city, province=province, country="IT",
        phone="+390823111111", email=f"{name.split()[-1].lower()}@shop.example", authorised_from=date(2020, 1, 1),
    )  # fmt: skip
    session.add(shop)
    session.flush()
    return shop


def make_people(session: Session, now: datetime = WHEN) -> People:
    """Add and commit them all."""
    ours, theirs = (
        Retailer(name=name, email=f"{name[:3].lower()}@shop.example", language="it", created_at=now)
        for name in ("Gioielleria Esempio", "L'Ora Giusta")
    )
    session.add_all([ours, theirs])
    session.flush()
    shop, sister = (
        make_shop(session, ours, "Gioielleria Esempio Caserta", "Caserta", "CE"),
        make_shop(session, ours, "Gioielleria Esempio Napoli", "Napoli", "NA"),
    )
    other = make_shop(session, theirs, "L'Ora Giusta Roma", "Roma", "RM")

    def person(name: str, role: Role, retailer: Retailer | None = None, at: Shop | None = None) -> User:
        email = name.lower().replace(" ", ".") + "@example.com"
        return accounts.add_user(
            session, email=email, name=name, role=role, now=now, shop=at, retailer=retailer, password=PASSWORD
        )

    people = People(
        technician=person("Tommaso Sorrentino", Role.TECHNICIAN), second_technician=person("Serena Mautone", Role.TECHNICIAN),
        front_desk=person("Rosa Vitale", Role.FRONT_DESK), manager=person("Carmela Improta", Role.MANAGER),
        admin=person("Adele Esempio", Role.RETAILER_ADMIN, ours), clerk=person("Nunzia Esempio", Role.RETAILER_CLERK, ours, shop),
        other_admin=person("Ettore Giusti", Role.RETAILER_ADMIN, theirs), other_clerk=person("Paola Giusti", Role.RETAILER_CLERK, theirs, other),
        shop=shop, sister_shop=sister, other_shop=other,
    )  # fmt: skip
    session.add_all([
        Model(code="OPSPW-482", ean="8032288000016", name="Posh Paris", family="watch", water_mark=True, list_price_cents=8900, current=True),
        Part(code="P-377", name="Pila 377 (SR626SW)", families=["watch"], price_cents=600, on_hand=20),
        Part(code="P-GUARN", name="Serie guarnizioni", families=["watch"], price_cents=400, on_hand=20),
        Part(code="P-DISP21", name="Display SW-21", families=["smartwatch"], price_cents=3400, on_hand=20),
    ])  # fmt: skip
    session.commit()
    return people


def make_proof(now: datetime = WHEN, **more: object) -> ProofOfPurchase:
    """A receipt of an authorised shop with a complete card, 14 months old."""
    facts: dict[str, object] = {
        "kind": "receipt", "seller": "authorised_retailer", "seller_name": "Gioielleria Esempio Bari", "purchased_on": (now - timedelta(days=425)).date(),
        "number": "0412-0037", "card": "complete", "created_at": now,
    }  # fmt: skip
    return ProofOfPurchase(**(facts | more))


COVERED = ("S04", "battery", "battery_end_of_life", "A01")
DENIED = ("S10", "glass", "impact", "A06")


def make_ticket(
    session: Session, house: House, people: People, *, status: Status = Status.TO_SEND, at: datetime = WHEN, shop: Shop | None = None,
    findings: Sequence[tuple[str, str, str, str]] = (COVERED,), family: str = "watch", email: str = "adele@posta.example", **proof: object,
) -> Ticket:  # fmt: skip
    """A ticket walked to `status` by the services, and committed. Findings are noted on the bench."""
    asking = opening.Asking(
        channel=Channel.RETAILER if shop else Channel.WEB, evidence="retailer_slip" if shop else "own_contact", requested_at=at,
        customer=opening.NewCustomer("Adele Fontanarosa", email, "+393330000000"), shop=shop, shop_reference="CE-0432" if shop else "",
        return_to=opening.ReturnTo("Adele Fontanarosa", "Vico Lungo Sant'Agostino degli Scalzi 118 bis", "80136", "Napoli", "NA", phone="+393330000000"),
    )  # fmt: skip
    new = opening.NewItem(
        family=family,
        symptoms=("S02",),
        words="Si ferma la notte, poi riparte.",
        model_text="OPSPW-482",
        water_mark=family != "jewel",
        proof=make_proof(at, **proof),
    )
    who = actor(people.clerk) if shop else Actor("public")
    [opened] = opening.open(session, asking, [new], actor=who, now=at, house=house)
    session.commit()
    if status is not opened.ticket.status:
        walk(session, house, people, opened.ticket.code, status, at=at, findings=findings)
    return queries.get(session, opened.ticket.code, seen_by=actor(people.manager))


ROADS: dict[Status, tuple[str, ...]] = {
    Status.IN_TRANSIT_IN: ("post",),
    Status.RECEIVED: ("post", "receive"),
    Status.TAKEN_IN_CHARGE: ("post", "receive", "take_in_charge"),
    Status.DIAGNOSING: ("post", "receive", "take_in_charge", "start_diagnosis", "find"),
    Status.REPAIRING: ("post", "receive", "take_in_charge", "start_diagnosis", "find", "start_repair"),
    Status.TESTING: ("post", "receive", "take_in_charge", "start_diagnosis", "find", "start_repair", "finish"),
    Status.READY: (
        "post",
        "receive",
        "take_in_charge",
        "start_diagnosis",
        "find",
        "start_repair",
        "finish",
        "measure",
        "check",
        "pass_quality",
    ),
    Status.RETURNING: ("post", "receive", "take_in_charge", "start_diagnosis", "find", "quote", "refuse"),
    Status.CANCELLED: ("cancel",),
}
ROADS[Status.SHIPPED_OUT] = (*ROADS[Status.READY], "ship")
ROADS[Status.DELIVERED] = (*ROADS[Status.SHIPPED_OUT], "deliver")
ROADS[Status.CLOSED] = (*ROADS[Status.DELIVERED], "close")


def walk(
    session: Session,
    house: House,
    people: People,
    code: str,
    status: Status,
    *,
    at: datetime,
    findings: Sequence[tuple[str, str, str, str]],
) -> None:
    """Take the road to a status, each step in a transaction of its own."""
    tech = actor(people.technician)
    ways: dict[str, Callable[[Ticket], object]] = {
        "find": lambda t: [assessing.add_finding(session, t, symptom=s, component=c, cause=k, action=a, actor=tech, now=at, house=house) for s, c, k, a in findings],
        "quote": lambda t: send_quote(session, t, [Line("Sostituzione vetro", 2400)], days_needed=5, actor=tech, now=at, house=house),
        "refuse": lambda t: answer(session, t, False, actor=customer(t.id), now=at, house=house),
        "measure": lambda t: bench.measure(session, t, "dry_pressure", "after", 11, actor=tech, now=at, house=house) if t.item.family == "watch" else None,
        "check": lambda t: answer_checks(session, house, t, people.second_technician, at),
        "pass_quality": lambda t: advancing.advance(session, t, Action.PASS_QUALITY, actor=actor(people.second_technician), now=at, house=house),
        "ship": lambda t: parcels.ship(session, parcels.book(session, [t], "brt", actor=tech, now=at, house=house), [t], "084119355200", actor=tech, now=at, house=house),
    }  # fmt: skip
    for step in ROADS[status]:
        ticket = queries.get(session, code, seen_by=tech)
        way = ways.get(step) or (
            lambda t, step=step: advancing.advance(session, t, Action(step), actor=tech, now=at, house=house)
        )
        way(ticket)
        session.commit()
        session.expunge_all()


def answer_checks(session: Session, house: House, ticket: Ticket, who: User, at: datetime = WHEN) -> None:
    """Every needed line of the final check list is in order."""
    needed = [line.code for line in house.brand.goods.checks_of(ticket.item.family, Stage.FINAL) if line.needed]
    checking.answer(session, ticket, dict.fromkeys(needed, "ok"), actor=actor(who), now=at, house=house)


# --- pages -----------------------------------------------------------------------------------------------------------


def client_for(app: Flask, user: User | None = None) -> FlaskClient:
    """A browser of somebody, signed in through the page; without a person a stranger's."""
    client = app.test_client()
    if user is not None:
        answered = post(client, "/login", {"email": user.email, "password": PASSWORD})
        assert answered.status_code == 302, answered.text
    return client


def token(client: FlaskClient, page: str = "/login") -> str:
    """The anti-forgery token of this browser's session: as the session has it, else from a page with a form."""
    with client.session_transaction() as kept:
        begun = kept.get("csrf_token")
    if begun and page == "/login":
        return str(URLSafeTimedSerializer(client.application.secret_key or "", salt="wtf-csrf-token").dumps(begun))
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(page, follow_redirects=True).text)
    assert found, f"no form on {page}"
    return found[1]


def post(
    client: FlaskClient, url: str, data: dict[str, object] | None = None, *, page: str = "/login", **more: object
) -> TestResponse:
    """Post a form as a browser does, with the session's token."""
    return client.post(url, data={"csrf_token": token(client, page), **(data or {})}, **more)  # type: ignore[arg-type]
