"""Tables and files of the warranty desk: no formula leaves with one, and no picture stays without a reason."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.messages import services as complaints
from service_center.messages.complaints import Channel, Subject
from service_center.proofs.registrations import NewRegistration, register
from service_center.tickets.codes import grouped
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Photo
from service_center.tickets.services import safety
from tests.builders import WHEN, People, actor, client_for, make_people, make_ticket, post
from tests.security import test_desk_rooms as desk_rooms


@pytest.fixture
def people(session: Session) -> People:
    return make_people(session)


TABLES = (
    "/manage/models.csv",
    "/manage/safety.csv",
    "/manage/complaints.csv",
    "/manage/registrations.csv",
    "/manage/goodwill.csv",
)
FORMULA = "=HYPERLINK(1)"


def test_no_table_computes_what_somebody_typed(app: Flask, session: Session, house: House, people: People) -> None:
    ticket, _row = desk_rooms.with_paper(session, house, people)
    tech = actor(people.technician)
    session.add(Model(code="@SUM(1)", name=FORMULA, family="watch", current=True))
    safety.flag(session, ticket, safety.Seen("burn", FORMULA, lot=FORMULA), actor=tech, now=WHEN, house=house)
    said = complaints.Grievance(Subject.OTHER, FORMULA, Channel.PHONE)
    complaints.complain(
        session, None, complaints.Complainant(FORMULA), said, actor=actor(people.front_desk), now=WHEN, house=house
    )
    register(
        session,
        NewRegistration(FORMULA, "watch", WHEN.date(), model=FORMULA, seller_name=FORMULA),
        actor=tech,
        now=WHEN,
    )
    session.commit()
    boss = client_for(app, people.manager)
    for page in TABLES:
        for line in boss.get(page).text.lstrip("\ufeff").splitlines():
            for cell in line.replace(",", ";").split(";"):
                assert cell.strip('"')[:1] not in ("=", "+", "@", "\t"), (page, line)


def test_a_refused_complaint_leaves_no_pictures_behind(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.DIAGNOSING)
    owner, url = desk_rooms.owner_of(app, house, ticket), f"/status/{grouped(ticket.code)}/complaint"

    def complain() -> int:
        out = BytesIO()
        Image.new("RGB", (60, 40), "red").save(out, "JPEG")
        out.seek(0)
        return post(owner, url, {"subject": "other", "text": "Niente.", "photos": (out, "a.jpg")}).status_code

    def stored() -> int:
        return sum(each.is_file() for each in house.storage.root.rglob("*"))  # type: ignore[attr-defined]

    assert complain() == 302
    kept = stored()
    assert complain() == 422
    assert stored() == kept
    session.rollback()
    assert len(session.scalars(select(Photo).where(Photo.ticket_id == ticket.id)).all()) == 1


def test_what_is_refused_or_comes_too_late_leaves_no_file(
    app: Flask, session: Session, house: House, people: People
) -> None:
    ticket = make_ticket(session, house, people, status=Status.CANCELLED, shop=people.shop)
    own = grouped(ticket.code)
    bench, shop = client_for(app, people.technician), client_for(app, people.clerk)

    def jpeg() -> tuple[BytesIO, str]:
        out = BytesIO()
        Image.new("RGB", (60, 40), "red").save(out, "JPEG")
        out.seek(0)
        return out, "a.jpg"

    for client, url, data, answer in (
        (bench, f"/lab/tickets/{own}/photos", {"subject": "front", "photos": jpeg(), "version": "0"}, 409),
        (
            bench,
            f"/lab/tickets/{own}/safety",
            {"hazard": "swelling", "words": "Scotta.", "photos": jpeg(), "version": "0"},
            409,
        ),
        (shop, f"/retailer/tickets/{own}/papers", {"papers": jpeg()}, 422),
    ):
        assert post(client, url, data).status_code == answer, url
        assert [each for each in house.storage.root.rglob("*") if each.is_file()] == [], url  # type: ignore[attr-defined]
