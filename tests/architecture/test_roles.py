"""Every route, walked by every role over somebody else's ticket: nobody sees what is not theirs, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, Rule
from werkzeug.test import TestResponse

from service_center.accounts.models import User
from service_center.core.house import House
from service_center.core.uploads import Kept
from service_center.parcels.models import Parcelled
from service_center.proofs.services import attach
from service_center.tickets import codes
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Photo, Ticket
from tests.builders import WHEN, People, client_for, make_people, make_ticket, token

SECRETS = ("Adele Fontanarosa", "adele@posta.example", "Agostino degli Scalzi", "+393330000000", "Si ferma la notte")
"""What only the lab, the ticket's own shop and its owner may read."""

LAB_PEOPLE = {"technician", "second_technician", "front_desk", "manager"}
OWN_SHOP = {"admin", "clerk"}
OTHER_SHOP = {"other_admin", "other_clerk"}


@dataclass
class World:
    """One ticket of a shop, sent back already, with pictures and papers; and everybody's browser."""

    ticket: Ticket
    values: dict[str, object]
    browsers: dict[str, tuple[FlaskClient, str]]


@pytest.fixture
def world(app: Flask, session: Session, house: House) -> World:
    people = make_people(session)
    ticket = make_ticket(session, house, people, status=Status.SHIPPED_OUT, shop=people.shop)
    house.storage.put("aa/walk.jpg", b"\xff\xd8 not really a picture")
    photo = Photo(ticket_id=ticket.id, stage="bench", subject="front", storage_key="aa/walk.jpg", thumb_key="aa/walk.jpg", sha256="0" * 64, width=1, height=1, at=WHEN)  # fmt: skip
    session.add(photo)
    assert ticket.proof
    [paper] = attach(
        session,
        ticket.proof,
        [Kept("aa/walk.jpg", "aa/walk.jpg", "aa/walk.jpg", "image/jpeg", "1" * 64, 1, 1, 1, "x.jpg")],
        now=WHEN,
    )
    session.commit()
    shipment = session.scalars(select(Parcelled.shipment_id).where(Parcelled.ticket_id == ticket.id)).one()
    values = {
        "code": codes.grouped(ticket.code), "text": ticket.code, "photo_id": photo.id, "file_id": paper.id, "shipment_id": shipment,
        "finding_id": ticket.findings[0].id, "user_id": people.clerk.id, "shop_id": people.shop.id, "retailer_id": people.shop.retailer_id,
        "token": "made-up", "page": "what", "path": "x", "filename": "tokens.css",
    }  # fmt: skip
    return World(ticket, values, dict(_browsers(app, people)))


def _browsers(app: Flask, people: People) -> Iterator[tuple[str, tuple[FlaskClient, str]]]:
    known: dict[str, User | None] = {**people.everybody(), "stranger": None}
    for name, user in known.items():
        client = client_for(app, user)
        yield name, (client, token(client, "/speak/it?next=/manage/people") if name == "manager" else _token(client))


def _token(client: FlaskClient) -> str:
    """Any page with a form will do; signed-in people have one in the frame of every page."""
    for page in ("/login", "/home", "/retailer/people"):
        try:
            return token(client, page)
        except AssertionError:
            continue
    raise AssertionError("no form for this browser")


def address(rule: Rule, world: World) -> str:
    """The rule's address, filled in for the ticket; unknown numbers are 1."""
    values: dict[str, object] = dict(rule.defaults or {})
    for name in rule.arguments - values.keys():
        converter = rule._converters[name]
        if isinstance(converter, AnyConverter):
            values[name] = min(converter.items)
        else:
            values[name] = world.values.get(name, 1)
    built = rule.build({key: converter_value for key, converter_value in values.items() if key in rule._converters})
    assert built, rule
    return built[1]


def walk(app: Flask, world: World, name: str) -> Iterator[tuple[Rule, str, str, TestResponse]]:
    """Every route as this person: reading first, then every form, sent empty."""
    client, token_ = world.browsers[name]
    for method in ("GET", "POST"):
        for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
            if rule.methods is None or method not in rule.methods or rule.endpoint in ("static", "accounts.logout"):
                continue
            url = address(rule, world)
            answer = client.get(url) if method == "GET" else client.post(url, data={"csrf_token": token_})
            yield rule, method, str(app.view_functions[rule.endpoint].access), answer  # type: ignore[attr-defined]


EVERYBODY = sorted([*LAB_PEOPLE, *OWN_SHOP, *OTHER_SHOP, "stranger"])


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_role_reaches_what_its_mark_says_and_nothing_of_others(app: Flask, world: World, name: str) -> None:
    role = {"second_technician": "technician", "admin": "retailer_admin", "other_admin": "retailer_admin", "clerk": "retailer_clerk", "other_clerk": "retailer_clerk"}.get(name, name)  # fmt: skip
    faults = []
    for rule, method, mark, answer in walk(app, world, name):
        where = f"{method} {rule.rule} → {answer.status_code}"
        if answer.status_code >= 500:
            faults.append(f"broken: {where}")
        if mark.startswith("signed_in:"):
            allowed = role in mark.removeprefix("signed_in:").split(",")
            if name == "stranger" and not (answer.status_code == 302 and "/login" in answer.headers["Location"]):
                faults.append(f"a stranger is not asked to sign in: {where}")
            if name != "stranger" and not allowed and answer.status_code != 403:
                faults.append(f"not forbidden: {where}")
            if name in OTHER_SHOP and allowed and "code" in rule.arguments and answer.status_code != 404:
                faults.append(f"somebody else's ticket is there: {where}")
        if name in OTHER_SHOP | {"stranger"}:
            told = [secret for secret in SECRETS if secret in answer.get_data().decode(errors="replace")]
            faults += [f"{secret!r} is told: {where}" for secret in told]
            at_the_door = mark.startswith("signed_in:") and answer.status_code in (302, 403)
            if rule.arguments & {"photo_id", "file_id"} and answer.status_code != 404 and not at_the_door:
                faults.append(f"a picture is shown: {where}")
    assert faults == []
