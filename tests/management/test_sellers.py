"""Who sold it: recognised by name, VAT number or order number, and judged as it was on the day of purchase (R12)."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from service_center.accounts import vat
from service_center.accounts.models import Retailer, Shop
from service_center.accounts.queries import sellers_like
from service_center.accounts.sellers import recognised
from service_center.core.house import House
from service_center.tickets import queries
from service_center.tickets.lifecycle import Status
from service_center.tickets.models import Ticket, Verdict
from tests.builders import People, actor, client_for, make_people, make_ticket, post
from tests.intake.walking import Browser

VALID = "00743110157"


@pytest.fixture
def people(session: Session) -> People:
    made = make_people(session)
    session.get_one(Retailer, made.shop.retailer_id).vat_number = VALID
    session.commit()
    return made


@pytest.mark.parametrize(
    ("number", "good"),
    [
        (VALID, True),
        ("IT 00743110157", True),
        ("00743110158", False),
        ("ATU13585627", True),
        ("hello", False),
        ("", False),
    ],
)
def test_a_vat_number_has_check_digits(number: str, good: bool) -> None:
    assert vat.valid(number) is good


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"name": "Amazon EU"}, ("marketplace", "Amazon")),
        ({"number": "405-1234567-7654321"}, ("marketplace", "Amazon")),
        ({"vat_number": "IT12345678903"}, ("own_shop", "opsobjects.com")),
        ({"name": "www opsobjects"}, None),
        ({"name": "Gioielleria Esempio Caserta"}, ("authorised_retailer", "Gioielleria Esempio Caserta")),
        ({"name": "gioielleria esempio  CASERTA"}, ("authorised_retailer", "Gioielleria Esempio Caserta")),
        ({"name": "Gioielleria Esempio"}, None),
        ({"vat_number": VALID}, None),
        (
            {"vat_number": VALID, "name": "Gioielleria Esempio Napoli"},
            ("authorised_retailer", "Gioielleria Esempio Napoli"),
        ),
        ({"name": "Oro e Argento"}, None),
        ({}, None),
    ],
)
def test_a_seller_is_recognised(
    session: Session, house: House, people: People, typed: dict[str, str], found: tuple[str, str] | None
) -> None:
    known = recognised(session, house.brand, **typed, day=date(2025, 3, 14))  # type: ignore[arg-type]
    assert (None if known is None else (known.seller, known.name)) == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("esempio napoli", ["Gioielleria Esempio Napoli"]),
        ("Caserta", ["Gioielleria Esempio Caserta"]),
        ("IT00743110157", ["Gioielleria Esempio Caserta", "Gioielleria Esempio Napoli"]),
        ("ora giusta", ["L'Ora Giusta Roma"]),
        ("100%", []),
        ("", []),
    ],
)
def test_a_shop_is_found_by_name_town_and_vat_number(
    session: Session, people: People, text: str, names: list[str]
) -> None:
    assert [shop.name for shop in sellers_like(session, text)] == names


@pytest.mark.parametrize(
    ("bought", "seller"),
    [
        (date(2019, 12, 31), "unlisted_retailer"),
        (date(2020, 1, 1), "authorised_retailer"),
        (date(2025, 6, 30), "authorised_retailer"),
        (date(2025, 7, 1), "unlisted_retailer"),
    ],
)
def test_a_closed_shop_keeps_its_past(
    session: Session, house: House, people: People, bought: date, seller: str
) -> None:
    people.shop.authorised_to = date(2025, 6, 30)
    session.commit()
    known = recognised(session, house.brand, name=people.shop.name, day=bought)
    assert known is not None
    assert known.seller == seller


@pytest.mark.parametrize(("bought", "verdict"), [(date(2025, 6, 30), "COVERED"), (date(2025, 7, 1), "NOT_COVERED")])
def test_the_web_judges_a_stamp_on_the_day_of_purchase(
    app: Flask, session: Session, people: People, bought: date, verdict: str
) -> None:
    people.shop.authorised_to = date(2025, 6, 30)
    session.commit()
    walk = Browser(client_for(app))
    walk.item(when={"purchased_on": [str(bought.day), str(bought.month), str(bought.year)], "card": "complete"})
    walk.you()
    walk.send()
    assert session.scalars(select(Ticket.verdict)).one() == verdict


def test_a_marketplace_typed_as_a_shop_is_one(app: Flask, session: Session, people: People) -> None:
    walk = Browser(client_for(app))
    walk.item(
        where={"seller": "shop", "shop_name": "Amazon.it"}, when={"purchased_on": ["14", "3", "2025"], "card": "absent"}
    )
    walk.you()
    walk.send()
    assert session.scalars(select(Ticket.verdict)).one() == "COVERED"


# --- changing a shop's days ---------------------------------------------------------------------------------------

DAYS = {
    "name": "Gioielleria Esempio Caserta", "street": "Corso Prova 12", "postal_code": "81100", "city": "Caserta", "province": "CE",
    "email": "caserta@shop.example", "authorised_from": ["1", "1", "2020"],
}  # fmt: skip


def sold_here(session: Session, house: House, people: People, **more: object) -> Ticket:
    facts = {"shop_id": people.shop.id, "purchased_on": date(2025, 9, 21), "seller": "authorised_retailer"} | more
    return make_ticket(session, house, people, **facts)  # type: ignore[arg-type]


def verdicts(session: Session, code: str, people: People) -> list[tuple[str, str]]:
    session.expunge_all()
    ticket = queries.get(session, code, seen_by=actor(people.manager))
    rows = session.scalars(select(Verdict).where(Verdict.ticket_id == ticket.id).order_by(Verdict.id))
    return [(row.occasion, row.record["verdict"]) for row in rows]


def test_other_days_are_counted_first_and_judge_after_a_yes(
    app: Flask, session: Session, house: House, people: People
) -> None:
    code, safe = (
        sold_here(session, house, people).code,
        sold_here(session, house, people, purchased_on=date(2025, 1, 2)).code,
    )
    gone = make_ticket(session, house, people, status=Status.CANCELLED, shop_id=people.shop.id).code
    desk, url = client_for(app, people.manager), f"/manage/retailers/shops/{people.shop.id}?lang=en"
    typed = DAYS | {"authorised_to": ["30", "6", "2025"]}
    asked = post(desk, url, typed)
    assert asked.status_code == 422
    assert "With these days 1 open repair is judged otherwise." in asked.text
    assert verdicts(session, code, people) == [("opened", "COVERED")]
    assert session.get_one(Shop, people.shop.id).authorised_to is None
    session.commit()
    assert post(desk, url, typed | {"agreed": "2020-01-01…2025-05-01"}).status_code == 422
    assert post(desk, url, typed | {"agreed": "2020-01-01…2025-06-30"}).status_code == 302
    session.commit()
    assert verdicts(session, code, people) == [("opened", "COVERED"), ("authorisation", "NOT_COVERED")]
    assert verdicts(session, safe, people) == [("opened", "COVERED")]
    assert len(verdicts(session, gone, people)) == 1
    assert session.get_one(Shop, people.shop.id).authorised_to == date(2025, 6, 30)


def test_a_shop_authorised_after_all_frees_what_it_sold(
    app: Flask, session: Session, house: House, people: People
) -> None:
    code = sold_here(
        session, house, people, purchased_on=date(2025, 9, 21), seller="unlisted_retailer", card="unstamped"
    ).code
    desk, url = client_for(app, people.manager), f"/manage/retailers/shops/{people.shop.id}?lang=en"
    typed = DAYS | {"authorised_from": ["2", "1", "2020"], "authorised_to": ["", "", ""]}
    assert post(desk, url, typed | {"agreed": "2020-01-02…None"}).status_code == 302
    session.commit()
    session.expunge_all()
    ticket = queries.get(session, code, seen_by=actor(people.manager))
    assert ticket.verdict == "PENDING_DOCS"
    assert [wait.detail["needs"] for wait in ticket.waits if wait.closed_at is None] == [["stamp"]]


def test_days_that_change_nothing_are_saved_at_once(app: Flask, session: Session, house: House, people: People) -> None:
    sold_here(session, house, people)
    desk, url = client_for(app, people.manager), f"/manage/retailers/shops/{people.shop.id}"
    assert post(desk, url, DAYS | {"authorised_to": ["31", "12", "2026"]}).status_code == 302


def test_a_wrong_vat_number_is_refused_and_the_list_is_searched(app: Flask, people: People) -> None:
    desk = client_for(app, people.manager)
    typed = {"name": "Nuova", "email": "n@shop.example", "vat_number": "12345678901"}
    answer = post(desk, "/manage/retailers?lang=en", typed)
    assert answer.status_code == 422
    assert "do not fit together" in answer.text
    assert post(desk, "/manage/retailers", typed | {"vat_number": "IT 00743110157"}).status_code == 302
    found = desk.get("/manage/retailers?q=napoli").text
    assert "Gioielleria Esempio Napoli" in found
    assert "Gioielleria Esempio Caserta" not in found
