"""What is said before a ticket exists: the seller on the day, the shop's own return, and the first verdict."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from service_center.accounts.models import Shop
from service_center.core.errors import Refused
from service_center.core.house import House
from service_center.tickets.asking import (
    Moment,
    SaidItem,
    SaidPurchase,
    model_for,
    preliminary,
    recognised,
    seller_of,
    shop_return_until,
)
from tests.builders import make_people

ASKED = Moment(datetime(2026, 11, 20, 9, 41, tzinfo=UTC))
WATCH = SaidItem("watch", ("S02",))


def shop(since: date | None, until: date | None = None) -> Shop:
    return Shop(name="Gioielleria", authorised_from=since, authorised_to=until)


@pytest.mark.parametrize(
    ("where", "bought", "seller"),
    [
        (shop(date(2020, 1, 1)), date(2025, 9, 20), "authorised_retailer"),
        (shop(date(2020, 1, 1), date(2025, 12, 31)), date(2025, 9, 20), "authorised_retailer"),
        (shop(date(2020, 1, 1), date(2025, 9, 20)), date(2025, 9, 20), "authorised_retailer"),
        (shop(date(2020, 1, 1), date(2025, 9, 19)), date(2025, 9, 20), "unlisted_retailer"),
        (shop(date(2025, 9, 21)), date(2025, 9, 20), "unlisted_retailer"),
        (shop(None), date(2025, 9, 20), "unlisted_retailer"),
        (None, date(2025, 9, 20), "unlisted_retailer"),
    ],
)
def test_a_seller_is_judged_on_the_day_of_purchase(where: Shop | None, bought: date, seller: str) -> None:
    """R12."""
    assert seller_of(where, bought) == seller


@pytest.mark.parametrize(
    ("delivered", "until"),
    [
        (date(2026, 11, 20), date(2026, 12, 5)),
        (date(2026, 11, 5), date(2026, 11, 20)),
        (date(2026, 11, 4), None),
        (date(2026, 11, 21), None),
        (None, None),
    ],
)
def test_our_own_shop_takes_back_for_fifteen_days_after_the_delivery_the_last_included(
    house: House, delivered: date | None, until: date | None
) -> None:
    """R33."""
    bought = SaidPurchase(purchased_on=date(2026, 11, 1), seller="own_shop", delivered_on=delivered)
    assert shop_return_until(bought, brand=house.brand, today=date(2026, 11, 20)) == until


def test_only_our_own_shop_takes_back(house: House) -> None:
    bought = SaidPurchase(purchased_on=date(2026, 11, 1), seller="marketplace", delivered_on=date(2026, 11, 18))
    assert shop_return_until(bought, brand=house.brand, today=date(2026, 11, 20)) is None


@pytest.mark.parametrize(
    ("purchase", "verdict"),
    [
        (SaidPurchase(), "PENDING_DOCS"),
        (SaidPurchase(date(2025, 9, 20), "own_shop", proof="invoice"), "COVERED"),
        (SaidPurchase(date(2025, 9, 20), "own_shop", proof="none"), "PENDING_DOCS"),
        (SaidPurchase(date(2024, 9, 20), "own_shop", proof="invoice"), "NOT_COVERED"),
        (SaidPurchase(date(2025, 9, 20), "authorised_retailer", proof="receipt", card="unstamped"), "PENDING_DOCS"),
    ],
)
def test_the_first_verdict_follows_what_was_said(house: House, purchase: SaidPurchase, verdict: str) -> None:
    record = preliminary(WATCH, purchase, ASKED, house.rulebook)
    assert (record["verdict"], record["preliminary"]) == (verdict, True)


def test_a_model_brings_its_water_mark_and_is_of_one_family(session: Session) -> None:
    make_people(session)
    assert recognised(session, SaidItem("watch", model_text="opspw-482")).water_mark is True
    assert recognised(session, SaidItem("watch", model_text="opspw-482", water_mark=False)).water_mark is False
    assert recognised(session, SaidItem("watch", model_text="un modello ignoto")).water_mark is None
    with pytest.raises(Refused, match="model_of_another_family"):
        model_for(session, SaidItem("jewel", model_text="OPSPW-482"))
