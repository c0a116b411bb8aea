"""Loading the demo: the people and shops first, then the tickets; and who may sign in to it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, datetime
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts import passwords
from service_center.accounts.models import Retailer, Role, Shop, User
from service_center.catalogue.models import Model, Part
from service_center.core.database import transaction
from service_center.core.house import House
from service_center.demo import (
    benches,
    complaints,
    decisions,
    names,
    papers,
    pictures,
    reception,
    registrations,
    safety,
    shifts,
    substitutes,
)
from service_center.demo.draft import Stage
from service_center.demo.seed import Seeder

PASSWORD = "quadrante-bianco-7"
SINCE = date(2019, 1, 7)


def seed(tickets: int, *, random_seed: int, house: House) -> str:
    """Fill the database; returns a sentence with the figures."""
    began = time.perf_counter()
    drawn = pictures.store_all(house.storage, Random(random_seed))
    with transaction() as session:
        stage = _stage(session, house.now(), drawn)
        before = time.perf_counter()
        Seeder(session.connection(), stage, house, random_seed).run(tickets)
        spent = time.perf_counter() - before
        papers.show(session, house)
        substitutes.show(session, house)
        complaints.show(session, house)
        registrations.show(session, house)
        decisions.show(session, house)
        safety.show(session, house)
        benches.show(session, house)
        reception.show(session, house)
        shifts.show(session, house)
    return f"{tickets} tickets in {time.perf_counter() - began:.1f} s ({tickets / spent:.0f} tickets/s without people and pictures)"


def logins(session: Session) -> Sequence[tuple[str, str, str]]:
    """E-mail, password and role of the demo's people, one a role."""
    rows = session.execute(select(User.email, User.role).where(User.demo).order_by(User.id)).all()
    first = {role: email for email, role in reversed(rows)}
    return [(first[role], PASSWORD, role.value) for role in Role if role in first]


def _stage(session: Session, now: datetime, drawn: dict[str, list[pictures.Picture]]) -> Stage:
    """People, shops, models and parts; what is there already stays."""
    if session.scalars(select(User.id).where(User.demo)).first() is None:
        _people(session, now)
    staff = {u.email: u for u in session.scalars(select(User).where(User.demo))}
    shops = session.scalars(select(Shop).order_by(Shop.id)).all()
    columns = ("id", "retailer_id", "name", "street", "postal_code", "city", "province", "phone")
    families = ("watch", "smartwatch", "jewel")
    models = session.scalars(select(Model).order_by(Model.id)).all()
    parts = session.scalars(select(Part).order_by(Part.id)).all()
    return Stage(
        technicians=tuple(u.id for u in staff.values() if u.role is Role.TECHNICIAN),
        front_desk=next(u.id for u in staff.values() if u.role is Role.FRONT_DESK),
        shops=tuple({c: getattr(shop, c) for c in columns} for shop in shops),
        models={
            f: tuple(
                {"id": m.id, "water_mark": m.water_mark, "list_price_cents": m.list_price_cents}
                for m in models
                if m.family == f
            )
            for f in families
        },
        parts={
            f: tuple(
                {"id": p.id, "code": p.code, "name": p.name, "price_cents": p.price_cents}
                for p in parts
                if f in p.families
            )
            for f in families
        },
        pictures=drawn,
    )


def _people(session: Session, now: datetime) -> None:
    hashed = passwords.hashed(PASSWORD)

    def person(name: str, role: Role, email: str, retailer: int | None = None, shop: int | None = None) -> User:
        return User(
            email=email,
            name=name,
            role=role,
            language="it",
            password_hash=hashed,
            active=True,
            demo=True,
            created_at=now,
            retailer_id=retailer,
            shop_id=shop,
        )

    session.add_all(person(name, Role(role), email) for name, role, email in names.LAB_PEOPLE)
    clerk = iter(zip(names.FIRST, reversed(names.LAST), strict=False))
    for number, (name, vat, places) in enumerate(names.RETAILERS, 1):
        retailer = Retailer(
            name=name, vat_number=vat, email=f"negozio{number}@demo.example", language="it", created_at=now
        )
        session.add(retailer)
        session.flush()
        session.add(person(" ".join(next(clerk)), Role.RETAILER_ADMIN, f"titolare{number}@demo.example", retailer.id))
        for place, (shop_name, street, postal_code, city, province) in enumerate(places, 1):
            shop = Shop(retailer_id=retailer.id, name=shop_name, street=street, postal_code=postal_code, city=city, province=province, country="IT",
                        phone=f"+39082300{number}{place:02d}1", email=f"negozio{number}{place}@demo.example", authorised_from=SINCE)  # fmt: skip
            session.add(shop)
            session.flush()
            session.add(
                person(
                    " ".join(next(clerk)),
                    Role.RETAILER_CLERK,
                    f"commesso{number}{place}@demo.example",
                    retailer.id,
                    shop.id,
                )
            )
    session.add_all(
        Model(code=c, name=n, family=f, water_mark=w, list_price_cents=p, current=True)
        for c, n, f, w, p in names.MODELS
    )
    session.add_all(
        Part(code=c, name=n, families=list(f), price_cents=p, on_hand=number * 5 % 12, reorder_at=4, place=f"C-{number:02d}")
        for number, (c, n, f, p) in enumerate(names.PARTS)
    )  # fmt: skip
    session.flush()
