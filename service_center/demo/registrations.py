"""Registered guarantees of the demo: some from the web, some copied from paper, one of which a late request will need."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from service_center.accounts.actor import PUBLIC, Actor
from service_center.accounts.models import Role, Shop, User
from service_center.catalogue.models import Model
from service_center.core.house import House
from service_center.core.i18n import civil_day
from service_center.demo import names
from service_center.outbox.models import OutboxRow
from service_center.proofs.models import Registration
from service_center.proofs.registrations import CARD_FIELDS, NewRegistration, register

# Days since the purchase and since the registration, card's fields filled in, stamped, from the web.
ROWS = (
    (12, 0, 5, True, True), (40, 33, 5, True, True), (95, 90, 4, True, True), (210, 205, 5, False, False),
    (380, 377, 5, True, False), (560, 512, 3, True, True), (735, 690, 5, True, False), (748, 731, 0, False, True),
)  # fmt: skip


def show(session: Session, house: House) -> None:
    """A handful of rows, by the room's own service; no letter leaves for them."""
    now, today = house.now(), civil_day(house.now())
    shops = session.scalars(select(Shop).order_by(Shop.id)).all()
    models = session.scalars(select(Model).order_by(Model.id)).all()
    clerk = session.scalars(select(User).where(User.demo, User.role == Role.FRONT_DESK).order_by(User.id)).first()
    if not shops or not models or clerk is None or session.scalars(select(Registration.id).limit(1)).first():
        return
    staff = Actor(clerk.role.value, clerk.id, clerk.name)
    for number, (bought, registered, filled, stamped, web) in enumerate(ROWS):
        first, last = names.FIRST[number % len(names.FIRST)], names.LAST[(number * 3) % len(names.LAST)]
        model, shop = models[number % len(models)], shops[number % len(shops)]
        new = NewRegistration(
            name=f"{first} {last}", family=model.family, purchased_on=today - timedelta(days=bought), model=model.code,
            serial=f"OD{4100 + number * 37}" if number % 3 else "", seller="authorised_retailer", seller_name=shop.name, shop_id=shop.id,
            email=f"registrata{number + 1}@demo.example" if web else "", card=dict.fromkeys(CARD_FIELDS[:filled], True),
            stamped=stamped, channel="web" if web else "paper", registered_on=today - timedelta(days=registered),
        )  # fmt: skip
        register(session, new, actor=PUBLIC if web else staff, now=now)
    session.execute(delete(OutboxRow).where(OutboxRow.kind == "registration_confirmed"))
