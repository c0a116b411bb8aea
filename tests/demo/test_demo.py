"""The demo is a lab in the middle of a week: rich enough that every screen has something to show."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copy

import pytest
from flask import Flask
from PIL import Image, ImageStat
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service_center.accounts.models import Retailer, Role, Shop, User
from service_center.app import create_app
from service_center.core.database import db
from service_center.core.house import House
from service_center.demo import load
from service_center.tickets import history
from service_center.tickets.lifecycle import STOPS_CLOCK, Status
from service_center.tickets.models import Event, Item, Note, PartUsed, Photo, Request, Ticket, Wait
from service_center.tickets.queries import chain
from tests.conftest import Clock, settings_for

WEDNESDAY = datetime(2026, 11, 18, 10, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Session:
    """One demo of 300 tickets for all these questions."""
    folder = tmp_path_factory.mktemp("demo")
    copy(migrated_sqlite, folder / "demo.sqlite")
    app: Flask = create_app(settings_for(f"sqlite:///{folder / 'demo.sqlite'}", folder), clock=Clock(WEDNESDAY))
    with app.app_context():
        load.seed(300, random_seed=1, house=app.extensions["house"])
        session = Session(db.engine)
        session.info["house"] = app.extensions["house"]
        return session


def count(demo: Session, *where: object) -> int:
    return demo.scalar(select(func.count()).select_from(Ticket).where(*where)) or 0  # type: ignore[arg-type]


def test_there_are_three_hundred_tickets_and_at_least_three_in_every_status(demo: Session) -> None:
    assert count(demo) == 300
    found = Counter(demo.scalars(select(Ticket.status)))
    assert {status: found[status] for status in Status if found[status] < 3} == {}


def test_every_verdict_occurs_and_five_are_mixed(demo: Session) -> None:
    found = Counter(demo.scalars(select(Ticket.verdict)))
    assert set(found) >= {"COVERED", "NOT_COVERED", "PENDING_DOCS", "AMBIGUOUS", "MIXED"}
    assert found["MIXED"] >= 5
    reasons = set(demo.scalars(select(Ticket.reason).distinct())) - {None}
    assert reasons >= {"WINDOW", "VOID", "COMPONENT", "CAUSE", "CARD"}


def test_ten_are_late(demo: Session) -> None:
    paused = select(Wait.ticket_id).where(Wait.closed_at.is_(None), Wait.kind.in_(STOPS_CLOCK))
    late = count(
        demo, Ticket.due_on < WEDNESDAY.date(), Ticket.finished_at.is_(None), Ticket.closed_at.is_(None), Ticket.id.not_in(paused)
    )  # fmt: skip
    assert late >= 10


def test_parcels_go_to_six_countries(demo: Session) -> None:
    assert len(set(demo.scalars(select(Ticket.return_country)))) >= 6


def test_three_retailers_have_several_shops_a_clerk_in_each_and_an_admin(demo: Session) -> None:
    shops = Counter(demo.scalars(select(Shop.retailer_id)))
    assert len(shops) == demo.scalar(select(func.count()).select_from(Retailer)) >= 3
    assert min(shops.values()) >= 2
    clerks = set(demo.scalars(select(User.shop_id).where(User.role == Role.RETAILER_CLERK)))
    assert clerks >= set(demo.scalars(select(Shop.id)))
    admins = set(demo.scalars(select(User.retailer_id).where(User.role == Role.RETAILER_ADMIN)))
    assert admins == set(shops)
    assert {Role.TECHNICIAN, Role.FRONT_DESK, Role.MANAGER} <= set(demo.scalars(select(User.role)))


def test_some_items_come_again(demo: Session) -> None:
    visits = Counter(demo.scalars(select(Ticket.item_id)))
    assert sum(number > 1 for number in visits.values()) >= 5


def test_all_families_and_channels_occur(demo: Session) -> None:
    assert set(demo.scalars(select(Item.family))) == {"watch", "smartwatch", "jewel"}
    assert len(set(demo.scalars(select(Request.channel)))) >= 5


def test_the_bench_left_its_traces(demo: Session) -> None:
    for table in (PartUsed, Note, Photo):
        assert demo.scalar(select(func.count()).select_from(table)) or table is Note, table


def test_photographs_look_like_photographs(demo: Session) -> None:
    """Many colours, light and shade, noise: no flat drawing."""
    house: House = demo.info["house"]
    keys = set(demo.scalars(select(Photo.storage_key)))
    assert len(keys) >= 6
    for key in sorted(keys)[:12]:
        picture = Image.open(BytesIO(house.storage.get(key))).convert("RGB")
        assert min(picture.size) >= 400, key
        assert len(set(picture.get_flattened_data())) > 4000, key
        assert max(ImageStat.Stat(picture).stddev) > 12, key


def test_every_chain_is_whole(demo: Session) -> None:
    rows = demo.execute(select(Ticket.id, Ticket.code)).all()
    assert [fault for row in rows if (fault := history.first_fault(chain(demo, row.id, row.code)))] == []
    assert demo.scalar(select(func.count()).select_from(Event)) > 1000


def test_nothing_happened_in_the_future(demo: Session) -> None:
    assert demo.scalar(select(func.max(Event.at))) <= WEDNESDAY
